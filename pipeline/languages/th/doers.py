"""Names of those who can act: where such a name ends, whether a deed follows it, and who stands beside it.

Comes in: words, and where a name begins or ends in them. Goes out: where it ends; whether its bearer does something at once. Refuses meetings, which
do nothing themselves, words that only begin like a title, and who is called or is the topic while the writer acts.
"""

from __future__ import annotations

import re

from pipeline.languages.th.deeds import ASIDE, DEED, FURTHER
from pipeline.languages.th.names import first_names, name_at
from pipeline.languages.th.speech import own_name_end, people_in
from pipeline.languages.th.tokens import known_words

EVENTS = ("ที่ประชุม", "เวที", "วง", "งาน", "ประชุม", "ประชาคม", "กิจกรรม")  # do nothing themselves
DOERS = frozenset({"title", "office", "role", "group", "pronoun", "agency"})
LEADS_TO = "เชิญ|ถึง|ของ|จาก|คือ|พา|ต่อ|หารือ|แจ้ง|และ|หรือ|ให้|ที่|ใน"  # behind these and a blank somebody does nothing: to them, or theirs, it is
BESIDE = re.compile(r"\s?(?:กับ|และ|แล้วก็|,)\s?")
LONGEST, _LONGEST_OWN = 60, 11  # code points of a name with what it does; of a name behind a title that no list knows
_MOST_JOINED = 3  # names that do something together
_SHORTEST_KNOWN = 4  # code points of a first name that no verb is
_OPEN_WORDS, _LONGEST_WORD = frozenset(["อา", "ตา", "จ่า"]), 6  # titles with which words begin (อาหาร, ตาม, จ่าย)
_SELF_IN = re.compile(r"(?<=.)(?:ผม|ดิฉัน)")  # who is the topic, while the writer acts: นายกนาดีผมพบแล้ว
_CALLED = re.compile(r"ครับ|คะ|ค่ะ|จ๊ะ|สำหรับ")  # who is called does not act
_RUN = re.compile(r"\s")
WILL = re.compile("น่าจะ|อยาก|(?:ไม่)?ต้อง")


def name_end(words: str, start: int) -> int | None:
    """Return where a name ends that can act, None where none begins, or where what follows a title may be no name."""
    name = name_at(words[start : start + LONGEST])
    if name is None or name.kind not in DOERS or words.startswith(EVENTS, start):
        return None
    end = start + name.end
    if name.full in _OPEN_WORDS and any(words[start : end + more] in known_words() for more in range(1, _LONGEST_WORD)):
        return None
    own = _own_name(words[end : start + LONGEST]) if name.kind == "title" else ""
    return None if _CALLED.match(words, end) or _SELF_IN.search(own) or (len(own) > _LONGEST_OWN and own not in first_names()) else end + len(own)


def _own_name(rest: str) -> str:
    """Return the name that follows a title: up to a blank, and where no list knows it up to what its bearer does."""
    run = _RUN.split(rest, maxsplit=1)[0]
    own = run[: own_name_end(run)]
    if (own in first_names() and len(own) >= _SHORTEST_KNOWN) or name_at(own):
        return own
    if own.startswith("ผู้"):
        return own
    return own[: min(one.start() if one else len(own) for one in (DEED.search(run), WILL.search(run)))]


def acts(words: str, end: int) -> bool:
    """Say whether a deed follows a name that ends at a place: at once, or behind what is said of them in passing, or those who are joined to them."""
    for _ in range(_MOST_JOINED):
        aside = ASIDE.match(words, end)
        end = aside.end() if aside else end
        if FURTHER.match(words, end + (words[end : end + 1] == " ")):
            return True
        joined = BESIDE.match(words, end)
        other = name_end(words, joined.end()) if joined else None
        if other is None:
            return False
        end = other
    return False


def own_name_behind(text: str, title_end: int) -> int:
    """Return where the name of a person ends whose title ends at a place; the same place where none follows that surely is one."""
    own = _own_name(text[title_end : title_end + LONGEST])
    return title_end + len(own) if len(own) <= _LONGEST_OWN or own in first_names() else title_end


def opens_with_doer(text: str, start: int) -> bool:
    """Say whether somebody who can act is named right at a place: who stands in the line above does nothing of what follows."""
    name = name_at(text[start : start + LONGEST])
    return name is not None and name.kind in DOERS


def beside(words: str, end: int) -> tuple[int, int] | None:
    """Return where the name stands that is joined to the one before it, None where none is.

    >>> said = "ครูแดงกับลุงสมชายจะไป"
    >>> start, end = beside(said, 6)
    >>> said[start:end]
    'ลุงสมชาย'
    """
    joined = BESIDE.match(words, end)
    if joined is None:
        return None
    start, room = joined.end(), words[joined.end() : joined.end() + LONGEST]
    person = next((one.named for one in people_in(room) if one.start == 0), None)
    name = name_at(room)
    if person:
        return start, start + len(person)
    if name and name.kind == "title":
        own = name_end(words, start) or 0
        return (start, own) if own > start + name.end and acts(words, own) else None  # a name that no list knows, up to what they do
    return (start, start + name.end) if name and name.kind in DOERS - {"pronoun"} else None
