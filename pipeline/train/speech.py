"""Learn to tell the writer's own words from told ones, from marked passages.

Comes in: marked passages of writers who teach, and of others. Goes out: `Speech`. Refuses nothing. How far the network is trusted is set on
writers from whom neither has learnt.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.signs import frequent, look_up
from pipeline.nlp.speech import WORDS_COUNT, Speech, hear
from pipeline.nlp.speech_signs import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.marked import Marked
    from pipeline.nlp.signs import Hashes
    from pipeline.nlp.speech import Heard

_RAREST = 3  # passages in which a sign must stand
_C = 0.1
_MEANINGLESS = 0.02  # log-odds
_LIKELY = 0.5
_TRUSTS = (0.0, 0.25, 0.5, 0.7, 1.0, 1.5)


def learn_speech(teaching: Sequence[Marked], validation: Sequence[Marked]) -> Speech:
    """Return the model."""
    heard, told = _heard(teaching), _told(teaching)
    signs = [np.concatenate([one.words, one.stands, after]) for one, after in zip(heard, _after(heard, told), strict=True)]
    known = frequent(signs, _RAREST)
    weights, bias = np.zeros(len(known) + 1, np.float32), -20.0
    if len(set(told.tolist())) > 1:
        fitted = LogisticRegression(C=_C, max_iter=500).fit(_matrix(heard, signs, known), told)
        weights[:-1], bias = fitted.coef_[0].astype(np.float16), float(fitted.intercept_[0])
    kept = np.abs(weights[:-1]) >= _MEANINGLESS
    return _with_trust(Speech(known[kept], np.append(weights[:-1][kept], np.float32(0.0)), bias, 0.0), validation)


def _heard(marked: Sequence[Marked]) -> list[Heard]:
    rows = (list(group) for _, group in groupby(marked, lambda row: id(row.doc)))
    return [one for group in rows for one in hear(group[0].doc, Page(group[0].doc), [row.piece for row in group])]


def _told(marked: Sequence[Marked]) -> NDArray[np.bool_]:
    return np.array([row.passage.voice == "quoted" for row in marked], bool)


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


def _with_trust(speech: Speech, marked: Sequence[Marked]) -> Speech:
    """Return the model with the trust in the network under which most passages are right; none where there is no network."""
    if not marked or any(row.doc._.tagged is None for row in marked):
        return speech
    heard, told = _heard(marked), _told(marked)
    return speech._replace(trust=max(_TRUSTS, key=lambda trust: int(((speech._replace(trust=trust).chances(heard) > _LIKELY) == told).sum())))
