"""Find stretches of a kind in a passage: who shall do it, where, who speaks, what caused it; one small sequence model a family of kinds.

Comes in: the signs of the words of a stretch. Goes out: for each kind the stretches of words that are likely one, with their chance. Refuses
nothing: without a stretch over its threshold a kind stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.nlp.signs import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pipeline.nlp.signs import Hashes

_NEVER = -1e9


class Stretch(NamedTuple):
    """Words of a stretch, half-open, that are of a kind, and how sure that is."""

    kind: str
    first: int
    last: int
    chance: float


@dataclass(frozen=True, slots=True)
class SpanTagger:
    """A model of the tags outside, begins and continues of each of `kinds`: weights of the known signs, the last row for all others.

    `leans` are the log-odds that a kind is given; a stretch counts whose mean chance reaches `least` of its kind.
    """

    kinds: tuple[str, ...]
    known: Hashes
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    leans: Mapping[str, float]
    least: Mapping[str, float]

    def find(self, rows: Hashes) -> list[Stretch]:
        """Return the stretches in the words with these signs, in their order."""
        scores = self.weights[look_up(self.known, rows)].sum(axis=1) + self.bias
        for number, kind in enumerate(self.kinds):
            scores[:, 1 + 2 * number : 3 + 2 * number] += self.leans.get(kind, 0.0)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        path = best_path(np.log(np.maximum(chances, 1e-9)))
        found = []
        for first, last, number in _stretches(path):
            chance = float(chances[np.arange(first, last), path[first:last]].mean())
            if chance >= self.least.get(self.kinds[number], 0.0):
                found.append(Stretch(self.kinds[number], first, last, chance))
        return found

    def as_parts(self) -> dict[str, Any]:
        """Return what is kept on disk."""
        return {
            "kinds": list(self.kinds),
            "known": self.known,
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "leans": dict(self.leans),
            "least": dict(self.least),
        }


def tagger_of(parts: Mapping[str, Any]) -> SpanTagger:
    """Return the tagger of the parts that were kept.

    Raises:
        ValueError: when they do not fit each other.
    """
    kinds, known, weights = tuple(map(str, parts["kinds"])), parts["known"], parts["weights"].astype(np.float32)
    if weights.shape != (len(known) + 1, 1 + 2 * len(kinds)) or parts["bias"].shape != (weights.shape[1],):
        raise ValueError(f"weights of the shape {weights.shape} for {len(known)} signs and {len(kinds)} kinds")
    return SpanTagger(kinds, known, weights, parts["bias"], _floats(parts["leans"]), _floats(parts["least"]))


def _floats(row: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in row.items()}


def best_path(scores: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """Return the likeliest tags of a row of words: none continues a kind that the tag before does not begin or continue.

    Tags are 0 for outside, then 1 + 2n "begins" and 2 + 2n "continues" for each kind n.
    """
    count, tags = scores.shape
    allowed = np.zeros((tags, tags))
    for number in range(2, tags, 2):
        allowed[:, number] = _NEVER
        allowed[[number - 1, number], number] = 0
    total = scores[0].astype(float).copy()
    total[2::2] = _NEVER
    back = np.zeros((count, tags), np.int64)
    for row in range(1, count):
        reach = total[:, None] + allowed
        back[row] = reach.argmax(axis=0)
        total = reach[back[row], np.arange(tags)] + scores[row]
    path = np.zeros(count, np.int64)
    path[-1] = int(total.argmax())
    for row in range(count - 1, 0, -1):
        path[row - 1] = back[row, path[row]]
    return path


def _stretches(path: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return first and last word, half-open, and number of the kind of each stretch of tags."""
    found: list[tuple[int, int, int]] = []
    for place, tag in enumerate(path.tolist()):
        if tag % 2:
            found.append((place, place + 1, tag // 2))
        elif tag:
            found[-1] = (found[-1][0], place + 1, found[-1][2])
    return found
