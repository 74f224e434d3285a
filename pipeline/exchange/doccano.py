"""Doccano: one post a line with its labels as start, end and name.

Comes in: pages, or lines of JSON. Goes out: the other. Refuses a line without text. Doccano counts code points unless a project asks for graphemes:
leave that option off. What it does not know it keeps beside the text, so that fields come back; of a label whose edges were moved they say nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.exchange.pages import Page, json_lines, made_mark, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.errors import SourceError


def write(pages: Iterable[Page]) -> bytes:
    """Return a post a line."""
    return "".join(json.dumps(_row(page), ensure_ascii=False) + "\n" for page in pages).encode("utf-8")


def read(data: bytes, name: str) -> Iterator[Page | SourceError]:
    """Yield the pages of the lines."""
    yield from read_rows(json_lines(data), name, _page)


def _row(page: Page) -> dict[str, Any]:
    return {
        "text": page.text,
        "label": [[mark.span.start, mark.span.end, mark.label] for mark in page.marks],
        "post": page.post,
        "title": page.title,
        "passages": [[mark.span.start, mark.span.end, mark.id, dict(mark.fields)] for mark in page.marks],
    }


def _page(row: Any) -> Page:  # noqa: ANN401 - JSON
    written = {(start, end): (id_, fields) for start, end, id_, fields in row.get("passages") or ()}
    marks = []
    for start, end, label in row["label"]:
        id_, fields = written.get((start, end), (None, {}))
        marks.append(made_mark(row["text"], start, end, label, id=id_, fields=fields))
    return Page(str(row["post"]), row["text"], tuple(marks), row.get("title") or "", tuple(id_ for id_, _ in written.values() if id_))
