"""Who shall do something, where Thai says it plainly: a name that opens a clause and at once does, takes on or will do something.

Comes in: words. Goes out: where such names stand, and who stands beside a name. Refuses names of those who only propose, ask or let others do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names
from pipeline.languages.th.speech import own_name_end, people_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOERS = frozenset({"title", "office", "role", "group", "pronoun", "agency"})
_TAKES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:จะ|รับ(?!รอง|ทราบ|แจ้ง)|เป็นคน(?!ละ))"  # surely takes it on, wherever the name stands
_DOES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:ไป|ทำ|นัด|ส่ง|จัด|ช่วย|กำลัง)"  # does it, where the name opens the passage
_TAKES_ON, _DOES_IT = re.compile(_TAKES), re.compile(f"{_TAKES}|{_DOES}")
_CLAUSE = re.compile(r"(?:^|(?<=[\s(])|(?<=เดี๋ยว)|(?<=ส่วน)|(?<=แล้ว)|(?<=แต่)|(?<=โดย))(?=\S)")
_ONLY_SPEAKS = re.compile(
    r"\s?(?:ก็|เลย|จึง|ได้|เอง)*(?:เสนอ|แนะ|ถาม|ให้|ขอให้|อยากให้|เห็น(?:ว่า|ควร|ด้วย)|ชี้แจง|อธิบาย|ถูก|โดน|ว่า(?![^\n]{0,200}(?:จะ|ขอ|รับ|เอง|ไป)))"
)
_BESIDE = re.compile(r"\s?(?:กับ|และ|แล้วก็|,)\s?")
_LONGEST = 60  # code points of a name with what it does


def clear_owners(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who plainly take something on.

    >>> said = "ใบปลิวหมด ครูแดงจะพิมพ์เพิ่ม ลุงมาแล้ว"
    >>> [said[start:end] for start, end in clear_owners(said)], list(clear_owners("ลุงเสนอให้เลื่อน"))
    (['ครูแดง'], [])
    """
    for clause in _CLAUSE.finditer(words):
        start = clause.start()
        end = _name_end(words, start)
        does = _TAKES_ON if words[:start].strip() else _DOES_IT
        if end and does.match(words, end):
            yield start, end


def _name_end(words: str, start: int) -> int | None:
    """Return where a name ends that can act, None where none begins."""
    name = next(find_names(words[start : start + _LONGEST], [0]), None)
    if name is None or name.kind not in _DOERS:
        return None
    end = start + name.end
    return end + own_name_end(words[end : start + _LONGEST]) if name.kind == "title" else end


def only_speaks(behind: str) -> bool:
    """Say whether words behind a name say that its bearer proposes, asks or lets others do, and so owns nothing.

    >>> only_speaks("เสนอให้เลื่อน"), only_speaks("ให้ครูไป"), only_speaks("จะไปเอง")
    (True, True, False)
    """
    return bool(_ONLY_SPEAKS.match(behind))


def beside(words: str, end: int) -> tuple[int, int] | None:
    """Return where the name stands that is joined to the one before it, None where none is.

    >>> said = "ครูแดงกับลุงสมชายจะไป"
    >>> start, end = beside(said, 6)
    >>> said[start:end]
    'ลุงสมชาย'
    """
    joined = _BESIDE.match(words, end)
    if joined is None:
        return None
    start, room = joined.end(), words[joined.end() : joined.end() + _LONGEST]
    person = next((one.named for one in people_in(room) if one.start == 0), None)
    name = next(find_names(room, [0]), None)
    if person:
        return start, start + len(person)
    return (start, start + name.end) if name and name.kind in _DOERS - {"title", "pronoun"} else None
