"""Names of those who act and of where: titles, offices, KM roles, groups, pronouns, agencies with their aliases, places, verbs that report speech.

Comes in: the lists beside this file (``people.toml``, ``agencies.csv``) and pythainlp's provinces and first names. Goes out: `Name`, where a text
holds one of them. Refuses nothing: a word that is in no list is no name here. An alias leads to the full name of its agency; people are only
known by their titles, and never merged.
"""

from __future__ import annotations

import csv
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pythainlp.corpus import provinces
from pythainlp.corpus.common import thai_family_names, thai_female_names, thai_male_names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

KINDS = ("agency", "title", "office", "role", "group", "pronoun", "reporting", "place", "level", "venue")
_LISTS = {
    "titles": "title",
    "offices": "office",
    "roles": "role",
    "groups": "group",
    "pronouns": "pronoun",
    "reporting": "reporting",
    "venues": "venue",
}
_LEVELS = ("ต.", "ตำบล", "อ.", "อำเภอ", "จ.", "จังหวัด", "บ้าน", "หมู่ที่", "หมู่บ้าน", "หมู่", "ม.", "เขต", "ชุมชน", "เทศบาล")
_GOES_ON = frozenset("ะัาำิีึืฺุู็่้๊๋์ํๅ")
_FIRST, OPENING = 2, 4  # signs by which the lists are ordered, and by which a place of a text is looked up
_REMEMBERED = 2**15
_BEHIND_ROLE = "ตำบล|อำเภอ|จังหวัด|หมู่บ้าน|ครัวเรือน|พื้นที่|ทุก|แต่ละ|ทั้ง|และ|กับ"  # what is not the rest of a person's name
_SPACES = re.compile(r"\s")


class Name(NamedTuple):
    """A name of a kind in a text, half-open; `full` is the agency's full name where it stands under an alias, else as written."""

    kind: str
    start: int
    end: int
    full: str


class _Listed(NamedTuple):
    written: str
    kind: str
    full: str


@lru_cache(maxsize=1)
def agencies() -> Mapping[str, str]:
    """Return the full name of each agency by its name and by each of its aliases."""
    found: dict[str, str] = {}
    with (Path(__file__).parent / "agencies.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for written in (row["name"], *filter(None, row["aliases"].split(" / "))):
                found.setdefault(written.strip(), row["name"])
    return found


@lru_cache(maxsize=1)
def _people() -> Mapping[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def roles() -> tuple[str, ...]:
    """Return the roles of knowledge management, shortest first: คุณอำนวย before คุณอำนวยตำบล."""
    return tuple(sorted(_people()["roles"], key=len))


@lru_cache(maxsize=1)
def titles() -> tuple[str, ...]:
    """Return what stands before the name of a person, longest first: ผู้ใหญ่บ้าน before ผู้ใหญ่."""
    return tuple(sorted(_people()["titles"], key=len, reverse=True))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return the Thai first names that pythainlp knows, but for the shortest, which are words."""
    return frozenset(name for name in (*thai_female_names(), *thai_male_names()) if len(name) > 2)  # noqa: PLR2004 - signs


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Return the Thai family names that pythainlp knows, but for the shortest, which are words."""
    return frozenset(name for name in thai_family_names() if len(name) > 2)  # noqa: PLR2004 - signs


@lru_cache(maxsize=1)
def _by_opening() -> Mapping[str, list[_Listed]]:
    """Return all names by their first signs, the longest first; a name in two lists is of the first kind."""
    listed = [_Listed(written, "agency", full) for written, full in agencies().items()]
    listed += [_Listed(written, kind, written) for name, kind in _LISTS.items() for written in _people()[name]]
    listed += [_Listed(level, "level", level) for level in _LEVELS]
    listed += [_Listed(str(province), "place", str(province)) for province in provinces()]
    known: dict[str, _Listed] = {}
    for one in listed:
        known.setdefault(one.written, one)
    openings: dict[str, list[_Listed]] = {}
    for one in sorted(known.values(), key=lambda name: -len(name.written)):
        openings.setdefault(one.written[:_FIRST], []).append(one)
    return openings


def openings() -> frozenset[str]:
    """Return the first signs of each name, as many as `OPENING` where it has so many."""
    return frozenset(one.written[:OPENING] for listed in _by_opening().values() for one in listed)


class _Starting(dict[str, tuple[_Listed, ...]]):
    """The names that can begin with some signs, the longest first; an answer is worked out once, and then looked up."""

    def __missing__(self, signs: str) -> tuple[_Listed, ...]:
        found = tuple(one for one in _by_opening().get(signs[:_FIRST], ()) if one.written.startswith(signs) or signs.startswith(one.written))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[signs] = found
        return found


@lru_cache(maxsize=1)
def _starting() -> _Starting:
    return _Starting()


def find_names(text: str, starts: Iterable[int], ends: Container[int] | None = None) -> Iterator[Name]:
    """Yield the longest name at each of `starts`, in order, that ends at one of `ends` where these are given; none begins within another.

    >>> [(name.kind, name.full) for name in find_names("ครูแดงไปพช.", [0, 3, 6, 8])]
    [('title', 'ครู'), ('agency', 'กรมการพัฒนาชุมชน')]
    """
    free, starting, openings = 0, _starting(), _by_opening()
    for start in starts:
        if start < free or text[start : start + _FIRST] not in openings:  # most words open no name
            continue
        for one in starting[text[start : start + OPENING]]:
            end = start + len(one.written)
            if text.startswith(one.written, start) and text[end : end + 1] not in _GOES_ON and (ends is None or end in ends):
                yield Name(one.kind, start, end, one.full)
                free = end
                break


def name_at(text: str) -> Name | None:
    """Return the longest name with which a text begins, as `find_names` does: asked most of all, without a generator.

    >>> name_at("ครูแดง"), name_at("แดง")
    (Name(kind='title', start=0, end=3, full='ครู'), None)
    """
    for one in _starting()[text[:OPENING]] if text[:_FIRST] in _by_opening() else ():
        if text.startswith(one.written) and text[len(one.written) : len(one.written) + 1] not in _GOES_ON:
            return Name(one.kind, 0, len(one.written), one.full)
    return None


def full_name(written: str) -> str | None:
    """Return the full name of an agency that is written under a known name; None for anything else.

    >>> full_name("อบต.")
    'องค์การบริหารส่วนตำบล'
    """
    return agencies().get(_SPACES.sub("", written)) or agencies().get(written)


def role_in(written: str) -> str | None:
    """Return the KM role that a text names, None where it names none: คุณกิจจา is a person.

    >>> role_in("ทีมคุณอำนวยตำบล"), role_in("คุณเอมอร"), role_in("คุณกิจจา")
    ('คุณอำนวย', None, None)
    """
    return next((role for role, pattern in _role_patterns() if role in written and pattern.search(written)), None)


@lru_cache(maxsize=1)
def _role_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each role with what finds it in a text, where nothing behind it makes it the name of a person."""
    return tuple((role, re.compile(rf"{re.escape(role)}(?:{_BEHIND_ROLE}|(?!\s?[ก-๙]))")) for role in roles())
