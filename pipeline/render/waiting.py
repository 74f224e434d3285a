"""What of a digest waits to be done: how many matters, and the day that comes first, or the last one that is over.

Comes in: a `Digest`. Goes out: `Waiting`. Refuses nothing. There is no today in it: the day of the last post is the day on which the digest stands.
What unconfirmed news may have settled is counted as open, but nobody is told that it is due, or late.
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
    """How many matters are open, and when the next of them is due; `late` where none is to come.

    `may_be_over` counts those that unconfirmed news may have settled, as far as the digest holds them; `all_held` says whether it holds all.
    """

    count: int
    due: date | None
    late: bool = False
    may_be_over: int = 0
    all_held: bool = True


def waiting(digest: Digest) -> Waiting:
    """Return what waits."""
    left = [one for one in digest.followed if one.state not in SETTLED]
    days = sorted(one.due for one in left if one.due and not one.doubted and not one.may_end)
    to_come = (day for day in days if digest.last_post is None or day >= digest.last_post)
    latest = days[-1] if days else None
    due = next(to_come, latest)
    late = bool(due and digest.last_post and due < digest.last_post)
    count = len(left) if digest.followed_open is None else digest.followed_open
    return Waiting(count, due, late, sum(one.may_end is not None for one in left), len(left) == count)
