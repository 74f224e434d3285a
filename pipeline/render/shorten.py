"""A text made short enough for a line, cut where a phrase ends, else where a word ends.

Comes in: a text, and how many code points it may have. Goes out: the text as a page shows it, or its beginning and …. Refuses nothing.
What must be hidden is hidden before the cut: half an address is an address still. No name of a person and no day is cut in two, and none of the
words that only lead on to the next (และ, ที่, วันที่) stands last, as far as half of the room is filled without them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.languages import find_dates, private_names, words_of
from pipeline.render.display import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

ELLIPSIS = "…"
_READ_ON = 4  # a word is looked for in so many times the length; what follows is of no account
_FILLED = 0.6  # of what has room, before a phrase may end there
_LEAST = 0.5
_DAY = 36  # code points of a day that is never cut, with the day of its week; a longer one tells more than a day
_MARKS = frozenset({"Mn", "Mc", "Me"})
_BEFORE = frozenset("เแโใไ")  # vowels written before the consonant that they belong to
_PHRASE = re.compile(r"(?<![\d๐-๙.])(?<!\sณ)\s(?![\d๐-๙ๆฯ])")  # a blank beside a number, or behind a short form or "at", ends nothing
_LEADING = frozenset(  # words that only lead on to the next
    (
        *("และ", "หรือ", "แต่", "ซึ่ง", "ที่", "ว่า", "ของ", "โดย", "เพื่อ", "ให้", "จะ", "ใน", "กับ", "เป็น", "การ", "ความ", "วันที่", "วัน", "เวลา", "ไม่"),
        *("ยัง", "ต้อง", "คือ", "จาก", "ตาม", "ได้แก่", "เช่น", "ก็", "จึง", "เมื่อ", "ถ้า", "หาก", "เพราะ", "ท่าน", "คุณ", "ครั้งที่", "ข้อที่", "ประมาณ", "จำนวน"),
        *("ถึง", "ณ"),
    )
)
_NUMBER = re.compile(r"[\d๐-๙.,:]+")


def shortened(text: str, most: int) -> str:
    """Return the text, at most `most` code points long.

    >>> shortened("คุณอำนวยนัดกันวันศุกร์", 16), shortened("ส่งรายชื่อก่อน แล้วนัดประชุมวันที่ 12 มกราคม", 32)
    ('คุณอำนวยนัดกัน…', 'ส่งรายชื่อก่อน แล้วนัดประชุม…')
    """
    shown = on_one_line(text)
    return shown if len(shown) <= most else _cut(shown[: most * _READ_ON], most)


@lru_cache(maxsize=8_192)  # the same quotation stands in many forms
def _cut(shown: str, most: int) -> str:
    words = list(_words_within(shown, most))
    room = sum(map(len, words))
    borders = [found.start() for found in _PHRASE.finditer(shown) if _FILLED * most <= found.start() <= room]
    kept = [(one.titled, one.end) for one in private_names(shown)]
    kept += [(one.start, one.end) for one in find_dates(shown) if one.end - one.start <= _DAY]
    end = max([border for border in borders if not _within(kept, border)], default=_whole(words, most))
    end = _within(kept, end) or end
    return (shown[:end].rstrip() or _first_signs(shown, most - 1)) + ELLIPSIS


def _words_within(shown: str, most: int) -> list[str]:
    """Return the first words that have room together with …."""
    length = 0

    def fits(word: str) -> bool:
        nonlocal length
        length += len(word)
        return length < most

    return list(takewhile(fits, words_of(shown)))


def _whole(words: list[str], most: int) -> int:
    """Return where some words end once those at their end are left out that only lead on."""
    end, least = sum(map(len, words)), _LEAST * most
    for word in reversed(words):
        if word.strip() and word not in _LEADING and not _NUMBER.fullmatch(word):
            break
        if end - len(word) < least:
            break
        end -= len(word)
    return end


def _within(kept: Iterable[tuple[int, int]], place: int) -> int:
    """Return where the name or the day begins that a place would cut in two; 0 where it cuts none, or that stands first."""
    return next((start for start, end in kept if start < place < end), 0)


def _first_signs(text: str, most: int) -> str:
    """Return the beginning of a word that is too long, with no mark cut from its letter."""
    while most > 1 and (unicodedata.category(text[most]) in _MARKS or text[most] == "ำ" or text[most - 1] in _BEFORE):
        most -= 1
    return text[:most]
