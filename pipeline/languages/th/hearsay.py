"""What tells that words are somebody else's: verbs of speech, tellers whom nobody names, posts that only take a speech down, told words' own titles.

Comes in: clauses, the opening of a post, words in or behind a passage. Goes out: what they show. Refuses nothing.
"""

from __future__ import annotations

import re

from pipeline.languages.th.names import name_at

# Stems of verbs: of speech, and of thought.
SAYS = (
    "กล่าว|พูด|บอก|เล่า|ถาม|ตอบ|เสนอ|แนะ|ชี้แจง|อธิบาย|รายงาน|สรุป|ฝาก|เตือน|ย้ำ|เสริม|แจ้ง|บ่น|ค้าน|แย้ง|สอน|สั่ง|กำชับ|เปรย|ปรารภ|ยืนยัน|รับปาก|ประกาศ"
    "|ขอร้อง|หารือ|เทศน์|เขียน|ความเห็น|ข้อสังเกต|ข้อคิด|ชวน|โพล่ง|สวน|แซว|ทัก|เฉลย|ตัดพ้อ|โอด|สารภาพ|ยอมรับ|ติง|ท้วง|กระซิบ|ตะโกน|นิยาม|ปลอบ|ดุ|ด่า|โทร|สะท้อน|เหตุผล|เรียกร้อง|วิเคราะห์|วิจารณ์|ประเมิน|สั่งการ|มอบนโยบาย|เพิ่มเติม|คำตอบ|คำถาม|ตะคอก|พึมพำ|ร้อง"
    "|เถียง|อ้าง|โต้|ยกตัวอย่าง|เปิดประเด็น|ชี้ให้เห็น|ออกตัว|โอดครวญ|ต่อว่า|ทิ้งท้าย|สำทับ|รำพึง|ให้ข้อมูล|ออกปาก|หลุดปาก|ประท้วง|ทวง|ขู่|ยกมือ|ปฏิเสธ|ขยายความ"
)
THINKS = "เห็น|คิด|มอง|เชื่อ|รู้สึก|หวัง|สงสัย|สังเกต|กังวล|กลัว|ห่วง|เข้าใจ|รู้|ทราบ|นึก|พบ|แปล|ถือ|เรียก|เพราะ"
# Behind these words ว่า opens what is asked, feared or left open, which nobody takes on.
NO_DOUBT = "".join(f"(?<!{word}ว่า)" for word in ("สงสัย", "ถาม", "กลัว", "เกรง", "ห่วง", "แน่ใจ", "ไม่รู้", "ไม่ทราบ", "ไม่", "แม้", "หาก", "ถ้า"))
_UNNAMED = re.compile(r"(?:^|ก็|แต่|ส่วน|มี|และ|แล้ว)(?P<who>(?:อีก|บาง)?(?:คน|ท่าน|ราย|ฝ่าย|กลุ่ม|ทาง|เสียง)(?:ที่)?(?:หนึ่ง|แรก|เดียว|สอง|สาม|นั้น)?)(?:ก็|เลย|จึง)?$")
_TAKEN_DOWN = re.compile(
    r"ถอด(?:จาก)?(?:เทป|เสียง|ความ|คำ)|คำ(?:กล่าว|บรรยาย|ปราศรัย|เทศน์|ให้สัมภาษณ์|ต่อคำ)|โอวาท|ปาฐกถา|สุนทรพจน์|พระธรรมเทศนา|บทสัมภาษณ์|บทสนทนา|ทั้งดุ้น|ทีละวรรค|(?:พูด|เล่า)เอง"
)
_TAKEN_UP = re.compile(r"[\s\"”)]{0,3}(?:และ|แต่|ซึ่ง)?(?:อัน|ข้อ|ประโยค|คำ|เรื่อง|ตรง|วรรค|จุด)(?:นี้|นั้น|หลังนี้|พวกนี้)")
_BEFORE_SELF = (" ", "\u00a0", "\t", "\n", '"', "“", "(", "ว่า", "ให้", "ของ", "แต่", "ที่")
_NAME_GOES_ON = 3  # code points of a name that tell it from a title alone


def unnamed_teller(clause: str) -> str:
    """Return who tells at the end of a clause without a name, "" where it ends with nobody.

    >>> unnamed_teller("ส่วนอีกคน"), unnamed_teller("มากกว่าสิบคน")
    ('อีกคน', '')
    """
    found = _UNNAMED.search(clause)
    return found["who"] if found else ""


def is_taken_down(opening: str) -> bool:
    """Say whether a post opens as the words of somebody else that were taken down: a speech, a talk, an interview.

    >>> is_taken_down("คำกล่าวของท่านนายก (ถอดเทป)"), is_taken_down("ประชุมกลุ่มออมทรัพย์ครั้งที่ 4")
    (True, False)
    """
    return bool(_TAKEN_DOWN.search(opening))


def taken_up(behind: str) -> str | None:
    """Return what words behind a passage say of it where they begin by pointing back at it, None where they do not.

    >>> taken_up(" ข้อนี้ป้าแดงพูดเอง"), taken_up(" แล้วฝนก็ตก")
    ('ป้าแดงพูดเอง', None)
    """
    found = _TAKEN_UP.match(behind)
    return behind[found.end() :] if found else None


def calls_itself(named: str, words: str) -> bool:
    """Say whether words call their speaker as the one who tells is titled: what ป้าแดง says has ป้า where others say I.

    >>> calls_itself("ป้าแดง", "ป้าไม่ได้ทำอะไรเลย"), calls_itself("ป้าแดง", "ป้าแดงไม่ได้ทำอะไรเลย")
    (True, False)
    """
    title = name_at(named)
    if title is None or title.kind != "title":
        return False
    own, rest = named[: title.end], named[title.end : title.end + _NAME_GOES_ON]
    start = words.find(own)
    while start >= 0:
        end = start + len(own)
        if not (rest and words.startswith(rest, end)) and (not start or words.endswith(_BEFORE_SELF, 0, start)):
            return True
        start = words.find(own, end)
    return False
