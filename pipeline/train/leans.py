"""Choose how far each label is preferred to "other", on writers from whom the labels were not learnt.

Comes in: the pieces of Docs with their marks, and the probabilities of each piece. Goes out: a lean for each label, in log-odds. Refuses
nothing. Of leans that score alike the smaller is taken: fewer false alarms for the same figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.evaluate.piece_counts import CutPost, PieceCounts
from pipeline.evaluate.scores import macro_f1
from pipeline.labels import label_ids
from pipeline.nlp.classifier import decide
from pipeline.nlp.labels import shared_among_repeats
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.labelled import GoldSpan
    from pipeline.records import Span

LEANS = tuple(round(0.2 * step, 1) for step in range(-3, 9))  # log-odds tried for a label
TEMPERATURES = tuple(round(0.1 * step, 1) for step in range(5, 31))
_ROUNDS = 2
_HAIR = 0.002  # of F1


class Pieces(NamedTuple):
    """A Doc, the spans of its pieces, and its marks, in code points of its text."""

    doc: Doc
    spans: tuple[Span, ...]
    marks: tuple[GoldSpan, ...]


def choose_leans(pieces: Sequence[Pieces], probabilities: NDArray[np.float64], labels: Sequence[str]) -> dict[str, float]:
    """Return the lean of each label, "other" having none: one label after the other, twice round."""
    return leans_of(counts_of(pieces), shared_among_repeats([row.doc for row in pieces], probabilities), labels)


def leans_of(counts: PieceCounts, shared: NDArray[np.float64], labels: Sequence[str]) -> dict[str, float]:
    """Return the leans for pieces whose probabilities are shared among repeats."""
    leans = dict.fromkeys(label_ids(), 0.0)
    for label in label_ids() * _ROUNDS:
        scores = {lean: _score(counts, decide(shared, labels, {**leans, label: lean})) for lean in LEANS}
        leans[label] = min((lean for lean, found in scores.items() if found >= max(scores.values()) - _HAIR), key=abs)
    return leans


def choose_temperature(probabilities: Callable[[float], NDArray[np.float64]], labels: Sequence[str], truth: Sequence[str]) -> float:
    """Return the temperature under which the probabilities of the true labels are the likeliest."""
    columns = np.array([labels.index(label) for label in truth])
    rows = np.arange(len(columns))
    return min(TEMPERATURES, key=lambda one: -float(np.log(np.maximum(probabilities(one)[rows, columns], 1e-12)).sum()))


def counts_of(pieces: Sequence[Pieces]) -> PieceCounts:
    """Return pieces as they are counted under one reading after another."""
    return PieceCounts([CutPost(text_of(row.doc), row.spans, row.marks) for row in pieces])


def _score(counts: PieceCounts, said: Sequence[str]) -> float:
    """Return the mean of the macro F1 by characters and by passages."""
    by_character, by_passage = macro_f1(counts.of(said).sum(axis=0))
    return (by_character + by_passage) / 2
