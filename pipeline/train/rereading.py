"""Posts that one classifier after another reads: their words and pieces are found once, so that a classifier is judged in a second.

Comes in: labelled posts and a cutter, or posts that are cut already. Goes out: `Rereading`, which tunes what was fitted, and gives the counts of each
post under a classifier. Refuses nothing. It reads as the linear reader does.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np

from pipeline.evaluate.breakdown import calibration_error, reliability
from pipeline.evaluate.gate import Evidence
from pipeline.labels import OTHER
from pipeline.nlp.classifier import Classifier, chances_of, decide
from pipeline.nlp.features import as_features, see
from pipeline.nlp.labels import shared_among_repeats
from pipeline.train.leans import choose_temperature, counts_of, leans_of
from pipeline.train.model import cut_docs, pieces_of, prepare, true_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from sklearn.linear_model import LogisticRegression

    from pipeline.labelled import LabelledPost
    from pipeline.nlp.features import Vocabulary
    from pipeline.nlp.passages import CutterWeights
    from pipeline.train.model import Read


class Rereading:
    """Labelled posts as pieces."""

    def __init__(self, read: Read, *, characters: bool = True) -> None:
        """Look at posts that are cut."""
        self.read = read
        self.seen = see(self.read.docs, characters=characters)
        self.truth = true_labels(self.read)
        self._counts = counts_of(pieces_of(self.read))

    @classmethod
    def of(cls, posts: Sequence[LabelledPost], cutter: CutterWeights) -> Self:
        """Cut posts, and look at them."""
        read = prepare(posts)
        cut_docs(read.docs, cutter, None)
        return cls(read)

    def tuned(self, fitted: LogisticRegression, vocabulary: Vocabulary) -> Classifier:
        """Return what was fitted as a classifier, its temperature and leans chosen on these posts."""
        labels, scores = tuple(map(str, fitted.classes_)), fitted.decision_function(as_features(self.seen, vocabulary))
        temperature = choose_temperature(partial(chances_of, scores), labels, self.truth)
        leans = leans_of(self._counts, shared_among_repeats(self.read.docs, chances_of(scores, temperature)), labels)
        return classifier_of(fitted, vocabulary, temperature, leans)

    def chances(self, classifier: Classifier) -> NDArray[np.float64]:
        """Return the probabilities of each piece."""
        scores = as_features(self.seen, classifier.vocabulary) @ classifier.weights + classifier.bias
        return shared_among_repeats(self.read.docs, chances_of(scores, classifier.temperature))

    def counts(self, classifier: Classifier) -> NDArray[np.int64]:
        """Return the counts of each post."""
        return self._counts.of(decide(self.chances(classifier), classifier.labels, classifier.leans))

    def evidence(self, classifier: Classifier, failed: Sequence[str] = ()) -> Evidence:
        """Return what the gate asks of a classifier; its fields, speed and size are those of every other one."""
        chances = self.chances(classifier)
        labels = decide(chances, classifier.labels, classifier.leans)
        sure = chances[np.arange(len(labels)), [classifier.labels.index(label) for label in labels]]
        given = [(chance, label == truth) for chance, label, truth in zip(sure, labels, self.truth, strict=True) if label != OTHER]
        error = calibration_error(reliability([chance for chance, _ in given], [right for _, right in given]))
        return Evidence(tuple(self._counts.of(labels)), {}, error, tuple(failed), 1.0, 1)


def classifier_of(fitted: LogisticRegression, vocabulary: Vocabulary, temperature: float, leans: Mapping[str, float]) -> Classifier:
    """Return what was fitted as a classifier."""
    weights, bias = (np.ascontiguousarray(part.T, np.float32) for part in (fitted.coef_, fitted.intercept_))
    return Classifier(tuple(map(str, fitted.classes_)), weights, bias, temperature, vocabulary, leans)
