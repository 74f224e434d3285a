"""Cue words by discourse function: the data files as compiled patterns.

Comes in: the files of ``functions/`` beside this one, owned by people of the trade and read in the order of their names. Goes out: `Cue`
records, and hits in a text. Refuses a cue whose patterns do not compile, that votes for no label or whose name is taken, naming it. A cue
that finds nothing abstains.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.errors import SettingsError
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.opening_tree import OpeningTree
from pipeline.languages.th.openings import openings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    _Numbered = tuple[int, int, Callable[[str, int], re.Match[str] | None]]

_IN_ORDER = attrgetter("start", "end", "cue")
_GOES_ON = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ")  # signs that belong to the consonant before them


@dataclass(frozen=True, slots=True)
class Cue:
    """A discourse function: the label it votes for, how strongly, the patterns that show it, and the kind of function that it is."""

    name: str
    votes: str
    weight: int
    patterns: tuple[re.Pattern[str], ...]
    family: str = ""


class Hit(NamedTuple):
    """Where a cue was found: its place in the list of cues, and the stretch of the text."""

    cue: int
    start: int
    end: int


@lru_cache(maxsize=1)
def cue_set() -> tuple[Cue, ...]:
    """Return the cues, file by file in the order of their names.

    Raises:
        SettingsError: when a cue votes for no label, has the name of another, or a pattern of it does not compile.
    """
    cues: dict[str, Cue] = {}
    for file in sorted((Path(__file__).parent / "functions").glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["cue"]:
            if row["votes"] not in (*label_ids(), OTHER):
                raise SettingsError(
                    en=f'{file.name}, cue "{row["name"]}": "votes" must be a label. Got "{row["votes"]}". Name one of labels.toml, or "other".',
                    th=f'{file.name} คำบ่งชี้ "{row["name"]}": "votes" ต้องเป็นป้ายที่มีใน labels.toml หรือ "other" แต่พบ "{row["votes"]}"',
                )
            if row["name"] in cues:
                raise SettingsError(
                    en=f'{file.name}, cue "{row["name"]}": a name must stand for one cue. Got it twice. Rename one.',
                    th=f'{file.name} คำบ่งชี้ "{row["name"]}": ชื่อต้องไม่ซ้ำกัน แต่พบสองครั้ง โปรดเปลี่ยนชื่อหนึ่งชื่อ',
                )
            cues[row["name"]] = Cue(row["name"], row["votes"], row["weight"], _compiled(row, file.name), row.get("family", ""))
    return tuple(cues.values())


def _compiled(row: dict[str, Any], file: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a cue."""
    try:
        return tuple(re.compile(pattern) for pattern in row["patterns"])
    except re.error as error:
        raise SettingsError(
            en=f'{file}, cue "{row["name"]}": each pattern must be a regular expression. Got "{error.pattern!s}" ({error.msg}). Correct the pattern.',
            th=f'{file} คำบ่งชี้ "{row["name"]}": ทุกรูปแบบต้องเป็น regular expression แต่พบ "{error.pattern!s}" ({error.msg}) โปรดแก้',
        ) from None


@lru_cache(maxsize=1)
def _tree() -> OpeningTree[_Numbered]:
    """Return the patterns, each with its number and its cue's, in the tree of what their hits begin with.

    Raises:
        SettingsError: when a pattern may begin with any sign, so that every place of a text would have to be tried.
    """
    patterns = [(place, pattern) for place, cue in enumerate(cue_set()) for pattern in cue.patterns]
    found: list[tuple[str, _Numbered]] = []
    for number, (cue, pattern) in enumerate(patterns):
        for opening in openings(pattern.pattern):
            if not opening:
                raise _without_opening(cue_set()[cue].name, pattern.pattern)
            found.append((opening, (number, cue, pattern.match)))
    return OpeningTree(found)


def _without_opening(name: str, pattern: str) -> SettingsError:
    return SettingsError(
        en=f'cue "{name}": a pattern must begin with signs of its own, or with a choice of them. Got "{pattern}". Name the words it begins with.',
        th=f'คำบ่งชี้ "{name}": รูปแบบต้องขึ้นต้นด้วยตัวอักษรที่แน่นอนหรือตัวเลือกของตัวอักษร แต่พบ "{pattern}" โปรดระบุคำที่ขึ้นต้น',
    )


def _breaks_syllable(text: str, end: int) -> bool:
    """Say whether a vowel or a tone mark follows, so that what was found is only the beginning of a syllable (ทำไม in ทำไม่)."""
    return text[end : end + 1] in _GOES_ON


def find_cues(text: str, starts: Iterable[int] | None = None) -> list[Hit]:
    """Return every hit of every cue, in the order of the text; only those that begin at one of `starts`, in order, where these are given.

    Looking at each place for the few patterns that begin so is far faster than searching the text for each of the thousands of patterns.

    >>> [(cue_set()[hit.cue].name, hit.start) for hit in find_cues("ทีมตกลงกันว่าจะประชุมเดือนละครั้ง")]
    [('team-will', 0), ('decision', 3), ('will-do', 13), ('appointment', 15), ('recurrence', 21)]
    """
    hits = []
    free: dict[int, int] = {}  # where the last hit of a pattern ended: its hits never overlap
    places = np.arange(len(text)) if starts is None else np.fromiter(starts, np.int64)
    for place, patterns in _tree().may_match(text, places):
        for number, cue, match in patterns:
            found = match(text, place)
            if found and place >= free.get(number, 0) and not _breaks_syllable(text, end := found.end()):
                hits.append(Hit(cue, place, end))
                free[number] = end
    hits.sort(key=_IN_ORDER)
    return hits
