"""What a marked passage says of its fields: the truth that the readers of fields learn.

Comes in: marked passages as pieces of their Docs. Goes out: for each head of fields its classes or its stretches. Refuses nothing: a passage of
which nobody said a field teaches nothing about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.nlp.chains import CHAINED
from pipeline.nlp.fields import BEFORE
from pipeline.nlp.heads import CHOICES, HEADS, OWN, QUOTED, REPLY, SPANS, WITHIN
from pipeline.nlp.pieces import text_of
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.marked import Marked
    from pipeline.nlp.stretches import Seen

    Spans = list[tuple[str, int, int]]

NO_CLASS = -100  # of a word of which nobody said anything
_SEARCHED = 8 * BEFORE  # code points before a passage in which its owner or speaker is looked for


def spans_of(row: Marked, head: str) -> Spans | None:
    """Return where the stretches of a head stand, as kind, start and end in code points of the Doc's text; None where nobody marked them."""
    if head == "owners":
        return _owners(row)
    if head == "speakers":
        return _speaker(row)
    return _links(row, WITHIN.get(head) or [kind for kind in SPANS[head] if kind not in WITHIN])


def _owners(row: Marked) -> Spans | None:
    action = row.passage.action
    if action is None:
        return None
    found = [("who", *span) for actor in action.who if (span := _place(row, actor.text))]
    if action.where and (span := _place(row, action.where)):
        found.append(("where", *span))
    return found


def _speaker(row: Marked) -> Spans | None:
    if row.passage.voice != "quoted" or not row.passage.speaker:
        return None
    span = _place(row, row.passage.speaker)
    return [("speaker", *span)] if span else []


def _links(row: Marked, kinds: Sequence[str]) -> Spans | None:
    if row.passage.label not in CHAINED or not row.chained:
        return None
    spans = [(link.part, row.doc._.clean.from_raw(link.span.start, link.span.end)) for link in row.passage.chain if link.part in kinds]
    return [(part, span.start, span.end) for part, span in spans]


def _place(row: Marked, written: str) -> tuple[int, int] | None:
    """Return where words stand: first in the passage, else last among the words before it."""
    text, piece, written = text_of(row.doc), row.piece, clean(written).text
    inside = text.find(written, piece.start, piece.end)
    start = inside if inside >= 0 else text.rfind(written, max(0, piece.start - _SEARCHED), piece.start)
    return (start, start + len(written)) if start >= 0 else None


def choice_of(row: Marked, head: str) -> str | None:
    """Return the value of a field that is one of a few; None where nobody said it."""
    action = row.passage.action
    if head == "voice":
        return {"quoted": QUOTED, "reply": REPLY}.get(row.passage.voice, OWN)
    if action is None:
        return None
    return action.state if head == "state" else action.strength


def classes_of(seen: Seen, marked: Sequence[Marked], tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the class of each word for each head (words x heads); `tags` are those of the first."""
    found = np.full((len(seen), len(HEADS)), NO_CLASS)
    found[:, 0] = tags
    heads = list(HEADS)
    for row in marked:
        own, last = _words(seen, row.piece.start, row.piece.end)
        for head in CHOICES:
            if (value := choice_of(row, head)) is not None:
                found[own:last, heads.index(head)] = CHOICES[head].index(value)
        for head, kinds in SPANS.items():
            if (spans := spans_of(row, head)) is not None:
                first = max(0, own - BEFORE) if head in {"owners", "speakers"} else own
                _paint(found[:, heads.index(head)], (first, last), [(kind, *_words(seen, start, end)) for kind, start, end in spans], kinds)
    return found


def _paint(column: NDArray[np.int64], stretch: tuple[int, int], spans: Spans, kinds: Sequence[str]) -> None:
    """Write the tags of stretches into a column; what another passage has said of the words before stays."""
    first, last = stretch
    column[first:last] = np.maximum(column[first:last], 0)
    for kind, start, end in spans:
        own = range(max(start, first), min(end, last))
        if own:
            column[own] = 2 + 2 * kinds.index(kind)
            column[own[0]] = 1 + 2 * kinds.index(kind)


def _words(seen: Seen, start: int, end: int) -> tuple[int, int]:
    """Return the numbers of the words that a stretch of text touches, half-open."""
    return int(np.searchsorted(seen.ends, start, "right")), int(np.searchsorted(seen.starts, end))
