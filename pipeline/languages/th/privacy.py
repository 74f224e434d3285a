"""The words beside which personal data stands in Thai prose, and those that say who is no private person.

Comes in: ``privacy.toml`` beside this file. Goes out: compiled patterns and sets of words. Refuses nothing at run time: the tests read the file.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def cue(part: str, name: str) -> str:
    """Return a regular expression of a part of the file."""
    return str(_table()[part][f"{name}_re"])


@lru_cache(maxsize=16)
def people(name: str) -> frozenset[str]:
    """Return a set of words about people: officials, formal and open titles, nicknames, and what is no name."""
    found = _table()["names"][name]
    return frozenset(found.split() if isinstance(found, str) else found)


@lru_cache(maxsize=1)
def former() -> re.Pattern[str]:
    """Return what stands before an office that somebody no longer holds."""
    return re.compile(cue("names", "former"))
