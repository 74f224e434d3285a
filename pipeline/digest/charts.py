"""A digest as numbers and days to draw.

Comes in: a `Digest`, the days of its posts, and the state and day of each of its actions. Goes out: `Charts`, whose numbers are those of the digest;
those of a project are made of its digests. Refuses nothing: what has no day is counted apart, and a chart of nothing is left out.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, get_args

from pipeline.actions import State
from pipeline.charts import Bars, Bin, Charts, Lane, Timeline
from pipeline.followed import MATTERS
from pipeline.labels import label_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.charts import ChartId, MarkKind, Step
    from pipeline.records import Digest, Followed, Phase

    Days = Iterable[date | None]

MOST_BINS = 24
PLACES = 8
LANES = 12
UNTOLD = "untold"  # the state of an action that does not tell it
_STATES = (*get_args(State), UNTOLD)
_MONTHS: Mapping[Step, int] = {"month": 1, "quarter": 3, "year": 12}
_A_MONTH = timedelta(days=31)


def charts_of(
    digest: Digest, days: Sequence[date | None], actions: Counter[tuple[str, date | None]], *, until: date | None = None, by_event: int = 0
) -> Charts:
    """Return the charts of a digest; `days` are those of its posts, `actions` counts each by its state and its day; `until` is the last day known."""
    told = [day for day in days if day]
    reach = _reach(digest.phase, told, until)
    bars = [_by_time("posts", ("posts",), Counter(("posts", day) for day in days), reach)]
    bars += [_by_time("actions", _STATES, actions, None), _places([digest])]
    line = _matters(digest.followed[:MATTERS], digest.last_post or max(told, default=None))
    return Charts(tuple(one for one in bars if one), (line,) if line else (), tuple(sorted(set(told))), by_event)


def project_charts(digests: Sequence[Digest], days: Sequence[date | None], by_event: int = 0) -> Charts:
    """Return the charts of a project: `days` are those of all its posts."""
    phases = Bars("phases", label_ids(), tuple(Bin(tuple(map(_totals(one).__getitem__, label_ids())), name=one.phase.name) for one in digests))
    told = sorted(day for day in days if day)
    bars = [phases if digests else None, _places(digests), _all_actions(digests)]
    bars.append(_by_time("posts", ("posts",), Counter(("posts", day) for day in days), (told[0], told[-1]) if told else None))
    line = _project(digests, told)
    return Charts(tuple(one for one in bars if one), (line,) if line else (), tuple(sorted(set(told))), by_event)


def _totals(digest: Digest) -> dict[str, int]:
    return dict.fromkeys(label_ids(), 0) | {section.label: section.total for section in digest.sections}


def _reach(phase: Phase, told: Sequence[date], until: date | None) -> tuple[date, date] | None:
    """Return from when to when posts may be missing: the days of the phase as far as they have come, else those of its posts."""
    if not told:
        return None
    last = [min(phase.last_day, until)] if phase.last_day and until else []
    return min([*told, *filter(None, [phase.first_day])]), max([*told, *last])


def _by_time(chart: ChartId, series: Sequence[str], counts: Counter[tuple[str, date | None]], reach: tuple[date, date] | None) -> Bars | None:
    """Return bars of equal steps of time, also those with nothing in them, and one for what has no day; None of nothing."""
    used = tuple(name for name in series if any(name == own for own, _ in counts))
    told = sorted(day for _, day in counts if day)
    undated = tuple(counts[name, None] for name in used)
    apart = [Bin(undated)] if any(undated) else []
    if not told:
        return Bars(chart, used, tuple(apart), "month") if apart else None
    first, last = reach or (told[0], told[-1])
    step: Step = next((one for one in _MONTHS if _steps(first, last, one) <= MOST_BINS), "year")
    in_bins = Counter[tuple[str, date]]()
    for (name, day), number in counts.items():
        if day:
            in_bins[name, _begin(day, step)] += number
    bins = [Bin(tuple(in_bins[name, begin] for name in used), begin) for begin in _begins(first, last, step)]
    return Bars(chart, used, (*bins, *apart), step)


def _steps(first: date, last: date, step: Step) -> int:
    return sum(1 for _ in _begins(first, last, step))


def _begin(day: date, step: Step) -> date:
    months = _MONTHS[step]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _begins(first: date, last: date, step: Step) -> Iterator[date]:
    """Yield the first day of each step."""
    begin = _begin(first, step)
    while begin <= last:
        yield begin
        begin = _begin(begin + _A_MONTH * _MONTHS[step], step)


def _places(digests: Sequence[Digest]) -> Bars | None:
    """Return what is told of the places that are heard of most."""
    counts: dict[str, Counter[str]] = {}
    for digest in digests:
        for item in (item for section in digest.registers if section.label == "areas" for item in section.items):
            label = item.label if item.label in label_ids() else "action"
            if item.label != "quiet":
                counts.setdefault(item.name, Counter())[label] += item.mentions
    ranked = sorted(counts, key=lambda name: (-counts[name].total(), name))
    bins = tuple(Bin(tuple(counts[name][label] for label in label_ids()), name=name) for name in ranked[:PLACES])
    return Bars("places", label_ids(), bins, more=len(ranked) - len(bins)) if bins else None


def _all_actions(digests: Sequence[Digest]) -> Bars | None:
    """Return the actions of all digests; the steps of a project are no shorter than those of its phases."""
    counts = Counter[tuple[str, date | None]]()
    for bars in (bars for digest in digests for bars in digest.charts.bars if bars.id == "actions"):
        for one in bars.bins:
            counts.update({(name, one.first): value for name, value in zip(bars.series, one.values, strict=True) if value})
    return _by_time("actions", _STATES, counts, None)


def _matters(lines: Sequence[Followed], today: date | None) -> Timeline | None:
    """Return the first matters that have a day, under their numbers in the digest."""
    lanes = [lane for number, line in enumerate(lines, start=1) if (lane := _lane(number, line)).marks]
    return _timeline("matters", lanes[:LANES], [], today, len(lines) - len(lanes[:LANES]))


def _lane(number: int, line: Followed) -> Lane:
    opened = line.opener.posted_at.date() if line.opener.posted_at else None
    heard = line.last.posted_at.date() if line.last and line.last.posted_at else None
    told: list[tuple[MarkKind, date | None]] = [("opened", opened)]
    told += [("moved", date.fromisoformat(before)) for before, _ in line.moved]
    told += [("due", None if line.doubted else line.due), ("heard", heard)]
    marks = tuple((kind, day) for kind, day in told if day)
    days = [day for _, day in marks]
    return Lane("", number, line.state, min(days, default=None), max(days, default=None), marks)


def _project(digests: Sequence[Digest], days: Sequence[date]) -> Timeline | None:
    """Return the phases with their posts and the days that are set for what is followed."""
    lanes = [lane for digest in digests if (lane := _phase_lane(digest)).first]
    return _timeline("project", lanes, days, max(days, default=None), len(digests) - len(lanes))


def _phase_lane(digest: Digest) -> Lane:
    marks: list[tuple[MarkKind, date]] = [("post", day) for day in digest.charts.days]
    marks += dict.fromkeys(("due", line.due) for line in digest.followed if line.due and not line.doubted)
    days = [day for _, day in marks]
    first, last = digest.phase.first_day or min(days, default=None), digest.phase.last_day or max(days, default=None)
    return Lane(digest.phase.name, digest.posts, "", first, max(first, last) if first and last else None, tuple(marks))


def _timeline(chart: ChartId, lanes: Sequence[Lane], days: Sequence[date], today: date | None, more: int) -> Timeline | None:
    reach = [*days, *(day for lane in lanes for day in (lane.first, lane.last, *(day for _, day in lane.marks)) if day)]
    return Timeline(chart, tuple(lanes), min(reach), max(reach), today, more) if lanes else None
