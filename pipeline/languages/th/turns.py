"""Where a told stretch may end: the writer speaks again, the ones told of do something, time goes on, or something is summed up.

Comes in: words of a line. Goes out: what they do, by name. Refuses nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages.th.first_hits import FirstHits
from pipeline.languages.th.placed import OPENS, placed

_REACH = 24  # code points: no turn is longer, with what is looked at around it
_SELVES, _OTHERS = "กระผม|ผม|ดิฉัน|หนู|ฉัน|ข้าพเจ้า|อาตมา|เรา", "แก|ท่าน|เขา|เธอ|เค้า|เพิ่น"
_TIMES = "วันนั้น|คืนนั้น|จากนั้น|หลังจากนั้น|ช่วง|ตอน|บ่าย|เช้า|พอ|ต่อมา|สุดท้าย|ตกลง|ที่ประชุม|มติ|สรุป|ระหว่าง|คืนนี้|วันนี้|เมื่อวาน|อาทิตย์|เดือน"
_TURNS = {
    "self": f"(?:{placed(_SELVES, OPENS, '(?<=ให้#)', '(?<=แล้ว#)', '(?<=ที่#)', '(?<=ก็#)', '(?<=ว่า#)')})(?![์็])",
    "react": "หัวเราะ|ยิ้ม|เงียบ|ปรบมือ|พยักหน้า|ฟังแล้ว|อึ้ง|สะอึก|มองหน้า|นิ่งไป|จดไว้|จดลง|หันไป|หันมา|ยกมือ|ลุกขึ้น|ฮากัน|ขำ|น้ำตา|ถอนใจ|จริงของ",
    "time": placed(_TIMES, OPENS),
    "third": f"(?:{placed(_OTHERS, OPENS)})(?![ะ-ฺ็-๎])",
    "sums up": "ปรากฏว่า|ได้ความว่า|กลายเป็นว่า|แปลว่า|เพิ่ง(?:เห็น|รู้|เข้าใจ)|รู้ตัวว่า|สรุปว่า|ตกลงกันว่า|บทเรียน|ข้อคิด",
}
_HITS = FirstHits(_TURNS)
# What opens a list of somebody's words: its heading names them as words.
WORDS_OF = re.compile(
    r"(?:คำ|ข้อ|ความ|สิ่งที่|ที่|ประเด็นที่|เรื่องที่)"
    r"(?:วิจารณ์|เสนอ|พูด|เห็น|คิดเห็น|แนะนำ|ถาม|ตอบ|สั่ง|ฝาก|ขอ|สังเกต|ท้วง|เตือน|บอก|เล่า|มอบ|คอมเมนต์)|เสียง(?:จาก|ของ|สะท้อน)"
)
_OPENER = re.compile("แต่|เพราะ|ซึ่ง|แล้ว|และ|ส่วน|พอ|ถ้า|เมื่อ|ก็|เลย|จึง|อย่า|ต้อง|ให้|จะ|ไม่|ที่|คือ|ขอ|ยัง|เดี๋ยว|คน|เรา|ใคร|ของ|เรื่อง|ตอนนี้|ตอน|มี")


@lru_cache(maxsize=2**8)  # a piece and what stands before it are asked for again and again
def turns_in(words: str) -> tuple[str, ...]:
    """Return what happens in a stretch of a line, the strongest sign that somebody else speaks first.

    >>> turns_in("ผมฟังแล้วเงียบ"), turns_in("น้ำลดแล้ว")
    (('self', 'react'), ())
    """
    return tuple(_HITS.of(words))


class GrowingTurns:
    """`turns_in` of a stretch, then of longer ones that begin with it: what was searched before is not searched again.

    >>> turns = GrowingTurns()
    >>> turns.of("ผม"), turns.of("ผมฟังแล้วเงียบ"), turns.of("น้ำลดแล้ว")
    (('self',), ('self', 'react'), ())
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._before = ""
        self._sure = set[str]()

    def of(self, words: str) -> tuple[str, ...]:
        """Return what happens in a stretch."""
        if not words.startswith(self._before):
            self._before = ""
            self._sure.clear()
        found = _HITS.of(words, max(0, len(self._before) - _REACH), self._sure)
        turns = tuple(name for name in _TURNS if name in self._sure or name in found)
        # at the end a sign may still follow that makes it another word
        self._sure.update(name for name, hit in found.items() if hit.end() < len(words))
        self._before = words
        return turns


def opener_of(words: str) -> str:
    """Return the small word with which a stretch opens, "other" where it opens with none of them.

    >>> opener_of("แต่ยังไม่เสร็จ"), opener_of("น้ำลดแล้ว")
    ('แต่', 'other')
    """
    found = _OPENER.match(words)
    return found[0] if found else "other"
