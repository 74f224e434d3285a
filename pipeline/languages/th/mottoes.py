"""Words of mottoes and titles that read as the first and the family name of a person: “กตัญญู ยุติธรรม”, สันติสุข อยู่ดีมีสุข.

Comes in: a text, and where such a pair of words stands in it. Goes out: whether they are only words there. Refuses pairs that no dictionary holds:
these are names.
"""

from __future__ import annotations

import re

from pipeline.languages.th.speech import tells
from pipeline.languages.th.tokens import known_words

_MOTTO = re.compile(r"(?:คำขวัญ|สโลแกน|คติ(?:พจน์|ประจำใจ)?|ค่านิยม|อุดมการณ์|ปรัชญา|คาถา)[^\n]{0,16}$")
_BEARS_WORDS = re.compile(r"(?:ป้าย|โครงการ|กิจกรรม|แนวคิด|หลัก|หัวข้อ|คำว่า|ข้อความ|คำ(?:พูด|คม)|เสื้อ)[^\n]{0,16}$")
_OPENS, _CLOSES = frozenset("“\"'‘"), frozenset("”\"'’")
_GOES_ON = re.compile(r"[ก-๙]{1,24}")
_CALLED = "ชื่อ"
_LOOK_BACK = 24


def is_phrase(text: str, start: int, end: int) -> bool:
    """Say whether what reads as a first and a family name are words that go on at once, and not to tell: สันติสุข อยู่ดีมีสุข, วันอาทิตย์ ใจดีมาก."""
    behind = _GOES_ON.match(text, end)
    if not behind or tells(behind[0]) or text.endswith(_CALLED, 0, start):
        return False
    return _are_words(text[start:end])


def is_slogan(text: str, start: int, end: int) -> bool:
    """Say whether what reads as a first and a family name are two words of a motto: behind the word for it, or one word twice.

    Quotation marks alone show none: names stand in them, too. They need the word for what bears such words (ป้าย, โครงการ …) before them.
    """
    first, second = text[start:end].split(maxsplit=1)
    if not _are_words(text[start:end]):
        return False
    quoted = text[start - 1 : start] in _OPENS and text[end : end + 1] in _CLOSES if start else False
    before = text[max(0, start - _LOOK_BACK) : start]
    return first == second or bool(_MOTTO.search(before) or (quoted and _BEARS_WORDS.search(before)))


def _are_words(pair: str) -> bool:
    return all(word in known_words() for word in pair.split(maxsplit=1))
