"""Our own words on the review pages, in Thai and English, from one file.

Comes in: the name of a word, and what stands in it. Goes out: the word in the reader's language. Refuses, as `KeyError`: a name that the file
has not.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.labels import label_set


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Return all words by language; a label that the file does not name is called as the label set calls it."""
    ours = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    labels = {"th": {f"label_{label.id}": label.thai for label in label_set()}, "en": {f"label_{label.id}": label.english for label in label_set()}}
    return {lang: labels[lang] | ours[lang] for lang in labels}


def word(lang: str, name: str, /, **values: object) -> str:
    """Return a word with the values in it.

    >>> word("th", "today", n=3, of=25)
    'วันนี้ 3/25'
    """
    return words()[lang][name].format(**values)
