"""Charts as SVG inside a page: vectors, with their words as text in the font of the page, which the browser shapes.

Comes in: charts with their words. Goes out: markup without script. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from pipeline.charts import Bars
from pipeline.labels import label_set
from pipeline.render.chart_shapes import LINE, SIZE, WIDTH, box, hatching, legend, mark, picture, stroke, text, wide
from pipeline.render.charts import LONGEST_NAME, bin_name, lane_facts, series_name
from pipeline.render.shorten import shortened
from pipeline.render.words import short_day, word, year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.charts import Bin, Timeline
    from pipeline.render.chart_shapes import Fill
    from pipeline.render.charts import Drawn

HIGH = 150  # of the highest column
WIDEST = 44  # of a column
LANE = 48
APART = 110  # from the last column of time to that of what has no day
NAME = 32  # for the name of a month
QUARTER = 3
TICKS = 12
FEWEST_TICKS = 2  # else the first and the last day stand below the line
SHORTEST_NAME = 10
A_YEAR = 12
_FILLS: dict[str, Fill] = {
    "lesson": "solid",
    "issue": "slanted",
    "action": "lined",
    "posts": "solid",
    "planned": "empty",
    "ongoing": "slanted",
    "postponed": "dotted",
    "cancelled": "crossed",
    "done": "solid",
    "untold": "pale",
}
_FURTHER: Fill = "dotted"  # of a label that somebody added


def chart_svg(one: Drawn) -> Markup:
    """Return a chart as SVG."""
    chart = one.chart
    parts, high = _bars(chart) if isinstance(chart, Bars) else _line(chart, one.lanes)
    return Markup(picture(f"chart-{chart.id}", high, one.title, one.told, parts))  # noqa: S704 - every word in it is escaped


def _bars(bars: Bars) -> tuple[list[str], float]:
    colours = {label.id: label.colour for label in label_set()}
    parts = ["<defs>", *(hatching(_name(bars, one), _FILLS.get(one, _FURTHER), colours.get(one)) for one in bars.series), "</defs>"]
    y = 4.0
    if len(bars.series) > 1:
        signs = [(box(0, 0, 16, 14, _name(bars, one)), series_name(bars.id, one)) for one in bars.series]
        entries, y = legend(signs, y)
        parts += entries
    drawn, high = _columns(bars, y) if bars.step else _rows(bars, y)
    return [*parts, *drawn], high


def _name(bars: Bars, series: str) -> str:
    return f"chart-{bars.id}-{series}"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where columns stand: on which line, how broad, how many the highest has; every so many have their names below."""

    base: float
    broad: float
    most: int
    each: int


def _columns(bars: Bars, top: float) -> tuple[list[str], float]:
    """Draw columns along the line of time; a step of which nothing tells is an empty frame."""
    dated, undated = [one for one in bars.bins if one.first], [one for one in bars.bins if not one.first]
    pitch = min((WIDTH - (APART if undated else 0)) / max(1, len(dated)), 2 * WIDEST)
    frame = _Frame(top + LINE + HIGH, min(WIDEST, pitch - 4), max(one.total for one in bars.bins), ceil(NAME / pitch))
    parts = [stroke(0, frame.base, WIDTH, frame.base)]
    for place, one in enumerate(dated):
        middle = (place + 0.5) * pitch
        parts += [*_column(bars, one, middle, frame), *_below(bars, place, middle, frame)]
    for one in undated:
        middle = WIDTH - APART / 2
        parts += _column(bars, one, middle, replace(frame, broad=WIDEST))
        parts.append(text(middle, frame.base + LINE - 3, bin_name(one, None), anchor="middle", style="quiet"))
    return parts, frame.base + 2 * LINE + 6


def _column(bars: Bars, one: Bin, middle: float, frame: _Frame) -> Iterator[str]:
    """Yield a column with its sum above it."""
    left, y = middle - frame.broad / 2, frame.base
    if not one.total:
        if bars.id == "posts":
            yield f'<rect x="{left:.1f}" y="{frame.base - HIGH:.1f}" width="{frame.broad:.1f}" height="{HIGH}" class="gap"/>'
        return
    for series, value in zip(bars.series, one.values, strict=True):
        y -= HIGH * value / frame.most
        if value:
            yield box(left, y, frame.broad, HIGH * value / frame.most, _name(bars, series))
    yield text(middle, y - 5, f"{one.total:,}", anchor="middle", style="strong")


