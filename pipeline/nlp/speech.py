"""Whether a piece tells somebody else's words, weighed over the pieces of a part in their order: a speech goes on until somebody else speaks.

Comes in: the signs of the pieces of a part, and what a network says of them. Goes out: the chance of each. Refuses nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.strings import get_string_id

from pipeline.nlp.choices import network_view, piece_signs
from pipeline.nlp.heads import OWN, QUOTED
from pipeline.nlp.signs import look_up, words_of_doc
from pipeline.nlp.speech_signs import following_signs, speech_signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Hashes
    from pipeline.nlp.speech_signs import Page

WORDS_COUNT = 3.0  # how much all words of a piece together weigh beside one sign of how it stands there, before anything is learnt


class Heard(NamedTuple):
    """What is known of a piece: the hashes of its words, those of how it stands, and of how it follows own words or told ones.

    `seen` is the network's log-odds that the words are told, nought without one; `follows` says that a piece of the same part stands before.
    """

    words: Hashes
    stands: Hashes
    after_own: Hashes
    after_told: Hashes
    seen: float
    follows: bool


class Speech(NamedTuple):
    """A logistic regression: `weights` has a row for each known sign and a nought for all others; `trust` is the weight of the network beside it."""

    known: Hashes
    weights: NDArray[np.float32]
    bias: float
    trust: float

    def chances(self, heard: Sequence[Heard]) -> NDArray[np.float64]:
        """Return the chance of each piece to tell somebody else's words, given the pieces before it in its part."""
        odds = np.array([self._odds(one) for one in heard], float).reshape(-1, 2)
        found = np.zeros(len(heard))
        for place, one in enumerate(heard):
            told = found[place - 1] if one.follows else 0.0
            after_own, after_told = 1 / (1 + np.exp(-np.clip(odds[place], -30, 30)))
            found[place] = (1 - told) * after_own + told * after_told
        return found

    def _odds(self, one: Heard) -> tuple[float, float]:
        words = WORDS_COUNT * self._sum(one.words) / max(1.0, np.sqrt(len(one.words)))
        stands = words + self._sum(one.stands) + self.bias + self.trust * one.seen
        return stands + self._sum(one.after_own), stands + self._sum(one.after_told)

    def _sum(self, signs: Hashes) -> float:
        return float(self.weights[look_up(self.known, signs)].sum())

    def as_parts(self) -> dict[str, Any]:
        """Return what is kept on disk."""
        return {"known": self.known, "weights": self.weights.astype(np.float16), "bias": self.bias, "trust": self.trust}


def speech_of(parts: Mapping[str, Any]) -> Speech:
    """Return the model of the parts that were kept.

    Raises:
        ValueError: when they do not fit each other.
    """
    known, weights = parts["known"], parts["weights"].astype(np.float32)
    if weights.shape != (len(known) + 1,):
        raise ValueError(f"weights of the shape {weights.shape} for {len(known)} signs")
    return Speech(known, weights, float(parts["bias"]), float(parts["trust"]))


def hear(doc: Doc, page: Page, pieces: Sequence[Piece]) -> list[Heard]:
    """Return what is known of labelled pieces of a Doc, which stand in their order."""
    words = words_of_doc(doc)
    found = []
    for before, piece in pairwise([None, *pieces]):
        assert piece is not None
        stands = speech_signs(page, piece)
        own, told = (following_signs(page, before, piece, stands, told=told) for told in (False, True))
        view = network_view(doc, piece, "voice", (OWN, QUOTED))
        seen = float(view[1] - view[0]) if view is not None else 0.0
        follows = before is not None and (before.part, before.comment) == (piece.part, piece.comment)
        found.append(Heard(piece_signs(words, piece), _hashes(stands), _hashes(own), _hashes(told), seen, follows))
    return found


def _hashes(signs: Sequence[str]) -> Hashes:
    return np.fromiter(map(get_string_id, signs), np.uint64, len(signs))
