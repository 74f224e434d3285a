"""Tables: one post a row, the fields of a JSON line as columns.

Comes in: a ``.csv`` file with a header row, read row by row. Goes out: a `Post` or a `SourceError` for every row. Refuses a table without
a ``text`` column, and what stands behind a quotation mark that is never closed.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.sources.decoding import BLANK, MAX_POST_CHARS, check_bytes, decode_thai, no_known_text
from pipeline.sources.fields import FIELDS, post_of
from pipeline.sources.files import open_file
from pipeline.sources.jsonl import read_json
from pipeline.sources.refusals import found_in_words, no_post, refusal

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator
    from typing import BinaryIO

    from pipeline.records import Post
    from pipeline.sources.files import SourceFile

SAMPLE_BYTES = 65_536
DELIMITERS = ",;\t"  # spreadsheets write ; or a tab where the comma is the decimal sign


def read(file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the posts of the rows, and an error for each row that is none.

    Raises:
        SourceError: when the file is no table with a text column, or a quotation mark stays open.
    """
    with open_file(file) as opened:
        encoding = _encoding(opened, file.name)
        csv.field_size_limit(max(csv.field_size_limit(), MAX_POST_CHARS + 1))
        text = io.TextIOWrapper(opened, encoding=encoding, newline="")
        first = text.readline(SAMPLE_BYTES)
        text.seek(0)
        if encoding == "utf-8" and first.startswith("\ufeff"):
            text.read(1)
        rows = csv.reader(text, delimiter=_delimiter(first), strict=True)
        yield from _posts(rows, file)


def _encoding(opened: BinaryIO, name: str) -> str:
    """Return the encoding of a whole file, read in pieces."""
    sample = piece = opened.read(SAMPLE_BYTES)
    check_bytes(sample, name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    place = 0
    encoding = "utf-8"
    try:
        while piece:
            decoder.decode(piece)
            place += len(piece)
            piece = opened.read(SAMPLE_BYTES)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        encoding = "cp874"
        if not decode_thai(sample + piece):
            raise no_known_text(name, place + error.start) from None
    opened.seek(0)
    return encoding


def _delimiter(header: str) -> str:
    """Return the sign between the columns: the one that cuts a known column out of the header."""

    def known(delimiter: str) -> int:
        return sum(_column(cell) in FIELDS for cell in header.split(delimiter))

    return max(DELIMITERS, key=known)


def _column(cell: str) -> str:
    """Return the name of a column as the fields spell it."""
    return cell.strip(BLANK + '"').lower()


def _posts(rows: Reader, file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the posts of a table and the errors of its rows."""
    header: list[str] | None = None
    found = False
    line = 1
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise _broken(file.name, line, str(error)) from None
        if cells is None:
            break
        if not any(cell.strip(BLANK) for cell in cells):
            continue
        if header is None:
            header = _header(cells, file.name)
            continue
        found = True
        try:
            yield _post(header, cells, file, line)
        except SourceError as error:
            yield error
    if not found:
        raise no_post(file.name)


def _header(cells: list[str], name: str) -> list[str]:
    """Return the names of the columns; `text` must be one of them, and each field stands once."""
    columns = [_column(cell) for cell in cells]
    twice = [field for field in FIELDS if columns.count(field) > 1]
    if "text" in columns and not twice:
        return columns
    shown = found_in_words(", ".join(column[:20] for column in columns[:10]))
    raise refusal(
        name,
        f"the first row of a table must name the columns, text among them, each once. Got {shown[0]}. Correct the first row.",
        f"แถวแรกของตารางต้องเป็นชื่อคอลัมน์ มี text อยู่ด้วย และไม่ซ้ำกัน แต่พบ{shown[1]} โปรดแก้แถวแรก",
        1,
    )


def _post(header: list[str], cells: list[str], file: SourceFile, line: int) -> Post:
    """Return the post of one row; an empty cell is a missing field, except for the text."""
    if len(cells) > len(header):
        raise refusal(
            file.name,
            f"a row must have {len(header)} cells at most, as the first row has. Got {len(cells)}. Put the text in quotation marks.",
            f"แต่ละแถวต้องมีไม่เกิน {len(header)} ช่องตามแถวแรก แต่พบ {len(cells)} ช่อง โปรดใส่ข้อความไว้ในเครื่องหมายคำพูด",
            line,
        )
    row: dict[str, object] = {column: cell for column, cell in zip(header, cells, strict=False) if cell.strip(BLANK) or column == "text"}
    comments = row.get("comments")
    if isinstance(comments, str):
        row["comments"] = read_json(comments, file.name, line)
    return post_of(row, file, line)


def _broken(name: str, line: int, reason: str) -> SourceError:
    """Return the error of a table that cannot be cut into rows from a line on."""
    return refusal(
        name,
        f"a table must close every quotation mark. Got a broken row ({reason}); from here on nothing was read. Save the table again as CSV.",
        "ตารางต้องปิดเครื่องหมายคำพูดให้ครบ แต่พบแถวที่เสีย ตั้งแต่ตรงนี้ไปจึงไม่ได้อ่าน โปรดบันทึกตารางเป็น CSV ใหม่",
        line,
    )
