"""Threads: what the stored posts opened, followed to what became of it.

Comes in: a store whose posts are analysed, and the linker of a model. Goes out: threads, and ``threads.jsonl``. Refuses nothing.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from pipeline.correcting.links import posts_of_links, renamed_posts, verdicts_on_links
from pipeline.corrections import live
from pipeline.jobs.files import encoded, replacing
from pipeline.jobs.unchanged import program
from pipeline.nlp.model_card import compare_checksums
from pipeline.nlp.reader import CARD_FILE, CUES_ALONE, current_model, split_model
from pipeline.nlp.shelf import folder_of, promoted
from pipeline.records import short_hash
from pipeline.store.laid import laid_down
from pipeline.threads import follow, in_time, load_linker, with_kinds
from pipeline.threads.decided import Decided, Decision, decided_by
from pipeline.threads.linker import FILE as LINKER_FILE
from pipeline.threads.said import forget_words, remember_words, telling_words
from pipeline.threads.verdicts import Said, judged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pipeline.followed import Thread, ThreadEvent
    from pipeline.jobs.days import Days
    from pipeline.records import Phase
    from pipeline.store.store import Store
    from pipeline.threads import Linker
    from pipeline.threads.said import Told

FILE = "threads.jsonl"
_DECIDED, _WORDS = "decided", "words"
_AT_ONCE = 200  # posts of which the words are kept together


def linker_of(models: Path, model: str | None, team: Path | None = None) -> Linker | None:
    """Return the linker of a model, the one that reads unless another is named; the cue words alone have none."""
    name = split_model(model)[0] or promoted(models, team) or current_model(models)
    if name == CUES_ALONE:
        return None
    folder = folder_of(models, team, name)
    files = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))["files"]
    if LINKER_FILE not in files:
        return None  # learnt from a corpus without marked threads
    compare_checksums(folder, {LINKER_FILE: files[LINKER_FILE]})
    return load_linker(folder)


def follow_store(store: Store, linker: Linker | None, days: Days, phases: Sequence[Phase] = ()) -> list[Thread]:
    """Return the threads of all posts of a store, whose phases are given in the order of time; none without a linker."""
    if linker is None:
        return []

    def text_of(post: str) -> str:
        return store.posts_by_id([post])[post].text

    posts = [(post, days.of(post.id)) for post, _ in store.outlines()]
    told = in_time(posts, store.passages())
    made_of = {post: short_hash(program(), store.names_told, key) for post, key in decided_by(told, linker, store.mark_of).items()}
    _remember_words(store, told)
    before = {post: [Decision(*map(tuple, row)) for row in rows] for post, rows in store.known.each_of(_DECIDED, made_of)}
    decided = Decided(before)
    with laid_down() as lines:
        threads = follow(told, linker, decided, lines=lines)
    store.known.keep(_DECIDED, made_of, decided.now)
    seen = judged(threads, told, _verdicts(store), text_of)
    found = with_kinds(seen, told, [phase.id for phase in phases], text_of)
    forget_words()
    return found


def _remember_words(store: Store, told: Sequence[Told]) -> None:
    """Cut the quotes of new passages alone into words."""
    posts = {post: [one.passage for one in own] for post, own in groupby(told, key=lambda one: one.passage.post)}
    made_of = {post: short_hash(program(), *map(store.mark_of, passages)) for post, passages in posts.items()}
    new = dict.fromkeys(posts)
    for post, rows in store.known.each_of(_WORDS, made_of):
        remember_words({passage.quote: words for passage, words in zip(posts[post], rows, strict=True)})
        del new[post]
    left = iter(new)
    while some := list(islice(left, _AT_ONCE)):
        store.known.keep(_WORDS, made_of, {post: [telling_words(passage.quote) for passage in posts[post]] for post in some})


def _verdicts(store: Store) -> dict[tuple[str, str], Said]:
    """Return what reviewers said of links, by the passages of now."""
    standing = live(store.corrections.every())
    of_now = store.corrections.names_of_now(sorted(posts_of_links(standing)))
    standing = [renamed_posts(one, of_now) for one in standing if one.field == "thread"]
    concerned = sorted(of_now.values())
    texts = {post_id: post.text for post_id, post in store.posts_by_id(concerned).items()}
    return {pair: Said(*said) for pair, said in verdicts_on_links(standing, texts, store.passages_of(concerned)).items()}


def write_threads(out: Path, threads: Sequence[Thread]) -> None:
    """Write ``threads.jsonl``."""
    with replacing(out / FILE) as opened:
        opened.writelines(map(thread_line, threads))


def thread_line(thread: Thread) -> bytes:
    """Return a thread as a line of ``threads.jsonl``.

    Most threads are doubtful links, a dozen to a post: only words go through the encoder, and those of a thread once for all its links. Ids, names of
    kinds and days hold no sign that JSON would write otherwise.
    """
    events = ", ".join(map(_event_told, thread.events))
    further = _further(thread)
    more = f", {encoded(further)[1:-1]}" if further else ""
    return (
        f'{{"id": "{thread.id}", "kind": "{thread.kind}", "title": {_told(thread.title)}, "state": "{thread.state}", '
        f'"opened_by": "{thread.opened_by.id}", "events": [{events}], "owners": {_told(thread.owners)}, "due": {_day_told(thread.own_day)}, '
        f'"next_expected": {_day_told(thread.next_expected)}, "depends_on": {_told(thread.depends_on)}{more}}}\n'
    ).encode()


def _event_told(event: ThreadEvent) -> str:
    by = f', "confirmed_by": {encoded(event.confirmed_by)}' if event.confirmed_by else ""
    return f'{{"passage": "{event.passage.id}", "relation": "{event.relation}", "from": {_written(event.before)}, "to": {_written(event.after)}{by}}}'


def _written(day: str | None) -> str:
    return f'"{day}"' if day else "null"


def _day_told(day: date | None) -> str:
    return f'"{day.isoformat()}"' if day else "null"


@lru_cache(maxsize=4_096)
def _told(words: str | tuple[str, ...]) -> str:
    return encoded(words)


def _further(thread: Thread) -> dict[str, Any]:
    """Return what is told of few threads."""
    row: dict[str, Any] = {}
    if thread.asks:
        row["asks"] = [{"question": ask.question, "answers": [passage.id for passage in ask.answers]} for ask in thread.asks]
    if thread.kept:
        row["kept"] = thread.kept
    if thread.unheard_since:
        row["unheard_since"] = thread.unheard_since.isoformat()
    if thread.day_doubt:
        row["due_in_doubt"] = {"by": thread.day_doubt.passage.id, "may_be": thread.day_doubt.after}
    if thread.end_doubt:
        row["end_in_doubt"] = {"by": thread.end_doubt.passage.id, "relation": thread.end_doubt.relation}
    return row
