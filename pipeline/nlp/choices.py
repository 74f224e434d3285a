"""Choose one of a few values for a passage: the state of an action, its strength, whether the words are reported.

Comes in: the signs of a passage, a set of hashes each. Goes out: the likeliest value and its chance. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.strings import get_string_id

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.signs import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Hashes, Words

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BEFORE, _BEHIND, _EDGE, _FAR = (np.uint64(get_string_id(f"side: {name}")) for name in ("before", "behind", "edge", "far before"))
_CONTEXT = 8  # words beside the passage that are looked at
_FURTHER = 25
_EDGE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A logistic regression over sets of signs: `weights` has a row for each known sign and one of noughts, a column for each value."""

    values: tuple[str, ...]
    known: Hashes
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def chances(self, signs: Sequence[Hashes]) -> NDArray[np.float64]:
        """Return the chance of each value for each set of signs, a row each."""
        scores = np.array([self.weights[look_up(self.known, row)].sum(axis=0) / np.sqrt(len(row)) + self.bias for row in signs], float)
        scores = scores.reshape(-1, len(self.values))
        chances = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        found: NDArray[np.float64] = chances / chances.sum(axis=1, keepdims=True)
        return found

    def as_parts(self) -> dict[str, Any]:
        """Return what is kept on disk."""
        return {"values": list(self.values), "known": self.known, "weights": self.weights.astype(np.float16), "bias": self.bias}


def choice_of(parts: Mapping[str, Any]) -> Choice:
    """Return the choice of the parts that were kept.

    Raises:
        ValueError: when they do not fit each other.
    """
    values, known, weights = tuple(map(str, parts["values"])), parts["known"], parts["weights"].astype(np.float32)
    if weights.shape != (len(known) + 1, len(values)) or parts["bias"].shape != (len(values),):
        raise ValueError(f"weights of the shape {weights.shape} for {len(known)} signs and {len(values)} values")
    return Choice(values, known, weights, parts["bias"])


def piece_signs(words: Words, piece: Piece, extra: Sequence[str] = ()) -> Hashes:
    """Return the signs of a piece: its words, two and three in a row, those at its edges and beside it, its cues, and `extra` ones by name."""
    first, last = int(np.searchsorted(words.ends, piece.start, "right")), int(np.searchsorted(words.starts, piece.end))
    own = words.hashes[first:last]
    pairs = own[:-1] * _MIX ^ own[1:]
    triples = pairs[:-1] * _MIX ^ own[2:]
    edges = np.concatenate([own[:_EDGE_WORDS] ^ _EDGE, own[-_EDGE_WORDS:] * _MIX ^ _EDGE])
    start = max(0, first - _CONTEXT)
    before, behind = words.hashes[start:first], words.hashes[last : last + _CONTEXT]
    kinds = words.kinds[max(0, first - _FURTHER) : first].astype(np.uint64)
    own_kinds = words.kinds[first:last].astype(np.uint64)
    cues = np.fromiter((_cue_sign(hit.cue) for hit in piece.cues), np.uint64, len(piece.cues))
    named = np.fromiter(map(get_string_id, extra), np.uint64, len(extra))
    near = (before ^ _BEFORE, before[-1:] * _MIX ^ _BEFORE, behind ^ _BEHIND, kinds ^ _FAR, own_kinds ^ _EDGE * _MIX)
    return np.unique(np.concatenate([own, pairs, triples, edges, *near, cues, named]))


def _cue_sign(cue: int) -> int:
    return int(get_string_id(f"cue {cue_set()[cue].name}"))
