"""Learn the linker from threads that readers marked in series.

Comes in: the passages of series in the order of time, with the threads marked in them. Goes out: `Linker`. Refuses nothing. From where on a link
is made, and from where on it is offered, is set on series of writers from whom the weights are not learnt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.evaluate.threads import place_of, thread_numbers
from pipeline.threads.evidence import evidence
from pipeline.threads.linker import Linker
from pipeline.threads.openers import kind_opened
from pipeline.threads.said import Weights, said_of, telling_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.labelled import MarkedThread
    from pipeline.threads.said import Told

_SURE, _MAYBE = 0.9, 0.5  # share of links that must be right of those that are made, and of those that are offered
_C = 1.0


class Series(NamedTuple):
    """The passages of one series in the order of time, and the threads that a reader marked in it."""

    told: Sequence[Told]
    marked: Sequence[MarkedThread]


def learn_linker(teaching: Sequence[Series], validation: Sequence[Series]) -> Linker:
    """Return a linker learnt from the one series, with thresholds from the other."""
    rows, truth = _pairs(teaching)
    fitted = LogisticRegression(C=_C, max_iter=1_000).fit(rows, truth)
    weights, bias = tuple(round(float(one), 4) for one in fitted.coef_[0]), round(float(fitted.intercept_[0]), 4)
    linker = Linker(weights, bias, 1.0, 1.0)
    rows, truth = _pairs(validation)
    chances = np.array([linker.chance(row) for row in rows])
    return Linker(weights, bias, _threshold(chances, truth, _SURE), _threshold(chances, truth, _MAYBE))


def _threshold(chances: NDArray[np.float64], truth: NDArray[np.bool_], least: float) -> float:
    """Return the lowest chance from which on at least such a share of the pairs are links; 0.99 where there is none."""
    order = np.argsort(-chances)
    shares = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares >= least)
    return round(float(chances[order][good[-1]]), 4) if len(good) else 0.99


def _pairs(series: Sequence[Series]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the evidence of every later passage with every earlier one that opens something, and whether a reader linked them."""
    rows, truth = [], []
    for one in series:
        numbers = thread_numbers(one.marked)
        openers = {(thread.events[0].source, thread.events[0].span) for thread in one.marked}
        words = [telling_words(told.passage.quote) for told in one.told]
        weights = Weights()
        for row in words:
            weights.add(set(row))
        said = [said_of(told, row, weights) for told, row in zip(one.told, words, strict=True)]
        for place, later in enumerate(said):
            own = numbers.get(place_of(later.told.passage), frozenset())
            for earlier in said[:place]:
                at = place_of(earlier.told.passage)
                linked = bool(own & numbers.get(at, frozenset()))
                if linked or at in openers or kind_opened(earlier.told.passage):
                    rows.append(evidence(earlier, later))
                    truth.append(linked)
    return np.array(rows), np.array(truth, bool)
