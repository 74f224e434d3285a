"""Where writers say that they themselves do something: ผม, ดิฉัน, หนู … who does, did or will do it.

Comes in: words. Goes out: where such words stand. Refuses those that are no doers: to whom something belongs (อำเภอผม), who is told, asked or only
thinks, and names that begin alike (หนูดี).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELF = re.compile(r"ผม|ดิฉัน|กระผม|ข้าพเจ้า|อาตมา|หนู(?:(?<![ก-ฮ]หนู)|(?<=เดี๋ยวหนู))(?!แดง|ดำ|เล็ก|น้อย|นิด|หน่อย)")
_NOT_SELF = re.compile(r"(?:ของ|กับ|ให้|ว่า|บอก|ถาม|แบบ|อย่าง|ที่|ทาง|พวก|ตัด|สระ|ทำ|คิดถึง|ถ้า|หาก|ตำบล|อำเภอ|จังหวัด|บ้าน|โรงเรียน|ห้อง|ลูก|แม่|พ่อ|เพื่อน|หัวหน้า)\s?$")
_DOES = re.compile(
    r"(?:ก็|เลย|เอง|จึง)*(?:จะ(?!(?:ขอ)?ให้|ได้)|ขอ(?:รับ|เริ่ม|ลอง|ทำ|ไป|ส่ง|พัก|ยก|เลื่อน)|ไป|ลง|โทร|ส่ง|เขียน|รับ(?!ทราบ|แจ้ง|รอง|รู้|ว่า(?!จะ))|นัด|จัด|ทำ|พา"
    r"|ช่วย|เอา|ขน|พิมพ์|เดิน|เตรียม|ตาม|กำลัง|เริ่ม|เก็บ|หา|สอน|ติด|เซ็น)"
)
# Where such a word opens a clause almost every verb is a deed; these are none, or somebody else's.
_OPENS = re.compile(r"(?:^|\s|ส่วน|แต่|แล้ว|โดย|เดี๋ยว|ตอนนี้|วันนี้|พรุ่งนี้)$")
_NO_DEED = re.compile(
    r"(?:ก็|เลย|เอง|จึง|ยัง|ได้|จะ|คง|อยาก|เพิ่ง|เคย)*(?:\s|$|ให้|ขอ(?:เชิญ|เสนอ|ถาม|ให้|แนะ|ฝาก|คืน|ประสาน|พี่|น้อง)|ว่า|บอก|ตอบ|ค้าน|แย้ง|นึก|คิด|เห็น|รู้|ทราบ|ถาม|ได้ยิน"
    r"|กลัว|เชื่อ|หวัง|ไม่|เลือก|มี|เป็น(?!คน|เจ้าภาพ|ผู้|แม่งาน)|รอ|ดี|เสนอ|ชอบ|ฟัง|อ่าน|เข้าใจ|สงสัย|แพ้|พิมพ์ไม่|พิมไม่|คะ|ครับ|ค่ะ"
    r"|(?:ต้อง)?ขอ(?:บ|โทษ|อภัย)|อายุ|ชื่อ|เหนื่อย|เสียดาย|สังเกต|(?:ตก|ภูมิ|ประทับ|สน|เสีย|พอ|แปลก|อุ่น|หนัก|น้อย|ซึ้ง)ใจ|ร่วง|หงอก)"
)
_BEHIND = re.compile(r"(?:กับ|และ|ให้)\s?$")
_DEED_BEHIND = re.compile(r"(?:เอง|ก็)?(?:จะ(?!ให้|ได้|ขอ)|ไป|ลง|ทำ|ช่วย|เป็นคน|ร่าง|ส่ง|เขียน|จัด|พา|นัด|ถือ|เก็บ|แบ่ง|ขึ้น|เอา|นั่ง)")
_LET_BEFORE = 14  # code points


def own_deeds(words: str) -> Iterator[tuple[int, int]]:
    """Yield where writers who do something themselves say so.

    >>> said = "เรื่องป้ายผมทำเอง ที่บ้านผมมีสี"
    >>> [said[start:end] for start, end in own_deeds(said)]
    ['ผม']
    >>> list(own_deeds("ผมคิดว่าเขาควรไป")), list(own_deeds("หนูกับน้องเปิดห้องสมุด"))
    ([], [(0, 3)])
    >>> list(own_deeds("ผมขอบคุณทุกคน")), list(own_deeds("หนูแดงจะไปแทน"))
    ([], [])
    """
    for own in _SELF.finditer(words):
        before = words[max(0, own.start() - _LET_BEFORE) : own.start()]
        if _BEHIND.search(before):
            if _DEED_BEHIND.match(words, own.end()):
                yield own.span()
        elif not _NOT_SELF.search(before) and (_DOES.match(words, own.end()) or _does_at_opening(words, own.end(), before)):
            yield own.span()


def _does_at_opening(words: str, end: int, before: str) -> bool:
    return bool(_OPENS.search(before)) and not _NO_DEED.match(words, end)
