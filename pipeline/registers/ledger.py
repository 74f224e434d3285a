"""The registers of all phases, kept while posts stream by.

Comes in: sightings with their evidence, in any order of time. Goes out: for each phase the sections of its registers, the same for the same
sightings. Refuses nothing. Memory stays flat: of each line only the newest passages are kept, and of very many lines those that are heard
of most.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.records import DigestItem, Section
from pipeline.registers import areas, card, further, partners, practices, terms
from pipeline.registers.quiet import quiet_places
from pipeline.registers.sighting import AREAS, CARD, FURTHER, PARTNERS, PRACTICES, REGISTERS, TERMS, Sighting
from pipeline.registers.spellings import one_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.records import Evidence

LINES = 30  # names in a register of a digest, and passages of a kind
KEPT = 3  # passages of one line
_MOST_ROWS = 400
_LABELS = {
    AREAS: (*areas.STATES, areas.QUIET),
    PARTNERS: partners.STANDINGS,
    PRACTICES: practices.KINDS,
    TERMS: (terms.TERM,),
    CARD: card.BOXES,
    FURTHER: further.KINDS,
}
_AGAIN = {TERMS: 2}  # mentions that bear out a line of which one alone is not sure


@dataclass(slots=True)
class Row:
    """A line as it grows: its newest passages, and how many there were; `sure` once one of them is."""

    label: str
    name: str
    mentions: int = 0
    sure: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    kept: list[tuple[tuple[date, str, int], Evidence]] = field(default_factory=list)

    @property
    def newest(self) -> tuple[date, str, int]:
        """Return when and where the newest passage stands."""
        return self.kept[0][0]

    def take(self, other: Row) -> None:
        """Take in the passages of another row, each once."""
        known = {evidence.passage.id for _, evidence in self.kept} | {evidence.passage.quote for _, evidence in self.kept}
        new = [(when, evidence) for when, evidence in other.kept if not {evidence.passage.id, evidence.passage.quote} & known]
        self.mentions += other.mentions - (len(other.kept) - len(new))
        self.sure = self.sure or other.sure
        self.facts = {**other.facts, **self.facts}
        self.kept = sorted([*self.kept, *new], key=lambda one: one[0], reverse=True)[:KEPT]


class Ledger:
    """The rows of every register of every phase."""

    def __init__(self) -> None:
        """Begin with empty registers."""
        self._tables: dict[tuple[str | None, str], dict[tuple[str, str], Row]] = {}
        self._dropped: dict[tuple[str | None, str], int] = {}
        self._last_day: dict[str | None, date] = {}

    def add(self, sighting: Sighting, evidence: Evidence, day: date | None) -> None:
        """Put a sighting into the register of its phase; `day` is that of its post, as far as it is known."""
        place = (sighting.passage.phase, sighting.register)
        table = self._tables.setdefault(place, {})
        when = (day or date.min, sighting.passage.source, sighting.passage.span.start)
        row = Row(sighting.label, sighting.name, 1, sighting.sure, dict(sighting.facts), [(when, evidence)])
        table.setdefault((sighting.label, sighting.name or sighting.passage.id), Row(sighting.label, sighting.name)).take(row)
        if day:
            self._last_day[sighting.passage.phase] = max(day, self._last_day.get(sighting.passage.phase, day))
        if len(table) > _MOST_ROWS:
            heard_of_most = sorted(table.items(), key=lambda one: (one[1].mentions, one[1].newest, one[0]), reverse=True)[: _MOST_ROWS // 2]
            self._dropped[place] = self._dropped.get(place, 0) + len(table) - len(heard_of_most)
            self._tables[place] = dict(heard_of_most)

    def sections(self, phase: str | None, earlier: Sequence[str] = ()) -> tuple[Section, ...]:
        """Return the registers of a phase; the places of `earlier` phases of which it tells nothing are told as such."""
        return tuple(self._section(phase, register, earlier) for register in REGISTERS)

    def _section(self, phase: str | None, register: str, earlier: Sequence[str]) -> Section:
        rows = self._rows(phase, register)
        if register == AREAS:
            before = [row for other in earlier for row in self._rows(other, AREAS)]
            rows += [_quiet(name, kept) for name, kept in quiet_places(rows, before, self._last_day.get(phase))]
        named = _most_heard_of([row for row in rows if row.name])
        unnamed = [row for label in _LABELS[register] for row in _newest([row for row in rows if not row.name and row.label == label])]
        order = _LABELS[register]
        items = [_item(register, row) for row in (*sorted(named, key=lambda row: (row.name, order.index(row.label))), *unnamed)]
        total = len({row.name for row in rows if row.name}) + sum(not row.name for row in rows) + self._dropped.get((phase, register), 0)
        return Section(register, total, tuple(items))

    def _rows(self, phase: str | None, register: str) -> list[Row]:
        """Return the rows that are borne out, those of one place under one name."""
        rows = list(self._tables.get((phase, register), {}).values())
        if register == AREAS:
            places = one_name([row for (_, each), table in self._tables.items() if each == AREAS for row in table.values()])
            merged: dict[tuple[str, str], Row] = {}
            for row in rows:
                if row.name in places:
                    name = places[row.name]
                    merged.setdefault((row.label, name), Row(row.label, name)).take(row)
            return list(merged.values())
        return [row for row in rows if row.sure or row.mentions >= _AGAIN.get(register, row.mentions + 1)]


def _quiet(name: str, kept: tuple[tuple[date, str, int], Evidence]) -> Row:
    return Row(areas.QUIET, name, 1, sure=True, kept=[kept])


def _most_heard_of(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the names that are heard of most."""
    heard: dict[str, tuple[int, tuple[date, str, int]]] = {}
    for row in rows:
        mentions, newest = heard.get(row.name, (0, row.newest))
        heard[row.name] = mentions + row.mentions, max(newest, row.newest)
    names = set(sorted(heard, key=lambda name: (*heard[name], name), reverse=True)[:LINES])
    return [row for row in rows if row.name in names]


def _newest(rows: Iterable[Row]) -> list[Row]:
    """Return the rows of the newest posts, those of one post in the order of its text."""
    return sorted(rows, key=lambda row: (-row.newest[0].toordinal(), *row.newest[1:]))[:LINES]


def _item(register: str, row: Row) -> DigestItem:
    facts = tuple(row.facts.items())
    if register == AREAS and row.newest[0] != date.min:
        facts = (*facts, ("last", row.newest[0].isoformat()))
    return DigestItem(row.label, tuple(evidence for _, evidence in row.kept), row.name, facts, row.mentions)
