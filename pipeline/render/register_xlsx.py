"""The register of the whole project: every action, issue and lesson of every phase as a row of a workbook, to be sorted and filtered.

Comes in: for each label its entries, one after another, so that many need no more memory than one. Goes out: the bytes of ``register.xlsx``, the
same for the same entries. Refuses nothing: a cell is a text, a day or a number and never a formula, whatever a post writes. Days are real dates that
the program shows in the Buddhist era, in an English register in the Gregorian one; digits are Arabic, as in tables of data.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache, partial
from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Literal, get_args

import xlsxwriter

from pipeline.labels import label_set
from pipeline.languages import level_of
from pipeline.records import ChainPart
from pipeline.render.briefing import TWO_LINES
from pipeline.render.citation import Citation, citation, passage_place
from pipeline.render.display import display, on_one_line
from pipeline.render.fields import place_written
from pipeline.render.followed import doubted_day, news_told
from pipeline.render.sheet_rows import STYLES, Cell, numbered, row_of, with_rows
from pipeline.render.shorten import shortened
from pipeline.render.words import UNDATED, day, language, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from pipeline.followed import Thread
    from pipeline.records import DigestItem, Evidence, Passage

SHEETS = ("action", "issue", "lesson")
MOST_ROWS = 1_000_000  # of the 1,048,576 that a sheet can have
MOST_LINKS = 65_000  # of the 65,530 that a sheet can have
MOST_SIGNS = 32_000  # of the 32,767 that a cell can have
FIRST_DAY = date(1900, 3, 1)  # before it the calendars of the programs differ
DAYS = {"th": "[$-107041E]d mmm yyyy", "en": "[$-809]d mmm yyyy"}  # Arabic digits (1), Buddhist era (07), Thai (041E); English (809)
SIGNS_FOR = 11  # tenths of a column's unit that a sign takes, where another font steps in
LINE_HEIGHT, MOST_HEIGHT = 25, 400  # points, of the 409 that a row can be high
_FORMULA = tuple("=+-@\t\r")

Kind = Literal["text", "day", "number", "share", "link"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: an item of a phase, with the thread that follows one of its passages, None where none does; `has_page` where its post has a page.

    `may_end` is the passage that may have settled that thread.
    """

    phase: str
    item: DigestItem
    thread: Thread | None
    has_page: bool
    may_end: Evidence | None = None

    @property
    def first(self) -> Passage:
        """Return the clearest passage."""
        return self.item.evidence[0].passage


Kept = Callable[[Entry, Callable[[], bytes]], bytes]  # gives the bytes of a row: made before, or as they are made now


