"""Charts in words: their titles, what they say, and their numbers as a table, the same for every form.

Comes in: the `Charts` of a digest or a project. Goes out: `Drawn` records, in the language that is spoken. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.labels import label_ids
from pipeline.render.display import on_one_line
from pipeline.render.shorten import shortened
from pipeline.render.words import label_names, short_day, word, year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pipeline.charts import Bars, Bin, Charts, Lane, Step, Timeline
    from pipeline.records import Followed

LONGEST_NAME = 70  # code points of a quotation or a name beside a chart
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its words: `told` is the text alternative, `notes` stand below it, `heads` and `rows` are its numbers as a table.

    `lanes` is what each lane tells of.
    """

    chart: Bars | Timeline
    title: str
    told: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lanes: tuple[str, ...] = ()


def drawn(charts: Charts, followed: Sequence[Followed] = ()) -> list[Drawn]:
    """Return the charts with their words, lines of time first; one by time that knows no day says nothing and is left out."""
    lines = [_of_line(one, followed) for one in charts.lines]
    return [*lines, *(_of_bars(one, charts.by_event) for one in charts.bars if not one.step or any(each.first for each in one.bins))]


def series_name(chart: str, series: str) -> str:
    """Return what a series counts."""
    if chart == "posts":
        return word("chart_posts_series")
    return label_names(series) if series in label_ids() else word("chart_untold") if series == "untold" else word(f"state_{series}")


def bin_name(one: Bin, step: Step | None) -> str:
    """Return what a bar stands for."""
    if one.first is None:
        return shortened(one.name, LONGEST_NAME) if one.name else word("chart_undated")
    return _step_name(one.first, step)


def _lane_names(lanes: Sequence[Lane], followed: Sequence[Followed]) -> Iterator[str]:
    """Yield what each lane tells of: a quotation under its number, where it stands above in which lane it does, or the name of a phase."""
    quoted: dict[str, int] = {}
    for lane in lanes:
        if not lane.state:
            yield shortened(lane.name, LONGEST_NAME)
            continue
        line = followed[lane.count - 1]
        said = shortened(line.title or line.opener.passage.quote, LONGEST_NAME)
        above = quoted.setdefault(said, lane.count)
        yield f"{lane.count}. {word('same_passage', n=above) if above < lane.count else word('quote', text=said)}"


def lane_facts(lane: Lane) -> str:
    """Return how a matter stands, or what a phase has."""
    if not lane.state:
        return word("posts_count", n=lane.count)
    due = [day for kind, day in lane.marks if kind == "due"]
    return " · ".join([word(f"thread_{lane.state}"), *(short_day(day) for day in due)])


def _step_name(first: date, step: Step | None) -> str:
    if step == "year":
        return str(year(first.year))
    if step == "quarter":
        return word("chart_quarter", n=first.month // _QUARTER + 1, year=year(first.year))
    return f"{word('months_short').split()[first.month - 1]} {year(first.year)}"


def _of_bars(bars: Bars, by_event: int) -> Drawn:
    names = [series_name(bars.id, one) for one in bars.series]
    totals = [sum(one.values[place] for one in bars.bins) for place in range(len(names))]
    told = word("chart_told", title=word(f"chart_{bars.id}"), parts=", ".join(f"{name} {n:,}" for name, n in zip(names, totals, strict=True)))
    notes = [*_gaps(bars)] if bars.id == "posts" else []
    if bars.step == "quarter":
        notes.append(word("chart_by_quarter"))
    if bars.id == "posts" and by_event:
        notes.append(word("chart_by_event", n=by_event))
    if bars.id == "places":
        notes.append(word("chart_places_note"))
    if bars.more:
        notes.append(word("chart_more", n=bars.more))
    rows = [(bin_name(one, bars.step), *(f"{value:,}" for value in one.values)) for one in bars.bins]
    total = [] if bars.id == "places" else [(word("chart_total"), *(f"{n:,}" for n in totals))]
    head = word("chart_time") if bars.step else word(f"chart_{bars.id}_of")
    return Drawn(bars, word(f"chart_{bars.id}"), " ".join([told, *notes]), tuple(notes), (head, *names), (*rows, *total))


def _gaps(bars: Bars) -> Iterator[str]:
    """Yield the stretches of time of which no post tells."""
    dated = [one for one in bars.bins if one.first]
    empty = [list(group) for none, group in groupby(dated, key=lambda one: not one.total) if none]
    if not dated:
        return
    if not empty:
        yield word("chart_no_gap")
        return
    ranges = (" – ".join(dict.fromkeys(bin_name(one, bars.step) for one in (group[0], group[-1]))) for group in empty)
    yield word("chart_gaps", ranges=", ".join(ranges))


def _of_line(line: Timeline, followed: Sequence[Followed]) -> Drawn:
    heads = [word(f"chart_{line.id}_of"), *([word("state")] if line.id == "matters" else []), word("chart_from"), word("chart_to")]
    rows = []
    names = tuple(_lane_names(line.lanes, followed))
    for lane, name in zip(line.lanes, names, strict=True):
        state = [word(f"thread_{lane.state}")] if lane.state else []
        rows.append((name, *state, *(short_day(day) if day else word("none_in_cell") for day in (lane.first, lane.last))))
    notes = [word("chart_no_day", n=line.more)] if line.more else []
    told = word("chart_told", title=word(f"chart_{line.id}"), parts=", ".join(f"{on_one_line(row[0])} {row[-2]} – {row[-1]}" for row in rows))
    return Drawn(line, word(f"chart_{line.id}"), " ".join([told, *notes]), tuple(notes), tuple(heads), tuple(rows), names)
