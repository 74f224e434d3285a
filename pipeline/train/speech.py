"""Learn to tell the writer's own words from told ones, and the author's answers from the comments of readers, from marked passages.

Comes in: marked passages of writers who teach, and of others. Goes out: `Speech`. Refuses nothing. How far the network is trusted is set on
writers from whom neither has learnt.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.replies import Talk, heard_of
from pipeline.nlp.signs import frequent, look_up
from pipeline.nlp.speech import WORDS_COUNT, Speech, hear
from pipeline.nlp.speech_signs import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.marked import Marked
    from pipeline.nlp.doc_words import Hashes
    from pipeline.nlp.speech import Heard

_RAREST = 3  # passages or comments in which a sign must stand
_SPEECH_C, _REPLIES_C = 0.2, 1.0
_MEANINGLESS = 0.02  # log-odds
_LIKELY = 0.5
_TRUSTS = (0.0, 0.25, 0.5, 0.7, 1.0, 1.5)


def learn_speech(teaching: Sequence[Marked], validation: Sequence[Marked]) -> Speech:
    """Return the model of told words."""
    speech = _learn(_heard(teaching), _told(teaching), _SPEECH_C)
    return _with_trust(speech, _heard(validation), _told(validation)) if _are_tagged(validation) else speech


def learn_replies(teaching: Sequence[Marked]) -> Speech:
    """Return the model of the author's answers; comments of which nobody marked a passage teach nothing."""
    return _learn(*_comments(teaching), _REPLIES_C)


def _learn(heard: Sequence[Heard], truth: NDArray[np.bool_], strength: float) -> Speech:
    signs = [np.concatenate([one.words, one.stands, after]) for one, after in zip(heard, _after(heard, truth), strict=True)]
    known = frequent(signs, _RAREST)
    weights, bias = np.zeros(len(known) + 1, np.float32), -20.0
    if len(set(truth.tolist())) > 1:
        fitted = LogisticRegression(C=strength, max_iter=500).fit(_matrix(heard, signs, known), truth)
        weights[:-1], bias = fitted.coef_[0].astype(np.float16), float(fitted.intercept_[0])
    kept = np.abs(weights[:-1]) >= _MEANINGLESS
    return Speech(known[kept], np.append(weights[:-1][kept], np.float32(0.0)), bias, 0.0)


def _are_tagged(marked: Sequence[Marked]) -> bool:
    return bool(marked) and all(row.doc._.tagged is not None for row in marked)


def _heard(marked: Sequence[Marked]) -> list[Heard]:
    return [one for group in _by_doc(marked) for one in hear(group[0].doc, Page(group[0].doc), [row.piece for row in group])]


def _by_doc(marked: Sequence[Marked]) -> Iterator[list[Marked]]:
    return (list(group) for _, group in groupby(marked, lambda row: id(row.doc)))


def _told(marked: Sequence[Marked]) -> NDArray[np.bool_]:
    return np.array([row.passage.voice == "quoted" for row in marked], bool)


def _comments(marked: Sequence[Marked]) -> tuple[list[Heard], NDArray[np.bool_]]:
    """Return the comments of which passages are marked in their writer's own voice, and whether that is the author's."""
    heard, own = [], []
    for group in _by_doc(marked):
        voices = {row.piece.comment: row.passage.voice for row in group if row.piece.comment is not None and row.passage.voice != "quoted"}
        talk = Talk(group[0].doc) if voices else None
        for number, voice in voices.items():
            assert talk is not None
            heard.append(heard_of(talk, number))
            own.append(voice == "reply")
    return heard, np.array(own, bool)


def _after(heard: Sequence[Heard], told: NDArray[np.bool_]) -> list[Hashes]:
    """Return for each passage the signs of how it follows the one before, as that truly is."""
    return [one.after_told if one.follows and told[place - 1] else one.after_own for place, one in enumerate(heard)]


def _matrix(heard: Sequence[Heard], signs: Sequence[Hashes], known: Hashes) -> sparse.csr_matrix:
    """Return a sparse matrix of known signs: words weigh less in longer passages, all other signs one each."""
    weights = [np.append(np.full(len(one.words), _weight(one)), np.ones(len(row) - len(one.words))) for one, row in zip(heard, signs, strict=True)]
    places = look_up(known, np.concatenate(signs))
    kept = places < len(known)
    ends = np.concatenate(([0], np.cumsum(kept)))[np.cumsum([0, *map(len, signs)])]
    return sparse.csr_matrix((np.concatenate(weights)[kept], places[kept], ends), shape=(len(signs), len(known)))


def _weight(one: Heard) -> float:
    return WORDS_COUNT / max(1.0, float(np.sqrt(len(one.words))))


def _with_trust(speech: Speech, heard: Sequence[Heard], truth: NDArray[np.bool_]) -> Speech:
    """Return the model with the trust in the network under which most are right."""
    return speech._replace(trust=max(_TRUSTS, key=lambda trust: int(((speech._replace(trust=trust).chances(heard) > _LIKELY) == truth).sum())))
