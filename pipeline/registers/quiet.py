"""Places of which nothing is heard any more (ไม่พบข่าว).

Comes in: the rows of a phase, those of the phases before it, and the last day of the phase. Goes out: each place that was named before and
is not now, and each that was last heard of long before the phase's last post, with the last that was heard. Refuses nothing: without days
nothing is long ago.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.records import Evidence

_LONG = timedelta(days=90)  # a quarter: partners meet as often


class _Heard(Protocol):
    """A row of a place."""

    name: str
    kept: list[tuple[tuple[date, str, int], Evidence]]


def quiet_places(
    rows: Sequence[_Heard], before: Sequence[_Heard], last_day: date | None
) -> Iterator[tuple[str, tuple[tuple[date, str, int], Evidence]]]:
    """Yield the quiet places by name, each with the last that was heard of it."""
    now, then = _last(rows), _last(before)
    for name, heard in sorted({**then, **now}.items()):
        if name not in now or (last_day and heard[0][0] != date.min and last_day - heard[0][0] > _LONG):
            yield name, heard


def _last(rows: Sequence[_Heard]) -> dict[str, tuple[tuple[date, str, int], Evidence]]:
    """Return the last that was heard of each place; news of a หมู่ is news of its tambon."""
    last: dict[str, tuple[tuple[date, str, int], Evidence]] = {}
    for row in rows:
        place = row.name.partition(" หมู่ ")[0]
        if place not in last or row.kept[0][0] > last[place][0]:
            last[place] = row.kept[0]
    return last
