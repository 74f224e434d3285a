"""Posts that one classifier after another reads: their words and pieces are found once, so that a classifier is judged in a second.

Comes in: labelled posts and a cutter. Goes out: `Rereading`, which gives the counts of each post under a classifier. Refuses nothing. It reads as the
linear reader does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.evaluate.breakdown import calibration_error, reliability
from pipeline.evaluate.gate import Evidence
from pipeline.labels import OTHER
from pipeline.nlp.classifier import chances_of, decide
from pipeline.nlp.features import as_features, see
from pipeline.nlp.labels import shared_among_repeats
from pipeline.train.leans import counts_of
from pipeline.train.model import cut_docs, pieces_of, prepare, true_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.labelled import LabelledPost
    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.passages import CutterWeights


class Rereading:
    """Labelled posts as pieces."""

    def __init__(self, posts: Sequence[LabelledPost], cutter: CutterWeights) -> None:
        """Cut the posts."""
        self.read = prepare(posts)
        cut_docs(self.read.docs, cutter, None)
        self.seen = see(self.read.docs)
        self.truth = true_labels(self.read)
        self._counts = counts_of(pieces_of(self.read))

    def chances(self, classifier: Classifier) -> NDArray[np.float64]:
        """Return the probabilities of each piece."""
        scores = as_features(self.seen, classifier.vocabulary) @ classifier.weights + classifier.bias
        return shared_among_repeats(self.read.docs, chances_of(scores, classifier.temperature))

    def evidence(self, classifier: Classifier, failed: Sequence[str] = ()) -> Evidence:
        """Return what the gate asks of a classifier; its fields, speed and size are those of every other one."""
        chances = self.chances(classifier)
        labels = decide(chances, classifier.labels, classifier.leans)
        sure = chances[np.arange(len(labels)), [classifier.labels.index(label) for label in labels]]
        given = [(chance, label == truth) for chance, label, truth in zip(sure, labels, self.truth, strict=True) if label != OTHER]
        error = calibration_error(reliability([chance for chance, _ in given], [right for _, right in given]))
        return Evidence(tuple(self._counts.of(labels)), {}, error, tuple(failed), 1.0, 1)
