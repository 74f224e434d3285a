"""Who takes something on though no list has the whole of the name: a place that acts (บ้านหนองกลางจะส่งคนมา), a team with the rest of its name.

Comes in: words, and where a clause of them begins. Goes out: where the name ends of whoever takes it on there. Refuses meetings, which do nothing
themselves, names behind which nothing is taken on, and what is counted, given, or only where something is (3 ชุมชน…, ที่ ต.นาดี…).
"""

from __future__ import annotations

import re

from pipeline.languages.th.deeds import ASKS_TO, COUNT, EACH, FURTHER
from pipeline.languages.th.doers import EVENTS, LEADS_TO
from pipeline.languages.th.names import name_at
from pipeline.languages.th.places import find_places

# What happens to somebody (จะถูกน้ำท่วม, กำลังแล้ง), and what they only get (รับไปสามชุด): nobody takes that on.
HAPPENS = (
    r"ถูก|โดน|หมด|แล้ง|น้ำ|เสร็จ|เดือดร้อน|ลำบาก|ยุบ|ขาด|พ้น|ลาออก|ประสบ|ล่ม|ได้|มี|ต้องใช้|เป็น(?:หมู่บ้าน|ตำบล|พื้นที่|แหล่ง)|(?:เปิด|ปิด)(?:เทอม|ภาค)"
    r"|รับ(?:วัคซีน|บริการ|รางวัล|ผลกระทบ)"
)
_TAKES = (
    rf"(?:จะ(?!(?:ขอ)?ให้|ไม่|{HAPPENS})|รับ(?:เป็น|ปาก|หน้าที่|อาสา|จะ|ผิดชอบ|ดูแล|ไป(?!แล้ว|\s?{COUNT})|จัด|ทำ)"
    rf"|ขอ(?:{ASKS_TO})|(?<!อัตรา)กำลัง(?!(?:จะ)?(?:{HAPPENS}))|กำหนด(?:จัด|วัน)|ตกลง(?:กัน)?(?:ว่า)?จะ)"
)
_PLACE_TAKES = re.compile(rf"\s?(?:นั้น)?(?:ก็|เลย|จึง|เอง|ยัง)*(?:{_TAKES}|ต้อง(?!การ|รอ|ใช้|ถูก))")
_REST = re.compile(rf"[^\s()\"“”:]{{2,48}}?(?=\s?{_TAKES})")
# What no name holds: somebody else, or what somebody says, has, wants or does.
_NO_REST = re.compile(
    r"ว่า|ให้|ที่จะ|เพื่อ|ไม่|แล้ว|หรือ|ถ้า|ได้|คือ|ต้อง|มี|เป็น|ซึ่ง|บอก|เสนอ|อยาก|ไป|มา(?![ก-ฮ])|ก็|ยัง|แต่|เมื่อ|ตอน|ผม|ดิฉัน|หนู|เรา|จาก|เคย|เลย|เอง|จึง|ใด|ไหน|ใคร|ท่าน|ร้อง|ประสงค์|ขอ(?!ง|น)|กับ|และ|เอา|ส่ง|ออก|ตกลง|นั้น|ไลน์|โทรศัพท์|อินเท|เสี่ยง|ที่(?!ปรึกษา|เหลือ|ว่าการ|ดิน|ทำการ)"
)
_GROUPS = frozenset({"group", "agency", "office", "role"})
_BEFORE = 24  # code points
_NOT_THERE = re.compile(rf"(?:(?:[\d๐-๙]|ไป|มา|ลง|เข้า|ขึ้น|อยู่|ตาม|{LEADS_TO})\s|กับ\s?)$")  # counted, given to, where something is
_UNSURE_BEFORE = re.compile(r"(?:(?:^|\s)(?:แต่|และ)?(?:ถ้า|หาก|เผื่อ|เมื่อ)|(?:ไม่รู้|ไม่ทราบ|แน่ใจ|หวัง|สงสัย|กลัว|เกรง|ถาม)ว่า)\s?$")
_THING_BEFORE = re.compile(
    r"(?:^|\s)(?:ข้อมูล|ศาลา|ถนน(?:สาย)?|(?:เงิน|งบ)\S{0,8}|แผน|รายงาน|ประชุม|เวที|โครงการ|งาน|ป้าย|สระ|ฝาย)\s$"
)  # ข้อมูล ต.นาดี จะส่งให้
_ASKED = re.compile(r"\s?[^\s?]{0,40}?(?:(?<!ผ้า)(?<!เส้น)ไหม(?=[\s?]|$)|มั้ย|หรือ(?:ยัง|ไม่|เปล่า))")
_NO_DEED = re.compile(r"ติด(?:กัน|เชื้อ|ธุระ|โควิด)|ตั้งอยู่|ต่อเนื่อง|ใช้(?:น้ำ|งบเกิน)|เริ่ม(?:เบื่อ|ป่วย|เหนื่อย)|ส่ง(?:ช้า|ไม่)|ปิดเพราะ|ย้ายออก")  # how they are
_NAMED_BEFORE = re.compile(r"(?:^|\s)(?P<run>\S{2,20})\s$")
_PEOPLE = frozenset({"title", "office", "agency", "group"})
_ROOM = 70  # code points


def taker_end(words: str, start: int) -> int | None:
    """Return where the name ends of the place or the team that takes something on at a place, None where none does.

    >>> said = "ส่วนบ้านหนองกลางจะส่งคนมาช่วย"
    >>> end = taker_end(said, 4)
    >>> said[4:end], taker_end("ที่ ต.นาดี จะจัดเวที", 4)
    ('บ้านหนองกลาง', None)
    """
    before = words[max(0, start - _BEFORE) : start]
    if any(one.search(before) for one in (_NOT_THERE, _UNSURE_BEFORE, _THING_BEFORE)) or _is_of_somebody(before):
        return None
    end = _taker_end(words, start)
    return None if end and _ASKED.match(words, end) else end


def _taker_end(words: str, start: int) -> int | None:
    name = name_at(words[start : start + _ROOM])
    if name is None:
        return None
    if name.kind == "level" or name.full.startswith("อบต"):
        return _place_end(words, start)
    if name.kind not in _GROUPS or words.startswith(EVENTS, start):
        return None
    rest = _REST.match(words, start + name.end)
    return rest.end() if rest and not _NO_REST.search(rest.group()) else None


def each_end(words: str, start: int) -> int | None:
    """Return where the words end that say that each of several, or so many of them, open a passage with what they do; else None.

    >>> said = "แต่ละหมู่ส่งคนมาสองคน"
    >>> said[: each_end(said, 0)], each_end("ทุกหมู่มีป้ายแล้ว", 0)
    ('แต่ละหมู่', None)
    """
    each = EACH.match(words, start)
    if each is None:
        return None
    deed = each.end() + (words[each.end() : each.end() + 1] == " ")
    return each.end() if FURTHER.match(words, deed) and not _NO_DEED.match(words, deed) else None


def _is_of_somebody(before: str) -> bool:
    """Say whether a name stands right before, to which the next may belong: นายก อบต.นาดี, กำนัน ต.นาดี."""
    run = _NAMED_BEFORE.search(before)
    name = name_at(run["run"]) if run else None
    return name is not None and name.kind in _PEOPLE


def _place_end(words: str, start: int) -> int | None:
    place = next(find_places(words[start : start + _ROOM]), None)
    if place is None or place.start or not place.sure:
        return None
    return start + place.end if _PLACE_TAKES.match(words, start + place.end) else None
