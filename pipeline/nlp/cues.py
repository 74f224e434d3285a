"""The cue component, first of the pipeline: it notes the words that speak for a label, and can decide by them alone.

Comes in: a Doc with words. Goes out: ``doc._.hits``; the cutter gives each piece its own. Refuses nothing: a piece without a cue abstains.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.cues import cue_set, find_cues
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.languages.th.cues import Hit

_VOTES_AT_MOST = 6  # for one label of one piece: a long piece is no surer
_ENOUGH = 2  # one weak hit alone decides nothing


def cues_between(hits: Sequence[Hit], starts: Sequence[int], start: int, end: int) -> tuple[Hit, ...]:
    """Return the hits that lie whole within ``start:end``; `hits` stand in the order of the text, and `starts` are theirs."""
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return tuple(hit for hit in hits[first:last] if hit.end <= end) if first < last else ()


def vote(cues: tuple[Hit, ...]) -> tuple[str | None, float]:
    """Return the label that the cues speak for and their share of the votes; None when they abstain or only narrate.

    Each discourse function votes once, with the weight that the data file gives it.
    """
    totals: dict[str, int] = {}
    for number in {hit.cue for hit in cues}:
        cue = cue_set()[number]
        totals[cue.votes] = totals.get(cue.votes, 0) + cue.weight
    ranked = sorted((*label_ids(), OTHER), key=lambda label: -totals.get(label, 0))
    winner = ranked[0]
    if winner == OTHER or totals.get(winner, 0) < _ENOUGH:
        return None, 0.0
    return winner, totals[winner] / sum(totals.values())


def cue_votes(docs: Sequence[Doc], labels: Sequence[str]) -> NDArray[np.float64]:
    """Return for each piece of `docs` what its cues vote for each label: each discourse function once, with its weight, up to a ceiling."""
    rows = []
    for piece in (piece for doc in docs for piece in doc._.passages):
        totals = dict.fromkeys(labels, 0)
        for number in {hit.cue for hit in piece.cues}:
            if (label := cue_set()[number].votes) in totals:
                totals[label] += cue_set()[number].weight
        rows.append([min(_VOTES_AT_MOST, totals[label]) for label in labels])
    return np.array(rows, float).reshape(-1, len(labels))


class CueFinder:
    """Find the cues of a Doc: those that begin where a word begins (ร้าง is not in สร้าง)."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the hits of `doc`, in the order of its text."""
        doc._.hits = find_cues(text_of(doc), accumulate(map(len, doc._.words), initial=0))
        return doc


@Language.factory("lessons_cues")
def make_cue_finder(nlp: Language, name: str) -> CueFinder:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return CueFinder()
