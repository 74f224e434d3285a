"""Who is named beside what is done and surely owns nothing of it: who only speaks, is taken along, gets it, or is only feared or asked to do it.

Comes in: words. Goes out: whether they say that somebody owns nothing. Refuses nothing: of everybody else they say nothing.
"""

from __future__ import annotations

import re

from pipeline.languages.th.deeds import ASKS_TO, DEED
from pipeline.languages.th.names import first_names, name_at

_ONLY_SPEAKS = re.compile(
    r"\s?(?:ก็|เลย|จึง|ได้|เอง)*(?:เสนอ|แนะ|ถาม|อย่า(?!ง)|ให้(?!ยืม)|ขอให้|รับว่าให้|อยากให้|เห็น(?:ว่า|ควร|ด้วย)|ชี้แจง|อธิบาย|ถูก|โดน|(?:คุย|หารือ|ปรึกษา)[^\n]{0,30}เห็น(?:ควร|ชอบ|ว่า)|ว่า(?:น่า|ควร|(?![^\n]{0,200}(?:จะ|ขอ|รับ|เอง|ไป))))"
    r"|\S{0,6}?ยกมือว่า|\S{0,40}?ก็ว่า(?!จะ|ขอ|รับ)"
)
_TELLS = re.compile(
    r"\s?(?:ก็|เลย|จึง|ได้|เอง|ท่าน|แก|ยัง|เพิ่ง|ขึ้น|มา|ยืน|ยกมือ|โทร|เขียน)*"
    rf"(?:(?P<surely>ตอบ|กล่าว|พูด|แซว|กระซิบ|ไม่|ขอ(?!{ASKS_TO}))|แจ้ง|บอก|สรุป(?=ว่า)|ฝาก(?=ว่า|มา|ให้)|มี(?!หน้าที่))"
)
_TAKES_UP = re.compile(r"จะ|รับ(?!รอง|ทราบ|แจ้ง)|เอง|ขอ(?:ไป|รับ|ทำ|ลอง|เป็น)")
_FAR_BEHIND = 120  # code points in which somebody who tells something may take it on
# Names of what is held, of times and of things, none of which holds anything.
_THINGS = ("รถ", "ป้าย", "เงิน", "งบ", "เอกสาร", "หนังสือ")
_HELD = ("ที่ประชุม", "เวที", "ประชาคม", "กิจกรรม", "งาน", "วง", *_THINGS, "คืนนี้", "ทุกเย็น", "ทุกเช้า", "ทุกคืน", "ทุกวัน")
_IS_HELD = re.compile(rf"(?:{'|'.join(_HELD)})(?![ัาำิีึืุู็่้๊๋])")  # not in ป้ายุพิน
_BEFORE = 24  # code points in which it stands who somebody is beside what is done
# Who is behind these words does nothing that is sure, or somebody else does it.
_BEHIND_THESE = re.compile(
    r"(?:เพื่อ(?:ให้|ที่)?\s?|ขอ(?:(?:อนุญาต|ความกรุณา)(?:จาก|ท่าน)?\s?|โทษ|อภัย)"  # for whom it is, and of whom leave or pardon is begged
    r"|(?:สงสัย|ถาม|กลัว|เกรง|ห่วง|แน่ใจ|ไม่รู้|ไม่ทราบ|ข่าว|ลือ(?:กัน)?|เพราะ)ว่า\s?|เพราะ\s?|เนื่องจาก\s?"  # doubt, fear, hearsay, and why something is so
    r"|ชวน|พา|สัมภาษณ์|(?<!นอก)จาก"  # who is taken along or asked, and from whom something comes
    r"|(?<!เรื่อง)(?<!การ)(?<!งาน)(?<!ที่)ขึ้นทะเบียน\s?|เลี้ยงส่ง|โทร(?:ไป|มา)?หา"  # who is enrolled, seen off or called
    r"|(?:อย่า|(?<!ทำไม)ไม่|ห้าม)(?:ได้|ต้อง|อยาก)?ให้(?:ทาง)?(?P<gap>\s?)"  # who shall not, or need not
    r"|(?:บางคน|บางท่าน|อีกคน|บ้าง)(?:ก็)?(?:ว่า|เสนอ(?:ว่า)?)ให้(?:ทาง)?\s?)$"  # whom only some would let do it
)
_TAKES_UP_ANEW = re.compile(r"\s?(?:ก็|เลย|จึง|จะ|ขอ|รับ)")  # เขาไม่ให้ ครูแดงจะไปขอใหม่: another clause
_LET_SEE = re.compile(r"(?<!มอบ)(?<!หมาย)(?<!สั่ง)(?<!สั่งการ)(?<!กำชับ)ให้(?:ทาง)?\s?$")
_SEES = re.compile(r"\s?(?:ฟัง|ชิม|ดู(?=พร้อม|ก่อน|ด้วย|กัน|ๆ|\s|$))")  # for whom it is read or shown
_SO_THAT = re.compile(r"\s?(?:ก็|เลย)?จะได้(?!รับ)")  # เด็กจะได้ไม่ต้องรอ: so that they need not
_ALSO_SAYS = re.compile(r"(?:(?!ใคร)\S){1,12}?ก็ว่า(?!ง|ย|จ้าง|จะ|ขอ|รับ|เดี๋ยว)")  # only says so: มาถึงก็ว่าต้องมีป้าย
_TAKEN_TOO = re.compile(r"(?:ชวน|พา|สัมภาษณ์)(?P<first>\S{2,24}?)\s?(?:กับ|และ|,)\s?$")  # ชวนป้าแดงกับลุงสีไปดู: both are taken along
_GIVEN_AWAY = re.compile(r"(?:มอบ|ส่ง|โอน|คืน|จ่าย|แจก|ฝาก)[^\n]{0,30}ให้\s?$")
_GIVING_ROOM = 40  # code points
_HAS_IT = re.compile(r"\s?(?:ไป|มา)?(?:แล้ว|เรียบร้อย|ครบ)")  # มอบสมุดให้ครูแดงไปแล้ว: she got it, and does nothing
_ASKED_WHETHER = re.compile(r"[^\s]{0,40}?(?:หรือ(?:ไม่|เปล่า|ยัง)|(?<!ผ้า)ไหม|มั้ย)(?=\s|ครับ|คะ|$)")
_OUR_PLACE = re.compile(r"(?:อำเภอ|ตำบล|จังหวัด|โรงเรียน|บ้าน|กลุ่ม|หน่วย|อบต\.)$")
# Behind ว่า a pronoun of whom it is told what they do is the teller (ว่าพรุ่งนี้แกจะมาหาผม): no office (ว่าท่านปลัด), no word that begins alike (ว่าแกนนำ).
# Nor is a ว่า that joins, or ends another word (กว่าเขาจะมา).
_TOLD_OF = re.compile(
    r"(?:(?<=บอก)|(?<=เรียก)|(?<=นึก)|(?<!ก)(?<!แม้)(?<!เพราะ)(?<!ไม่)(?<!หรือ)(?<!ผู้))ว่า\s?(?:(?:วัน|พรุ่ง|เดือน|ปี|ตอน)[^\s]{0,10}?)?(?:เขา|แก|เค้า|ท่าน)(?=\s|จะ|ก็|ขอ|ได้|ให้|มี|ไม่|สนใจ|อยาก|เอง|เลย|ยัง|ต้อง|รับ|เป็น|มา|ไป|คิด|เห็น)"
)
_OWN = ("ผม", "ดิฉัน", "หนู")  # behind a place they say whose it is: ที่อำเภอผมกำลังทำแผน
_NEVER_BEGIN = ("มี", "ต้อง", "น่าจะ", "ให้", "หยุด", "วันออก", "วันเข้า", "วันที่", "เดือน", "สัปดาห์")
_MEASURES = re.compile(r"วัด(?:การ(?!้)|ผล|ความ|ระดับ|ค่า|น้ำหนัก|ส่วนสูง|ไข้|รอบ|ขนาด|ระยะ|ปริมาณ)")  # no temple, but what is done


