"""Find stretches of a kind in a passage: who shall do it, where, who speaks, what caused it; one small sequence model a family of kinds.

Comes in: the signs of the words of a stretch. Goes out: for each kind the stretches of words that are likely one, with their chance. Refuses
nothing: without a stretch over its threshold a kind stays empty.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.heads import COLUMNS, HEADS
from pipeline.nlp.paths import best_tags
from pipeline.nlp.ranges import ranges
from pipeline.nlp.signs import index_of, look_up, signs_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.doc_words import Hashes, Words
    from pipeline.nlp.pieces import Piece, Tagged
    from pipeline.nlp.signs import Index, Signs

_NEVER_SEEN = -10.0
_AT_ONCE = 2**15  # code points whose words are looked at together: memory stays small however long a post is


class Stretch(NamedTuple):
    """Words of a stretch, half-open, that are of a kind, and how sure that is."""

    kind: str
    first: int
    last: int
    chance: float


class Found(NamedTuple):
    """What was found in and before a piece: the number of the first word that was looked at, and stretches that count from there."""

    first_word: int
    stretches: Sequence[Stretch]


NOTHING = Found(0, ())


class Thresholds(NamedTuple):
    """For each kind: `leans` are log-odds that it is given, `least` the mean chance that a stretch must reach, `trust` the weight of the network."""

    leans: Mapping[str, float] = {}
    least: Mapping[str, float] = {}
    trust: Mapping[str, float] = {}


class SpanTagger(NamedTuple):
    """A model of the tags outside, begins and continues of each of `kinds`: weights of the known signs, the last row for all others.

    `alone` holds where no network has read the words, `together` where one has; `finder` finds the known signs faster.
    """

    kinds: tuple[str, ...]
    known: Hashes
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    alone: Thresholds
    together: Thresholds
    finder: Index | None = None

    def find(self, rows: Hashes, seen: NDArray[np.float64] | None = None, by: Thresholds | None = None) -> list[Stretch]:
        """Return the stretches in the words with these signs, in their order; `seen` are the network's log-probabilities of their tags."""
        return self.find_each([rows], seen, by)[0]

    def find_each(self, rows: Sequence[Hashes], seen: NDArray[np.float64] | None = None, by: Thresholds | None = None) -> list[list[Stretch]]:
        """Return the stretches in each of some rows of words; `seen` has the words of all of them, one behind the other."""
        by = by or (self.alone if seen is None else self.together)
        if all(by.least.get(kind, 0.0) > 1 for kind in self.kinds):
            return [[] for _ in rows]  # no chance reaches what is asked
        scores = log_chances(self._weights_of(np.concatenate(rows)) + self.bias)
        for number, kind in enumerate(self.kinds):
            of_kind = slice(1 + 2 * number, 3 + 2 * number)
            scores[:, of_kind] += by.leans.get(kind, 0.0)
            if seen is not None:
                scores[:, of_kind] += by.trust.get(kind, 0.0) * (seen[:, of_kind] - seen[:, :1])
        ends = np.cumsum([len(row) for row in rows]).tolist()
        path = best_tags(scores, [0, *ends[:-1]])
        within = [[(start, *one) for one in _stretches(path[start:end])] for start, end in zip([0, *ends], ends, strict=False)]
        chances = iter(_means(scores, path, [(start + first, start + last) for own in within for start, first, last, _ in own]))
        found = [[Stretch(self.kinds[number], first, last, next(chances)) for _, first, last, number in own] for own in within]
        return [[one for one in own if one.chance >= by.least.get(one.kind, 0.0)] for own in found]

    def _weights_of(self, rows: Hashes) -> NDArray[np.float32]:
        """Return the sum of the weights of the signs of each word, added column by column: one array of all would be far larger."""
        total = np.zeros((len(rows), self.weights.shape[1]), np.float32)
        for column in look_up(self.known, rows.T, self.finder):
            total += self.weights.take(column, axis=0)
        return total

    def easier(self, kind: str, least: float) -> SpanTagger:
        """Return the tagger that also gives what of a kind is less likely; a kind that it never gives it still does not."""
        alone, together = (
            one._replace(least={**one.least, kind: min(one.least.get(kind, 0.0), least)} if one.least.get(kind, 0.0) <= 1 else one.least)
            for one in (self.alone, self.together)
        )
        return self._replace(alone=alone, together=together)

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
    return SpanTagger(kinds, known, weights, parts["bias"], alone, together, index_of(known))


