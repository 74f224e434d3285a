"""The cutter, first component of the pipeline: it cuts a post's parts into pieces of one idea each.

Comes in: a Doc with its post and repaired text. Goes out: ``doc._.passages``, pieces with exact offsets that cross no line, list item or
speaker. Refuses nothing. It weighs every gap between two stretches of prose (weights learnt from the corpus) and takes the best division
of a line, given how long ideas usually are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.nlp.gaps import Line, Unit, can_cut, gap_features, lines_of, opens_heading
from pipeline.nlp.pieces import Part, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc

    from pipeline.records import Span

# The guideline: usually 30 to 300 characters; careful readers of real posts mark 105 at the median.
TYPICAL_LENGTH = 105
_LENGTH_SPREAD = 0.7  # of the logarithm of the length
_LENGTH_WEIGHT = 1.5
_LONGEST = 400
_BORDER_COST = 0.2  # log-odds that a gap must have before it is cut, length aside
_HEADING_BONUS = 2.5  # log-odds
_HOPELESS = -2.5  # log-odds under which a gap is not tried
_LENGTH_SCORES = [0.0] + [-0.5 * _LENGTH_WEIGHT * (math.log(length / TYPICAL_LENGTH) / _LENGTH_SPREAD) ** 2 for length in range(1, _LONGEST + 1)]


@dataclass(frozen=True, slots=True)
class CutterWeights:
    """Log-odds of a border for each feature of a gap, and for a gap without any."""

    bias: float
    features: Mapping[str, float]

    def log_odds(self, units: list[Unit], gap: int) -> float:
        """Return how far the features speak for a border behind unit number `gap`."""
        total = self.bias + sum(map(self.features.get, gap_features(units, gap), repeat(0.0)))
        return total + _HEADING_BONUS if opens_heading(units, gap) else total


def cut_line(line: Line, weights: CutterWeights) -> list[tuple[Unit, Unit]]:
    """Return the first and the last unit of each piece of a line, in order."""
    units = line.units
    possible = ((gap + 1, weights.log_odds(units, gap)) for gap in range(len(units) - 1) if can_cut(units, gap))
    borders = [(units_before, odds - _BORDER_COST) for units_before, odds in possible if odds > _HOPELESS]
    nodes = [0, *(border for border, _ in borders), len(units)]
    gains = [0.0, *(odds for _, odds in borders), 0.0]
    best, back = [0.0], [0]
    for j in range(1, len(nodes)):
        end = units[nodes[j] - 1].end
        top, source = -math.inf, j - 1
        for i in range(j - 1, -1, -1):
            length = end - units[nodes[i]].start
            if length > _LONGEST and i < j - 1:
                break
            score = best[i] + _LENGTH_SCORES[min(length, _LONGEST)]
            if score > top:
                top, source = score, i
        best.append(top + gains[j])
        back.append(source)
    cuts, j = [], len(nodes) - 1
    while j > 0:
        cuts.append((units[nodes[back[j]]], units[nodes[j] - 1]))
        j = back[j]
    return cuts[::-1]


def parts_of(doc: Doc) -> Iterator[tuple[Part, int | None, Span]]:
    """Return the parts of a post that are read, each with its comment's number, as spans of the Doc's text."""
    post, clean = doc._.post, doc._.clean
    if post.lead:
        yield "lead", None, clean.from_raw(post.lead.start, post.lead.end)
    for span in post.body:
        yield "body", None, clean.from_raw(span.start, span.end)
    for number, comment in enumerate(post.comments):
        yield "comment", number, clean.from_raw(comment.span.start, comment.span.end)


def doc_lines(doc: Doc) -> Iterator[tuple[Part, int | None, Line]]:
    """Return every line of every part of a post, in order."""
    words: list[str] = doc._.words
    starts = list(accumulate(map(len, words), initial=0))
    for part, comment, span in parts_of(doc):
        for line in lines_of(words, starts, span.start, span.end):
            yield part, comment, line


class Cutter:
    """Cut every part of a post into pieces."""

    def __init__(self, weights: CutterWeights) -> None:
        """Keep the weights."""
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Set the pieces of `doc`."""
        doc._.passages = [
            Piece(first.start, last.end, first.first_word, last.last_word, part, comment, number, line.marked)
            for number, (part, comment, line) in enumerate(doc_lines(doc))
            for first, last in cut_line(line, self.weights)
        ]
        return doc


@Language.factory("lessons_passages")
def make_cutter(nlp: Language, name: str) -> Cutter:  # noqa: ARG001 - spaCy passes both
    """Return a cutter without weights: it cuts by length alone until a model gives it some."""
    return Cutter(CutterWeights(0.0, {}))
