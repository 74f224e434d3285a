"""The registers of a digest in Thai words: tables of areas and partners, and lists by kind.

Comes in: the registers of a `Digest`. Goes out: `RegisterView` records, the same for Markdown and HTML. Refuses nothing: an empty register says so in
one line, and so does an empty box of an after-action card that holds something.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.render.citation import Citation, citation
from pipeline.render.display import on_one_line
from pipeline.render.words import day, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Digest, DigestItem, Section

_COLUMNS = {"areas": ("lesson", "issue", "planned", "ongoing", "postponed", "done"), "partners": ("at-table", "absent", "idle")}
_QUIET = "quiet"
_BOXES = ("expected", "above", "below", "next")
_ALWAYS = {"pressing": ("urgent", "important")}  # facts that are told even where the text is silent
_IN_WORDS = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True)
class Line:
    """One passage of a register: what it is about, what the text says of it, the quotation, and how many more say so."""

    name: str
    facts: tuple[tuple[str, str], ...]
    quoted: Citation
    more: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The lines of one kind under their heading, empty where a box of the card is; `count` is a number as a table shows it."""

    heading: str
    count: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is of, its cells, what is told at its end, and whether nothing was heard of it lately."""

    name: str
    cells: tuple[Kind, ...]
    last: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register as a reader sees it: a table where it has `columns`, else lists; `empty` and `more` are the one line that says so.

    `of` heads the names of a table, and `dated` says that each of its rows ends with the day of the last news.
    """

    id: str
    title: str
    question: str
    total: int
    of: str
    dated: bool
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kinds: tuple[Kind, ...]
    empty: str
    more: str


def registers_in(digest: Digest) -> list[RegisterView]:
    """Return the registers of a digest in its order."""
    return [_view(section, digest.unsure_below) for section in digest.registers]


def _view(section: Section, unsure_below: float) -> RegisterView:
    columns = _COLUMNS.get(section.label, ())
    rows = _rows(section, columns, unsure_below) if columns else ()
    names = {item.name or item.evidence[0].passage.id for item in section.items}
    return RegisterView(
        id=section.label,
        title=word(f"register_{section.label}"),
        question=word(f"register_{section.label}_question"),
        total=section.total,
        of=word(f"register_{section.label}_of") if columns else "",
        dated=section.label == "areas",
        columns=tuple(word(f"line_{_key(label)}") for label in columns),
        rows=rows,
        kinds=() if columns or not section.items else _kinds(section, unsure_below),
        empty="" if section.items else word(f"register_{section.label}_none"),
        more=word("register_shown", n=len(names), total=section.total) if section.total > len(names) else "",
    )


def _rows(section: Section, columns: Sequence[str], unsure_below: float) -> tuple[Row, ...]:
    """Return the rows of a table, one a name."""
    rows = []
    for name, group in groupby(section.items, key=lambda item: item.name):
        items = {item.label: item for item in group}
        days = [value for item in items.values() for fact, value in item.facts if fact == "last"]
        kinds = [*columns, *([_QUIET] if set(items) == {_QUIET} else [])]
        cells = tuple(_cell(label, items.get(label), unsure_below) for label in kinds)
        rows.append(Row(on_one_line(name), cells, day(date.fromisoformat(max(days))) if days else word("no_day"), _QUIET in items))
    return tuple(rows)


def _cell(label: str, item: DigestItem | None, unsure_below: float) -> Kind:
    lines = tuple(Line("", (), citation(mention, unsure_below), "") for mention in item.evidence) if item else ()
    return Kind(word(f"line_{_key(label)}"), f"{item.mentions:,}" if item else word("none_in_cell"), lines)


def _kinds(section: Section, unsure_below: float) -> tuple[Kind, ...]:
    """Return the lists of a register by kind; a card that holds anything tells all its boxes."""
    labels = _BOXES if section.label == "card" else tuple(dict.fromkeys(item.label for item in section.items))
    kinds = []
    for label in labels:
        lines = tuple(_line(item, unsure_below) for item in section.items if item.label == label)
        kinds.append(Kind(word(f"line_{_key(label)}"), word("items_count", n=len(lines)), lines))
    return tuple(kinds)


def _line(item: DigestItem, unsure_below: float) -> Line:
    told = {name: on_one_line(word(f"said_{value}") if value in _IN_WORDS else value) for name, value in item.facts}
    silent = {name: word("said_nothing") for name in _ALWAYS.get(item.label, ()) if name not in told}
    facts = tuple((word(f"fact_{name}"), value) for name, value in {**told, **silent}.items())
    more = word("said_times", n=item.mentions) if item.mentions > 1 else ""
    return Line(on_one_line(item.name), facts, citation(item.evidence[0], unsure_below), more)


def _key(label: str) -> str:
    return label.replace("-", "_")
