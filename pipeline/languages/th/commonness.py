"""How common a word is in Thai at large: how often the Thai National Corpus has it, as pythainlp counts it.

Comes in: a word. Goes out: its count, or whether it is rare. Refuses nothing: a word that the corpus has not, it has nought times.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pythainlp.corpus import tnc

if TYPE_CHECKING:
    from collections.abc import Mapping

_RARE = 500  # times in thirty million words


def is_rare(word: str) -> bool:
    """Say whether few writers need a word.

    >>> is_rare("จุรี"), is_rare("สาว")
    (True, False)
    """
    return count_of(word) <= _RARE


def count_of(word: str) -> int:
    """Return how often the corpus has a word."""
    return _counts().get(word, 0)


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, int]:
    return dict(tnc.word_freqs())
