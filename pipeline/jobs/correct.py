"""Correct: what reviewers decided is put into what a run publishes, and what waits for them is told anew.

Comes in: a store whose posts are analysed, and the settings. Goes out: passages as readers shall see them. Refuses nothing. It may be repeated, and
must be after every analysis: what a model says is kept beside, and a decision finds its words again.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from pipeline.correcting.apply import corrected
from pipeline.correcting.links import one_name_for
from pipeline.correcting.names import renamed
from pipeline.corrections import live
from pipeline.desk.filling import fill_queue
from pipeline.digest.groups import group
from pipeline.phases import assign

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.correcting.queue import Order
    from pipeline.corrections import Correction
    from pipeline.followed import Thread
    from pipeline.records import Digest, Passage, Post
    from pipeline.settings import Settings
    from pipeline.store.store import Store

_SHOWN_FIRST = 20  # items of a label that a reader of a digest sees before the long list


def refill_queue(
    store: Store, threads: Sequence[Thread], digests: Sequence[Digest], suspected: Collection[str] = frozenset(), order: Order = "random"
) -> int:
    """Make the queue of the reviewers anew after a run; what the newest digest shows first is about to be sent. Return how many items it has."""
    newest = max(digests, key=lambda digest: digest.last_post or date.min, default=None)
    due = {item.evidence[0].passage.id for section in newest.sections for item in section.items[:_SHOWN_FIRST]} if newest else set()
    return fill_queue(store, threads, suspected=suspected, due=due, order=order)


def show_corrections(store: Store, settings: Settings) -> int:
    """Bring every corrected post up to date, tell names as reviewers chose, and return how many posts were corrected."""

    def apply(post: Post, said: Sequence[Passage], corrections: Sequence[Correction]) -> list[Passage]:
        return assign(post, group(post, corrected(post, said, corrections)), settings.phases)

    told = one_name_for(live(store.corrections.every()))
    if told:
        store.tell_as(partial(renamed, told=told), repr(sorted(told.items())))
    return store.corrections.show(apply)
