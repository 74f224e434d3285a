"""The ceiling of the cutter: what its pieces would score if every label were right.

Comes in: pieces as spans of the text as scraped, and gold spans. Goes out: the pieces with the label of the gold span that holds most of
them. Refuses nothing: a piece that lies for less than half in a gold span is other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.labels import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.evaluate.scores import Found
    from pipeline.labelled import GoldSpan
    from pipeline.records import Span


def true_label(piece: Span, gold: Sequence[GoldSpan]) -> str:
    """Return the label of the gold span that holds at least half of the piece, and more than any other; else "other"."""
    best = max(gold, key=lambda mark: piece.overlap(mark.span), default=None)
    if best is None or 2 * piece.overlap(best.span) < max(1, piece.end - piece.start):
        return OTHER
    return best.label


def perfect_labels(pieces: Sequence[Span], gold: Sequence[GoldSpan]) -> list[Found]:
    """Return the pieces that hold marked text, each with its true label."""
    labelled = [(piece, true_label(piece, gold)) for piece in pieces]
    return [(piece, label) for piece, label in labelled if label != OTHER]
