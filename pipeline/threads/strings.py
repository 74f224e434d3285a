"""Strings of three letters that passages share, each weighed by how rare it is in the collection.

Comes in: the passages of a collection that tell how rare strings are. Goes out: what each of some passages shares with another. Refuses nothing: a
passage shorter than a string has none, and a string that none of those holds is as rare as can be. Strings are numbers here, and their weights stand
in arrays, because most of the time of following goes into comparing them.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_GRAM = 3
_BITS = 21  # of a letter
_NO_STRING = np.iinfo(np.int64).max  # no three letters have this number: it stands behind all others
_AT_ONCE = 2_048  # passages whose strings are counted together
_KEPT = 2_048  # passages whose strings are kept at hand: they are many


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
        self._at_hand: dict[str, _Weighed] = {}

    def shared(self, quote: str, others: Sequence[str]) -> list[Shared]:
        """Return what a passage shares with each of some others."""
        if not others:
            return []
        own, *theirs = self._weighed([quote, *others])
        found = _weights_in(own, np.concatenate([one.strings for one in theirs]))
        starts = [0, *accumulate(len(one.strings) for one in theirs[:-1])]
        cosines = np.add.reduceat(found * np.concatenate([one.weights for one in theirs]), starts).tolist()
        counts = np.add.reduceat(found > 0, starts, dtype=np.intp).tolist()
        lengths = (len(one.strings) - 1 for one in theirs)
        return [Shared(*row) for row in zip(cosines, counts, lengths, [len(own.strings) - 1] * len(theirs), strict=True)]

    def _weighed(self, quotes: Sequence[str]) -> list[_Weighed]:
        """Return the strings of some passages; those that are not at hand are cut and weighed together."""
        found = {quote: weighed for quote in quotes if (weighed := self._at_hand.pop(quote, None))}
        new = [quote for quote in dict.fromkeys(quotes) if quote not in found]
        if new:
            found.update(zip(new, self._weigh(new), strict=True))
        self._at_hand |= found
        for quote in list(islice(self._at_hand, max(0, len(self._at_hand) - _KEPT))):
            del self._at_hand[quote]
        return [found[quote] for quote in quotes]

    @cached_property
    def _known(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the strings in order, and how rare each is, behind them one that nobody has."""
        quotes = iter(self._quotes)
        strings, counts, passages = np.empty(0, np.int64), np.empty(0, np.int64), 0
        for some in iter(lambda: list(islice(quotes, _AT_ONCE)), []):
            strings, counts = _summed((strings, counts), _counts(some))
            passages += len(some)
        return np.append(strings, _NO_STRING), np.log((2 + passages) / (1 + np.append(counts, 0)))

    def _weigh(self, quotes: Sequence[str]) -> Iterator[_Weighed]:
        known, rarity = self._known
        strings, of, where = _strings(quotes)
        place = np.searchsorted(known[:-1], strings)  # in their order, so that those looked up in turn lie side by side
        weights = np.where(known[place] == strings, rarity[place], rarity[-1])
        as_they_begin = np.argsort(where)
        ends = np.cumsum(np.bincount(of, minlength=len(quotes)))
        strings, weights = np.insert(strings[as_they_begin], ends, _NO_STRING), np.insert(weights[as_they_begin], ends, 0.0)
        start = 0
        for end in (ends + np.arange(1, len(quotes) + 1)).tolist():
            own = weights[start:end]
            length = np.sqrt(own @ own)
            yield _Weighed(strings[start:end].copy(), own / length if length else own.copy())
            start = end


def _weights_in(own: _Weighed, strings: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weight that each of some strings has in a passage, nothing where it is not in it."""
    order = np.argsort(own.strings)
    known = own.strings[order]
    place = np.searchsorted(known[:-1], strings)
    return np.where(known[place] == strings, own.weights[order][place], 0.0)


def _numbers(folded: str) -> NDArray[np.int64]:
    """Return the three letters that begin at each place as one number."""
    letters = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    return (letters[:-2] << 2 * _BITS) | (letters[1:-1] << _BITS) | letters[2:]


def _counts(quotes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the strings of some passages in order, and in how many of them each stands."""
    return np.unique(_strings(quotes)[0], return_counts=True)


def _strings(quotes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp]]:
    """Return the strings of some passages as numbers in order, each once for each passage; beside them its place, and where the string begins."""
    folded = ["".join(quote.split()) for quote in quotes]
    numbers = _numbers("".join(folded))
    lengths = np.fromiter(map(len, folded), np.int64, len(folded))
    ends = np.cumsum(lengths)
    of = np.repeat(np.arange(len(folded)), lengths)[: len(numbers)]
    inside = np.arange(len(numbers)) + _GRAM <= ends[of]
    numbers, of = numbers[inside], of[inside]
    order = np.argsort(numbers)
    other = np.append(True, np.diff(numbers[order]) != 0)[: len(numbers)]
    order = np.sort(np.cumsum(other) * len(order) + order) % max(1, len(order))  # of a string as they begin: sooner than to sort stably
    first = other | np.append(True, np.diff(of[order]) != 0)[: len(numbers)]
    where = order[first]
    return numbers[where], of[where], where


def _summed(
    one: tuple[NDArray[np.int64], NDArray[np.int64]], other: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the strings of both in order, with the counts of both."""
    strings, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(strings), np.int64)
    np.add.at(counts, place, np.concatenate([one[1], other[1]]))
    return strings, counts
