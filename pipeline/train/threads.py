"""Learn the linker from threads that readers marked in series.

Comes in: the passages of series in the order of time, with the threads marked in them. Goes out: `Linker`. Refuses nothing. From where on a link
is made, and from where on it is offered, is set on series of writers from whom the trees are not learnt, by following through them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.evaluate.lost import place_of
from pipeline.evaluate.threads import right_closings, right_links, thread_numbers
from pipeline.threads.evidence import FEATURES, OF_RIVALS, evidence_of
from pipeline.threads.follow import follow
from pipeline.threads.forest import Forest, Tree
from pipeline.threads.linker import Linker
from pipeline.threads.said import all_said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipeline.followed import Thread
    from pipeline.labelled import MarkedThread
    from pipeline.threads.index import Opened
    from pipeline.threads.said import Said, Told

    _Known = tuple[NDArray[np.float64], NDArray[np.bool_]]  # figures, and whether readers linked
    _Judge = Callable[[Sequence[MarkedThread], Sequence[Thread]], tuple[int, int]]

_SURE = 0.8  # share of links that must be right of those that are made; readers marked not all: of the others one in three is right when read
_CLOSES = 0.97  # of those that close a thread
_LEAST_TO_CLOSE = 0.88  # the validation series have too few closings to set a lower bound by them
_MAYBE = 0.43  # and of those that are offered
_BOUNDS = tuple(step / 50 for step in range(48, 3, -1))
_FORESTS = 3  # each asks other features by chance, and all vote alike
_PARTS = 4  # of the writers, each left out once
_TRIAL = (0.64, 0.88, 0.2)  # bounds while rivals are watched: those of a whole linker were near
_ROUNDS = 180
_SETTINGS = {"learning_rate": 0.06, "max_leaf_nodes": 12, "l2_regularization": 5.0, "min_samples_leaf": 40, "max_features": 0.4}


@dataclass(frozen=True)
class _Remembering(Linker):
    """A linker that weighs each pair once, however often the same series are followed."""

    known: dict[tuple[int, int], float] = field(default_factory=dict)

    def weigh(self, earlier: Sequence[Said], later: Said) -> list[float]:
        """Return how likely each pair of an earlier passage and a later one is a link."""
        pairs = [(id(one.told), id(later.told)) for one in earlier]
        new = {pair: one for pair, one in zip(pairs, earlier, strict=True) if pair not in self.known}
        self.known.update(zip(new, super().weigh(list(new.values()), later), strict=True))
        return [self.known[pair] for pair in pairs]


class Series(NamedTuple):
    """The passages of one series in the order of time, and the threads that a reader marked in it."""

    told: Sequence[Told]
    marked: Sequence[MarkedThread]


def learn_linker(teaching: Sequence[Series], validation: Sequence[Series]) -> Linker:
    """Return a linker learnt from the one series, with bounds from the other."""
    known = [_pairs(one) for one in teaching]
    return set_bounds(replace(_trial(_grown(known, _FORESTS)), rivals=_rivals(teaching, known)), validation)


def _rivals(teaching: Sequence[Series], known: Sequence[_Known]) -> Forest | None:
    """Return trees that weigh threads among their rivals; None where there are not the series of two writers.

    What they learn from is how pairs look to trees that have not learnt from their writer, as the pairs of a reader do.
    """
    writers = sorted({one.marked[0].writer for one in teaching})
    parts = [frozenset(writers[part::_PARTS]) for part in range(min(_PARTS, len(writers)))]
    if len(parts) == 1:
        return None
    found: list[_Known] = []
    for part in parts:
        left_out = [one.marked[0].writer in part for one in teaching]
        linker = _trial(_grown([of for of, out in zip(known, left_out, strict=True) if not out], 1))
        found += [_watched(one, linker) for one, out in zip(teaching, left_out, strict=True) if out]
    return _grown(found, _FORESTS)


def _watched(one: Series, linker: Linker) -> _Known:
    """Return the figures of all threads that competed for a passage while a series was followed, and whether a reader put both into one thread."""
    numbers = thread_numbers(one.marked)
    rows: list[tuple[float, ...]] = []
    truth: list[bool] = []

    def watch(thread: Opened, said: Said, row: tuple[float, ...]) -> None:
        own, theirs = (numbers.get(place_of(each.told.passage), frozenset[int]()) for each in (thread.said[0], said))
        rows.append(row)
        truth.append(bool(own & theirs))

    follow(one.told, linker, watch=watch)
    return np.array(rows).reshape(-1, len(OF_RIVALS)), np.array(truth, bool)


def _trial(pairs: Forest) -> Linker:
    """Return a linker that follows as one will whose bounds are set."""
    return Linker(pairs.trees, pairs.bias, *_TRIAL)


def _grown(known: Sequence[_Known], many: int) -> Forest:
    """Return so many forests as one."""
    rows, truth = (np.concatenate(part) for part in zip(*known, strict=True))
    forests = [
        HistGradientBoostingClassifier(max_iter=_ROUNDS, early_stopping=False, random_state=seed, **_SETTINGS).fit(rows, truth)
        for seed in range(many)
    ]
    trees = tuple(_tree(grown[0].nodes, many) for forest in forests for grown in forest._predictors)  # noqa: SLF001 - there is no public way to them
    return Forest(trees, round(float(np.mean([forest._baseline_prediction for forest in forests])), 5))  # noqa: SLF001 - see above


def set_bounds(linker: Linker, validation: Sequence[Series]) -> Linker:
    """Return a linker with the lowest bounds that keep enough of the links, of the closings and of the offers right."""
    trees = (linker.trees, linker.bias)
    begun = _Remembering(*trees, 1.0, 1.0, 1.0, linker.rivals)
    sure = _lowest(validation, [replace(begun, sure=bound, maybe=bound) for bound in _BOUNDS], partial(right_links, offered=False), _SURE)
    closing = [replace(sure, closes=bound) for bound in _BOUNDS if bound >= max(sure.sure, _LEAST_TO_CLOSE)]
    closes = _lowest(validation, closing or [sure], right_closings, _CLOSES)
    offers = [replace(closes, maybe=bound) for bound in _BOUNDS if bound < sure.sure]
    maybe = _lowest(validation, offers or [closes], partial(right_links, offered=True), _MAYBE)
    return Linker(*trees, maybe.sure, maybe.closes, maybe.maybe, linker.rivals)


def _lowest(series: Sequence[Series], linkers: Sequence[Linker], judged: _Judge, least: float) -> Linker:
    """Return the last of some linkers of which at least such a share is right; the first where there is none."""
    best = linkers[0]
    for linker in linkers:
        made, right = np.sum([judged(one.marked, follow(one.told, linker)) for one in series], axis=0)
        if made and right / made >= least:
            best = linker
    return best


def _tree(nodes: NDArray[np.void], many: int) -> Tree:
    """Return a tree of scikit-learn as ours, one of so many forests that vote alike."""
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    return Tree(
        tuple(np.where(leaf, 0, nodes["feature_idx"]).tolist()),
        tuple(round(float(bound), 6) for bound in np.where(leaf, 0.0, nodes["num_threshold"])),
        tuple(map(int, np.where(leaf, own, nodes["left"]))),
        tuple(map(int, np.where(leaf, own, nodes["right"]))),
        tuple(round(float(value), 5) for value in np.where(leaf, nodes["value"] / many, 0.0)),
    )


def _pairs(one: Series) -> _Known:
    """Return the evidence of every passage of a series with every earlier one, and whether a reader put both into one thread."""
    rows, truth = [], []
    numbers = thread_numbers(one.marked)
    said = list(all_said(one.told))
    own = [numbers.get(place_of(told.passage), frozenset[int]()) for told in one.told]
    for place, later in enumerate(said):
        rows += evidence_of(said[:place], later)
        truth += [bool(own[place] & before) for before in own[:place]]
    return np.array(rows).reshape(-1, len(FEATURES)), np.array(truth, bool)
