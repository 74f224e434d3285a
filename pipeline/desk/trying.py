"""Try reviewers: the training of a new one, hidden trials of the others, who fails them, and what two readers see differently.

Comes in: a store, and a reviewer. Goes out: a training item or a trial where one is due, disputes for an adjudicator, and names. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.correcting.trials import EVERY, FEWEST, TRAINED_AFTER, TRUSTED_FROM, met, training_items
from pipeline.corrections import ADJUDICATION, live, readings, truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.correcting.trials import TrainingItem
    from pipeline.corrections import Correction, QueueItem
    from pipeline.store.store import Store

_LOOKED_BACK = 2_000  # decisions of a reviewer that are counted


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item that reviewers read differently, with the label and the note of each; an adjudicator decides."""

    item: str
    post: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    decisions: tuple[Correction, ...]


def training(store: Store, reviewer: str) -> TrainingItem | None:
    """Return the next sentence for a reviewer in training; None for one who is trained."""
    done = {one.item for one in store.corrections.by(reviewer, _LOOKED_BACK) if one.queued == "training"}
    return None if len(done) >= TRAINED_AFTER else next((item for item in training_items() if item.id not in done), None)


def trial(store: Store, reviewer: str) -> QueueItem | None:
    """Return a hidden trial where one is due: an item whose label is known and that the reviewer has not read; one in twenty decisions."""
    if store.reviewers.tallies.decisions(reviewer) % EVERY != EVERY - 1:
        return None
    found = store.queue.trial(reviewer)
    return replace(found, reason="gold", double=False, shown=True) if found else None


def truths(store: Store) -> dict[str, str]:
    """Return the items whose label is known."""
    found = {item: truth(decisions) for item, decisions in store.corrections.read_by_several().items()}
    found |= {one.item: truth(store.corrections.of_item(one.item)) for one in store.corrections.adjudicated()}
    return {item: label for item, label in found.items() if label}


def untrusted(store: Store) -> list[str]:
    """Return the reviewers who missed so many hidden trials that they do not teach the model."""
    known = truths(store)
    figures = {one.id: met(store.corrections.by(one.id, _LOOKED_BACK), known) for one in store.reviewers.all()}
    return [reviewer for reviewer, (right, tried) in figures.items() if tried >= FEWEST and right < TRUSTED_FROM * tried]


def disputes(store: Store) -> list[Dispute]:
    """Return what reviewers read differently and nobody has adjudicated, the oldest first."""
    found = []
    for item, decisions in store.corrections.read_by_several().items():
        standing = [one for one in live(decisions) if one.counts]
        labels = readings(standing)
        if len(set(labels.values())) > 1 and not any(one.basis == ADJUDICATION for one in standing):
            notes = {one.reviewer: one.note for one in standing if one.note}
            found.append(Dispute(item, str(standing[0].post), labels, notes, tuple(standing)))
    return sorted(found, key=lambda dispute: dispute.decisions[0].number or 0)
