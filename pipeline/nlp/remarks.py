"""The remarks component: how a piece is put, and what figures and number of a list it has.

Comes in: a Doc whose pieces have their fields. Goes out: labelled pieces with `facets` and `remarks`. Refuses nothing. Nothing here is learnt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.languages.th.dates.calendar import arabic
from pipeline.languages.th.figures import TARGET, find_figures
from pipeline.languages.th.remarks import asks, hedges_in
from pipeline.nlp.pieces import text_of
from pipeline.records import FigureTold, Remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

_LIST_NUMBER = re.compile(r"(?:^|[\s(])(?P<number>[0-9๐-๙]{1,2})[.)]\s{0,3}$")
_LOOK_BACK = 8  # code points in which the mark of a list may stand before a piece


class RemarkFinder:
    """Give each labelled piece its facets and remarks."""

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        doc._.passages = [_remarked(doc, piece) if piece.label else piece for piece in doc._.passages]
        return doc


def _remarked(doc: Doc, piece: Piece) -> Piece:
    text = text_of(doc)
    words = text[piece.start : piece.end]
    figures = tuple(FigureTold(one.kind, words[one.start : one.end], one.first, one.second, one.unit, one.about) for one in find_figures(words))
    mark = _LIST_NUMBER.search(text[max(0, piece.start - _LOOK_BACK) : piece.start])
    remarks = Remarks(hedges_in(words), figures, int(arabic(mark["number"])) if mark else None)
    return replace(piece, facets=tuple(_facets(piece, words, remarks)), remarks=remarks)


def _facets(piece: Piece, words: str, remarks: Remarks) -> Iterator[str]:
    """Yield what a piece is beside its label: a standing practice, a question, an expectation that can be held against what came, a wish."""
    action = piece.action
    if action and action.state == "ongoing" and any(when.repeats for when in action.when):
        yield "practice"
    if piece.label == "issue" and asks(words):
        yield "question"
    if any(figure.kind == TARGET for figure in remarks.figures):
        yield "expectation"
    if action and action.strength == "wish":
        yield "wish"


@Language.factory("lessons_remarks")
def make_remark_finder(nlp: Language, name: str) -> RemarkFinder:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return RemarkFinder()
