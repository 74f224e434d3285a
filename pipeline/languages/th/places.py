"""Places of Thai local work in a text: tambon, district, municipality, village, หมู่ with its number.

Comes in: a text. Goes out: `Place`, where it stands and its name with the level in one form: ต.บางใหญ่, ตำบลบางใหญ่ and อบต.บางใหญ่ are one place.
Refuses nothing: a level without a name is no place, and อ. alone is as often a teacher, so it counts only beside another place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.dates.calendar import arabic
from pipeline.languages.th.names import find_names
from pipeline.languages.th.registers import words
from pipeline.languages.th.tokens import stop_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEVELS = {
    "ต.": r"ตำบล|ต\.(?<![ก-๙.]ต\.)|อบต\.|องค์การบริหารส่วนตำบล",
    "อ.": r"อำเภอ|อ\.(?<![ก-๙.]อ\.)",
    "เทศบาล": r"เทศบาล(?:ตำบล|เมือง|นคร)?|ท[ตมน]\.(?<![ก-๙.]ท..)",
    "บ้าน": r"(?:หมู่บ้าน|ชุมชน)(?:บ้าน)?|บ้าน",
    "หมู่": r"หมู่(?:ที่|บ้านที่)?|ม\.(?<![ก-๙.]ม\.)",
}
_NAMES = dict(zip(_LEVELS, ("ตำบล", "อำเภอ", "เทศบาล", "บ้าน", "หมู่"), strict=True))
_LEVEL = re.compile("|".join(_LEVELS.values()))  # in no group: then what begins otherwise is passed over
_WHICH_LEVEL = re.compile("|".join(f"(?P<{name}>{_LEVELS[level]})" for level, name in _NAMES.items()))
_BY_NAME = {name: level for level, name in _NAMES.items()}
_HOUSE = re.compile(r"(?:โรงเรียน|รพ\.สต\.|สถานีอนามัย|อนามัย)(?:บ้าน|วัด)?|วัด")
_RUN = re.compile(r"[ \t]?(?P<run>[ก-ฮเ-ไ][ก-๎]{2,39})")
_NUMBER = re.compile(r"[ \t]?(?P<number>[0-9๐-๙]{1,2})(?![0-9๐-๙])(?![ \t]?(?:หมู่|ตำบล|คน|บ้าน|แห่ง))")
_BESIDE = re.compile(r"(?:ต\.|ตำบล|บ้าน|อบต\.)[ \t]?[ก-๎]{2,24}[ \t]?$")
_HIGHER_NEXT = re.compile(r"[ \t]?(?:อ\.|อำเภอ|จ\.|จังหวัด)[ \t]?[ก-ฮเ-ไ]")
_MOST_WORDS = 4  # of a name
STEM = 4  # code points with which a name begins
_LEVELS_END = (
    "ตำบล",
    "ต.",
    "อำเภอ",
    "อ.",
    "เทศบาล",
    "เมือง",
    "นคร",
    "ม.",
    "น.",
    "บ้าน",
    "ชุมชน",
    "วัด",
    "โรงเรียน",
    "อนามัย",
)  # what stands right before a name
# The last sign of a level is not passed over: another may begin with it.
_STEM_OF_NAME = re.compile("|".join(rf"{re.escape(one[:-1])}(?={re.escape(one[-1])}[ \t]?(.{{{STEM}}}))" for one in _LEVELS_END))


class Place(NamedTuple):
    """A place in a text, half-open; `name` is the level's short form and the name, as ต.บางใหญ่ or หมู่ 4.

    `sure` is not said of a name that may be no name, or whose end is a guess: another mention must bear it out.
    """

    start: int
    end: int
    level: str
    name: str
    sure: bool


def find_places(text: str) -> Iterator[Place]:
    """Yield the places of a text in its order.

    >>> [place.name for place in find_places("ไปประชุมที่ตำบลหนองเสือกับ อบต.ดอนกลาง และหมู่ที่ ๔ ทุกตำบลต้องมา") if place.sure]
    ['ต.หนองเสือ', 'ต.ดอนกลาง', 'หมู่ 4']
    """
    free = 0
    for found in _LEVEL.finditer(text):
        if found.start() < free:
            continue
        which = _WHICH_LEVEL.match(text, found.start())
        level = _BY_NAME[str(which and which.lastgroup)]
        place = _numbered(text, found) if level == "หมู่" else _named(text, found, level)
        if place:
            yield place
            free = place.end


def stems_of_places(text: str) -> frozenset[str]:
    """Return how names of places that a text may give with their level begin: told in one going-through, where `find_places` reads all of it.

    >>> sorted(stems_of_places("ไป ต. ดอนกลาง ในอำเภอนาดี"))
    ['ดอนก', 'นาดี']
    """
    return frozenset(found[found.lastindex or 0] for found in _STEM_OF_NAME.finditer(text))


def named_with_house(text: str) -> Iterator[str]:
    """Yield the names of places that a temple, a school or a health station of a text bears: it is where they stand.

    >>> list(named_with_house("ครูโรงเรียนบ้านหนองเสือกับหมอ รพ.สต.หัวคู ไปวัดมาแล้ว"))
    ['หนองเสือ', 'หัวคู']
    """
    for found in _HOUSE.finditer(text):
        if name := name_behind(text, found.end()):
            yield name


def name_behind(text: str, end: int) -> str:
    """Return the name of a place that is written right behind a word, as in วัดหนองเสือ; empty where none is.

    >>> name_behind("พระครูวัดหนองเสือมาด้วย", 9), name_behind("ไปวัดมาแล้ว", 5)
    ('หนองเสือ', '')
    """
    run = _RUN.match(text, end)
    if run is None or run.start("run") > end or not _may_open(run["run"]):
        return ""
    tokens = words_of(run["run"])
    name, ended = _name(tokens, opened=tokens[0] in words("places", "openers"))
    return name if ended and tokens[0] in words("places", "openers") and name != tokens[0] else ""


def _may_open(run: str) -> bool:
    return run.startswith(_openers())


@lru_cache(maxsize=1)
def _openers() -> tuple[str, ...]:
    return tuple(sorted(words("places", "openers")))


def _numbered(text: str, found: re.Match[str]) -> Place | None:
    number = _NUMBER.match(text, found.end())
    return Place(found.start(), number.end(), "หมู่", f"หมู่ {int(arabic(number['number']))}", sure=True) if number else None


def _named(text: str, found: re.Match[str], level: str) -> Place | None:
    run = _RUN.match(text, found.end())
    if run is None or (level == "บ้าน" and not _may_open(run["run"])):
        return None
    tokens = words_of(run["run"])
    opened = tokens[0] in words("places", "openers") and not (level == "บ้าน" and tokens[0] in stop_words() - {"บาง"})  # บ้านเขา: his house
    if not opened and (level == "บ้าน" or run.start("run") > run.start() or _is_ordinary(tokens[0])):
        return None  # บ้าน is a word of every day, and what a space divides from its level is seldom its name
    name, ended = _name(tokens, opened=opened)
    end = run.start("run") + len(name)
    named = opened or found[0] == "ต." or bool(_HIGHER_NEXT.match(text, end))
    beside = bool(_BESIDE.search(text[max(0, found.start() - 40) : found.start()])) or bool(_HIGHER_NEXT.match(text, end))
    if name == tokens[0] and (opened or name in words("places", "generic")):
        return None
    return Place(found.start(), end, level, level + name, sure=ended and (beside or (named and found[0] != "อ.")))


def _is_ordinary(word: str) -> bool:
    """Say whether a word that stands behind a level is no name: a word without matter of its own, a person, or one that goes on."""
    return word in stop_words() or word in words("places", "after") or word in words("places", "generic") or any(find_names(word, [0]))


def _name(tokens: list[str], *, opened: bool) -> tuple[str, bool]:
    """Return the name that a run of letters opens with, and whether its end is no guess."""
    whole = len(tokens) <= _MOST_WORDS
    name, doubtful = "", False
    for place, token in enumerate(tokens[:_MOST_WORDS]):
        goes_on = token in stop_words() or token in words("places", "after")
        if place == 1 and opened and goes_on:
            doubtful = len(tokens) > place + 1  # ดอนใน is a name, and ดอนใน… may be one
        elif place and goes_on:
            return name, not doubtful
        name += token
    return name, whole and not doubtful
