"""How somebody is called who is known by a title and a nickname: words of every day that are names behind ป้า, พี่, ครู, and what ends such a name.

Comes in: a title with its text, a word behind it, and what follows. Goes out: whether the word calls somebody there. Refuses what a title and a
word say of nobody in particular: ครูน้อย where schools have few, พี่เขียน where somebody writes, น้องเล็ก for any small child.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages.th.names import Name, name_at
from pipeline.languages.th.privacy import cue, people
from pipeline.languages.th.speech import goes_on
from pipeline.languages.th.tokens import known_words, stop_words

_JOINED = re.compile(r"[ \u00a0]?(?:และ|กับ|หรือ|,)[ \u00a0]?")
_LOOK_BACK, _SHORTEST, _LONGEST = 12, 2, 5


def is_called(text: str, title: Name, word: str) -> bool:
    """Say whether a listed name behind a title is one there, though it may also be a word of every day.

    >>> title = Name("title", 2, 5, "ครู")
    >>> is_called("มีครูน้อย", title, "น้อย"), is_called("ๆ ครูน้อย", title, "น้อย")
    (False, True)
    """
    if title.full not in people("kin") or word in people("deeds") or name_at(word):
        return False
    if word not in stop_words():
        return True
    return (
        word in people("nicknames")
        and title.full not in people("younger")
        and bool(_free().search(text, max(0, title.start - _LOOK_BACK), title.start))
    )


def is_nickname(title: Name, word: str) -> bool:
    """Say whether a word behind a title of kin is a nickname whatever follows it: ป้าติ๋มวิ่งมา."""
    return len(word) > _SHORTEST and word in people("nicknames") and word not in stop_words() and title.full in people("family")


def second_part(name: str, word: str, behind: str) -> int:
    """Return how long the second word of a name of two is, 0 where the next word is none.

    >>> second_part("คำ", "ใส", "กับป้า"), second_part("แสง", "จ่าย", "ค่ารถ"), second_part("คำ", "พูด", "")
    (2, 0, 0)
    """
    if name not in people("joining") or not _SHORTEST <= len(word) <= _LONGEST or word in people("common") or word in stop_words() or ends_name(word):
        return 0
    return len(word) if name in people("bound") or not behind or ends_name(behind) else 0


def ends_name(behind: str) -> bool:
    """Say whether what follows a nickname is a deed, or speaks to its bearer.

    >>> ends_name("คะ ขอถาม"), ends_name("พิมพ์ให้"), ends_name("ใจดี")
    (True, True, False)
    """
    return goes_on(behind) or is_addressed(behind) or bool(_does().match(behind))


def is_addressed(behind: str) -> bool:
    """Say whether words speak to somebody who has just been named.

    >>> is_addressed("คะ ขอถาม"), is_addressed("คะแนน")
    (True, False)
    """
    return bool(_address().match(behind))


def is_simple(word: str) -> bool:
    """Say whether a word is no compound of two others: these tell what somebody is, more than who.

    >>> is_simple("สร้อย"), is_simple("ลูกจ้าง")
    (True, False)
    """
    return not any(word[:cut] in known_words() and word[cut:] in known_words() for cut in range(_SHORTEST, len(word) - 1))


def is_joined(text: str, end: int, start: int) -> bool:
    """Say whether what stands between a name, which ends at `end` (0: there is none yet), and a title joins two persons: ป้าแดงกับลุงเฉื่อย."""
    return end > 0 and bool(_JOINED.fullmatch(text, end, start))


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    return re.compile(cue("names", "address"))


@lru_cache(maxsize=1)
def _does() -> re.Pattern[str]:
    return re.compile(cue("names", "does"))


@lru_cache(maxsize=1)
def _free() -> re.Pattern[str]:
    return re.compile(cue("names", "free"))
