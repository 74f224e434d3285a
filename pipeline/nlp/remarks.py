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
from pipeline.languages.th.remarks import asks, hedges_in, is_outsider
from pipeline.nlp.pieces import parts_of, text_of
from pipeline.records import FigureTold, Remarks

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece
    from pipeline.records import ActionFields

_LIST_NUMBER = re.compile(r"(?:^|[\s(])(?P<number>[0-9๐-๙]{1,2})[.)]\s{0,3}$")
_LOOK_BACK = 8  # code points in which the mark of a list may stand before a piece


class RemarkFinder:
    """Give each labelled piece its facets and remarks."""

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        text = text_of(doc)
        outsiders = {number for _, number, span in parts_of(doc) if number is not None and is_outsider(text[span.start : span.end])}
        doc._.passages = [_remarked(doc, piece, outsiders) if piece.label else piece for piece in doc._.passages]
        return doc


def _remarked(doc: Doc, piece: Piece, outsiders: Container[int]) -> Piece:
    remarks = remarks_on(text_of(doc), piece.start, piece.end)
    if piece.voice == "commenter" and piece.comment in outsiders:
        remarks = replace(remarks, outsider=True)
    return piece._replace(facets=facets_of(piece.label, piece.action, text_of(doc)[piece.start : piece.end], remarks), remarks=remarks)


def remarks_on(text: str, start: int, end: int) -> Remarks:
    """Return the hedges and figures of a stretch of a text, and its number where it is an item of a list."""
    words = text[start:end]
    figures = tuple(FigureTold(one.kind, words[one.start : one.end], one.first, one.second, one.unit, one.about) for one in find_figures(words))
    mark = _LIST_NUMBER.search(text[max(0, start - _LOOK_BACK) : start])
    return Remarks(hedges_in(words), figures, int(arabic(mark["number"])) if mark else None)


def facets_of(label: str | None, action: ActionFields | None, words: str, remarks: Remarks) -> tuple[str, ...]:
    """Return what a stretch is beside its label: a standing practice, a question, an expectation that can be held against what came, a wish."""
    found = {
        "practice": action and action.state == "ongoing" and any(when.repeats for when in action.when),
        "question": label == "issue" and asks(words),
        "expectation": any(figure.kind == TARGET for figure in remarks.figures),
        "wish": action and action.strength == "wish",
    }
    return tuple(facet for facet, holds in found.items() if holds)


@Language.factory("lessons_remarks")
def make_remark_finder(nlp: Language, name: str) -> RemarkFinder:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return RemarkFinder()
