"""Strings of three letters that passages share, each weighed by how rare it is in the collection.

Comes in: the passages of a collection. Goes out: what each of some passages shares with another. Refuses nothing: a passage shorter than a string has
none. Strings are numbers here and their weights stand in arrays, because most of the time of following goes into comparing them.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_GRAM = 3
_BITS = 21  # of a letter
_AT_ONCE = 2_048  # passages whose strings are counted together
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
    """The strings of a collection, counted when first asked for; the weights of the latest passages are kept at hand."""

    def __init__(self, quotes: Iterable[str], counted: int | None = None) -> None:
        """Take the passages of a collection, of which the first `counted` tell rarity where that is given: other strings are as rare as can be."""
        self._quotes, self._counted = quotes, counted
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

    @cached_property
    def _known(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the strings in order, and how rare each is, behind them one that nobody has."""
        quotes = iter(self._quotes)
        strings, counts, passages = np.empty(0, np.int64), np.empty(0, np.int64), 0
        told = list(islice(quotes, self._counted))
        for start in range(0, len(told), _AT_ONCE):
            strings, counts = _summed((strings, counts), _counts(told[start : start + _AT_ONCE]))
            passages += len(told[start : start + _AT_ONCE])
        for rest in iter(lambda: list(islice(quotes, _AT_ONCE)), []):
            new, many = _counts(rest)
            strings, counts = _summed((strings, counts), (new, np.zeros_like(many)))
        return strings, np.log((2 + passages) / (1 + np.append(counts, 0)))

    @cached_property
    def _of_other(self) -> NDArray[np.float64]:
        """Return room for the weights of the passage that is compared, by the number of the string."""
        return np.zeros(len(self._known[0]) + 1)

    def _weigh(self, quote: str) -> _Weighed:
        strings, rarity = self._known
        ids = np.append(np.searchsorted(strings, _strings(quote)), len(strings)).astype(np.int32)
        weights = rarity[ids]
        weights[-1] = 0.0
        length = np.sqrt(weights @ weights)
        return _Weighed(ids, weights / length if length else weights)


def _strings(quote: str) -> NDArray[np.int64]:
    """Return the strings of a passage as numbers, each once, in the order in which they begin."""
    numbers = _numbers("".join(quote.split()))
    return numbers[np.sort(np.unique(numbers, return_index=True)[1])]


def _numbers(folded: str) -> NDArray[np.int64]:
    """Return the three letters that begin at each place as one number."""
    letters = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    return (letters[:-2] << 2 * _BITS) | (letters[1:-1] << _BITS) | letters[2:]


def _counts(quotes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the strings of some passages in order, and in how many of them each stands."""
    folded = ["".join(quote.split()) for quote in quotes]
    numbers = _numbers("".join(folded))
    lengths = np.fromiter(map(len, folded), np.int64, len(folded))
    ends = np.cumsum(lengths)
    of = np.repeat(np.arange(len(folded)), lengths)[: len(numbers)]
    inside = np.arange(len(numbers)) + _GRAM <= ends[of]
    numbers, of = numbers[inside], of[inside]
    order = np.lexsort((of, numbers))
    numbers, of = numbers[order], of[order]
    first = np.append(True, (np.diff(numbers) != 0) | (np.diff(of) != 0))[: len(numbers)]
    return np.unique(numbers[first], return_counts=True)


def _summed(
    one: tuple[NDArray[np.int64], NDArray[np.int64]], other: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the strings of both in order, with the counts of both."""
    strings, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(strings), np.int64)
    np.add.at(counts, place, np.concatenate([one[1], other[1]]))
    return strings, counts
