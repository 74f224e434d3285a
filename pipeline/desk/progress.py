"""How far reviewers are: decisions of a day, what they changed, and how long one takes.

Comes in: a store, a reviewer or all, and from when. Goes out: figures. Refuses nothing. What was taken back does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from pipeline.corrections import live
from pipeline.desk.deciding import decision_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pipeline.corrections import Correction
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """Decisions that stand, how many passages (links and names included) they changed, and the median milliseconds of one."""

    decisions: int = 0
    changed: int = 0
    accepted: int = 0
    milliseconds: int | None = None


def progress(store: Store, since: datetime, reviewer: str | None = None) -> Progress:
    """Return the figures of the decisions made from a moment on."""
    return figures(live(store.corrections.since(since)), since, reviewer)


def figures(decided: Iterable[Correction], since: datetime, reviewer: str | None = None) -> Progress:
    """Return the figures of corrections that stand."""
    standing = [one for one in decided if one.at >= since and one.counts and reviewer in {None, one.reviewer}]
    taken: dict[str, int] = {}
    for one in standing:
        taken[decision_of(one)] = max(one.milliseconds, taken.get(decision_of(one), 0))
    timed = [milliseconds for milliseconds in taken.values() if milliseconds]
    return Progress(
        len(taken),
        len({one.item for one in standing if one.before != one.after or one.further}),
        len({decision_of(one) for one in standing if one.basis == "accepted"}),
        round(median(timed)) if timed else None,
    )
