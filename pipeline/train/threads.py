"""Learn the linker from threads that readers marked in series.

Comes in: the passages of series in the order of time, with the threads marked in them. Goes out: `Linker`. Refuses nothing. From where on a link
is made, and from where on it is offered, is set on series of writers from whom the trees are not learnt, by following through them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.evaluate.threads import place_of, right_closings, right_links, thread_numbers
from pipeline.threads.evidence import evidence_of
from pipeline.threads.follow import follow
from pipeline.threads.linker import Linker, Tree
from pipeline.threads.said import all_said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipeline.followed import Thread
    from pipeline.labelled import MarkedThread
    from pipeline.threads.said import Told

    _Judge = Callable[[Sequence[MarkedThread], Sequence[Thread]], tuple[int, int]]

_SURE = 0.8  # share of links that must be right of those that are made; readers marked not all: of the others one in three is right when read
_CLOSES = 0.97  # of those that close a thread
_MAYBE = 0.4  # and of those that are offered
_BOUNDS = tuple(step / 25 for step in range(23, 1, -1))
_FORESTS = 3  # each asks other features by chance, and all vote alike
_ROUNDS = 180
_SETTINGS = {"learning_rate": 0.06, "max_leaf_nodes": 12, "l2_regularization": 5.0, "min_samples_leaf": 40, "max_features": 0.4}


class Series(NamedTuple):
    """The passages of one series in the order of time, and the threads that a reader marked in it."""

    told: Sequence[Told]
    marked: Sequence[MarkedThread]


def learn_linker(teaching: Sequence[Series], validation: Sequence[Series]) -> Linker:
    """Return a linker learnt from the one series, with bounds from the other."""
    rows, truth = _pairs(teaching)
    forests = [
        HistGradientBoostingClassifier(max_iter=_ROUNDS, early_stopping=False, random_state=seed, **_SETTINGS).fit(rows, truth)
        for seed in range(_FORESTS)
    ]
    trees = tuple(_tree(grown[0].nodes) for forest in forests for grown in forest._predictors)  # noqa: SLF001 - there is no public way to them
    bias = float(np.mean([forest._baseline_prediction for forest in forests]))  # noqa: SLF001 - see above
    return set_bounds(Linker(trees, round(bias, 5), 1.0, 1.0, 1.0), validation)


def set_bounds(linker: Linker, validation: Sequence[Series]) -> Linker:
    """Return a linker with the lowest bounds that keep enough of the links, of the closings and of the offers right."""
    sure = _lowest(validation, [replace(linker, sure=bound, maybe=bound) for bound in _BOUNDS], partial(right_links, offered=False), _SURE)
    closing = [replace(sure, closes=bound) for bound in _BOUNDS if bound >= sure.sure]
    closes = _lowest(validation, closing or [sure], right_closings, _CLOSES)
    offers = [replace(closes, maybe=bound) for bound in _BOUNDS if bound < sure.sure]
    return _lowest(validation, offers or [closes], partial(right_links, offered=True), _MAYBE)


def _lowest(series: Sequence[Series], linkers: Sequence[Linker], judged: _Judge, least: float) -> Linker:
    """Return the last of some linkers of which at least such a share is right; the first where there is none."""
    best = linkers[0]
    for linker in linkers:
        made, right = np.sum([judged(one.marked, follow(one.told, linker)) for one in series], axis=0)
        if made and right / made >= least:
            best = linker
    return best


def _tree(nodes: NDArray[np.void]) -> Tree:
    """Return a tree of scikit-learn as ours."""
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    return Tree(
        tuple(np.where(leaf, 0, nodes["feature_idx"]).tolist()),
        tuple(round(float(bound), 6) for bound in np.where(leaf, 0.0, nodes["num_threshold"])),
        tuple(map(int, np.where(leaf, own, nodes["left"]))),
        tuple(map(int, np.where(leaf, own, nodes["right"]))),
        tuple(round(float(value), 5) for value in np.where(leaf, nodes["value"] / _FORESTS, 0.0)),
    )


def _pairs(series: Sequence[Series]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the evidence of every passage with every earlier one, and whether a reader put both into one thread."""
    rows, truth = [], []
    for one in series:
        numbers = thread_numbers(one.marked)
        said = list(all_said(one.told))
        own = [numbers.get(place_of(told.passage), frozenset[int]()) for told in one.told]
        for place, later in enumerate(said):
            rows += evidence_of(said[:place], later)
            truth += [bool(own[place] & before) for before in own[:place]]
    return np.array(rows), np.array(truth, bool)
