"""The fields of actions against gold that accepts several readings: owners, days and states.

Comes in: gold marks with their fields, and the pieces that were read at their places. Goes out: lines of text. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.evaluate.fields import alike
from pipeline.nlp.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.labelled import GoldSpan
    from pipeline.nlp.reader import Reader
    from pipeline.records import Post


def read_marks(reader: Reader, post: Post, marks: Sequence[GoldSpan]) -> list[tuple[GoldSpan, Piece]]:
    """Return the marks of a post with the pieces that stand at their places, their fields read."""
    with reader.batch():
        doc = reader.prepare(post)
        spans = [doc._.clean.from_raw(mark.span.start, mark.span.end) for mark in marks]
        pieces = [Piece(span.start, span.end, 0, 0, "body", label=mark.label) for mark, span in zip(marks, spans, strict=True)]
        return list(zip(marks, reader.read_fields(doc, pieces), strict=True))


def judge_fields(rows: Sequence[tuple[GoldSpan, Piece]]) -> str:
    """Return how many owners, days and states are right, and the rows whose days are not."""
    told = [(mark, mark.fields, piece.action) for mark, piece in rows if mark.fields and piece.action and not mark.disputed]
    named = [(fields, action) for _, fields, action in told if fields.owners]
    found = [(fields, action) for fields, action in named if action.who]
    right = sum(any(_names(one.text, owner) for one in action.who for owner in fields.owners) for fields, action in found)
    false = sum(bool(action.who) for _, fields, action in told if not fields.owners)
    firm = [(mark, fields, action) for mark, fields, action in told if fields.days_agreed]
    days = [(mark, set(fields.days), {str(when.first_day) for when in action.when if when.first_day}) for mark, fields, action in firm]
    wrong = [f"  {mark.span.start}: {sorted(gold)} read as {sorted(read)}" for mark, gold, read in days if gold != read]
    states = sum(action.state in fields.states for _, fields, action in told)
    lines = [
        f"fields of {len(told)} actions at their given places",
        f"owners: right {right} of {len(found)} found, {len(named)} named; false owners {false} of {len(told) - len(named)}",
        f"days right {len(days) - len(wrong)} of {len(days)}; states right {states} of {len(told)}",
    ]
    return "\n".join([*lines, *wrong])


def _names(written: str, owner: str) -> bool:
    """Say whether an owner as written is one that the gold accepts, or stands in it."""
    return alike(written, owner) or "".join(written.split()) in "".join(owner.split())
