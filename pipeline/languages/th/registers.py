"""The wordings by which the registers of a digest are filled: places, partners, practices, coined terms, after-action boxes.

Comes in: ``registers.toml`` beside this file. Goes out: compiled patterns and sets of words. Refuses nothing at run time: the tests read the file.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Side = Literal["before", "after"]


class PartnerWords(NamedTuple):
    """Words that say how a partner stands, and on which side of them the partner is named."""

    state: str
    side: Side
    words: re.Pattern[str]


class BoxWords(NamedTuple):
    """A box of the after-action card: its heading and its words within a sentence."""

    name: str
    heading: re.Pattern[str]
    words: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def wording(part: str, name: str) -> re.Pattern[str]:
    """Return the pattern of a name in a part of the file."""
    return re.compile(_table()[part][name])


@lru_cache(maxsize=64)
def words(part: str, name: str) -> frozenset[str]:
    """Return the words of a name in a part of the file."""
    return frozenset(_table()[part][name].split())


@lru_cache(maxsize=1)
def partner_words() -> tuple[PartnerWords, ...]:
    """Return how it is said that a partner is at the table, missing, or idle."""
    return tuple(PartnerWords(row["state"], row["side"], re.compile(row["words"])) for row in _table()["partner"])


@lru_cache(maxsize=1)
def boxes() -> tuple[BoxWords, ...]:
    """Return the boxes of the after-action card in their order."""
    opening = r"^[ \t]*(?:[-•*]|[0-9๐-๙]{1,2}[.)])?[ \t]*" + _table()["aar"]["headings"]
    return tuple(
        BoxWords(row["name"], re.compile(rf"{opening}(?:{row['heading']})[ \t]*(?:[:：]|$)", re.MULTILINE), re.compile(row["words"]))
        for row in _table()["box"]
    )
