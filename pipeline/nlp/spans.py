"""Find stretches of a kind in a passage: who shall do it, where, who speaks, what caused it; one small sequence model a family of kinds.

Comes in: the signs of the words of a stretch. Goes out: for each kind the stretches of words that are likely one, with their chance. Refuses
nothing: without a stretch over its threshold a kind stays empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.nlp.heads import COLUMNS, HEADS
from pipeline.nlp.signs import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Tagged
    from pipeline.nlp.signs import Hashes, Signs, Words

_NEVER, _NEVER_SEEN = -1e9, -10.0


class Stretch(NamedTuple):
    """Words of a stretch, half-open, that are of a kind, and how sure that is."""

    kind: str
    first: int
    last: int
    chance: float


class Thresholds(NamedTuple):
    """For each kind: `leans` are log-odds that it is given, `least` the mean chance that a stretch must reach, `trust` the weight of the network."""

    leans: Mapping[str, float] = {}
    least: Mapping[str, float] = {}
    trust: Mapping[str, float] = {}


class SpanTagger(NamedTuple):
    """A model of the tags outside, begins and continues of each of `kinds`: weights of the known signs, the last row for all others.

    `alone` holds where no network has read the words, `together` where one has.
    """

    kinds: tuple[str, ...]
    known: Hashes
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    alone: Thresholds
    together: Thresholds

    def find(self, rows: Hashes, seen: NDArray[np.float64] | None = None, by: Thresholds | None = None) -> list[Stretch]:
        """Return the stretches in the words with these signs, in their order; `seen` are the network's log-probabilities of their tags."""
        by = by or (self.alone if seen is None else self.together)
        scores = log_chances(self.weights[look_up(self.known, rows)].sum(axis=1) + self.bias)
        for number, kind in enumerate(self.kinds):
            own = slice(1 + 2 * number, 3 + 2 * number)
            scores[:, own] += by.leans.get(kind, 0.0)
            if seen is not None:
                scores[:, own] += by.trust.get(kind, 0.0) * (seen[:, own] - seen[:, :1])
        if (scores[:, 0] >= scores[:, 1:].max(axis=1)).all():
            return []  # outside is the likeliest everywhere
        path = best_path(scores)
        chances, found = np.exp(log_chances(scores)), []
        for first, last, number in _stretches(path):
            chance = float(chances[np.arange(first, last), path[first:last]].mean())
            if chance >= by.least.get(self.kinds[number], 0.0):
                found.append(Stretch(self.kinds[number], first, last, chance))
        return found

    def as_parts(self) -> dict[str, Any]:
        """Return what is kept on disk."""
        parts = {"kinds": list(self.kinds), "known": self.known, "weights": self.weights.astype(np.float16), "bias": self.bias}
        return {**parts, "alone": _plain(self.alone), "together": _plain(self.together)}


def _plain(one: Thresholds) -> list[Any]:
    return [dict(one.leans), dict(one.least), dict(one.trust)]


def tagger_of(parts: Mapping[str, Any]) -> SpanTagger:
    """Return the tagger of the parts that were kept.

    Raises:
        ValueError: when they do not fit each other.
    """
    kinds, known, weights = tuple(map(str, parts["kinds"])), parts["known"], parts["weights"].astype(np.float32)
    if weights.shape != (len(known) + 1, 1 + 2 * len(kinds)) or parts["bias"].shape != (weights.shape[1],):
        raise ValueError(f"weights of the shape {weights.shape} for {len(known)} signs and {len(kinds)} kinds")
    alone, together = (Thresholds(*map(_floats, parts[name])) for name in ("alone", "together"))
    return SpanTagger(kinds, known, weights, parts["bias"], alone, together)


def log_chances(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return the logarithms of the probabilities that rows of log-odds give."""
    top = scores - scores.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = top - np.log(np.exp(top).sum(axis=1, keepdims=True))
    return found


def network_tags(doc: Doc, words: Words, signs: Signs, head: str) -> NDArray[np.float64] | None:
    """Return what the network says of the tags of a stretch of words, None without one; words that it did not read are outside."""
    tagged: Tagged | None = doc._.tagged
    if tagged is None:
        return None
    starts = words.starts[signs.first : signs.last]
    places = np.clip(np.searchsorted(tagged.ends, starts, "right"), 0, max(0, len(tagged.starts) - 1))
    found = np.zeros((len(starts), len(HEADS[head])))
    found[:, 1:] = _NEVER_SEEN
    if len(tagged.starts):
        read = tagged.starts[places] < words.ends[signs.first : signs.last]
        found[read] = tagged.heads[places[read], COLUMNS[head]]
    return found


def _floats(row: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in row.items()}


def best_path(scores: NDArray[np.floating[Any]]) -> list[int]:
    """Return the likeliest row of tags: none continues a kind that the tag before does not begin or continue.

    Tags are 0 for outside, then 1 + 2n "begins" and 2 + 2n "continues" for each kind n. Any tag may follow any other but for that, so that the best
    way to a tag that continues comes from two tags, and to all others from the best tag before.

    >>> best_path(np.array([[0.0, 0.1, 0.9], [0.0, 0.1, 0.9], [0.9, 0.0, 0.0]]))
    [1, 2, 0]
    """
    rows: list[list[float]] = scores.tolist()
    tags = range(len(rows[0]))
    total = [_NEVER if tag and tag % 2 == 0 else rows[0][tag] for tag in tags]
    back: list[list[int]] = []
    for row in rows[1:]:
        best = total.index(max(total))
        source = [best if tag == 0 or tag % 2 else tag if total[tag] >= total[tag - 1] else tag - 1 for tag in tags]
        total = [total[source[tag]] + row[tag] for tag in tags]
        back.append(source)
    path = [total.index(max(total))]
    for source in reversed(back):
        path.append(source[path[-1]])
    return path[::-1]


def _stretches(path: list[int]) -> list[tuple[int, int, int]]:
    """Return first and last word, half-open, and number of the kind of each stretch of tags."""
    found: list[tuple[int, int, int]] = []
    for place, tag in enumerate(path):
        if tag % 2:
            found.append((place, place + 1, tag // 2))
        elif tag:
            found[-1] = (found[-1][0], place + 1, found[-1][2])
    return found
