"""What the readers of fields see of words: each word of a stretch as a row of hashed signs, of itself and of its surroundings.

Comes in: the words of Docs, and stretches of them. Goes out: `Signs`, one row a word, the blanks left out, and one column a kind of sign. Refuses
nothing. Everything is worked out in whole arrays: word by word in Python would take longer than the rest of the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.nlp.doc_words import EDGE, MIX
from pipeline.nlp.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.nlp.doc_words import Hashes, Words

_BITS, _GREATEST = 64, np.uint64(2**64 - 1)
_MOST_SHARING = 8  # signs that share their first bits, up to which an index is faster than halving
_AROUND = range(-3, 4)
_KINDS_AROUND = range(-2, 3)
_FARTHEST = 3  # words away that are looked at
_PLACES = np.array([-30, -12, -5, -1, 0, 1, 2, 4, 8, 16])  # words from where the passage begins: borders of the classes of place


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the words of one stretch: `rows` words x kinds of sign, `first` and `last` the words' numbers in the Doc's `Words`, half-open."""

    first: int
    last: int
    rows: Hashes


def signs_of(words: Words, start: int, end: int, before: int = 0) -> Signs | None:
    """Return the signs of the words of the stretch ``start:end`` and of up to so many words before it; None where it has no word."""
    return signs_of_all([(words, [(start, end)])], before)[0]


def signs_of_all(work: Sequence[tuple[Words, Sequence[tuple[int, int]]]], before: int = 0) -> list[Signs | None]:
    """Return the signs of each of some stretches of each of some Docs; all are worked out at once, which takes little longer than one of them."""
    bounds = [_bounds(words, stretches, before) for words, stretches in work]
    lengths = np.concatenate([counts for _, _, counts in bounds]) if bounds else np.empty(0, np.int64)
    bases = np.cumsum([_FARTHEST, *(len(words.hashes) + _FARTHEST for words, _ in work)])
    numbers = ranges(np.concatenate([first + base for (first, _, _), base in zip(bounds, bases.tolist(), strict=False)]) if bounds else (), lengths)
    own = np.concatenate([own + base for (_, own, _), base in zip(bounds, bases.tolist(), strict=False)]) if bounds else lengths
    rows, ends = _rows([words for words, _ in work], numbers, numbers - np.repeat(own, lengths)), lengths.cumsum().tolist()
    spans = zip((first for firsts, _, _ in bounds for first in firsts.tolist()), lengths.tolist(), ends, strict=True)
    return [Signs(begin, begin + length, rows[end - length : end]) if length else None for begin, length, end in spans]


def _bounds(words: Words, stretches: Sequence[tuple[int, int]], before: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return of each stretch the first word that is looked at, the first of its own, and how many are looked at: none without one of its own."""
    own, last = words.ends.searchsorted([start for start, _ in stretches], "right"), words.starts.searchsorted([end for _, end in stretches])
    first = np.maximum(0, own - before)
    return first, own, np.where(own < last, last - first, 0)


def _rows(docs: Sequence[Words], numbers: NDArray[np.int64], places: NDArray[np.int64]) -> Hashes:
    """Return the signs of words by their numbers in the Docs, each Doc behind an edge; `places` counts from where the passage of each begins."""
    hashes, kinds, gaps = (_behind_edges(values) for values in zip(*((one.hashes, one.kinds + 1, one.gaps) for one in docs), strict=True))
    columns = _around(hashes, numbers, _AROUND)
    here, back, ahead = columns[3], columns[2], columns[4]
    columns += [back * MIX ^ here, here * MIX ^ ahead, ahead * MIX ^ columns[5], columns[1] * MIX ^ back]
    around = _around(kinds, numbers, _KINDS_AROUND)
    columns += [*around, around[1] * MIX ^ around[2], around[2] * MIX ^ around[3], around[2] * MIX ^ ahead, around[2] * MIX ^ back]
    before, after = _around(gaps, numbers, (0, 1))
    place = _PLACES.searchsorted(places, "right").astype(np.uint64)
    edge = np.zeros((len(docs[0].clauses), _FARTHEST), np.uint64)
    clauses = np.concatenate([part for one in docs for part in (edge, one.clauses)], axis=1)
    columns += [before * MIX ^ after, place, place * MIX ^ around[2], before * MIX ^ here, *clauses[:, numbers]]
    rows = np.empty((len(columns), len(numbers)), np.uint64)
    for number, column in enumerate(columns):
        np.bitwise_xor(column, np.uint64(number + 1), out=rows[number])
    rows *= MIX
    return rows.T


def _behind_edges(values: Sequence[NDArray[np.integer[Any]]]) -> Hashes:
    """Return the values of the words of some Docs behind each other, with edges before, between and behind them: what lies outside a Doc."""
    edge = np.full(_FARTHEST, EDGE)
    return np.concatenate([edge, *(part for one in values for part in (one.astype(np.uint64), edge))])


def _around(values: Hashes, numbers: NDArray[np.int64], offsets: Sequence[int]) -> list[Hashes]:
    """Return the values of the words so many places on from each word, for each offset."""
    return [values[numbers + offset] for offset in offsets]


def look_up(known: Hashes, rows: Hashes, index: Index | None = None) -> NDArray[np.int64]:
    """Return the number of each sign among the known ones, which are sorted; those that are not known get the number behind the last."""
    if not len(known):
        return np.zeros(rows.shape, np.int64)
    if index:
        return index.places_of(rows)
    places = np.minimum(known.searchsorted(rows), len(known) - 1)
    found: NDArray[np.int64] = np.where(known[places] == rows, places, len(known))
    return found


class Index(NamedTuple):
    """Where among sorted signs those begin that share their first bits, so that a sign is found in very few steps; `shift` takes the other bits off.

    `known` has one sign more at its end, the greatest that there can be.
    """

    known: Hashes
    first: NDArray[np.int64]
    shift: np.uint64

    def places_of(self, rows: Hashes) -> NDArray[np.int64]:
        """Return the number of each sign, as `look_up` does."""
        signs = rows.ravel()
        places = self.first.take((signs >> self.shift).view(np.int64))
        later = np.flatnonzero(self.known.take(places) < signs)
        while len(later):  # most signs are found at once, and only the others are looked at again
            places[later] += 1
            later = later[self.known.take(places.take(later)) < signs.take(later)]
        places[self.known.take(places) != signs] = len(self.known) - 1
        return places.reshape(rows.shape)


def index_of(known: Hashes) -> Index | None:
    """Return an index of sorted signs; None where too many share their first bits, as the signs of kinds of names do."""
    bits = len(known).bit_length() + 1
    shift = np.uint64(_BITS - bits)
    first = known.searchsorted(np.arange(2**bits, dtype=np.uint64) << shift)
    most = int(np.diff(first, append=len(known)).max())
    return Index(np.append(known, _GREATEST), first, shift) if most <= _MOST_SHARING else None


def frequent(rows: Sequence[Hashes], least: int) -> Hashes:
    """Return the signs that stand in at least so many rows, sorted."""
    if not rows:
        return np.empty(0, np.uint64)
    signs, counts = np.unique(np.concatenate([row.ravel() for row in rows]), return_counts=True)
    kept: Hashes = signs[counts >= least]
    return kept