def _made(_entry: Entry, make: Callable[[], bytes]) -> bytes:
    return make()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: what stands over it, how wide it is, and what a row has there."""

    head: str
    width: int
    kind: Kind
    value: Callable[[Entry, Citation], object]


def register_xlsx(project: str, last_post: date | None, entries: Callable[[str], Iterable[Entry]], kept: Kept = _made) -> bytes:
    """Return the bytes of ``register.xlsx``; `entries` gives those of a label, `kept` the bytes of a row that was made before."""
    target = BytesIO()
    with ExitStack() as stack:
        rows = [stack.enter_context(TemporaryFile()) for _ in SHEETS]
        with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            made = datetime.combine(last_post or UNDATED, time())
            book.set_properties({"title": word("register"), "subject": display(project), "author": word("product"), "created": made})
            styles = _styles(book)
            for label, held in zip(SHEETS, rows, strict=True):
                _sheet(book.add_worksheet(word(f"sheet_{label}")), styles, label, _rows(label, entries(label), kept), held)
        return with_rows(target.getvalue(), rows)


def _styles(book: Workbook) -> dict[str, Format]:
    """Return how each kind of cell looks."""
    shared = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#DEDAD1"}
    return {
        "text": book.add_format(shared),
        "guarded": book.add_format({**shared, "quote_prefix": True}),  # stays a text when somebody edits the cell
        "day": book.add_format({**shared, "num_format": DAYS[language()], "align": "left"}),
        "number": book.add_format({**shared, "num_format": "#,##0"}),
        "share": book.add_format({**shared, "num_format": "0%"}),
        "link": book.add_format({**shared, "font_color": "#1C4F8F", "underline": 1}),
        "head": book.add_format({**shared, "bold": True, "bg_color": "#E8E4DA"}),
    }


def _rows(label: str, entries: Iterable[Entry], kept: Kept) -> Iterator[tuple[bytes, str]]:
    """Yield the rows of a sheet, each with where its link leads; behind the last link that a sheet can have its words say it."""
    columns = _columns(label)
    for number, entry in enumerate(islice(entries, MOST_ROWS), start=1):
        if number <= MOST_LINKS:
            yield kept(entry, partial(_row, columns, entry)), passage_place(entry.item.evidence[0]) if entry.has_page else ""
        else:
            yield _row(columns, entry, linked=False), ""


def _row(columns: list[Column], entry: Entry, *, linked: bool = True) -> bytes:
    cited = citation(entry.item.evidence[0], 0, with_why=False)
    values = [column.value(entry, cited) for column in columns]
    kinds = [column.kind if linked or column.kind != "link" else "text" for column in columns]
    return row_of(_height(columns, values), [_cell(kind, value) for kind, value in zip(kinds, values, strict=True)])


def _sheet(sheet: Worksheet, styles: dict[str, Format], label: str, rows: Iterable[tuple[bytes, str]], held: IO[bytes]) -> None:
    """Write the head of a sheet, and what belongs to its rows; the rows themselves are held beside."""
    columns = _columns(label)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.head, styles["head"])
    sheet.set_row(0, 2 * LINE_HEIGHT)
    link = [column.kind for column in columns].index("link")
    row = 0
    for row, (told, address) in enumerate(rows, start=1):
        held.write(numbered(told, row + 1))
        if address:
            sheet.write_url(row, link, f"external:{address}", styles["link"], word("read_in_post"))
    if not row:
        sheet.write_string(1, [column.head for column in columns].index(word("column_quote")), word("empty_register"), styles["text"])
    for place, style in enumerate(STYLES):
        sheet.write_blank(max(row, 1) + 1, place, None, styles[style])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
    sheet.set_tab_color(next(each.colour for each in label_set() if each.id == label))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(row, 1), [column.head for column in columns].index(word("column_posted")))


def _height(columns: list[Column], values: list[object]) -> int:
    """Return how high a row must be for its longest text, in points; not every program finds it out by itself."""
    lines = (
        1 + _signs_wide(value) * SIGNS_FOR // column.width // 10
        for column, value in zip(columns, values, strict=True)
        if isinstance(value, str) and column.kind == "text"
    )
    return min(MOST_HEIGHT, LINE_HEIGHT * max(1, *lines))


def _signs_wide(text: str) -> int:
    """Return how many signs stand beside each other: vowels and tone marks over and under a letter take no room."""
    return sum(map(_takes_room, text))


@lru_cache(maxsize=4_096)  # it is asked of every sign of every cell
def _takes_room(sign: str) -> bool:
    return unicodedata.category(sign) != "Mn"


def _cell(kind: Kind, value: object) -> Cell:
    """Return a value as a cell; what has none is an empty one, and what looks like a formula stays a text when somebody edits it."""
    if isinstance(value, date):
        return Cell(value, "day") if value >= FIRST_DAY else Cell(day(value), "text")
    if isinstance(value, int | float):
        return Cell(value, kind)
    if kind == "link" and value:
        return Cell(word("read_in_post"), "link")
    text = str(value or "")[:MOST_SIGNS]
    return Cell(text, "guarded" if text.startswith(_FORMULA) else "text")


def _columns(label: str) -> list[Column]:
    """Return the columns of a sheet: the matter, then where it comes from."""
    return [
        Column(word("column_phase"), 17, "text", lambda entry, _: on_one_line(entry.phase)),
        Column(word("column_quote"), 52, "text", lambda _, cited: cited.quote),
        *(_of_actions() if label == "action" else _of_chains()),
        Column(word("column_speaker"), 20, "text", lambda _, cited: cited.who),
        Column(word("column_title"), 22, "text", lambda _, cited: cited.title),
        Column(word("column_posted"), 13, "day", lambda entry, _: _posted(entry)),
        *([Column(word("column_may_end"), 36, "text", lambda entry, _: _may_end(entry))] if label == "action" else []),
        Column(word("column_link"), 13, "link", lambda entry, _: passage_place(entry.item.evidence[0]) if entry.has_page else ""),
        Column(word("column_said"), 10, "number", lambda entry, _: len(entry.item.evidence)),
        Column(word("column_posts"), 10, "number", lambda entry, _: entry.item.posts),
        Column(word("column_confidence"), 11, "share", lambda entry, _: int(entry.first.confidence * 100) / 100),
        Column(word("source"), 24, "text", lambda entry, _: on_one_line(entry.first.source)),
        Column(word("column_id"), 19, "text", lambda entry, _: entry.first.id),
    ]


def _of_actions() -> list[Column]:
    return [
        Column(word("who"), 18, "text", lambda _, cited: _said(cited, word("who"))),
        Column(word("column_due"), 14, "day", lambda entry, _: _due(entry)),
        Column(word("column_when"), 18, "text", lambda _, cited: _said(cited, word("when"))),
        Column(word("followed_moved"), 18, "text", lambda entry, _: _moved(entry.thread)),
        Column(word("where"), 17, "text", lambda entry, _: place_written(entry.first)),
        Column(word("column_level"), 12, "text", lambda entry, _: _level(entry.first)),
        Column(word("state"), 16, "text", lambda _, cited: _said(cited, word("state"))),
        Column(word("column_news"), 20, "text", lambda entry, _: news_told(entry.thread) if entry.thread else ""),
    ]


def _of_chains() -> list[Column]:
    def column(part: str) -> Column:
        name = word(f"chain_{part}")
        return Column(name, 22, "text", lambda _, cited: _said(cited, name))

    return [column(part) for part in get_args(ChainPart)]


def _said(cited: Citation, name: str) -> str:
    """Return what the text says of a field."""
    return dict(cited.fields).get(name, "")


def _level(passage: Passage) -> str:
    """Return whether the place of an action is a venue, or of which level of administration; empty where its words do not say."""
    level = level_of(passage.action.where) if passage.action and passage.action.where else None
    return word(f"level_{level}") if level else ""


def _posted(entry: Entry) -> date | None:
    posted = entry.item.evidence[0].posted_at
    return posted.date() if posted else None


def _due(entry: Entry) -> date | None:
    """Return the day that is set now: that of the thread where one follows the matter, else the last one that the text names; none in doubt."""
    if entry.thread:
        return None if entry.thread.day_doubt else entry.thread.current_due
    return max((when.first_day for when in entry.first.action.when if when.first_day), default=None) if entry.first.action else None


def _may_end(entry: Entry) -> str:
    """Return the words that may have settled a matter, and where they come from; they stand behind what is printed, as many rows have none."""
    if entry.may_end is None:
        return ""
    cited = citation(entry.may_end, 0, with_why=False)
    return " · ".join((word("quote", text=shortened(cited.quote, TWO_LINES)), cited.who, cited.title, cited.date))


def _moved(thread: Thread | None) -> str:
    """Return the days that were set before, and the one that is set now; of a day in doubt, which it may be."""
    if thread and thread.day_doubt:
        return doubted_day(thread.due, thread.day_may_be)
    days = [event for event in thread.events if event.relation == "moved" and event.before and event.after] if thread else []
    return " → ".join(day(date.fromisoformat(str(written))) for written in (days[0].before, *(event.after for event in days))) if days else ""
