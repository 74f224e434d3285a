"""What of a digest waits to be done: how many matters, and the day that comes first, or the last one that is over.

Comes in: a `Digest`. Goes out: `Waiting`. Refuses nothing. There is no today in it: the day of the last post is the day on which the digest stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.followed import SETTLED

if TYPE_CHECKING:
    from datetime import date

    from pipeline.records import Digest


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many matters are open, `at_least` where that is not known, and when the next of them is due; `late` where none is to come."""

    count: int
    at_least: bool
    due: date | None
    late: bool = False


def waiting(digest: Digest) -> Waiting:
    """Return what waits; a digest that has room for a settled matter holds all open ones, and most cuts count open ones alone."""
    left = [one for one in digest.followed if one.state not in SETTLED]
    days = sorted(one.due for one in left if one.due and not one.doubted)
    to_come = (day for day in days if digest.last_post is None or day >= digest.last_post)
    latest = days[-1] if days else None
    due = next(to_come, latest)
    late = bool(due and digest.last_post and due < digest.last_post)
    if digest.cut and digest.cut.kind != "agency":
        return Waiting(digest.followed_total, at_least=False, due=due, late=late)
    return Waiting(len(left), len(left) == len(digest.followed) < digest.followed_total, due, late)
