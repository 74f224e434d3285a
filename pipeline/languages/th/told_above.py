"""Whom a heading names, and whether what stands below it is still about them (ต.นาดี, and below: what it does, in one paragraph).

Comes in: a heading, and the words below it. Goes out: where the name stands; whether a passage goes on with what its bearer does. Refuses headings
that say more than a name, and passages before or in which somebody else is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.dates import find_dates
from pipeline.languages.th.deeds import FURTHER
from pipeline.languages.th.doers import EVENTS, opens_with_doer
from pipeline.languages.th.names import name_at
from pipeline.languages.th.owners import clear_owners
from pipeline.languages.th.places import find_places
from pipeline.languages.th.speech import people_in
from pipeline.languages.th.takers import HAPPENS

if TYPE_CHECKING:
    from pipeline.languages.th.names import Name

_HEADING = re.compile(r"\s*(?:[-–•*]|\(?[\d๐-๙]{1,2}[.)])?\s*(?P<name>\S[^\n:：(]{1,28}?)\s?(?:\([^)\n]*\))?\s?[:：]?\s*$")
_HEADS = frozenset({"agency", "office", "level"})
_PROVINCE = frozenset({"จังหวัด", "จ."})  # no other list tells where their names end
_REST_OF_NAME = 18  # code points
_JOINS = re.compile(r"(?:และ|แล้ว|โดย|ก็|จึง|ซึ่ง|ขณะนี้|ตอนนี้|ช่วงนี้|ปัจจุบัน|ต่อไป|จากนั้น|หลังจากนั้น|เบื้องต้น|พร้อมทั้ง|รวมทั้ง|ทั้งนี้|ระหว่างนี้|\s)*")
_DOES = re.compile(rf"(?!(?:ก็|เลย|จึง)*(?:จะ|กำลัง)+(?:{HAPPENS})|ติด(?:ปัญหา|ขัด)|ใช้เวลา)(?:{FURTHER.pattern}|มีแผน|ตั้งใจ|พยายาม|วางแผน)")
# Somebody else: who is asked, or the writer, who goes on with those of the heading (จะติดตามต่อ, จะไปเยี่ยมเขา) or speaks to readers.
_OTHERS = re.compile(r"เชิญ|ขอยืม|ให้(?!ครบ|ได้|เสร็จ|ทัน|มี|เป็น|ถึง|ทั่ว)|ติดตาม|กระตุ้น|เยี่ยม(?!บ้าน)|ตาม(?:ต่อ|อีก)|(?<!ภู)เขา|หน่อย|นะ(?:ครับ|คะ|ค่ะ)")
_CLAUSE = re.compile(r"(?:^|\s)(?:และ|แล้ว|ส่วน|แต่|โดย|ให้|จึง)*(?=\S)")


def named_above(heading: str) -> tuple[int, int] | None:
    """Return where the one agency, office or place stands that a heading names and nothing else, None where it says more.

    >>> named_above("สสจ. :"), named_above("อบต.ช่วยอะไรได้บ้าง วันนี้")
    ((0, 4), None)
    """
    found = _HEADING.match(heading, len(heading) - len(heading.lstrip()))  # its blanks are passed over at once, not tried one by one
    name = name_at(found["name"]) if found else None
    if found is None or name is None or name.kind not in _HEADS or name.full in EVENTS or not _is_whole(found["name"], name):
        return None
    rest = found["name"][name.end :]
    return found.span("name") if len(rest) <= _REST_OF_NAME and " " not in rest.strip() else None


def _is_whole(written: str, name: Name) -> bool:
    """Say whether words that begin with the level of a place are its name and no more (ต.นาดี, not ต.นาดีเสร็จแล้ว or บ้านเรา)."""
    if name.kind != "level" or name.full in _PROVINCE:
        return True
    place = next(find_places(written), None)
    return place is not None and (place.start, place.end) == (0, len(written))


def goes_on(before: str, words: str) -> bool:
    """Say whether a passage behind others in its line goes on with what those do whom the heading above names.

    >>> goes_on("เก็บข้อมูลครบสามหมู่ ", "และเดือนหน้าจะคืนข้อมูล"), goes_on("เก็บข้อมูลครบ ", "ครูแดงจะคืนข้อมูล")
    (True, False)
    """
    return _begins_with_deed(words) and not _OTHERS.search(words) and not _names_somebody(before + words)


def _begins_with_deed(words: str) -> bool:
    start = _joined(words, 0)
    behind = {_joined(words, day.end) for day in find_dates(words) if day.start <= start + len("ในวันที่")}
    return any(_DOES.match(words, place) for place in (start, *behind))


def _joined(words: str, start: int) -> int:
    found = _JOINS.match(words, start)
    return found.end() if found else start


def _names_somebody(line: str) -> bool:
    return any(clear_owners(line)) or any(people_in(line)) or any(opens_with_doer(line, clause.end()) for clause in _CLAUSE.finditer(line))
