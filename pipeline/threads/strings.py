"""Strings of three letters that passages share, each weighed by how rare it is in the collection.

Comes in: the passages of a collection that tell how rare strings are. Goes out: what each of some passages shares with another. Refuses nothing: a
passage shorter than a string has none, and a string that none of those holds is as rare as can be. Strings are numbers here, and their weights stand
in arrays, because most of the time of following goes into comparing them.
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
_NO_STRING = np.iinfo(np.int64).max  # no three letters have this number: it stands behind all others
_AT_ONCE = 2_048  # passages whose strings are counted together
_KEPT = 4_096  # passages whose strings are kept at hand: they are many


class Shared(NamedTuple):
    """What two passages share: the cosine of their weights, how many strings, and how many each has."""

    cosine: float
    both: int
    mine: int
    theirs: int


class _Weighed(NamedTuple):
    """The strings of a passage with their weights, and behind them one that nothing shares: none is empty."""

    strings: NDArray[np.int64]
    weights: NDArray[np.float64]


class Strings:
    """The strings of a collection, counted when first asked for; the weights of the latest passages are kept at hand."""

    def __init__(self, quotes: Iterable[str]) -> None:
        """Take the passages that tell how rare a string is."""
        self._quotes = quotes
        self._weighed = lru_cache(maxsize=_KEPT)(self._weigh)

    def shared(self, quote: str, others: Sequence[str]) -> list[Shared]:
        """Return what a passage shares with each of some others."""
        if not others:
            return []
        own, theirs = self._weighed(quote), [self._weighed(other) for other in others]
        found = _weights_in(own, np.concatenate([one.strings for one in theirs]))
        starts = [0, *accumulate(len(one.strings) for one in theirs[:-1])]
        cosines = np.add.reduceat(found * np.concatenate([one.weights for one in theirs]), starts).tolist()
        counts = np.add.reduceat(found > 0, starts, dtype=np.intp).tolist()
        lengths = (len(one.strings) - 1 for one in theirs)
        return [Shared(*row) for row in zip(cosines, counts, lengths, [len(own.strings) - 1] * len(theirs), strict=True)]

    @cached_property
    def _known(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the strings in order, and how rare each is, behind them one that nobody has."""
        quotes = iter(self._quotes)
        strings, counts, passages = np.empty(0, np.int64), np.empty(0, np.int64), 0
        for some in iter(lambda: list(islice(quotes, _AT_ONCE)), []):
            strings, counts = _summed((strings, counts), _counts(some))
            passages += len(some)
        return np.append(strings, _NO_STRING), np.log((2 + passages) / (1 + np.append(counts, 0)))

    def _weigh(self, quote: str) -> _Weighed:
        known, rarity = self._known
        strings = np.append(_strings(quote), _NO_STRING)
        place = np.searchsorted(known[:-1], strings)
        weights = np.where(known[place] == strings, rarity[place], rarity[-1])
        weights[-1] = 0.0
        length = np.sqrt(weights @ weights)
        return _Weighed(strings, weights / length if length else weights)


def _weights_in(own: _Weighed, strings: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weight that each of some strings has in a passage, nothing where it is not in it."""
    order = np.argsort(own.strings)
    known = own.strings[order]
    place = np.searchsorted(known[:-1], strings)
    return np.where(known[place] == strings, own.weights[order][place], 0.0)


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
