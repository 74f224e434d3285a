"""Learn a team's model: the shipped one with its labels learnt anew from the corpus and from what the team's reviewers said.

Comes in: the parts of the model that ships, and the rows of the corpus and of the reviews. Goes out: a `Trained` model. Refuses nothing. No torch
is needed: both classifiers are fitted anew; cutter, network, stack and readers of fields stay as shipped, and so do temperature and leans, so that a
model differs from the one of before by what reviewers said and by nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from pipeline.nlp.features import as_features, vocabulary_of
from pipeline.train.model import C, Trained
from pipeline.train.rereading import classifier_of
from pipeline.train.rows import Rows, together

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.features import Vocabulary
    from pipeline.nlp.reader import Parts
    from pipeline.train.rereading import Rereading

# How much a row of the team's own counts beside one of the corpus. Three domains left out, a thousand of their pieces corrected, 5 % of them wrongly;
# macro F1 by passages of the linear reader on two fifths of their posts: with 3 it gains 0.008, 0.005 and 0.001 (draws 0, 1, 2), with 10 to 12 it
# gains 0.018, 0.002 and 0.015 (draws 0, 1, 3). Everything of a reviewer whom the corpus contradicts is left out before.
OWN_WEIGHT = 10.0


class Base(NamedTuple):
    """The model that ships: the parts of its full reader, and the classifier of its fast one."""

    parts: Parts
    fast: Classifier


def learn_team(base: Base, corpus: Rows, reviews: Rows, progress: Callable[[str], None] = lambda _: None) -> Trained:
    """Return the model that corpus and reviews give, beginning from what the base knows."""
    linear = base.parts.classifier
    assert linear is not None
    rows = together([corpus, reviews._replace(weights=reviews.weights * OWN_WEIGHT)])
    progress("classifier")
    classifier = learn_labels(rows, linear)
    progress("fast classifier")
    return Trained(base.parts._replace(classifier=classifier), learn_labels(rows, base.fast))


def learn_labels(rows: Rows, before: Classifier) -> Classifier:
    """Fit the labels of rows, beginning from the classifier of before, whose temperature and leans stay.

    Chosen anew, the leans follow the luck of the validation posts rather than the corrections: they move a score by a point and a half either way,
    where a thousand corrections move it by one or two (docs/decisions/0042-what-a-correction-may-move.md).
    """
    vocabulary = vocabulary_of(rows.seen.words, characters=before.vocabulary.characters)
    fitted = fit(as_features(rows.seen, vocabulary), rows, vocabulary, before)
    return classifier_of(fitted, vocabulary, before.temperature, before.leans)


def learn_tuned(rows: Rows, validation: Rereading, before: Classifier | None, *, characters: bool = True) -> Classifier:
    """Fit the labels of rows; temperature and leans are chosen on the validation writers."""
    vocabulary = vocabulary_of(rows.seen.words, characters=characters)
    return validation.tuned(fit(as_features(rows.seen, vocabulary), rows, vocabulary, before), vocabulary)


def fit(features: Any, rows: Rows, vocabulary: Vocabulary, before: Classifier | None = None) -> LogisticRegression:  # noqa: ANN401 - scipy ships no types
    """Fit the labels of rows, each by its weight; from what the classifier of `before` knows, if any: the same end is reached sooner.

    Single precision takes less than half the time; of 3,390 pieces 5 got another label, which the stopping point of the fit changes as well. One
    thread takes half of the processor's time of two and gives the same bits: vectors so short are sooner added up than shared out.
    """
    model = LogisticRegression(C=C, max_iter=1_000, warm_start=before is not None)
    if before is not None:
        order = np.argsort(before.labels)  # scikit-learn orders the classes by name
        model.classes_ = np.asarray(before.labels)[order]
        model.coef_ = np.ascontiguousarray(_start(before, vocabulary).T[order])
        model.intercept_ = np.asarray(before.bias, float)[order]
    with threadpool_limits(1):
        return model.fit(features.astype(np.float32), rows.names, sample_weight=rows.weights)


def _start(before: Classifier, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """Return the weights of a classifier for the columns of another vocabulary; a new word begins without any."""
    known = before.vocabulary
    start = np.zeros((vocabulary.first_cue + len(before.weights) - known.first_cue, len(before.labels)))
    start[len(vocabulary.words) :] = before.weights[len(known.words) :]
    places = np.minimum(known.words.searchsorted(vocabulary.words), len(known.words) - 1)
    same = known.words[places] == vocabulary.words
    start[np.flatnonzero(same)] = before.weights[places[same]]
    return start
