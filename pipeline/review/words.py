"""Our own words on the review pages, in Thai and English, from one file.

Comes in: the name of a word, and what stands in it. Goes out: the word in the reader's language. Refuses, as `KeyError`: a name that the file
has not.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Return all words by language."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def word(lang: str, name: str, /, **values: object) -> str:
    """Return a word with the values in it.

    >>> word("th", "today", n=3, of=25)
    'วันนี้ 3/25'
    """
    return words()[lang][name].format(**values)
