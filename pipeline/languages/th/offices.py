"""Who held an office when: offices that are told of as former, as only acting, as those of a time that is told of, and since when they are held.

Comes in: a text. Goes out: where an office stands with the words that say when or how it is held. Refuses what is no office of the lists (อดีตคนไข้,
อดีตาม), and an office of which no time is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names, name_at
from pipeline.languages.th.privacy import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages.th.names import Name

_CHOSEN = ("ประธาน", "รองประธาน", "เหรัญญิก", "เลขานุการ", "ครูใหญ่", "เจ้าอาวาส")  # with these begin offices of groups, schools and temples
_OF_A_DAY = frozenset({"ประธานที่ประชุม", "ประธานในพิธี"})  # held for a day
_BEFORE_OFFICE = re.compile(r"(?P<tells>อดีต(?:ท่าน)?|รักษา(?:ราชการแทน|การแทน|การ)(?:ใน)?(?:ตำแหน่ง)?)|(?:ดำรง|รับ)ตำแหน่ง(?:เป็น)?|เป็น")
_AT_THAT_TIME = re.compile(r"ใน(?:ขณะ|สมัย)นั้น|(?<=[^\s])(?:ขณะ|สมัย)นั้น")
_THEN_ROOM = 40  # code points before them in which the office stands
_NO_YEAR = r"(?![\d๐-๙]|[.:][\d๐-๙]|\s?(?:คน|โมง|น\.|นาฬิกา|นาที))"  # behind figures: 10.00, 10 คน
# Two figures are a year behind ปี alone.
_YEAR = rf"(?:[^\s\d๐-๙]{{0,20}}\s?(?:ปี|พ\.ศ\.)?\s?[12๑๒][\d๐-๙]{{3}}|[^\s\d๐-๙]{{0,18}}ปี\s?[\d๐-๙]{{2}}){_NO_YEAR}"
_SINCE = re.compile(rf"\S{{0,30}}?\s?(?:มา)?ตั้งแต่\s?{_YEAR}")
_SINCE_BEFORE = re.compile(rf"ตั้งแต่\s?{_YEAR}\s?(?:ก็|ได้|มา|แก|ท่าน|เขา)*$")
_SINCE_ROOM, _LONGEST = 50, 60  # code points


def find_offices(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text tells of offices and how, or since when, they are held.

    >>> said = "ลุงสีเป็นกำนันมาตั้งแต่ปี 2540 แทนอดีตกำนันมา"
    >>> [said[start:end] for start, end in find_offices(said)]
    ['เป็นกำนันมาตั้งแต่ปี 2540', 'อดีตกำนัน']
    """
    for before in _BEFORE_OFFICE.finditer(text):
        name = name_at(text[before.end() : before.end() + _LONGEST])
        if name is None or not _is_office(name):
            continue
        end = before.end() + name.end
        if before["tells"]:
            yield before.start(), end
        elif behind := _SINCE.match(text, end):
            yield before.start(), behind.end()
        elif ahead := _SINCE_BEFORE.search(text, max(0, before.start() - _SINCE_ROOM), before.start()):
            yield ahead.start(), end
    yield from _then(text)


def _then(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offices of a time that is told of: นายอำเภอในขณะนั้น."""
    for found in _AT_THAT_TIME.finditer(text):
        first = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _THEN_ROOM)
        names = [one for one in find_names(text, range(first, found.start())) if _is_office(one) and one.end <= found.start()]
        if names and text.count(" ", names[-1].end, found.start()) <= 1:
            yield names[-1].start, found.end()


def _is_office(name: Name) -> bool:
    return name.full not in _OF_A_DAY and (name.full in people("officials") or name.full.startswith(_CHOSEN))
