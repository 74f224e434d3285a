"""Correct: what reviewers decided is put into what a run publishes.

Comes in: a store whose posts are analysed, and the settings. Goes out: passages as readers shall see them. Refuses nothing. It may be repeated, and
must be after every analysis: what a model says is kept beside, and a decision finds its words again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.correcting.apply import corrected
from pipeline.correcting.links import one_name_for
from pipeline.correcting.names import renamed
from pipeline.corrections import live
from pipeline.digest.groups import group
from pipeline.phases import assign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.corrections import Correction
    from pipeline.records import Passage, Post
    from pipeline.settings import Settings
    from pipeline.store.store import Store


def show_corrections(store: Store, settings: Settings) -> int:
    """Bring every corrected post up to date, tell names as reviewers chose, and return how many posts were corrected."""

    def apply(post: Post, said: Sequence[Passage], corrections: Sequence[Correction]) -> list[Passage]:
        return assign(post, group(post, corrected(post, said, corrections)), settings.phases)

    told = one_name_for(live(store.corrections.every()))
    if told:
        store.tell_as(partial(renamed, told=told))
    return store.corrections.show(apply)
