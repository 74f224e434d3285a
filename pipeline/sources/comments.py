"""Split the comments (ความเห็น) of a page, which stand without a delimiter.

Comes in: the lines below ``ความเห็น (n)`` and n. Goes out: `Comment` records, the span what the person wrote, name and stamp not part of
it. Hard borders are the stamps and network addresses that the page prints; for the rest the n most likely beginnings are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.records import Comment
from pipeline.sources import comment_signs as signs
from pipeline.sources.lines import Line, paragraphs, span_of
from pipeline.sources.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST_HEADER_NAME = 60
MUCH_LONGER = 1.5


@dataclass(slots=True)
class _Unit:
    """A piece that no border cuts: a paragraph, with the name above it where one can be seen."""

    lines: list[Line]
    gap: int
    name: Line | None = None
    hard: bool = False
    posted_at: datetime | None = None

    @property
    def text(self) -> str:
        """Return what is written in it, line by line."""
        return "\n".join(line.text for line in self.lines)


def split_comments(lines: Sequence[Line], stated: int) -> tuple[Comment, ...]:
    """Return the comments in their order, `stated` of them where the page lets us find so many."""
    units = _units(lines) if stated else []
    if not units:
        return ()
    units = _with_names(units, stated) if len(units) >= stated else _by_lines(units)
    first = [place for place, unit in enumerate(units) if place == 0 or unit.hard]
    rest = sorted(set(range(len(units))) - set(first))
    scores = _scores(units)
    chosen = sorted([*first, *nlargest(max(0, stated - len(first)), rest, key=lambda place: (scores[place], -place))])
    comments = []
    for begin, end in zip(chosen, [*chosen[1:], len(units)], strict=True):
        head = units[begin]
        written = [line for unit in units[begin:end] for line in ([unit.name] if unit.name and unit is not head else []) + unit.lines]
        comments.append(Comment(span_of(written), head.name.text if head.name else None, head.posted_at))
    return tuple(comments)


def _units(lines: Sequence[Line]) -> list[_Unit]:
    """Return the paragraphs, those below a stamp or a network address marked as hard beginnings."""
    heads = _headers(lines)
    units: list[_Unit] = []
    pending: _Unit | None = None
    last_row = -1
    for paragraph in paragraphs([line if line.row not in heads else Line(line.row, line.start, "") for line in lines]):
        unit = _Unit(paragraph, paragraph[0].row - last_row - 1)
        above = [heads[row] for row in range(last_row + 1, paragraph[0].row) if row in heads]
        for head in above:
            if head.hard:
                pending = head
        if pending and above:
            unit.hard, unit.name, unit.posted_at = True, pending.name, pending.posted_at
        pending = None
        last_row = paragraph[-1].row
        units.append(unit)
    return units


def _headers(lines: Sequence[Line]) -> dict[int, _Unit]:
    """Return the rows of stamps, network addresses and the names above them; every row of one header shares one unit without lines."""
    heads: dict[int, _Unit] = {}
    for place, line in enumerate(lines):
        stamp = signs.STAMP_LINE.fullmatch(line.text)
        if stamp and stamp["name"] and not (stamp["hour"] and signs.is_name(line.part(0, stamp.end("name")))):
            stamp = None
        if not stamp and not signs.ADDRESS_LINE.fullmatch(line.text):
            continue
        above = lines[place - 1] if place else None
        head = heads.get(above.row) if above else None
        if head is None:
            head = _Unit([], 0, hard=True)
            own = line.part(0, stamp.end("name")) if stamp and stamp["name"] else None
            head.name = own or _name_above(lines, place, heads)
            if head.name:
                heads[head.name.row] = head
        if stamp and stamp["year"]:
            head.posted_at = read_stamp(line.text)
        heads[line.row] = head
    return heads


def _name_above(lines: Sequence[Line], place: int, heads: dict[int, _Unit]) -> Line | None:
    """Return the name above a header: the line right above it, or a name that stands alone one blank line higher."""

    def blank(at: int) -> bool:
        return at < 0 or not lines[at].text or lines[at].row in heads

    near, far = place - 1, place - 2
    if not blank(near) and len(lines[near].text) <= LONGEST_HEADER_NAME and (blank(far) or signs.is_name(lines[near])):
        return lines[near]
    if blank(near) and not blank(far) and blank(place - 3) and signs.is_name(lines[far]):
        return lines[far]
    return None


def _with_names(units: list[_Unit], stated: int) -> list[_Unit]:
    """Join the names that stand alone above a paragraph to it, the shortest first, as long as `stated` comments stay possible."""
    for unit in units:
        if not unit.hard and len(unit.lines) > 1 and signs.is_name(unit.lines[0]) and not signs.is_name(unit.lines[1]):
            unit.name, unit.lines = unit.lines[0], unit.lines[1:]
    alone = [
        place
        for place, (unit, below) in enumerate(pairwise(units))
        if not unit.hard and not below.hard and len(unit.lines) == 1 and not unit.name and signs.is_name(unit.lines[0])
        if not below.name and (len(below.lines) > 1 or not signs.is_name(below.lines[0]) or _is_longer(below, unit))
    ]
    alone.sort(key=lambda place: len(units[place].lines[0].text))
    joined = set(alone[: max(0, len(units) - stated)])
    named = []
    for place, unit in enumerate(units):
        if place in joined:
            continue
        if place - 1 in joined:
            unit.name, unit.gap = units[place - 1].lines[0], units[place - 1].gap
        named.append(unit)
    return named


def _is_longer(below: _Unit, unit: _Unit) -> bool:
    """Say whether of two lines that could be names the lower one is rather what the upper one says."""
    return len(below.lines[0].text) > MUCH_LONGER * len(unit.lines[0].text)


def _by_lines(units: Sequence[_Unit]) -> list[_Unit]:
    """Return every line as a unit of its own: the page has fewer paragraphs than comments."""
    pieces = []
    for unit in units:
        head, *rest = unit.lines
        pieces.append(_Unit([head], unit.gap, unit.name, unit.hard, unit.posted_at))
        pieces += [_Unit([line], 0) for line in rest]
    return pieces


def _scores(units: Sequence[_Unit]) -> list[float]:
    """Return for every unit how much speaks for a new comment beginning with it."""
    usual = min((unit.gap for unit in units[1:]), default=1)
    scores = [0.0]
    speaking = signs.gender(units[0].text)
    for before, unit in pairwise(units):
        own = signs.gender(unit.text)
        changed = own and speaking and own != speaking
        scores.append(_beginning(unit) + _ending(before, unit) + 3 * bool(changed) + 3 * (unit.gap > usual))
        speaking = own or speaking
    return scores


def _beginning(unit: _Unit) -> float:
    """Return how much a unit looks like the first of a comment."""
    first = unit.lines[0]
    return sum(
        (
            6.0 * (unit.name is not None),
            5.0 * bool(len(unit.lines) == 1 and signs.VOCATIVE_ALONE.fullmatch(first.text)),
            5.0 * bool(signs.GREETING.match(first.text)),
            3.0 * bool(signs.VOCATIVE.match(first.text)),
            2.0 * bool(signs.OPENER.match(first.text)),
            -4.0 * (first.indent >= signs.DEEP_INDENT and not signs.BULLET.match(first.text)),
            1.5 * bool(not signs.VOCATIVE.match(first.text) and signs.EARLY_PARTICLE.match(first.text)),
            -2.0 * bool(not unit.name and signs.CONTINUES.match(first.text)),
            -2.0 * bool(not unit.name and signs.NUMBERED.match(first.text)),
        )
    )


def _ending(before: _Unit, unit: _Unit) -> float:
    """Return how much the unit above looks like the last of another comment."""
    last, first = before.lines[-1], unit.lines[0]
    listed, lists = bool(signs.BULLET.match(last.text)), bool(signs.BULLET.match(first.text))
    tail = last.text[-signs.LONGEST_ADDRESS :]
    addressed = len(before.lines) == 1 and bool(signs.VOCATIVE_ALONE.fullmatch(last.text))
    return sum(
        (
            2.5 * bool(signs.CLOSES.search(tail)),
            1.0 * bool(signs.PARTICLE_LAST.search(tail)),
            2.0 * bool(signs.FAREWELL_LINE.fullmatch(last.text)),
            3.0 * (lists and not listed),
            1.5 * (listed and not lists),
            2.5 * (last.indent >= signs.DEEP_INDENT > first.indent),
            -4.0 * bool(signs.LEADS_ON.search(tail)),
            -8.0 * addressed,
        )
    )
