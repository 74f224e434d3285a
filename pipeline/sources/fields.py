"""The fields of a post in a table or a JSON line: checked, and joined to one text.

Comes in: a mapping of field names to values, and its place. Goes out: a `Post` whose text is the post's text, then its comments, a blank
line between them. Refuses a value of the wrong kind, naming the field. A column or key that is none of the fields is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.records import Post, Span, short_hash
from pipeline.sources.decoding import BLANK, check_text, notes_on
from pipeline.sources.joined import Said, join
from pipeline.sources.page_dates import read_cell_date
from pipeline.sources.refusals import wrong_field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipeline.sources.files import SourceFile

FIELDS = ("id", "url", "title", "author", "date", "text", "comments")

TEXT_RULE = ("a non-empty string", "ข้อความที่ไม่ว่าง")
STRING_RULE = ("a string or null", "ข้อความหรือ null")
ID_RULE = ("a string or a number", "ข้อความหรือตัวเลข")
DATE_RULE = ("a date such as 2007-02-26T14:08, 26 ก.พ. 2550 or 26/2/2007", "วันที่ เช่น 26 ก.พ. 2550, 26/2/2550 หรือ 2007-02-26T14:08")
LIST_RULE = ('a list of objects such as [{"author": …, "date": …, "text": …}]', 'รายการของออบเจกต์ เช่น [{"author": …, "date": …, "text": …}]')
WHOLE_RULE = ("text that can be written in UTF-8, without half a surrogate pair", "ข้อความที่เขียนเป็น UTF-8 ได้ ไม่มีรหัสอักขระขาดครึ่ง")
PLAIN_RULE = ("text without control characters", "ข้อความที่ไม่มีอักขระควบคุม")

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Number(str):
    """A number as written in JSON, so that no digit of an id is lost."""

    __slots__ = ()


def post_of(row: Mapping[str, object], file: SourceFile, line: int) -> Post:
    """Return the post of one row.

    Raises:
        SourceError: when a field has a value of the wrong kind.
    """
    place = _Place(file.name, line)
    text = place.text_of(row.get("text"), "text")
    whole, comments = join(text, _comments(row.get("comments"), place))
    check_text(whole, file.name, line)
    return Post(
        id=place.id_of(row.get("id")) or short_hash(whole),
        source=file.name,
        origin=file.origin,
        text=whole,
        title=place.string_of(row.get("title"), "title"),
        author=place.string_of(row.get("author"), "author"),
        posted_at=place.date_of(row.get("date"), "date"),
        url=place.string_of(row.get("url"), "url"),
        body=(Span(0, len(text)),),
        comments=comments,
        notes=notes_on(whole, file.name),
    )


def _comments(value: object, place: _Place) -> list[Said]:
    """Return the comments of a row."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong_field(place.name, place.line, "comments", LIST_RULE, value)
    found = []
    for number, item in enumerate(value):
        name = f"comments[{number}]"
        if not isinstance(item, dict):
            raise wrong_field(place.name, place.line, name, ("an object", "ออบเจกต์"), item)
        text = place.text_of(item.get("text"), f"{name}.text")
        found.append(Said(text, place.string_of(item.get("author"), f"{name}.author"), place.date_of(item.get("date"), f"{name}.date")))
    return found


class _Place:
    """A line of a file, which checks the values that stand there."""

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line

    def text_of(self, value: object, field: str) -> str:
        """Return a text that must be there."""
        if type(value) is not str or not value.strip(BLANK):
            raise wrong_field(self.name, self.line, field, TEXT_RULE, value)
        return self._plain(value, field)

    def string_of(self, value: object, field: str) -> str | None:
        """Return a string that may be missing, without white space at its edges."""
        if value is None:
            return None
        if type(value) is not str:
            raise wrong_field(self.name, self.line, field, STRING_RULE, value)
        return self._plain(value, field).strip(BLANK) or None

    def id_of(self, value: object) -> str | None:
        """Return an id that may be missing, a number as written."""
        if value is None:
            return None
        if not isinstance(value, str):
            raise wrong_field(self.name, self.line, "id", ID_RULE, value)
        return self._plain(str(value), "id").strip(BLANK) or None

    def date_of(self, value: object, field: str) -> datetime | None:
        """Return a time that may be missing."""
        written = value if type(value) is str else None
        if value is None or written == "":
            return None
        moment = read_cell_date(written) if written is not None else None
        if moment is None:
            raise wrong_field(self.name, self.line, field, DATE_RULE, value)
        return moment

    def _plain(self, value: str, field: str) -> str:
        """Return a string that can be written to any file."""
        if _HALF_PAIR.search(value):
            raise wrong_field(self.name, self.line, field, WHOLE_RULE, value)
        if _CONTROL.search(value):
            raise wrong_field(self.name, self.line, field, PLAIN_RULE, value)
        return value
