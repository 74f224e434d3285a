"""Whether a piece tells somebody else's words, weighed over the pieces of a part in their order: a speech goes on until somebody else speaks.

Comes in: the signs of the pieces of a part, and what a network says of them. Goes out: the chance of each. Refuses nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.strings import get_string_id

from pipeline.nlp.choices import network_view, signs_of_pieces
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.heads import OWN, QUOTED
from pipeline.nlp.signs import look_up
from pipeline.nlp.speech_signs import following_signs, speech_signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.doc_words import Hashes
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.speech_signs import Page

_hash = lru_cache(maxsize=2**13)(get_string_id)  # most signs have come before
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
        if not heard:
            return np.zeros(0)
        before, after_own, after_told = self._odds(heard)
        own, told = (1 / (1 + np.exp(-np.clip(before + after, -30, 30))) for after in (after_own, after_told))
        found = np.zeros(len(heard))
        for place, one in enumerate(heard):
            last = found[place - 1] if one.follows else 0.0
            found[place] = (1 - last) * own[place] + last * told[place]
        return found

    def _odds(self, heard: Sequence[Heard]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return the log-odds of each piece alone, and what following own words and told ones adds to them."""
        roots = np.sqrt([max(1, len(one.words)) for one in heard])
        words, stands, own, told = (
            self._sums(rows) for rows in zip(*((one.words, one.stands, one.after_own, one.after_told) for one in heard), strict=True)
        )
        seen = np.array([one.seen for one in heard])
        return WORDS_COUNT * words / roots + stands + self.bias + self.trust * seen, own, told

    def _sums(self, rows: Sequence[Hashes]) -> NDArray[np.float64]:
        """Return the sum of the weights of each of some rows of signs; all are looked up at once, and no row changes the sum of another."""
        weights = self.weights.take(look_up(self.known, np.concatenate(rows))).astype(float)
        lengths = np.array([*map(len, rows)])
        sums, full = np.zeros(len(rows)), np.flatnonzero(lengths)
        if len(full):
            sums[full] = np.add.reduceat(weights, (np.cumsum(lengths) - lengths)[full])
        return sums

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
    found, tagged = [], doc._.tagged
    signs = signs_of_pieces(words_of_doc(doc), pieces, [()] * len(pieces))
    for before, piece, words in zip([None, *pieces[:-1]], pieces, signs, strict=True):
        stands = speech_signs(page, piece)
        own, told = following_signs(page, before, piece, stands)
        view = network_view(tagged, piece, "voice", (OWN, QUOTED))
        seen = float(view[1] - view[0]) if view is not None else 0.0
        follows = before is not None and (before.part, before.comment) == (piece.part, piece.comment)
        found.append(Heard(words, sign_hashes(stands), sign_hashes(own), sign_hashes(told), seen, follows))
    return found


def sign_hashes(signs: Sequence[str]) -> Hashes:
    """Return the hashes of signs by name."""
    return np.fromiter(map(_hash, signs), np.uint64, len(signs))
