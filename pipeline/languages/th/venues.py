"""Where something is to be done, where Thai says it plainly: ที่ or ณ before the name of a place.

Comes in: words. Goes out: where such a place stands. Refuses ที่ that only joins a clause (ที่จะทำ), names that open with no word for a place, and
levels without a name.
"""

from __future__ import annotations

import re

from pipeline.languages.th.names import find_names

_PLACE = (
    "ห้อง|ศาลา|หอประชุม|หอ(?=สมุด|ฉัน)|วัด(?!ผล|ความ|ระดับ|ได้|ค่า|น้ำ)|โรงเรียน|โรงพยาบาล|โรงแรม|โรงสี|โรงอาหาร|โรงยิม|บ้าน(?!เรา|เขา|ตัวเอง|ๆ)|ลาน|สนาม|ตลาด|ร้าน|ใต้ถุน"
    "|สำนักงาน|ที่ทำการ|ที่ว่าการ|ศูนย์|สถานี|มัสยิด|สุเหร่า|หน้า(?=บ้าน|วัด|อำเภอ|เสาธง|ศาลา|ตลาด|โรง)|หลัง(?=บ้าน|วัด|อำเภอ|โรง)|ตำบล|อำเภอ|จังหวัด|เทศบาล|อบต\\.|อบจ\\."
    "|รพ\\.|รพ\\.สต\\.|สสอ\\.|สสจ\\.|กศน\\.|พช\\.|หมู่(?=\\s?\\d|ที่)|ท่าน้ำ|ท่าเรือ|แพ(?!ง|ทย์)|สวน(?!น)|ป่าชุมชน|อาคาร|ชั้น\\s?\\d|มหาวิทยาลัย|วิทยาลัย|ราชภัฏ|ศาลากลาง|อนามัย"
)
_AT = re.compile(rf"(?<![ก-ฮ]ว่า)(?<!เท่า)(?<!วัน)(?<!แต่)(?<!ทัน)(?<!คน)(?<!น้อง)(?<!พี่)(?<!เด็ก)(?<!ก่อน)(?:ที่|ณ\s?)(?P<place>{_PLACE})")
_ROOM = re.compile(r"[^\s,.()\"“”/]*")
_ENDS = re.compile(
    "เวลา|วัน|ตั้งแต่|เริ่ม|โดย|จะ|ให้|ไป|มา|แล้ว|เพื่อ|ตอน|และ|กับ|ทุก|เดือน|ก่อน|หลังจาก|ได้|ไม่|เป็น|มี|พร้อม|ช่วง|เหมือนเดิม|เดิม|นะ|ครับ|ค่ะ|ด้วย|เลย|อยู่|ว่า|ซึ่ง|นั้น|นี้|แทน|สอง|สาม|ครั้ง|คน|เสร็จ|หนึ่ง|เรื่อง|สิบ|ซ้ำ|ข้างเคียง|อยาก|ช่วย|กัน|ผม|เขา|ต้อง|ก็|ขอ|ทั้ง|จด|แห่ง|เพราะ|หลัง|เอง|ใหม่ที่|ปิดเทอม|ติด|กิน|เดิน|สี่|ห้า|แต่|จน|ถ้า|รับ"
)
_NO_PLACE_ALONE = frozenset({"บ้าน", "จังหวัด", "อำเภอ", "ตำบล", "เทศบาล", "หมู่", "สวน", "โรงพยาบาล"})
_FORMAL = frozenset({"agency", "level", "place"})
_LONGEST = 40


def place_in(words: str) -> tuple[int, int] | None:
    """Return where the first plain place of some words stands, None where none does.

    >>> said = "นัดประชุมที่ห้องประชุม อบต.นาดี เวลาบ่ายโมง"
    >>> start, end = place_in(said)
    >>> said[start:end]
    'ห้องประชุม อบต.นาดี'
    """
    at = _AT.search(words)
    if at is None:
        return None
    end = _end(words, at.start("place"), at.end("place"))
    if words[end : end + 1] == " ":
        name = next(find_names(words[end + 1 : end + 1 + _LONGEST], [0]), None)
        if name and name.kind in _FORMAL:
            end = _end(words, end + 1, end + 1 + name.end)
    return None if words[at.start("place") : end] in _NO_PLACE_ALONE else (at.start("place"), end)


def _end(words: str, start: int, end: int) -> int:
    """Return where the name of a place ends that opens with the words up to `end`."""
    room = _ROOM.match(words, end)
    last = room.end() if room else end
    cut = _ENDS.search(words, end, min(last, start + _LONGEST))
    return cut.start() if cut else min(last, start + _LONGEST)
