"""One number for all that a model takes for granted about Thai.

Comes in: the data files of this folder and the repairs of spelling. Goes out: a hash that changes when any of them says something else, and
not when a remark in them does. Refuses nothing.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.languages.th.cues import cue_set
from pipeline.languages.th.spelling import REPAIRS
from pipeline.languages.th.tokens import genre_words
from pipeline.records import short_hash


@lru_cache(maxsize=1)
def rules_hash() -> str:
    """Return the hash of cues, borders, genre words and repairs: a model is good only for those that it was learnt with."""
    cues = [(cue.name, cue.votes, [pattern.pattern for pattern in cue.patterns]) for cue in cue_set()]
    borders = tomllib.loads((Path(__file__).parent / "borders.toml").read_text(encoding="utf-8"))
    repairs = [(repair.name, repair.pattern.pattern) for repair in REPAIRS]
    return short_hash(repr(cues), repr(borders), repr(genre_words()), repr(repairs))
