"""How somebody is called who is known by a title and a nickname: words of every day that are names behind ป้า, พี่, ครู, and what ends such a name.

Comes in: a title with its text, a word behind it, and what follows. Goes out: whether the word calls somebody there. Refuses what a title and a
word say of nobody in particular: ครูน้อย where schools have few, พี่เขียน where somebody writes, น้องเล็ก for any small child.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.commonness import count_of, is_rare
from pipeline.languages.th.names import Name, name_at
from pipeline.languages.th.privacy import cue, people
from pipeline.languages.th.speech import goes_on
from pipeline.languages.th.tokens import known_words, stop_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINED = re.compile(r"[ \u00a0]?(?:\([^()]{1,24}\)[ \u00a0]?)?(?:และ|กับ|หรือ|,)[ \u00a0]?")
_LETTER, _DESCRIBES = re.compile("[ก-ฮ]"), re.compile("นัก|ผู้|การ(?!์)|ความ|ช่าง|ทหาร|ตำรวจ")
_LOOK_BACK, _SHORTEST, _LONGEST = 12, 2, 5
_VERY_COMMON = 4_000  # times that a corpus of thirty million words has a word


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


def rare_name(words: list[str], room: str) -> int:
    """Return how long the name is that the words behind a title begin with, 0 where they begin with none: a rare word, or what no list has whole.

    >>> rare_name(["จุรี", "มา"], "จุรีมา"), rare_name(["บู๊", "ด"], "บู๊ด"), rare_name(["สุ", "ธรา"], "สุธรา"), rare_name(["ใจร้าย"], "ใจร้าย")
    (4, 4, 5, 0)
    """
    first, second = words[0], words[1] if len(words) > 1 else ""
    whole = len(first) + len(second)
    if _LETTER.fullmatch(second) and len(first) > 1 and is_rare(first):
        return whole  # a letter that stands alone was torn from a name
    if len(first) == _SHORTEST and len(words) == _SHORTEST and _is_own(second):
        return whole
    if not _is_own(first):
        return 0
    return whole if _goes_with(second, room[whole:]) else len(first)


def _goes_with(word: str, behind: str) -> bool:
    """Say whether a short word behind a rare one is the rest of a name: another rare one (วัช|ริน), or what is left before the name ends (สุธี|รา)."""
    if not 1 < len(word) < _LONGEST or word in stop_words():
        return False
    if not behind and len(word) == _SHORTEST:
        return True
    return (word not in known_words() or is_rare(word) or word in people("nicknames")) and (not behind or ends_name(behind))


def _is_own(word: str) -> bool:
    """Say whether a word of the dictionary is so rare that behind a title it is somebody's name, and no compound."""
    if len(word) == 1 or "ๆ" in word or word not in known_words() or not is_rare(word):
        return False
    return not _DESCRIBES.match(word) and not _is_compound(word)


def _is_compound(word: str) -> bool:
    """Say whether a word is made of two others, of which one is very common: ใจร้าย, คนเดียว; จุรี is not, though จุ and รี are words."""
    if not count_of(word):
        return _falls_apart(word)
    return any(max(map(count_of, both)) > _VERY_COMMON and not any(map(is_rare, both)) for both in _halves(word) if both[1] in known_words())


def _falls_apart(word: str) -> bool:
    """Say whether a word is nothing but other words: นอนไม่หลับ."""
    return any(rest in known_words() or _falls_apart(rest) for _, rest in _halves(word))


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield the known words that a word begins with, and what follows each."""
    cuts = range(_SHORTEST, len(word) - 1)
    return ((word[:cut], word[cut:]) for cut in cuts if word[:cut] in known_words())


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
