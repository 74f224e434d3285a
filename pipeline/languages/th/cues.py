"""Cue words by discourse function: the data file as compiled patterns.

Comes in: ``cues.toml`` beside this file, owned by people of the trade. Goes out: `Cue` records, and hits in a text. Refuses a cue whose
patterns do not compile or that votes for no label, naming it. A cue that finds nothing abstains.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_GOES_ON = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ")  # signs that belong to the consonant before them
_LEADING_CHOICE = re.compile(r"\(\?:([^()]+)\)(?!\?)")
_OPENING = re.compile(r"[^\\^$.|?*+()\[\]{}]{1,3}(?![?*{])")  # the literal that a pattern begins with, up to three signs
_LONG_STRETCH = re.compile(r"[{*+]")
_NO_BARE_CHOICE = re.compile(r"\\.|\[[^\]]*\]|\([^()]*\)")


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


def _opening(pattern: str) -> str:
    """Return up to three signs that every hit of a pattern begins with; nothing where that is not plain to see.

    Nothing either where hits can be so long that one hides another which begins in it: such a pattern must be searched from the left.

    >>> [_opening(pattern) for pattern in ("ตกลง(?:กัน)?ว่า", "จะ?ต้อง", "[กข]", "กข|คง", "ยิ่ง[^ ]{1,30}ยิ่ง")]
    ['ตกล', 'จ', '', '', '']
    """
    bare, count = pattern, 1
    while count:
        bare, count = _NO_BARE_CHOICE.subn("", bare)
    found = None if "|" in bare or _LONG_STRETCH.search(pattern) else _OPENING.match(pattern)
    return found[0] if found else ""


@lru_cache(maxsize=1)
def _by_opening() -> Mapping[str, Sequence[tuple[int, re.Pattern[str]]]]:
    """Return the patterns, each with its cue's number, by their openings."""
    found = defaultdict(list)
    for number, cue in enumerate(cue_set()):
        for pattern in cue.patterns:
            found[_opening(pattern.pattern)].append((number, pattern))
    return found


@lru_cache(maxsize=2**14)
def _that_begin(signs: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Return the patterns whose opening the signs begin with."""
    return tuple(entry for length in range(1, 1 + len(signs)) for entry in _by_opening().get(signs[:length], ()))


def _breaks_syllable(text: str, end: int) -> bool:
    """Say whether a vowel or a tone mark follows, so that what was found is only the beginning of a syllable (ทำไม in ทำไม่)."""
    return text[end : end + 1] in _GOES_ON


def find_cues(text: str, starts: Iterable[int] | None = None) -> list[Hit]:
    """Return every hit of every cue, in the order of the text; only those that begin at one of `starts`, in order, where these are given.

    Looking at each place for the few patterns that begin so is far faster than searching the text for each of the hundreds of patterns.

    >>> [(cue_set()[hit.cue].name, hit.start) for hit in find_cues("ทีมตกลงกันว่าจะประชุมเดือนละครั้ง")]
    [('decision', 3), ('future', 13), ('recurrence', 21)]
    """
    places: Collection[int] = range(len(text)) if starts is None else dict.fromkeys(starts)  # both know quickly what is in them
    hits = []
    free: dict[tuple[int, re.Pattern[str]], int] = {}  # where the last hit of a pattern ended: its hits never overlap
    for place in places:
        for entry in _that_begin(text[place : place + 3]):
            match = entry[1].match(text, place)
            if match and place >= free.get(entry, 0) and not _breaks_syllable(text, match.end()):
                hits.append(Hit(entry[0], place, match.end()))
                free[entry] = match.end()
    for number, pattern in _by_opening().get("", ()):
        found = (match.span() for match in pattern.finditer(text))
        hits += [Hit(number, start, end) for start, end in found if start in places and not _breaks_syllable(text, end)]
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.cue))
    return hits
