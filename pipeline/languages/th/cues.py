"""Cue words by discourse function: the data file as compiled patterns.

Comes in: ``cues.toml`` beside this file, owned by people of the trade. Goes out: `Cue` records, and hits in a text. Refuses a cue whose
patterns do not compile or that votes for no label, naming it. A cue that finds nothing abstains.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.labels import OTHER, label_ids

_LEADING_CHOICE = re.compile(r"\(\?:([^()]+)\)(?!\?)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A discourse function: the label it votes for, how strongly, and the patterns that show it."""

    name: str
    votes: str
    weight: int
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a cue was found: its place in the list of cues, and the stretch of the text."""

    cue: int
    start: int
    end: int


def _open_choice(pattern: str) -> list[str]:
    """Split a pattern that begins with a choice: each branch then begins with a literal, which the engine finds far faster.

    >>> _open_choice("(?:วัน|เดือน)ละ")
    ['วันละ', 'เดือนละ']
    """
    choice = _LEADING_CHOICE.match(pattern)
    if not choice:
        return [pattern]
    return [branch + pattern[choice.end() :] for branch in choice[1].split("|")]


@lru_cache(maxsize=1)
def cue_set() -> tuple[Cue, ...]:
    """Return the cues in the order of the file."""
    file = Path(__file__).with_suffix(".toml")
    cues = []
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["cue"]:
        if row["votes"] not in (*label_ids(), OTHER):
            raise SettingsError(
                en=f'{file.name}, cue "{row["name"]}": "votes" must be a label. Got "{row["votes"]}" instead. Name one of labels.toml, or "other".',
                th=f'{file.name} คำบ่งชี้ "{row["name"]}": "votes" ต้องเป็นป้ายที่มีใน labels.toml หรือ "other" แต่พบ "{row["votes"]}"',
            )
        patterns = tuple(re.compile(branch) for pattern in row["patterns"] for branch in _open_choice(pattern))
        cues.append(Cue(row["name"], row["votes"], row["weight"], patterns))
    return tuple(cues)


def find_cues(text: str) -> list[Hit]:
    """Return every hit of every cue, in the order of the text.

    >>> [(cue_set()[hit.cue].name, hit.start) for hit in find_cues("ทีมตกลงกันว่าจะประชุมเดือนละครั้ง")]
    [('decision', 3), ('future', 13), ('recurrence', 21)]
    """
    hits = [Hit(number, *match.span()) for number, cue in enumerate(cue_set()) for pattern in cue.patterns for match in pattern.finditer(text)]
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.cue))
    return hits
