"""Topics that a passage carries on to the next meeting, told apart in the words of their list.

Comes in: what a passage says, and the passages right before it. Goes out: the topics as they are written. Refuses nothing: a list that cannot be told
apart, or that has another number of topics than the passage counts, gives none; no topic is made up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import NUMBER_WORD, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TALK = "(?:คุย|พูด|หารือ|เสวนา|ปรึกษา|แลกเปลี่ยน|พิจารณา|ถก|ว่า)"
_NEXT = r"(?:ต่อ(?!เมื่อ|จาก|สู้|ต้าน|ยอด)|(?:ใน)?(?:การ)?(?:ประชุม|เวที|วง|นัด|รอบ|ครั้ง|คราว)\S{0,14}?(?:หน้า|ต่อไป|ถัดไป|ที่\s?[0-9๐-๙]{1,3}))"
_CARRIES = re.compile(
    rf"(?:นำ|เอา|หยิบ|ยก)(?P<what>.{{1,120}}?)(?:ไป|มา){_TALK}(?:กัน)?{_NEXT}"
    rf"|(?:ยก|ยกยอด|ค้าง|ทิ้ง|ฝาก)(?P<left>.{{1,120}}?)ไป(?:ไว้)?(?:ใน|ที่)?{_NEXT}"
)
_SIZES = "เรื่อง|ประเด็น|หัวข้อ|ข้อ"
_COUNT = re.compile(rf"([0-9๐-๙]{{1,2}}|{NUMBER_WORD})\s?(?:{_SIZES})")
_THESE = re.compile(rf"^\s*(?:ทั้ง)?(?:[0-9๐-๙]{{1,2}}|{NUMBER_WORD})?\s?(?:{_SIZES})?(?:เหล่า|พวก)?(?:นี้|นั้น|ดังกล่าว)?\s*$")
_LIST = re.compile(r"(?:ได้แก่|คือ|ว่าด้วย)\s?:?")
_NUMBERED = re.compile(r"\s*\(?[0-9๐-๙]{1,2}\s?[).]\s*")
_COMMA, _SPACE, _AND = re.compile(r"\s*,\s*"), re.compile(r"\s+(?![0-9๐-๙])"), re.compile(r"\s*(?:และ|กับ)\s*")
_HEAD = re.compile(rf"^(?:ทั้ง)?(?:{_SIZES}|การบ้าน)(?:ของ|ที่|การ(?=\s))?\s?")
_TAIL = re.compile(r"(?:\s|โดย|ซึ่ง|แล้ว|ก็|จึง|ที่ประชุม|เรา|จะ|ครับ|ค่ะ|นะ)+$")
_LENGTHS = range(3, 90)  # code points of a topic


def carries_on(quote: str) -> bool:
    """Say whether the words carry something on to a later talk or meeting."""
    return bool(_CARRIES.search(quote))


def topics_of(quote: str, before: Sequence[str]) -> tuple[int, list[str]]:
    """Return the topics that a quote carries on, and where they are written: 0 in itself, n in the nth of the passages before it, nearest first."""
    found = _CARRIES.search(quote)
    if found is None:
        return 0, []
    what = found["what"] or found["left"]
    if not _THESE.match(what):
        return 0, _sound(_split(what, _count(what)))
    for number, text in enumerate([quote[: found.start()], *before]):
        opened = list(_LIST.finditer(text))
        topics = _sound(_split(text[opened[-1].end() :], _count(what))) if opened else []
        if len(topics) > 1:
            return number, topics
    return 0, []


def _count(what: str) -> int | None:
    found = _COUNT.search(what)
    return number_of(found[1]) if found else None


def _split(text: str, count: int | None) -> list[str]:
    """Split a list in the first way that gives the number told; where none is told, at numbers, commas, or spaces before a last "and"."""
    text = _TAIL.sub("", _HEAD.sub("", text.strip()))
    numbered = [item for item in _NUMBERED.split(text) if item]
    ways = [
        numbered if len(numbered) > 1 and _NUMBERED.match(text) else [text],
        *([*_last_split(text, sign)] for sign in (_COMMA, _SPACE)),
        _AND.split(text),
    ]
    if count is not None:
        return next((way for way in ways if len(way) == count), [])
    if len(ways[0]) > 1:
        return ways[0]
    return ways[1] if "," in text else ways[2] if len(ways[2]) > 2 and _AND.search(text) else [text]  # noqa: PLR2004 - A B and C


def _last_split(text: str, sign: re.Pattern[str]) -> Iterator[str]:
    """Yield the parts of a text between the signs, its last part once more split at the last "and"."""
    *items, last = sign.split(text)
    yield from items
    joined = list(_AND.finditer(last))
    yield from (part for part in ((last[: joined[-1].start()], last[joined[-1].end() :]) if joined else (last,)) if part)


def _sound(items: Sequence[str]) -> list[str]:
    """Return the topics without the words before them, none where one of them is no topic."""
    topics = [_HEAD.sub("", item.strip(" ,")).strip() for item in items]
    return topics if all(len(topic) in _LENGTHS and not _THESE.match(topic) for topic in topics) else []
