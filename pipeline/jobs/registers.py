"""Registers: what all stored posts tell of places, partners, practices, terms and reviews, by phase.

Comes in: a store whose posts are analysed, what is followed, and the settings. Goes out: a `Ledger` of all phases. Refuses nothing. The
posts stream by once; only the lines of the registers are kept.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.phases import assign
from pipeline.records import Evidence
from pipeline.registers import NOTED, Ledger, read_post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pipeline.followed import Thread
    from pipeline.jobs.days import Days
    from pipeline.records import Digest, Passage, Post
    from pipeline.settings import Settings
    from pipeline.store.store import Store

_AT_ONCE = 100  # posts in memory


def fill_ledger(store: Store, settings: Settings, threads: Sequence[Thread], days: Days) -> Ledger:
    """Return the registers of all phases."""
    ledger = Ledger()
    states = {thread.opened_by.id: thread.state for thread in threads}
    posts = store.posts()
    while some := list(islice(posts, _AT_ONCE)):
        passages = store.passages_of([post.id for post in some])
        for post in some:
            _read(ledger, post, passages[post.id], settings, states, days.of(post.id))
    return ledger


def _read(  # noqa: PLR0913, PLR0917 - a post, and what is known of it
    ledger: Ledger, post: Post, passages: Sequence[Passage], settings: Settings, states: Mapping[str, str], day: date | None
) -> None:
    """Put what a post of a day tells into the ledger, each sighting in the phase of its passage."""
    sightings = list(read_post(post, passages, states))
    noted = list({one.passage.id: one.passage for one in sightings if one.passage.label == NOTED}.values())
    placed = {passage.id: passage for passage in assign(post, noted, settings.phases)}
    for one in sightings:
        passage = placed.get(one.passage.id, one.passage)
        ledger.add(one.in_phase(passage), Evidence(passage, post.title, post.author, post.posted_at, post.url), day)


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