def log_chances(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Return the logarithms of the probabilities that rows of log-odds give."""
    top = scores - scores.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = top - np.log(np.exp(top).sum(axis=1, keepdims=True))
    return found


def _means(scores: NDArray[np.float64], path: Sequence[int], stretches: Sequence[tuple[int, int]]) -> list[float]:
    """Return the mean chance of the tags of a path in each of some stretches of its words."""
    if not stretches:
        return []
    starts, ends = np.array(stretches).T
    words = ranges(starts, ends - starts)
    chances = np.exp(log_chances(scores[words])[np.arange(len(words)), np.asarray(path)[words]])
    means: list[float] = (np.add.reduceat(chances, np.cumsum(ends - starts) - (ends - starts)) / (ends - starts)).tolist()
    return means


def stretches_in(tagger: SpanTagger, work: Sequence[tuple[Doc, Sequence[Piece]]], head: str | None, before: int = 0) -> Iterator[Found]:
    """Yield for each piece of each Doc what was found in it and in up to so many words before it; `head` is the network's, if any."""
    return (found for (found,) in stretches_of_each([(tagger, head)], work, before))


def stretches_of_each(
    taggers: Sequence[tuple[SpanTagger, str | None]], work: Sequence[tuple[Doc, Sequence[Piece]]], before: int = 0
) -> Iterator[tuple[Found, ...]]:
    """Yield the same of several taggers, each with its head: the signs of the words are worked out once for all of them.

    Pieces are looked at many at a time: word by word, or piece by piece, numpy would only be called and called again.
    """
    pieces = [(doc, piece) for doc, own in work for piece in own]
    start = 0
    while start < len(pieces):
        end, size = start, 0
        while end < len(pieces) and size < _AT_ONCE:
            size += pieces[end][1].end - pieces[end][1].start
            end += 1
        yield from _found_in(taggers, pieces[start:end], before)
        start = end


def _found_in(taggers: Sequence[tuple[SpanTagger, str | None]], pieces: Sequence[tuple[Doc, Piece]], before: int) -> Iterator[tuple[Found, ...]]:
    together = [(doc, [piece for _, piece in own]) for doc, own in groupby(pieces, key=itemgetter(0))]
    signs = signs_of_all([(words_of_doc(doc), [(piece.start, piece.end) for piece in own]) for doc, own in together], before)
    read = [(doc, one) for (doc, _), one in zip(pieces, signs, strict=True) if one]
    rows, found = [one.rows for _, one in read], []
    for tagger, head in taggers if read else ():
        seen = [view for doc, one in read if head and (view := network_tags(doc, words_of_doc(doc), one, head)) is not None]
        found.append(tagger.find_each(rows, np.concatenate(seen) if seen else None))
    own = zip(*found, strict=True)
    return (tuple(Found(one.first, stretches) for stretches in next(own)) if one else (NOTHING,) * len(taggers) for one in signs)


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


def _stretches(path: list[int]) -> list[tuple[int, int, int]]:
    """Return first and last word, half-open, and number of the kind of each stretch of tags."""
    found: list[tuple[int, int, int]] = []
    for place, tag in enumerate(path) if any(path) else ():
        if tag % 2:
            found.append((place, place + 1, tag // 2))
        elif tag:
            found[-1] = (found[-1][0], place + 1, found[-1][2])
    return found
