"""Strings of three letters that passages share, each weighed by how rare it is in the collection.

Comes in: the passages of a collection. Goes out: what each of some passages shares with another. Refuses nothing: a passage shorter than a string has
none. Strings are numbers here and their weights stand in arrays, because most of the time of following goes into comparing them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_GRAM = 3
_KEPT = 4_096  # passages whose strings are kept at hand: they are many


class Shared(NamedTuple):
    """What two passages share: the cosine of their weights, how many strings, and how many each has."""

    cosine: float
    both: int
    mine: int
    theirs: int


class _Weighed(NamedTuple):
    """The strings of a passage as numbers with their weights, and behind them one that nothing shares: none is empty."""

    ids: NDArray[np.int32]
    weights: NDArray[np.float64]


class Strings:
    """The strings of a collection; the weights of the latest passages are kept at hand."""

    def __init__(self, quotes: Iterable[str], counted: int | None = None) -> None:
        """Count the strings of a collection, in its first `counted` passages where that is given: others are as rare as can be."""
        counts: Counter[str] = Counter()
        passages = 0
        for quote in quotes:
            if counted is None or passages < counted:
                counts.update(set(_strings(quote)))
                passages += 1
            else:
                counts.update(dict.fromkeys(_strings(quote), 0))
        self._numbers = {string: number for number, string in enumerate(counts)}
        self._rarity = np.log((2 + passages) / (1 + np.fromiter((*counts.values(), 0), np.float64, len(counts) + 1)))
        self._of_other = np.zeros(len(counts) + 1)  # the weights of the passage that is compared, by the number of the string
        self._weighed = lru_cache(maxsize=_KEPT)(self._weigh)

    def shared(self, quote: str, others: Sequence[str]) -> list[Shared]:
        """Return what a passage of the collection shares with each of some others."""
        if not others:
            return []
        own, theirs = self._weighed(quote), [self._weighed(other) for other in others]
        self._of_other[own.ids[:-1]] = own.weights[:-1]
        found = self._of_other[np.concatenate([one.ids for one in theirs])]
        self._of_other[own.ids[:-1]] = 0.0
        starts = [0, *accumulate(len(one.ids) for one in theirs[:-1])]
        cosines = np.add.reduceat(found * np.concatenate([one.weights for one in theirs]), starts).tolist()
        counts = np.add.reduceat(found > 0, starts, dtype=np.intp).tolist()
        return [Shared(*row) for row in zip(cosines, counts, (len(one.ids) - 1 for one in theirs), [len(own.ids) - 1] * len(theirs), strict=True)]

    def _weigh(self, quote: str) -> _Weighed:
        nobody = len(self._numbers)
        ids = np.array([*(self._numbers[string] for string in dict.fromkeys(_strings(quote))), nobody], np.int32)
        weights = self._rarity[ids]
        weights[-1] = 0.0
        length = np.sqrt(weights @ weights)
        return _Weighed(ids, weights / length if length else weights)


def _strings(quote: str) -> list[str]:
    folded = "".join(quote.split())
    return [folded[place : place + _GRAM] for place in range(len(folded) - _GRAM + 1)]
