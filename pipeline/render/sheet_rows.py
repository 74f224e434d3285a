"""The rows of a sheet as a workbook keeps them (Office Open XML), so that a row is made once and stands in every later workbook.

Comes in: the cells of a row, and a workbook whose sheets have their heads and a last row that shows each style. Goes out: the bytes of a row without
its number, and the workbook with its rows. Refuses nothing: whatever a text holds, it is a text. Rows stream by: however many, one is in memory.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import IO, TYPE_CHECKING, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name

if TYPE_CHECKING:
    from collections.abc import Sequence

Style = Literal["text", "guarded", "day", "number", "share", "link"]
STYLES: tuple[Style, ...] = ("text", "guarded", "day", "number", "share", "link")

_NUMBER = b"\0"  # stands for the number of the row, which is another in every workbook
_MARKS = {style: chr(mark) for mark, style in enumerate(STYLES, start=1)}  # stand for the styles, which a workbook numbers; no text has such signs
_DAY_ZERO = date(1899, 12, 30)  # as the programs count, from March 1900 on
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_STYLED = re.compile(rb' s="(\d+)"')
_LAST_ROW = re.compile(rb'(<dimension ref="A1:[A-Z]+)\d+')
_HEAD_ENDS, _ROW, _ROWS_END = b"</row>", b"<row ", b"</sheetData>"
_AT_ONCE = 1 << 20  # bytes of rows in memory


class Cell(NamedTuple):
    """What stands in a cell, None for nothing, and how it looks."""

    value: str | float | date | None
    style: Style


def row_of(height: int, cells: Sequence[Cell]) -> bytes:
    """Return a row of so many points, without its number."""
    told = "".join(_cell(_column(place), cell) for place, cell in enumerate(cells))
    return f'<row r="\0" ht="{height}" customHeight="1">{told}</row>'.encode()


def numbered(row: bytes, number: int) -> bytes:
    """Return a row with its number, from 1."""
    return row.replace(_NUMBER, str(number).encode())


def with_rows(book: bytes, rows: Sequence[IO[bytes]]) -> bytes:
    """Return a workbook with the rows of each of its sheets; where a sheet has none, what stands under its head stays."""
    target = BytesIO()
    parts = {f"xl/worksheets/sheet{number}.xml": held for number, held in enumerate(rows, start=1)}
    with ZipFile(BytesIO(book)) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for info in before.infolist():
            known = ZipInfo(info.filename, info.date_time)
            known.compress_type, known.external_attr = ZIP_DEFLATED, info.external_attr
            with after.open(known, "w") as part:
                _write_part(part, before.read(info), parts.get(info.filename))
    return target.getvalue()


def _write_part(part: IO[bytes], data: bytes, rows: IO[bytes] | None) -> None:
    if rows is None:
        part.write(data)
        return
    end = data.index(_ROWS_END)
    sample = data.rindex(_ROW, 0, end)
    styles = dict(zip(_MARKS.values(), _STYLED.findall(data, sample, end), strict=True))
    count = rows.tell()
    head = data.index(_HEAD_ENDS) + len(_HEAD_ENDS) if count else sample
    last = int(data[sample + len(b'<row r="') :].split(b'"', 1)[0]) - 1
    part.write(_LAST_ROW.sub(rb"\g<1>%d" % last, data[:head], count=1))
    rows.seek(0)
    while some := rows.read(_AT_ONCE):
        for mark, style in styles.items():
            some = some.replace(mark.encode(), style)
        part.write(some)
    part.write(data[end:])


def _cell(column: str, cell: Cell) -> str:
    value, place = cell.value, f'<c r="{column}\0" s="{_MARKS[cell.style]}"'
    if value is None or value == "":
        return f"{place}/>"
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{place} t="inlineStr"><is><t{space}>{_text(value)}</t></is></c>'
    number = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f"{place}><v>{number:.16G}</v></c>"


def _text(value: str) -> str:
    """Return a text as XML of the workbook has it: signs that XML cannot hold by their numbers, and what only looks like one of those as well."""
    told = _ESCAPE.sub(r"_x005F\1", value)
    told = _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", told)
    return told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=64)
def _column(place: int) -> str:
    return str(xl_col_to_name(place))
