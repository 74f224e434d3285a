"""The behaviour cases: what every reader must get right of negation, of ควร, จะ and ได้, of dates and of reported speech.

Comes in: the file of cases, sentences of our own, and a reader. Goes out: the cases that it gets wrong. Refuses nothing: the tests read the file. A
label is asked of what the reader finds in the text; a day, a voice and a speaker of the words as they stand, whatever their label.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from pipeline.evaluate.fields import alike
from pipeline.evaluate.marked import marked_pieces
from pipeline.labelled import LabelledPost
from pipeline.labels import OTHER
from pipeline.records import Passage, Post, Span

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.reader import Reader


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the words in it that are asked about, and what a reader may say of them; what is None is not asked."""

    id: str
    text: str
    at: str = ""
    posted: date | None = None
    labels: tuple[str, ...] = ()
    first_day: date | None = None
    repeats: str | None = None
    voice: str | None = None
    speaker: str | None = None


def read_cases(file: Path) -> list[Case]:
    """Return the cases of a file."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    return [Case(**{**row, "labels": tuple(row.get("labels", ()))}) for row in rows]


def failed_cases(reader: Reader, cases: list[Case]) -> list[str]:
    """Return the ids of the cases that a reader gets wrong."""
    return [case.id for case in cases if not _passes(reader, case)]


def _passes(reader: Reader, case: Case) -> bool:
    post = _post(case)
    start = case.text.index(case.at)
    span = Span(start, start + len(case.at or case.text))
    if case.labels:
        [found] = reader.read([post])
        best = max(found, key=lambda passage: passage.span.overlap(span), default=None)
        return (best.label if best and best.span.overlap(span) else OTHER) in case.labels
    with reader.batch():
        return _read_rightly(case, _fields(reader, post, span))


def _post(case: Case) -> Post:
    posted = datetime.combine(case.posted, time()) if case.posted else None
    return Post(id=case.id, source=case.id, origin=case.id, text=case.text, posted_at=posted, body=(Span(0, len(case.text)),))


def _fields(reader: Reader, post: Post, span: Span) -> Piece:
    """Return the words as a piece whose fields are read as those of an action."""
    doc = reader.prepare(post)
    asked = Passage(post.id, post.source, span, span.of(post.text), "action", 1.0)
    [marked] = marked_pieces(doc, LabelledPost(post, "", (asked,)), chained=False)
    return reader.read_fields(doc, [marked.piece])[0]


def _read_rightly(case: Case, read: Piece) -> bool:
    times = read.action.when if read.action else ()
    day = case.first_day is None or any(when.first_day == case.first_day for when in times)
    rule = case.repeats is None or any((when.repeats or "").startswith(case.repeats) for when in times)
    voice = case.voice is None or read.voice == case.voice
    return day and rule and voice and (case.speaker is None or alike(case.speaker, read.speaker or ""))