def _below(bars: Bars, place: int, middle: float, frame: _Frame) -> Iterator[str]:
    """Yield the name of a step, and of its year where a year begins."""
    first = bars.bins[place].first
    if first is None:
        return
    counted = str(year(first.year))
    names = {"month": word("months_short").split()[first.month - 1], "quarter": str(first.month // QUARTER + 1), "year": counted}
    if place % frame.each == 0:
        yield text(middle, frame.base + LINE - 3, names[bars.step or "year"], anchor="middle", style="quiet")
    if bars.step != "year" and (place == 0 or first.month == 1):
        yield text(middle, frame.base + 2 * LINE - 3, counted, anchor="middle", style="strong")


def _rows(bars: Bars, top: float) -> tuple[list[str], float]:
    """Draw a row for each name: the name and its numbers, and below them the bar."""
    most, parts, y = max(one.total for one in bars.bins), list[str](), top
    for one in bars.bins:
        facts = " · ".join(f"{series_name(bars.id, series)} {value:,}" for series, value in zip(bars.series, one.values, strict=True))
        parts += [text(0, y + SIZE, _fitting(bin_name(one, None), facts), style="strong"), text(WIDTH, y + SIZE, facts, anchor="end", style="quiet")]
        x = 0.0
        for series, value in zip(bars.series, one.values, strict=True):
            if value:
                parts.append(box(x, y + LINE, WIDTH * value / most, 14, _name(bars, series)))
                x += WIDTH * value / most
        parts.append(stroke(0, y + LINE - 2, 0, y + LINE + 16))
        y += LANE
    return parts, y


def _line(line: Timeline, names: Sequence[str]) -> tuple[list[str], float]:
    """Draw a lane for each matter: its words, and below them its days."""
    kinds = [kind for kind in ("opened", "moved", "due", "heard", "post") if any(kind == own for lane in line.lanes for own, _ in lane.marks)]
    parts, y = legend([(mark(kind, 8, 7), word(f"chart_mark_{kind}")) for kind in kinds], 4)
    first, days = line.first, max(1, (line.last - line.first).days)

    def at(day: date) -> float:
        return 8 + (WIDTH - 16) * (day - first).days / days

    if line.today:
        parts.append(_today(line.today, at(line.today), y))
        y += LINE
    for lane, name in zip(line.lanes, names, strict=True):
        facts = lane_facts(lane)
        parts += [text(0, y + SIZE, _fitting(name, facts), style="strong"), text(WIDTH, y + SIZE, facts, anchor="end", style="quiet")]
        middle = y + LINE + 8
        if line.today:  # beside the days alone: through the words nobody could read them
            parts.append(stroke(at(line.today), y + LINE - 4, at(line.today), y + LANE, "today"))
        parts.append(stroke(8, middle, WIDTH - 8, middle, "rail"))
        if lane.first and lane.last:
            parts.append(stroke(at(lane.first), middle, at(lane.last), middle, "phase" if not lane.state else "span"))
        parts += [mark(kind, at(day), middle) for kind, day in lane.marks]
        y += LANE
    parts.append(stroke(0, y, WIDTH, y))
    parts += _ticks(line, at, y)
    return parts, y + LINE + 6


def _today(day: date, x: float, top: float) -> str:
    words = word("chart_today", day=short_day(day))
    room = wide(words) / 2
    return text(min(max(x, room), WIDTH - room), top + SIZE, words, anchor="middle", style="quiet")


def _ticks(line: Timeline, at: Callable[[date], float], y: float) -> list[str]:
    """Draw the months or years of the line of time, as many as have room."""
    months = list(_months(line.first, line.last))
    step = next((one for one in (1, 3, 6, 12, 24, 60, 120) if len(months) / one <= TICKS), 240)
    shown = [day for day in months if (day.year * A_YEAR + day.month - 1) % step == 0]
    few = len(shown) < FEWEST_TICKS
    parts, free = list[str](), 0.0
    for day in (line.first, line.last) if few else shown:
        x = at(day)
        name = short_day(day) if few else _month_name(day) if step < A_YEAR else str(year(day.year))
        room = wide(name) / 2
        middle = min(max(x, room), WIDTH - room)
        parts.append(stroke(x, y, x, y + 5))
        if middle - room >= free:  # at the edges a name moves inwards, where its neighbour may stand
            parts.append(text(middle, y + LINE, name, anchor="middle", style="quiet"))
            free = middle + room
    return parts


def _month_name(day: date) -> str:
    return f"{word('months_short').split()[day.month - 1]} {year(day.year)}"


def _months(first: date, last: date) -> Iterator[date]:
    day = date(first.year, first.month, 1)
    if day < first:
        day = _next(day)
    while day <= last:
        yield day
        day = _next(day)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _fitting(name: str, facts: str) -> str:
    """Return a name that leaves room for the facts at the end of its line."""
    most = LONGEST_NAME
    while most > SHORTEST_NAME and wide(name) > WIDTH - wide(facts) - 24:
        most -= 5
        name = shortened(name, most)
    return name