def only_speaks(behind: str) -> bool:
    """Say whether words behind a name say that its bearer proposes, asks or lets others do, and so owns nothing.

    >>> only_speaks("เสนอให้เลื่อน"), only_speaks("ให้ครูไป"), only_speaks("จะไปเอง"), only_speaks("แจ้งว่าจะมา")
    (True, True, False, False)
    """
    told = _TELLS.match(behind)
    return bool(_ONLY_SPEAKS.match(behind) or (told and (told["surely"] or not _TAKES_UP.search(behind, told.end(), told.end() + _FAR_BEHIND))))


def tells_of_teller(words: str) -> bool:
    """Say whether told words call their own teller by a pronoun, so that ผม in them is whoever writes them down.

    >>> tells_of_teller("ช่างบอกว่าเขาจะส่งแบบให้ผมดู"), tells_of_teller("ช่างบอกว่าผมจะส่งแบบให้")
    (True, False)
    """
    return bool(_TOLD_OF.search(words))


def is_none(words: str, start: int, end: int) -> bool:
    """Say whether what stands in ``start:end`` surely owns nothing.

    That is something that is held or done, whom it is done for, who is asked or taken along, and words that are only quoted.

    >>> said = "ทำป้ายเพื่อให้ครูมีเวลา"
    >>> is_none(said, 14, 17), is_none(said[14:], 0, 3)
    (True, False)
    """
    if _MEASURES.match(words, start) or _IS_HELD.match(words, start) or _is_beside(words, start, end):
        return True
    quoted = words.count('"', 0, start) % 2 == 1 and '"' in words[end:] and not words.lstrip().startswith('"')
    is_named = name_at(words[start:end]) is not None or words[start:end] in first_names()
    is_deed = bool(DEED.match(words, start)) or words.startswith(_NEVER_BEGIN, start)  # ให้ตรวจนับ: no name, but what is to be done
    return quoted or (is_deed and not is_named)


def _is_beside(words: str, start: int, end: int) -> bool:
    """Say whether the words before a name, and behind it, tell that its bearer is beside what is done."""
    before = words[max(0, start - _BEFORE) : start]
    behind = _BEHIND_THESE.search(before)
    if behind and not (behind["gap"] and _TAKES_UP_ANEW.match(words, end)):
        return True
    if _is_taken_too(words, start) or (words.startswith(_OWN, start) and _OUR_PLACE.search(before)):
        return True
    if _SO_THAT.match(words, end) or _ALSO_SAYS.match(words, end) or (_SEES.match(words, end) and _LET_SEE.search(before)):
        return True
    if _HAS_IT.match(words, end) and _GIVEN_AWAY.search(words, max(0, start - _GIVING_ROOM), start):
        return True
    return before.rstrip().endswith("ว่า") and bool(_ASKED_WHETHER.match(words, end))


def _is_taken_too(words: str, start: int) -> bool:
    """Say whether a name stands beside one that is taken along; nothing is done between the two."""
    taken = _TAKEN_TOO.search(words, max(0, start - _GIVING_ROOM), start)
    first = name_at(taken["first"]) if taken else None
    return bool(taken and first and not DEED.search(taken["first"], first.end))
