"""Registers: what all stored posts tell of places, partners, practices, terms and reviews, by phase.

Comes in: a store whose posts are analysed, what is followed, and the settings. Goes out: a `Ledger` of all phases. Refuses nothing. The
posts stream by once, and of those that were read before only their sightings; only the lines of the registers are kept.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.jobs.unchanged import program
from pipeline.phases import assign
from pipeline.records import Evidence, Passage, Span, short_hash
from pipeline.registers import NOTED, Ledger, read_post
from pipeline.registers.sighting import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.followed import Thread
    from pipeline.jobs.days import Days
    from pipeline.records import Digest, Post
    from pipeline.settings import Settings
    from pipeline.store.store import Store

    _Row = list[Any]

_SIGHTED = "sighted"
_AT_ONCE = 100  # posts in memory


def fill_ledger(store: Store, settings: Settings, threads: Sequence[Thread], days: Days) -> Ledger:
    """Return the registers of all phases."""
    ledger = Ledger()
    states = {thread.opened_by.id: thread.state for thread in threads}
    outlines = store.outlines()
    while some := list(islice(outlines, _AT_ONCE)):
        passages = store.passages_of([post.id for post, _ in some])
        told = {post_id: [(store.mark_of(one), states.get(one.id)) for one in found] for post_id, found in passages.items()}
        basis = short_hash(program(), settings.phases_key, store.names_told)
        made_of = {post.id: short_hash(basis, content, str(post.title), post.source, repr(told[post.id])) for post, content in some}
        known = store.known.of(_SIGHTED, made_of)
        new = store.posts_by_id([post for post in made_of if post not in known])
        read = {post_id: _rows(post, passages[post_id], settings, states) for post_id, post in new.items()}
        store.known.keep(_SIGHTED, made_of, read)
        for post, _ in some:
            for sighting in _sightings(post, passages[post.id], (known | read)[post.id]):
                passage = sighting.passage
                ledger.add(sighting, Evidence(passage, post.title, post.author, post.posted_at, post.url), days.of(post.id))
    return ledger


def _rows(post: Post, passages: Sequence[Passage], settings: Settings, states: Mapping[str, str]) -> list[_Row]:
    """Return what a post tells, as JSON has it: a passage of the post by its id, words that are quoted for a register alone with their phase."""
    sightings = list(read_post(post, passages, states))
    own = {passage.id for passage in passages}
    noted = list({one.passage.id: one.passage for one in sightings if one.passage.id not in own}.values())
    placed = {passage.id: passage for passage in assign(post, noted, settings.phases)}

    def told(passage: Passage) -> str | list[Any]:
        if passage.id in own:
            return passage.id
        phase = placed[passage.id]
        return [passage.span.start, passage.span.end, passage.quote, passage.voice, passage.speaker, phase.phase, phase.phase_by]

    return [[one.register, one.label, one.name, [list(fact) for fact in one.facts], one.sure, told(one.passage)] for one in sightings]


def _sightings(post: Post, passages: Sequence[Passage], rows: Sequence[_Row]) -> Iterator[Sighting]:
    """Yield what a post tells, each with its passage as it is now."""
    own = {passage.id: passage for passage in passages}
    for register, label, name, facts, sure, told in rows:
        passage = own[told] if isinstance(told, str) else _noted(post, *told)
        yield Sighting(register, label, name, passage, tuple((fact, value) for fact, value in facts), sure)


def _noted(post: Post, start: int, end: int, quote: str, *told: Any) -> Passage:  # noqa: ANN401 - as JSON gives it
    voice, speaker, phase, phase_by = told
    known = {"voice": voice, "speaker": speaker, "phase": phase, "phase_by": phase_by}
    return Passage(post=post.id, source=post.source, span=Span(start, end), quote=quote, label=NOTED, confidence=1.0, **known)


def noted_in(digests: Sequence[Digest]) -> dict[str, list[Passage]]:
    """Return by post the passages that stand in registers alone, to be marked on its page."""
    found: dict[str, dict[str, Passage]] = {}
    for passage in _registered(digests):
        if passage.label == NOTED:
            found.setdefault(passage.post, {})[passage.id] = passage
    return {post: list(passages.values()) for post, passages in found.items()}


def posts_in_registers(digests: Sequence[Digest]) -> set[str]:
    """Return the posts that registers cite."""
    return {passage.post for passage in _registered(digests)}


def _registered(digests: Sequence[Digest]) -> Iterator[Passage]:
    for digest in digests:
        for section in digest.registers:
            for item in section.items:
                yield from (evidence.passage for evidence in item.evidence)
