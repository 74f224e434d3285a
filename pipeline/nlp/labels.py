"""The label component: it says of each piece what it is, how sure that is, and why.

Comes in: Docs with pieces and cues. Goes out: the pieces with `label` (None for everything else), `confidence` and `why`. Refuses
nothing. With a trained classifier the probabilities decide, those of the stack where there is one; without one the cue words alone do.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from pipeline.labels import OTHER
from pipeline.languages.th.cues import cue_set
from pipeline.nlp.classifier import Classifier, decide
from pipeline.nlp.cues import cue_votes, vote
from pipeline.nlp.pieces import batched, text_of
from pipeline.nlp.stack import Stack, stack_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.outside import OutsideClassifier
    from pipeline.nlp.pieces import Piece


# Probability of a label from which a piece that did not get it may be one that was missed. On the validation writers, three of a post at most: 0.30
# asks 0.5 a post, of which 51 of 100 are marked passages; 0.25 asks 1.0 (42), 0.20 asks 1.4 (38), 0.15 asks 1.8 (33), 0.10 asks 2.4 (27). What 0.20
# asks more than 0.25 is a marked passage in 3 of 10, what 0.15 asks more in 1.5 of 10.
NEARLY = 0.20


class Labeller:
    """Label the pieces of Docs, many Docs at a time."""

    def __init__(self, classifier: Classifier | OutsideClassifier | None, stack: Stack | None = None) -> None:
        """Keep the classifier, and the stack for Docs that are tagged; without a classifier the cue words decide."""
        self.classifier = classifier
        self.stack = stack

    def __call__(self, doc: Doc) -> Doc:
        """Label the pieces of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Label the pieces of a stream of Docs; the classifier is asked once a batch."""
        for docs in batched(stream, batch_size):
            if self.classifier is None:
                for doc in docs:
                    doc._.passages = [_by_votes(doc, piece) for piece in doc._.passages]
            else:
                self._by_classifier(self.classifier, docs)
            yield from docs

    def _by_classifier(self, classifier: Classifier | OutsideClassifier, docs: Sequence[Doc]) -> None:
        found, known, leans = classifier.probabilities(docs), classifier.labels, classifier.leans
        if self.stack:
            features = stack_features(docs, found, known)
            known, leans = self.stack.labels, self.stack.leans
            found = self.stack.probabilities(features, cue_votes(docs, known))
        probabilities = shared_among_repeats(docs, found)
        labels = decide(probabilities, known, leans)
        confidences = [float(chances[known.index(label)]) for label, chances in zip(labels, probabilities, strict=True)]
        seconds = second_labels(probabilities, known, labels)
        owners = [(doc, piece) for doc in docs for piece in doc._.passages]
        given = [(doc, piece, label) for (doc, piece), label in zip(owners, labels, strict=True) if label != OTHER]
        reasons = iter(classifier.reasons(given))
        labelled = iter(
            [
                _nearly(piece, confidence, second)
                if label == OTHER
                else piece._replace(label=label, confidence=round(confidence, 4), why=next(reasons), second=second)
                for (_, piece), label, confidence, second in zip(owners, labels, confidences, seconds, strict=True)
            ]
        )
        for doc in docs:
            doc._.passages = list(islice(labelled, len(doc._.passages)))


def _nearly(piece: Piece, confidence: float, second: tuple[str, float]) -> Piece:
    """Return a piece without a label, with the label that it nearly got."""
    return piece._replace(confidence=round(confidence, 4), second=second) if second[1] >= NEARLY else piece


def second_labels(probabilities: NDArray[np.float64], known: Sequence[str], given: Sequence[str]) -> list[tuple[str, float]]:
    """Return for each piece the likeliest label but the given one, with its probability: where the two are near, a reviewer is asked."""
    left = probabilities.copy()
    left[np.arange(len(left)), [known.index(label) for label in given]] = -1
    return [(known[best], round(float(row[best]), 4)) for best, row in zip(left.argmax(axis=1), left, strict=True)]


def shared_among_repeats(docs: Sequence[Doc], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities, those of pieces of one post that say the same words being their mean: a lead is labelled like its body."""
    shared = probabilities.copy()
    row = 0
    for doc in docs:
        text = text_of(doc)
        rows: dict[str, list[int]] = {}
        for piece in doc._.passages:
            rows.setdefault("".join(text[piece.start : piece.end].split()), []).append(row)
            row += 1
        for same in rows.values():
            if len(same) > 1:
                shared[same] = probabilities[same].mean(axis=0)
    return shared


def _by_votes(doc: Doc, piece: Piece) -> Piece:
    label, share = vote(piece.cues)
    if label is None:
        return piece
    spoken = [hit for hit in piece.cues if cue_set()[hit.cue].votes == label]
    spoken.sort(key=lambda hit: (-cue_set()[hit.cue].weight, hit.start))
    words = dict.fromkeys(text_of(doc)[hit.start : hit.end].strip() for hit in spoken)
    return piece._replace(label=label, confidence=round(share, 4), why=tuple(words)[:4])


@Language.factory("lessons_labels")
def make_labeller(nlp: Language, name: str) -> Labeller:  # noqa: ARG001 - spaCy passes both
    """Return a labeller that goes by cue words until a model is given to it."""
    return Labeller(None)
