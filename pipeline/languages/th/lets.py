"""Who is let do something: somebody by name or office, a group, or each of several (ให้ครูแดงพิมพ์ป้าย, ให้แต่ละหมู่ส่งคน).

Comes in: words. Goes out: where those stand who plainly are let do it. Refuses who shall not or may, and for whom it is as often done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.deeds import ASIDE, EACH, FURTHER
from pipeline.languages.th.doers import LONGEST, acts, name_end
from pipeline.languages.th.names import first_names, name_at

if TYPE_CHECKING:
    from collections.abc import Iterator

LETS = re.compile(r"(?:^|\s|(?:โดย|ขอ|และ|หมาย|มติ|กัน|ว่า|ประชุม|จึง|สั่ง|ตกลง|ท่าน|เสนอ|จะ|แล้ว))ให้(?:ทาง)?\s?$")
_LET_DOERS = frozenset({"title", "office", "role", "group", "agency"})
_ENDS = re.compile(rf"\s|$|[^ก-๎]|ให้|ใน|เรื่อง|เป็น|ทั้ง|ทุก|แต่ละ|กับ|และ|{FURTHER.pattern}")  # behind a group, whose name else goes on
NOT_LET, MAY = re.compile("(?:ไม่(?:ได้|ต้อง|ควร|เคย|มี|อยาก)?(?:จะ|ขอ)?|อย่า(?:เพิ่ง)?|ห้าม|ใคร)$"), re.compile(r"\s?ได้")  # ให้ครูได้สอน: so that they can
_CAN = re.compile(r"(?:ได้|ง่าย|ทัน|สะดวก|ออก|กลับ|ต่อได้)(?=\s|$)|กลับบ้าน")  # ให้ทุกคนใช้ง่าย: it is done for them
_FOR_THEM = re.compile(r"ใช้|เดิน(?!เรื่อง|สาย|หนังสือ)|อ่านออก|เอากลับ|เก็บไว้")  # ซื้อยา ให้ลุงสมชายใช้
LET_BEFORE = 14  # code points
# Where somebody may be let do it; within a passage only behind a verb of assigning is that sure.
_LETS_DO = re.compile(
    r"(?:(?P<assigns>(?P<charges>มอบหมาย(?:ให้)?|(?:ให้|มอบ)การบ้าน(?:กับ|แก่)?)|(?:มอบ|มติ|สั่งการ|กำชับ)ให้|กำชับ|ให้เวลา|ให้(?=ทาง))"
    r"|(?:^|(?<=\s))(?:แล้ว|และ|โดย|ก็|จึง|ส่วน|ต่อไป)?(?:ขอ|อยาก|เสนอ|ตกลง)?ให้)"
    r"(?:ทาง)?\s?(?=\S)"
)
_LET_EACH = re.compile(rf"ให้(?:ทาง)?\s?(?P<each>{EACH.pattern})")


def let_do(words: str, opening: int) -> Iterator[tuple[int, int]]:
    """Yield where those stand by name, office or group who plainly are let do something, with how many they are."""
    for let in _LETS_DO.finditer(words):
        start = let.end()
        name, end = name_at(words[start : start + LONGEST]), name_end(words, start)
        if name is None or end is None or name.kind not in _LET_DOERS or (name.kind == "title" and end == start + name.end):
            continue
        is_known = name.kind == "title" and words[start + name.end : end] in first_names() and not _FOR_THEM.match(words, end)
        within = not let["assigns"] and let.start() > opening and not is_known  # there they are as often those for whom it is done
        if within or NOT_LET.search(words, max(0, let.start() - LET_BEFORE), let.start()):
            continue
        aside = ASIDE.match(words, end)
        end = aside.end() if aside else end
        if (let["charges"] and (name.kind != "group" or _ENDS.match(words, end))) or (acts(words, end) and not MAY.match(words, end)):
            yield start, end


def each_let(words: str) -> Iterator[tuple[int, int]]:
    """Yield where each of several, or so many of them, are let do something (ขอให้แต่ละหมู่ส่งคนมา)."""
    for let in _LET_EACH.finditer(words):
        start, end = let.start("each"), let.end()
        before = words[max(0, start - LET_BEFORE) : start]
        allowed = LETS.search(before) and not NOT_LET.search(words, max(0, let.start() - LET_BEFORE), let.start()) and not MAY.match(words, end)
        deed = FURTHER.match(words, end + (words[end : end + 1] == " "))
        if allowed and deed and not _CAN.match(words, deed.end()):
            yield start, end
