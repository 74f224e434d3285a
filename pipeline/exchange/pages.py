"""The record that every format is written from and read into: a post with its marks.

Comes in: nothing. Goes out: frozen records, and what formats share. Refuses, as a `ValueError`, a mark that runs backwards or lies outside its text,
and a label, a state or a voice that there is not. Offsets are code points. A field that a file does not have says nothing; one that is empty there
says that the text names none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from pipeline.errors import SourceError
from pipeline.labels import OTHER, label_ids
from pipeline.records import Span, State, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FIELDS = ("who", "when", "where", "state")  # of an action
TOLD = ("phase", "voice", "speaker")  # of every passage
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that somebody marked: `id` is that of the passage, where the file keeps it; `fields` are JSON values, None where one is empty."""

    span: Span
    label: str
    quote: str
    id: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A post with its marks; `text` is None where the format keeps only the quotes.

    `known` are the ids of the passages that the file was written with: of those a mark that is gone was taken away by whoever marked.
    """

    post: str
    text: str | None
    marks: tuple[Mark, ...]
    title: str = ""
    known: tuple[str, ...] = ()


def made_mark(text: str | None, start: int, end: int, label: str, **more: Any) -> Mark:  # noqa: ANN401 - JSON
    """Return a mark, checked; without a text its `quote` must be given."""
    if label not in {OTHER, *label_ids()}:
        message = f"the label must be one of {', '.join(label_ids())} or {OTHER}, got {label!r}"
        raise ValueError(message)
    if not 0 <= start < end or (text is not None and end > len(text)):
        message = f"a passage must lie inside its text, got {start} to {end}"
        raise ValueError(message)
    fields = _said(label, more.pop("fields", {}))
    for name, known in (("state", get_args(State)), ("voice", get_args(Voice))):
        if fields.get(name) is not None and fields[name] not in known:
            message = f"the {name} must be one of {', '.join(known)}, got {fields[name]!r}"
            raise ValueError(message)
    return Mark(Span(start, end), label, more.pop("quote", None) if text is None else text[start:end], fields=fields, **more)


def _said(label: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a mark of this label may have, an empty one as None; a voice cannot be empty."""
    said = {name: fields[name] or None for name in ((*FIELDS, *TOLD) if label == "action" else TOLD) if name in fields}
    return {name: value for name, value in said.items() if name != "voice" or value}


def read_rows(rows: Iterator[tuple[int, Any]], name: str, read: Callable[[Any], Page]) -> Iterator[Page | SourceError]:
    """Yield the page of each row with its number, or why it is none."""
    for number, row in rows:
        try:
            yield read(row)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            yield set_aside(name, number, error)


def set_aside(name: str, number: int, error: Exception) -> SourceError:
    """Return the one sentence about a row that is none of its format."""
    en, th = _what_is_wrong(error)
    return SourceError(
        en=f"{name}, row {number}: a row must be one of its format. Got another: {en}. Correct the row and import again; the others were taken.",
        th=f"{name} แถวที่ {number}: รูปแบบของแถวไม่ถูกต้อง ({th}) โปรดแก้แถวนี้แล้วนำเข้าอีกครั้ง แถวอื่นนำเข้าแล้ว",
        line=number,
    )


def _what_is_wrong(error: Exception) -> tuple[str, str]:
    said = str(error)[: _LONGEST_QUOTE * 2]
    if isinstance(error, KeyError):
        return f"{said} is missing", f"ไม่มี {said}"
    if isinstance(error, ValueError) and said:
        return said, said
    return "values of another kind", "ค่าในแถวเป็นคนละชนิดกับรูปแบบนี้"


def json_lines(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield each line that is not empty with its number: what JSON holds, or the line itself where it is none."""
    for number, line in enumerate(data.decode("utf-8-sig", "replace").split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError:
                yield number, None
