"""Choose one of a few values for a passage: the state of an action, its strength, whether the words are reported.

Comes in: the signs of a passage, a set of hashes each. Goes out: the likeliest value and its chance. Refuses nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.strings import get_string_id

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.classifier import chances_of
from pipeline.nlp.heads import CHOICES, COLUMNS
from pipeline.nlp.signs import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.nlp.doc_words import Hashes, Words
    from pipeline.nlp.pieces import Piece, Tagged

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BEFORE, _BEHIND, _EDGE, _FAR, _KIND = (np.uint64(get_string_id(f"side: {name}")) for name in ("before", "behind", "edge", "far", "kind"))
_CONTEXT = 8  # words beside the passage that are looked at
_FURTHER = 25
_EDGE_WORDS = 3


class Choice(NamedTuple):
    """A logistic regression over sets of signs: `weights` has a row for each known sign and one of noughts, a column for each value.

    `trust` is the weight of what a network says beside it.
    """

    values: tuple[str, ...]
    known: Hashes
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    trust: float

    def chances(self, signs: Sequence[Hashes], seen: Sequence[NDArray[np.float64] | None]) -> NDArray[np.float64]:
        """Return the chance of each value for each set of signs, none of which is empty, a row each.

        `seen` are a network's log-probabilities, None where there is none. All signs are looked up at once, and no row changes another's chance.
        """
        if not signs:
            return np.zeros((0, len(self.values)))
        lengths = np.array([*map(len, signs)])
        sums = np.add.reduceat(self.weights.take(look_up(self.known, np.concatenate(signs)), axis=0), lengths.cumsum() - lengths)
        scores = sums / np.sqrt(lengths)[:, np.newaxis] + self.bias
        for row, view in enumerate(seen):
            if view is not None:
                scores[row] += self.trust * view
        return chances_of(scores, 1.0)

    def as_parts(self) -> dict[str, Any]:
        """Return what is kept on disk."""
        parts = {"values": list(self.values), "known": self.known, "weights": self.weights.astype(np.float16), "bias": self.bias}
        return {**parts, "trust": self.trust}


def choice_of(parts: Mapping[str, Any]) -> Choice:
    """Return the choice of the parts that were kept.

    Raises:
        ValueError: when they do not fit each other.
    """
    values, known, weights = tuple(map(str, parts["values"])), parts["known"], parts["weights"].astype(np.float32)
    if weights.shape != (len(known) + 1, len(values)) or parts["bias"].shape != (len(values),):
        raise ValueError(f"weights of the shape {weights.shape} for {len(known)} signs and {len(values)} values")
    return Choice(values, known, weights, parts["bias"], float(parts["trust"]))


def network_view(tagged: Tagged | None, piece: Piece, head: str, values: Sequence[str]) -> NDArray[np.float64] | None:
    """Return what the network says of the values of a piece: the mean over its words; None where no network has read it."""
    if tagged is None:
        return None
    first, last = int(np.searchsorted(tagged.ends, piece.start, "right")), int(np.searchsorted(tagged.starts, piece.end))
    if first >= last:
        return None
    columns = [COLUMNS[head].start + CHOICES[head].index(value) for value in values]
    found: NDArray[np.float64] = tagged.heads[first:last][:, columns].mean(axis=0).astype(float)
    return found


def signs_of_pieces(words: Words, pieces: Sequence[Piece], extra: Sequence[Sequence[str]]) -> list[Hashes]:
    """Return the signs of each piece: its words, two and three in a row, those at its edges and beside it, its cues, and `extra` ones by name.

    What the words of a Doc give is worked out once for all of its pieces.
    """
    here, kinds = words.hashes, words.kinds.astype(np.uint64)
    pairs = here[:-1] * _MIX ^ here[1:]
    mixed = here * _MIX
    views = (
        pairs,
        pairs[:-1] * _MIX ^ here[2:],
        here ^ _EDGE,
        mixed ^ _EDGE,
        here ^ _BEFORE,
        mixed ^ _BEFORE,
        here ^ _BEHIND,
        kinds ^ _FAR,
        kinds ^ _KIND,
    )
    firsts = words.ends.searchsorted([piece.start for piece in pieces], "right").tolist()
    lasts = words.starts.searchsorted([piece.end for piece in pieces]).tolist()
    found = []
    for piece, names, first, last in zip(pieces, extra, firsts, lasts, strict=True):
        named = np.array([*(_cue_sign(hit.cue) for hit in piece.cues), *map(get_string_id, names)], np.uint64)
        found.append(_each_once(np.concatenate([here[first:last], *_cut(views, first, last), named])))
    return found


def _cut(views: Sequence[Hashes], first: int, last: int) -> tuple[Hashes, ...]:
    """Return what the words in and beside a piece give, from what all words of the Doc give."""
    pairs, triples, opening, closing, before, right_before, behind, far, kinds = views
    return (
        pairs[first : max(first, last - 1)],
        triples[first : max(first, last - 2)],
        opening[first : min(last, first + _EDGE_WORDS)],
        closing[max(first, last - _EDGE_WORDS) : last],
        before[max(0, first - _CONTEXT) : first],
        right_before[max(0, first - 1) : first],
        behind[last : last + _CONTEXT],
        far[max(0, first - _FURTHER) : first],
        kinds[first:last],
    )


def _each_once(signs: Hashes) -> Hashes:
    """Return signs in order, each once: np.unique does the same in four times the time."""
    signs.sort()
    new = np.ones(len(signs), bool)
    np.not_equal(signs[1:], signs[:-1], out=new[1:])
    return signs[new]


@lru_cache(maxsize=2**12)
def _cue_sign(cue: int) -> int:
    return int(get_string_id(f"cue {cue_set()[cue].name}"))
