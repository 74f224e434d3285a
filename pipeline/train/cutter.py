"""Learn where an idea begins and ends.

Comes in: Docs of labelled posts with their gold spans. Goes out: `CutterWeights`, and for tagged Docs `BorderWeights`. Refuses nothing.
A gap inside a marked passage is no border, one at its edge is; what lies in unmarked text teaches nothing, since nobody marked ideas there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.gaps import Unit, can_cut, gap_features
from pipeline.nlp.passages import BorderWeights, CutterWeights, TaggedBorders, doc_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.records import Span

_C = 0.3  # strength of the fit; best on writers left out (0.1: ceiling 0.852, 0.3: 0.857, 1: 0.85)
_MEANINGLESS = 1e-3  # weights under this are not kept


def learn_cutter(docs: Sequence[Doc], marks: Sequence[Sequence[Span]]) -> CutterWeights:
    """Return the weights; `marks` are each Doc's gold spans, in code points of the Doc's text."""
    rows: list[dict[str, float]] = []
    borders: list[int] = []
    for doc, spans in zip(docs, marks, strict=True):
        for units in (line.units for _, _, line in doc_lines(doc)):
            for gap, border in _known_gaps(units, spans):
                rows.append(dict.fromkeys(gap_features(units, gap), 1.0))
                borders.append(border)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_C, max_iter=1_000).fit(vectorizer.fit_transform(rows), borders)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return CutterWeights(round(float(model.intercept_[0]), 3), {name: weight for name, weight in weights.items() if abs(weight) > _MEANINGLESS})


def learn_borders(docs: Sequence[Doc], marks: Sequence[Sequence[Span]], weights: CutterWeights) -> BorderWeights:
    """Return how the tags of Docs, of writers from whom nothing was learnt so far, are to be weighed beside the features of the gaps."""
    rows: list[tuple[float, ...]] = []
    borders: list[int] = []
    for doc, spans in zip(docs, marks, strict=True):
        seen = TaggedBorders(doc._.tagged)
        for units in (line.units for _, _, line in doc_lines(doc)):
            for gap, border in _known_gaps(units, spans):
                rows.append(seen.evidence(weights.log_odds(units, gap), units[gap + 1]))
                borders.append(border)
    model = LogisticRegression(C=1.0, max_iter=1_000).fit(rows, borders)
    return BorderWeights(round(float(model.intercept_[0]), 3), *(round(float(weight), 3) for weight in model.coef_[0]))


def _known_gaps(units: list[Unit], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the gaps of a line that the marks speak about, with 1 for a border; a mark's edge within a unit moves to the unit's edge."""
    first: set[int] = set()
    last: set[int] = set()
    inside: set[int] = set()
    for span in spans:
        held = [n for n, unit in enumerate(units) if 2 * (min(unit.end, span.end) - max(unit.start, span.start)) > unit.end - unit.start]
        if held:
            first.add(held[0])
            last.add(held[-1])
            inside.update(range(held[0], held[-1]))
    for gap in range(len(units) - 1):
        border = gap in last or gap + 1 in first
        if (border or gap in inside) and can_cut(units, gap):
            yield gap, int(border)
