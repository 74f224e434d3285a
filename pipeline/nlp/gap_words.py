"""What the words beside gaps say of borders, looked up for all gaps of a Doc at once.

Comes in: the weights of features that are a word or a pair, and the words of a Doc as numbers. Goes out: a sum for each gap. Refuses nothing. Nine
tables of words asked gap by gap take far longer: hardly anything that they hold stands in the processor's own memory.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from pipeline.nlp.doc_words import MIX
from pipeline.nlp.gaps import WORD_KINDS
from pipeline.nlp.signs import index_of, look_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.nlp.gaps import Unit

    Hashes = NDArray[np.uint64]

_SINGLE = tuple(kind for kind in WORD_KINDS if kind[-1].isdigit())
_JOINTS = {"LL": "_", "RR": "_", "LR": "|"}  # what stands between the words of each kind of pair
_TWO, _THREE = 2, 3
_LOWEST_BITS = 2**64 - 1


class GapWords:
    """Two tables, of words and of pairs: a row for each that is known, by its number, a column for each kind, and a last row of noughts."""

    def __init__(self, features: Mapping[str, float]) -> None:
        """Take from the weights of all features of gaps those that are words or pairs."""
        named = [(*name.partition("=")[::2], weight) for name, weight in features.items()]
        words = [(kind, get_string_id(value), weight) for kind, value, weight in named if kind in _SINGLE]
        pairs = [(kind, number, weight) for kind, value, weight in named if kind in _JOINTS for number in _pairs(value, _JOINTS[kind])]
        (self._words, self._word_weights), (self._pairs, self._pair_weights) = _table(words, _SINGLE), _table(pairs, tuple(_JOINTS))
        self._word_index, self._pair_index = index_of(self._words), index_of(self._pairs)

    def beside(self, numbers: Hashes, lines: Sequence[Sequence[Unit]]) -> Iterator[list[float]]:
        """Yield for each line what the words beside each of its gaps weigh together; `numbers` are those of all words of the Doc."""
        gaps = [(left.last_word, left.last_word - left.first_word, right.first_word, right.last_word - right.first_word)
                for units in lines for left, right in pairwise(units)]  # fmt: skip
        weights = iter(self._weights(numbers, *np.array(gaps, np.int64).T) if gaps else ())
        return (list(islice(weights, max(0, len(units) - 1))) for units in lines)

    def _weights(
        self, numbers: Hashes, end: NDArray[np.int64], size: NDArray[np.int64], start: NDArray[np.int64], size_behind: NDArray[np.int64]
    ) -> list[float]:
        """Return the sums: the words before each gap, the last first, and their pair, then those behind it, and the pair over it."""
        held = np.stack([size > 0, size >= _TWO, size >= _THREE, size_behind > 0, size_behind >= _TWO, size_behind >= _THREE])
        places = np.stack([end - 1, end - 2, end - 3, start, start + 1, start + 2])
        words = numbers.take(places, mode="clip")
        single = _picked(self._word_weights, look_up(self._words, words, self._word_index)) * held
        pairs = words[[1, 3, 0]] * MIX ^ words[[0, 4, 3]]
        pair = _picked(self._pair_weights, look_up(self._pairs, pairs, self._pair_index)) * held[[1, 4, 0]]
        found: list[float] = ((single[0] + single[1] + single[2] + pair[0]) + (single[3] + single[4] + single[5] + pair[1]) + pair[2]).tolist()
        return found


def _picked(weights: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return from each of some rows of numbers of words the weights in the column of the same place."""
    found: NDArray[np.float64] = weights[rows, np.arange(len(rows))[:, None]]
    return found


def _pairs(value: str, joint: str) -> Iterator[int]:
    """Yield the number of each pair of words that may be written as `value`: a word may hold the joint, too."""
    parts = value.split(joint)
    for cut in range(1, len(parts)):
        first, second = joint.join(parts[:cut]), joint.join(parts[cut:])
        yield (get_string_id(first) * int(MIX) & _LOWEST_BITS) ^ get_string_id(second)


def _table(weights: Iterable[tuple[str, int, float]], kinds: Sequence[str]) -> tuple[Hashes, NDArray[np.float64]]:
    rows = list(weights)
    known, places = np.unique(np.array([number for _, number, _ in rows], np.uint64), return_inverse=True)
    table = np.zeros((len(known) + 1, len(kinds)))
    table[places, [kinds.index(kind) for kind, _, _ in rows]] = [weight for *_, weight in rows]
    return known, table
