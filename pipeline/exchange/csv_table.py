"""A table for a spreadsheet: one passage a row, with its fields.

Comes in: pages, or the bytes of a CSV. Goes out: the other. Refuses a row without post, place or label. The file opens with a byte-order mark, so
that a spreadsheet reads Thai; a cell that it would take for a formula begins with an apostrophe, which is taken off again. A row that is missing
takes nothing away: write the label "other" to say that a passage is none. A column that is missing leaves its field as it is; an empty cell
empties it.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from pipeline.exchange.pages import FIELDS, TOLD, Mark, Page, made_mark, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.errors import SourceError

COLUMNS = ("post", "title", "start", "end", "label", "quote", *FIELDS, *TOLD, "passage")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write(pages: Iterable[Page]) -> bytes:
    """Return the table."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for page in pages:
        for mark in page.marks:
            fields = [_cell(mark.fields.get(name)) for name in (*FIELDS, *TOLD)]
            cells = [page.post, page.title, str(mark.span.start), str(mark.span.end), mark.label, mark.quote, *fields, mark.id or ""]
            rows.writerow([safe(cell) for cell in cells])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def read(data: bytes, name: str) -> Iterator[Page | SourceError]:
    """Yield a page for each post, with the marks of its rows."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    marks: dict[str, list[Mark]] = {}
    while True:
        try:
            row = next(rows, None)
            if row is None:
                break
            cells = {column: plain(cell or "") for column, cell in row.items() if column}
            found = _mark(cells)
            marks.setdefault(_words(cells, "post"), []).append(found)
        except (KeyError, ValueError, TypeError, csv.Error) as error:
            yield set_aside(name, rows.line_num, error)
    yield from (Page(post, None, tuple(own)) for post, own in marks.items())


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), plain(safe("=1+1")), plain(safe("'ก"))
    ("'=1+1", '=1+1', "'ก")
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Return a cell without the apostrophe that made it safe; one that a spreadsheet has taken off is not missed."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _mark(cells: Mapping[str, str]) -> Mark:
    fields = {name: _value(name, cells[name]) for name in (*FIELDS, *TOLD) if name in cells}
    quote = _words(cells, "quote")
    return made_mark(
        None, int(cells["start"]), int(cells["end"]), cells["label"].strip(), quote=quote, id=cells.get("passage") or None, fields=fields
    )


def _words(cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise KeyError(column)
    return cells[column]


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""


def _value(name: str, cell: str) -> Any:  # noqa: ANN401 - JSON
    """Return a field from its cell: names that somebody has typed, parted by commas, are owners."""
    if name not in {"who", "when"} or not cell:
        return cell or None
    if cell.startswith("["):
        return json.loads(cell)
    parts = [part.strip() for part in cell.split(",") if part.strip()]
    return [{"text": part} for part in parts] if name == "who" else [{"text": "", "first_day": part, "last_day": part} for part in parts]
