"""What is drawn of a digest: numbers by time, place and phase, and days on a line.

Comes in: nothing. Goes out: frozen records. Refuses nothing. Standard library only. A chart holds numbers and days, and no words but names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

ChartId = Literal["posts", "actions", "places", "phases", "matters", "project"]
Step = Literal["month", "quarter", "year"]
MarkKind = Literal["post", "opened", "moved", "due", "heard"]


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar with a value for each series: of the time that begins on `first`, of a name, or, with neither, of what has no day."""

    values: tuple[int, ...]
    first: date | None = None
    name: str = ""

    @property
    def total(self) -> int:
        """Return the sum of its values."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars by time, where there is a `step`, or by name; `more` names are not drawn."""

    id: ChartId
    series: tuple[str, ...]
    bins: tuple[Bin, ...]
    step: Step | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A matter or a phase on the line of time; `count` is the place of a matter in the digest, from 1, or how many posts a phase has.

    A matter has no name here: its words are those of the digest, masked where the digest masks them.
    """

    name: str
    count: int
    state: str = ""
    first: date | None = None
    last: date | None = None
    marks: tuple[tuple[MarkKind, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes from `first` to `last`; `today` is the day of the last post, `more` are without any day."""

    id: ChartId
    lanes: tuple[Lane, ...]
    first: date
    last: date
    today: date | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a digest or of a project; `days` are those with posts, of which `by_event` are placed by the event that they tell of."""

    bars: tuple[Bars, ...] = ()
    lines: tuple[Timeline, ...] = ()
    days: tuple[date, ...] = ()
    by_event: int = 0


NO_CHARTS = Charts()
