"""Threads: what the stored posts opened, followed to what became of it.

Comes in: a store whose posts are analysed, and the linker of a model. Goes out: threads, and the rows of ``threads.jsonl``. Refuses nothing.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.correcting.links import posts_of_links, renamed_posts, verdicts_on_links
from pipeline.corrections import live
from pipeline.jobs.unchanged import program
from pipeline.nlp.model_card import compare_checksums
from pipeline.nlp.reader import CARD_FILE, CUES_ALONE, current_model, split_model
from pipeline.nlp.shelf import folder_of, promoted
from pipeline.records import short_hash
from pipeline.store.laid import laid_down
from pipeline.threads import follow, in_time, load_linker, with_kinds
from pipeline.threads.decided import Decided, Decision, decided_by
from pipeline.threads.linker import FILE as LINKER_FILE
from pipeline.threads.reuse import held_up
from pipeline.threads.said import remember_words, telling_words
from pipeline.threads.verdicts import Said, judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.followed import Thread, ThreadEvent
    from pipeline.jobs.days import Days
    from pipeline.records import Passage, Phase
    from pipeline.store.store import Store
    from pipeline.threads import Linker

FILE = "threads.jsonl"
_DECIDED, _WORDS, _EXAMPLES = "decided", "words", "examples"
_AT_ONCE = 200  # posts whose texts are read together


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
    marks = {one.passage.id: store.mark_of(one.passage) for one in told}
    made_of = {post: short_hash(program(), store.names_told, key) for post, key in decided_by(told, linker, marks).items()}
    own = {post: [one.passage for one in rows] for post, rows in groupby(told, key=lambda one: one.passage.post)}
    marked = {post: short_hash(program(), *(marks[passage.id] for passage in passages)) for post, passages in own.items()}
    _remember_words(store, own, marked)
    examples = _examples(store, own, marked)
    before = {post: [Decision(*row) for row in rows] for post, rows in store.known.of(_DECIDED, made_of).items()}
    decided = Decided(before)
    with laid_down() as lines:
        threads = follow(told, linker, decided, lines=lines)
    store.known.keep(_DECIDED, made_of, decided.now)
    seen = judged(threads, told, _verdicts(store), text_of)
    return with_kinds(seen, told, [phase.id for phase in phases], text_of, examples)


def _examples(store: Store, posts: Mapping[str, Sequence[Passage]], made_of: Mapping[str, str]) -> dict[str, str]:
    """Return the words before passages that hold an earlier project up; the texts of new posts alone are read for it."""
    known = store.known.of(_EXAMPLES, made_of)
    new = [post for post in posts if post not in known]
    for start in range(0, len(new), _AT_ONCE):
        texts = store.posts_by_id(new[start : start + _AT_ONCE])
        found = {post: held_up(text.text, posts[post]) for post, text in texts.items()}
        store.known.keep(_EXAMPLES, made_of, found)
        known |= found
    return {passage: words for found in known.values() for passage, words in found.items()}


def _remember_words(store: Store, posts: Mapping[str, Sequence[Passage]], made_of: Mapping[str, str]) -> None:
    """Cut the quotes of new passages alone into words."""
    known = store.known.of(_WORDS, made_of)
    for post, rows in known.items():
        remember_words({passage.quote: words for passage, words in zip(posts[post], rows, strict=True)})
    new = {post: [telling_words(passage.quote) for passage in passages] for post, passages in posts.items() if post not in known}
    store.known.keep(_WORDS, made_of, new)


def _verdicts(store: Store) -> dict[tuple[str, str], Said]:
    """Return what reviewers said of links, by the passages of now."""
    standing = live(store.corrections.every())
    of_now = store.corrections.names_of_now(sorted(posts_of_links(standing)))
    standing = [renamed_posts(one, of_now) for one in standing if one.field == "thread"]
    concerned = sorted(of_now.values())
    texts = {post_id: post.text for post_id, post in store.posts_by_id(concerned).items()}
    return {pair: Said(*said) for pair, said in verdicts_on_links(standing, texts, store.passages_of(concerned)).items()}


def thread_row(thread: Thread) -> dict[str, Any]:
    """Return a thread as a row of ``threads.jsonl``."""
    row: dict[str, Any] = {
        "id": thread.id,
        "kind": thread.kind,
        "title": thread.title,
        "state": thread.state,
        "opened_by": thread.opened_by.id,
        "events": [_event_row(event) for event in thread.events],
        "owners": list(thread.owners),
        "due": thread.own_day.isoformat() if thread.own_day else None,
        "next_expected": thread.next_expected.isoformat() if thread.next_expected else None,
        "depends_on": list(thread.depends_on),
    }
    if thread.asks:
        row["asks"] = [{"question": ask.question, "answers": [passage.id for passage in ask.answers]} for ask in thread.asks]
    if thread.kept:
        row["kept"] = thread.kept
    if thread.unheard_since:
        row["unheard_since"] = thread.unheard_since.isoformat()
    if thread.day_doubt:
        row["due_in_doubt"] = {"by": thread.day_doubt.passage.id, "may_be": thread.day_doubt.after}
    return row


def _event_row(event: ThreadEvent) -> dict[str, Any]:
    row = {"passage": event.passage.id, "relation": event.relation, "from": event.before, "to": event.after}
    return row | {"confirmed_by": event.confirmed_by} if event.confirmed_by else row
