"""Prodigy: one task a line, with tokens and spans that lie on them.

Comes in: pages, or lines of JSON. Goes out: the other. Refuses a line without text. Tokens are our own words, cut once more where a passage begins
or ends inside one, so that no span is lost. A task that was rejected or ignored takes nothing away.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.exchange.pages import Page, json_lines, made_mark, read_rows
from pipeline.exchange.words import cut_words
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.errors import SourceError

_HASHES = 2**31


def write(pages: Iterable[Page]) -> bytes:
    """Return a task a line."""
    return "".join(json.dumps(_task(page), ensure_ascii=False) + "\n" for page in pages).encode("utf-8")


def read(data: bytes, name: str) -> Iterator[Page | SourceError]:
    """Yield the pages of the tasks that were accepted."""
    yield from read_rows(((number, row) for number, row in json_lines(data) if row is None or row.get("answer", "accept") == "accept"), name, _page)


def _task(page: Page) -> dict[str, Any]:
    text = page.text or ""
    borders = cut_words(text, [mark.span for mark in page.marks])
    number_of = {border: number for number, border in enumerate(borders)}
    words = enumerate(pairwise(borders))
    tokens = [{"text": text[start:end], "start": start, "end": end, "id": number, "ws": False} for number, (start, end) in words]
    spans = [
        {
            "start": mark.span.start, "end": mark.span.end, "token_start": number_of[mark.span.start], "token_end": number_of[mark.span.end] - 1,
            "label": mark.label, "passage": mark.id, "fields": dict(mark.fields),
        }
        for mark in page.marks
    ]  # fmt: skip
    meta = {"post": page.post, "title": page.title, "passages": [mark.id for mark in page.marks]}
    hashes = {"_input_hash": _number(text), "_task_hash": _number(text, json.dumps(spans, ensure_ascii=False))}
    return {"text": text, "tokens": tokens, "spans": spans, "answer": "accept", "meta": meta, **hashes}


def _page(task: Any) -> Page:  # noqa: ANN401 - JSON
    text, meta = task["text"], task["meta"]
    marks = [
        made_mark(text, span["start"], span["end"], span["label"], id=span.get("passage"), fields=span.get("fields") or {})
        for span in task.get("spans") or ()
    ]
    return Page(str(meta["post"]), text, tuple(marks), meta.get("title") or "", tuple(meta.get("passages") or ()))


def _number(*parts: str) -> int:
    return int(short_hash(*parts), 16) % _HASHES
