"""Labels that may be wrong, and reviewers whom the corpus contradicts: told by models that have not seen the labels in question.

Comes in: rows with labels. Goes out: the rows whose label such a model finds far less likely than another one, the most suspect first, and how far
each reviewer agrees with what the corpus teaches. Refuses nothing. What is suspect is shown to people, not mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.nlp.features import as_features, vocabulary_of
from pipeline.train.rows import LABELS, Rows, chosen, together
from pipeline.train.team import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.nlp.classifier import Classifier

FOLDS = 3
_REVIEWED, _TURNED = 1_000, 0.05  # rows among which turned labels are looked for, and the share that is turned
FEWEST_ROWS = 20  # of a reviewer, under which nothing is said of them
LEAST_KAPPA = 0.2  # agreement beyond chance that a careful reviewer reaches; random labels reach none
_NEARLY = 0.9  # of how likely a label usually is where it is given
_SURE = 1.645  # standard errors: a reviewer is contradicted only where luck does not explain it


class Suspect(NamedTuple):
    """The number of a row, the label it has, the likelier one, and both probabilities."""

    row: int
    given: str
    likelier: str
    chance_given: float
    chance_likelier: float


class Agreement(NamedTuple):
    """How many rows a reviewer gave, their agreement with the corpus (Cohen's kappa), and whether it is less than a careful reviewer's."""

    rows: int
    kappa: float
    contradicted: bool


def suspects_among(rows: Rows, folds: Sequence[int], always: Rows | None = None, before: Classifier | None = None) -> list[Suspect]:
    """Return the suspect rows; each is judged by a model of the rows of the other folds and of those that teach `always`, learnt from `before`."""
    numbers = np.asarray(folds)
    chances = np.zeros((len(numbers), len(LABELS)))
    for fold in np.unique(numbers):
        own, others = np.flatnonzero(numbers == fold), np.flatnonzero(numbers != fold)
        chances[own] = _chances([chosen(rows, others), *([always] if always else [])], chosen(rows, own), before)
    return suspects_of(rows.labels, chances)


def suspects_of(given: NDArray[np.int64], chances: NDArray[np.float64]) -> list[Suspect]:
    """Return the rows whose label is less likely than another that is likelier there than it usually is where it is given."""
    usual = np.array([chances[given == number, number].mean() if (given == number).any() else 1.0 for number in range(len(LABELS))])
    rows = np.arange(len(given))
    above = np.where(chances >= _NEARLY * usual, chances, -1.0)
    above[rows, given] = -1.0
    likelier = above.argmax(axis=1)
    odd = np.flatnonzero((above[rows, likelier] > chances[rows, given]) & (chances[rows, given] < usual[given]))
    ranked = sorted(odd, key=lambda row: (chances[row, given[row]] - chances[row, likelier[row]], row))
    return [Suspect(int(row), LABELS[given[row]], LABELS[likelier[row]], *map(float, chances[row, [given[row], likelier[row]]])) for row in ranked]


class Planted(NamedTuple):
    """How many rows there were, how many with a turned label, how many were suspected, and the share of turned ones among the first so many."""

    rows: int
    planted: int
    suspects: int
    precision: dict[int, float]


def planted_found(corpus: Rows, asked: Rows, seed: int) -> Planted:
    """Turn the labels of some rows by chance, look for suspects among them with models that have not seen them, and return how many were met."""
    rng = np.random.default_rng(seed)
    rows = chosen(asked, np.sort(rng.permutation(len(asked.labels))[:_REVIEWED]))
    turned = rng.random(len(rows.labels)) < _TURNED
    labels = np.where(turned, (rows.labels + rng.integers(1, len(LABELS), len(turned))) % len(LABELS), rows.labels)
    found = [one.row for one in suspects_among(rows._replace(labels=labels), rng.integers(0, FOLDS, len(turned)).tolist(), corpus)]
    firsts = sorted({int(turned.sum()) // 2, int(turned.sum()), len(found)})
    return Planted(len(turned), int(turned.sum()), len(found), {first: float(turned[found[:first]].mean()) for first in firsts if first})


def agreement_of(reviews: Rows, classifier: Classifier) -> dict[str, Agreement]:
    """Return for each reviewer with enough rows how far they agree with a classifier of the corpus alone: no reviewer can turn it against another."""
    chances = as_features(reviews.seen, classifier.vocabulary) @ classifier.weights + classifier.bias
    said = np.array([LABELS.index(label) for label in classifier.labels])[np.asarray(chances).argmax(axis=1)]
    found = {}
    for reviewer in sorted(set(reviews.writers.tolist())):
        own = np.flatnonzero(reviews.writers == reviewer)
        if len(own) >= FEWEST_ROWS:
            kappa, error = _kappa(reviews.labels[own], said[own])
            found[reviewer] = Agreement(len(own), kappa, kappa + _SURE * error < LEAST_KAPPA)
    return found


def _chances(teaching: Sequence[Rows], asked: Rows, before: Classifier | None) -> NDArray[np.float64]:
    """Return the probabilities of the labels of rows under a model of words and cues alone, which is learnt in seconds."""
    rows = together(teaching)
    vocabulary = vocabulary_of(rows.seen.words, characters=False)
    fitted = fit(as_features(rows.seen, vocabulary), rows, vocabulary, before)
    order = [list(fitted.classes_).index(label) for label in LABELS]
    found: NDArray[np.float64] = fitted.predict_proba(as_features(asked.seen, vocabulary))[:, order]
    return found


def _kappa(one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[float, float]:
    """Return Cohen's kappa of two series of labels and its standard error."""
    same = float((one == other).mean())
    by_chance = float(sum((one == number).mean() * (other == number).mean() for number in range(len(LABELS))))
    spread = max(1e-9, 1 - by_chance)
    return (same - by_chance) / spread, float(np.sqrt(same * (1 - same) / len(one)) / spread)
