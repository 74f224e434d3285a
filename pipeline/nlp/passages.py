"""The cutter: it cuts a post's parts into pieces of one idea each.

Comes in: a Doc with its post, its repaired text, its hits of cues and, where a tagger has read it, its tags. Goes out: ``doc._.passages``,
pieces with exact offsets that cross no line, list item or speaker, each with the cues in it. Refuses nothing. It weighs every gap between
two stretches of prose (weights learnt from the corpus) and takes the best division of a line, given how long ideas usually are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from pipeline.nlp.cues import cues_between
from pipeline.nlp.gaps import FEATURE_GROUPS, WORD_KINDS, Line, Prose, Unit, can_cut, feature_keys, lines_of, opens_heading, word_values
from pipeline.nlp.pieces import Piece, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.gaps import Names
    from pipeline.nlp.pieces import Part, Tagged


# The guideline: usually 30 to 300 characters; careful readers of real posts mark 105 at the median.
TYPICAL_LENGTH = 105
_LENGTH_SPREAD = 0.7  # of the logarithm of the length
_LENGTH_WEIGHT = 1.5
_LONGEST = 400
_BORDER_COST = 0.2  # log-odds that a gap must have before it is cut, length aside
_HEADING_BONUS = 2.5  # log-odds
_REMEMBERED = 2**13  # sums of a group
_NEVER_SURE = 1e-4
_HOPELESS = -2.5  # log-odds under which a gap is not tried
_MARGIN = 0.4  # of a piece that may be cut off its front and back together: what is left stands in the same place as before
NEVER = 2.0  # more than any chance
_HELD = 0.5  # mean chance of lying inside that what is left must have
_LENGTH_SCORES = [0.0] + [-0.5 * _LENGTH_WEIGHT * (math.log(length / TYPICAL_LENGTH) / _LENGTH_SPREAD) ** 2 for length in range(1, _LONGEST + 1)]


@dataclass(frozen=True)
class CutterWeights:
    """Log-odds of a border for each feature of a gap, and for a gap without any."""

    bias: float
    features: Mapping[str, float]

    def log_odds(self, units: list[Unit], gap: int) -> float:
        """Return how far the features speak for a border behind unit number `gap`."""
        l1, l2, l3, ll, r1, r2, r3, rr, lr = [known.get(value, 0.0) for known, value in zip(self._words, word_values(units, gap), strict=True)]
        spoken = (l1 + l2 + l3 + ll) + (r1 + r2 + r3 + rr) + lr
        for sums, key in zip(self._sums, feature_keys(units, gap), strict=True):
            spoken += sums[key]
        total = self.bias + spoken
        return total + _HEADING_BONUS if opens_heading(units, gap) else total

    @cached_property
    def _words(self) -> list[dict[str | None, float]]:
        """Return the weights of each kind of words."""
        found: dict[str, dict[str | None, float]] = {kind: {} for kind in WORD_KINDS}
        for name, weight in self.features.items():
            kind, _, value = name.partition("=")
            if kind in found:
                found[kind][value] = weight
        return list(found.values())

    @cached_property
    def _sums(self) -> tuple[_Sums, ...]:
        return tuple(_Sums(names, self.features) for names in FEATURE_GROUPS)


class _Sums(dict[tuple[object, ...], float]):
    """The sums of the weights of one group of features, by what the group is asked; they are remembered, for the same words meet again and again."""

    def __init__(self, names: Names, features: Mapping[str, float]) -> None:
        super().__init__()
        self._names, self._features = names, features

    def __missing__(self, key: tuple[object, ...]) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = found = sum(map(self._features.get, self._names(*key), repeat(0.0)))
        return found


@dataclass(frozen=True, slots=True)
class BorderWeights:
    """How the tagger's view of a gap is weighed beside the features of the gap; all of them speak of log-odds but `change` and `bias`.

    `outside` is the mean chance of lying outside from which the front or the back of a piece is cut off; `NEVER` leaves all pieces whole.
    """

    bias: float
    gap: float
    begins: float
    continues: float
    change: float
    outside: float = NEVER

    def log_odds(self, seen: Sequence[float]) -> float:
        """Return the log-odds of a border from the four figures of `border_evidence`."""
        gap, begins, continues, change = seen
        return self.bias + self.gap * gap + self.begins * begins + self.continues * continues + self.change * change


class TaggedBorders:
    """What a tagger says of the borders in one Doc."""

    def __init__(self, tagged: Tagged) -> None:
        """Work out for each word how likely it begins or continues a passage, or stands outside."""
        chances = np.exp(tagged.chances)
        labels = (chances.shape[1] - 1) // 2
        self._starts = tagged.starts
        self._begins = _logit(chances[:, 1 : 1 + labels].sum(axis=1))
        self._continues = _logit(chances[:, 1 + labels :].sum(axis=1))
        self._change = np.abs(np.diff(chances[:, 0], prepend=1.0))
        sizes = tagged.ends - tagged.starts
        self._sizes, self._inside = (np.concatenate(([0.0], np.cumsum(part))) for part in (sizes, sizes * (1.0 - chances[:, 0])))

    def evidence(self, gap_odds: float, unit: Unit) -> tuple[float, float, float, float]:
        """Return the log-odds of the gap before a unit, those that its first word begins or continues a passage, and the change of "outside"."""
        place = int(np.searchsorted(self._starts, unit.start))
        if place >= len(self._starts):
            return gap_odds, 0.0, 0.0, 0.0
        return gap_odds, float(self._begins[place]), float(self._continues[place]), float(self._change[place])

    def inside(self, start: int, end: int) -> float:
        """Return the mean chance of the characters of a stretch to lie in a passage."""
        first, last = np.searchsorted(self._starts, (start, end))
        return float((self._inside[last] - self._inside[first]) / max(1.0, self._sizes[last] - self._sizes[first]))


def without_margins(line: Line, cuts: list[tuple[Unit, Unit]], inside: Callable[[int, int], float], outside: float) -> list[tuple[Unit, Unit]]:
    """Return the pieces of a line with the front and the back of each as pieces of their own where they lie outside: a lead-in, an aside behind."""
    units, found = line.units, []
    place = 0
    for _, last in cuts:
        first = place
        while units[place].end != last.end:
            place += 1
        place += 1
        gaps = [gap + 1 for gap in range(first, place - 1) if can_cut(units, gap)]
        bounds = _margins(units, [first, *gaps, place], inside, outside) if gaps else (first, place)
        found += [(units[a], units[b - 1]) for a, b in pairwise((first, *bounds, place)) if a < b]
    return found


def _margins(units: list[Unit], nodes: list[int], inside: Callable[[int, int], float], outside: float) -> tuple[int, int]:
    """Return where what is left of a piece begins and ends: the longest front goes first, then the longest back."""
    first, last = nodes[0], nodes[-1]
    start, end = units[first].start, units[last - 1].end
    room = _MARGIN * (end - start)
    for node in reversed(nodes[1:-1]):
        begin = units[node].start
        if begin - start <= room and 1 - inside(start, begin) >= outside and inside(begin, end) >= _HELD:
            first, room = node, room - (begin - start)
            break
    begin = units[first].start
    for node in nodes[1:-1]:
        behind = units[node].start
        if node > first and end - behind <= room and 1 - inside(behind, end) >= outside and inside(begin, units[node - 1].end) >= _HELD:
            return first, node
    return first, last


def _logit(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = np.log((chances + _NEVER_SURE) / (1 - chances + _NEVER_SURE))
    return found


def cut_line(line: Line, log_odds: Callable[[list[Unit], int], float]) -> list[tuple[Unit, Unit]]:
    """Return the first and the last unit of each piece of a line, in order; `log_odds` weighs the gap behind a unit."""
    units = line.units
    if len(units) == 1:
        return [(units[0], units[0])]
    possible = ((gap + 1, log_odds(units, gap)) for gap in range(len(units) - 1) if can_cut(units, gap))
    borders = [(units_before, odds - _BORDER_COST) for units_before, odds in possible if odds > _HOPELESS]
    nodes = [0, *(border for border, _ in borders), len(units)]
    gains = [*(odds for _, odds in borders), 0.0]
    back = _ways_back([units[node].start for node in nodes[:-1]], [units[node - 1].end for node in nodes[1:]], gains)
    cuts, j = [], len(nodes) - 1
    while j > 0:
        cuts.append((units[nodes[back[j]]], units[nodes[j] - 1]))
        j = back[j]
    return cuts[::-1]


def _ways_back(starts: list[int], ends: list[int], gains: list[float]) -> list[int]:
    """Return for each border the one before it on the best way there; at `starts` a piece begins behind each, at `ends` one ends before the next."""
    best, back = [0.0], [0]
    for j, end in enumerate(ends):
        source, lowest = j, end - _LONGEST
        top = best[j] + _LENGTH_SCORES[min(end - starts[j], _LONGEST)]
        for i in range(j - 1, -1, -1):
            start = starts[i]
            if start < lowest:
                break
            score = best[i] + _LENGTH_SCORES[end - start]
            if score > top:
                top, source = score, i
        best.append(top + gains[j])
        back.append(source)
    return back


def doc_lines(doc: Doc) -> Iterator[tuple[Part, int | None, Line]]:
    """Return every line of every part of a post, in order."""
    words: list[str] = doc._.words
    prose = Prose(text_of(doc), words, list(accumulate(map(len, words), initial=0)))
    for part, comment, span in parts_of(doc):
        for line in lines_of(prose, span.start, span.end):
            yield part, comment, line


class Cutter:
    """Cut every part of a post into pieces."""

    def __init__(self, weights: CutterWeights, borders: BorderWeights | None = None) -> None:
        """Keep the weights; those of the borders count where a Doc has been tagged."""
        self.weights = weights
        self.borders = borders

    def __call__(self, doc: Doc) -> Doc:
        """Set the pieces of `doc`."""
        cut, hits = self._cut(doc), doc._.hits
        starts = [hit.start for hit in hits]
        doc._.passages = [
            Piece(
                *(first.start, last.end, first.first_word, last.last_word, part, comment, number, line.marked),
                cues=cues_between(hits, starts, first.start, last.end),
            )
            for number, (part, comment, line) in enumerate(doc_lines(doc))
            for first, last in cut(line)
        ]
        return doc

    def _cut(self, doc: Doc) -> Callable[[Line], list[tuple[Unit, Unit]]]:
        if self.borders is None or doc._.tagged is None:
            return lambda line: cut_line(line, self.weights.log_odds)
        weights, borders, seen = self.weights, self.borders, TaggedBorders(doc._.tagged)

        def log_odds(units: list[Unit], gap: int) -> float:
            return borders.log_odds(seen.evidence(weights.log_odds(units, gap), units[gap + 1]))

        if borders.outside >= NEVER:
            return lambda line: cut_line(line, log_odds)
        return lambda line: without_margins(line, cut_line(line, log_odds), seen.inside, borders.outside)


@Language.factory("lessons_passages")
def make_cutter(nlp: Language, name: str) -> Cutter:  # noqa: ARG001 - spaCy passes both
    """Return a cutter without weights: it cuts by length alone until a model gives it some."""
    return Cutter(CutterWeights(0.0, {}))
