"""Names of private persons in Thai prose: behind a title (ป้าแดง, คุณสมศรี ทองมาก), or a first and a family name that are known.

Comes in: a text. Goes out: where the name stands, without its title. Refuses the names of officials in office (นายอำเภอสมชาย, คุณสมชาย นายก อบต.),
roles (คุณอำนวย), agencies, groups, and words that only look like a title with a name. Who held an office once is a private person again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.called import ends_name, is_addressed, is_called, is_joined, is_nickname, is_simple, rare_name, second_part
from pipeline.languages.th.mottoes import is_phrase, is_slogan
from pipeline.languages.th.names import Name, family_names, find_names, first_names, name_at
from pipeline.languages.th.privacy import former, people
from pipeline.languages.th.speech import goes_on, tells
from pipeline.languages.th.tokens import known_words, stop_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = frozenset("ะัาำิีึืฺุู็่้๊๋์ํๅๆ")
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]+\.?(?: [A-Z][A-Za-z'’-]*\.?){0,2}")
_ROOM = re.compile(r"[^\s\"“”'‘’(),:;!?…/\[\]{}<>|]{1,24}")
_GAP = re.compile(r"[ \u00a0]{1,2}")
_BEFORE_OFFICE = re.compile(r"[ \u00a0]{0,2}[(,]?[ ]?(?:(?:ซึ่ง|ที่)?เป็น|ตำแหน่ง|ในฐานะ|รักษาการ|รักษาราชการแทน|รก\.)?[ ]?")
_SUBDISTRICT = re.compile(r"(?:ต\.|ตำบล)[^\s]{1,20}\s?$")
_PROVINCE = re.compile(r"[^\s]{0,12}\s?(?:จ\.|จังหวัด)")
_LOOK_BACK, _LOOK_AHEAD = 24, 60
_LONGEST, _LONG, _LONG_OFFICE, _SHORTEST_FAMILY = 20, 5, 3, 3
_THAT = re.compile("ว่า(?![งนวย])")  # opens words of the word list (ป้า|ว่าไม่ได้|บ่น), no name but ว่าน
_DISTRICT, _OF_ALL = "อ.", "คุณ"  # คุณ also opens words of every day (คุณที่มาช่วย)
_PLACES = ("วัด", "บ้าน", "โรงเรียน", "รพ.", "ตำบล", "ต.", "อำเภอ", "จังหวัด", "จาก", "ใน", "ของ", "ที่")
_FORMAL_GROUP = frozenset({"agency", "level", "place", "venue"})


class _Text(NamedTuple):
    """A text with its words: the starts in order, and the word that begins at each."""

    text: str
    words: dict[int, str]
    ends: frozenset[int]


class Person(NamedTuple):
    """Where a private person is named: from the title, or from the name where there is none; the name, half-open."""

    titled: int
    start: int
    end: int


def private_names(text: str) -> Iterator[Person]:
    """Yield where private persons are named.

    >>> said = "ป้าแดงกับนายอำเภอสมชาย และคุณสมศรี ทองมาก"
    >>> [said[one.start : one.end] for one in private_names(said)]
    ['แดง', 'สมศรี ทองมาก']
    """
    read, last = _read(text), 0
    taken = bytearray(len(text))  # what belongs to a name that was looked at, kept or not
    for title in find_names(text, read.words, read.ends):
        if title.kind not in {"title", "office"} or taken[title.start]:
            continue
        own = None
        if is_official(text, title):
            end = _behind_official(read, title)
        else:
            own = _own_name(read, title, joined=is_joined(text, last, title.start)) if not _is_place(text, title) else None
            end = own[1] if own else title.end
        taken[title.start : end] = b"\1" * (end - title.start)
        if own and not _holds_office(text, own[1]):
            last = own[1]
            yield Person(title.start, *own)
    for start, end in _full_names(read):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield Person(start, start, end)


def is_official(text: str, name: Name) -> bool:
    """Say whether a name of a text is an office that names its holder, and that is held still."""
    return name.full in people("officials") and not former().search(text[max(0, name.start - _LOOK_BACK) : name.start])


def reads_as_own_name(own: str, title: Name) -> bool:
    """Say whether all that stands behind a title is somebody's name: no place, agency or office, and no description (ครูท่านหนึ่ง, ครูแนะแนว).

    >>> title = next(find_names("ครู", [0]))
    >>> [own for own in ("สมศรี", "แดง", "ท่านหนึ่ง", "แนะแนว", "วัดดอน") if reads_as_own_name(own, title)]
    ['สมศรี', 'แดง']
    """
    first = own.split(maxsplit=1)[0]
    if title.kind == "pronoun" and title.full not in people("family"):
        return False  # เขาล้อม
    if first in _names() and first not in people("common"):
        return True
    if first.startswith(_PLACES) or name_at(own):
        return False
    words = words_of(first)
    if any(word in people("common") for word in words):
        return False
    return len(words) > 1 or first not in known_words() or title.full in people("family")


def _read(text: str) -> _Text:
    words, place = {}, 0
    for word in words_of(text):
        words[place] = word
        place += len(word)
    return _Text(text, words, frozenset(start + len(word) for start, word in words.items()))


def _is_place(text: str, name: Name) -> bool:
    """Say whether what reads as a title belongs to the name of a place: อ.เมือง, วัดพระ, บ้านแม่."""
    if name.full == _DISTRICT:
        return bool(_SUBDISTRICT.search(text[max(0, name.start - _LOOK_BACK) : name.start]) or _PROVINCE.match(text, name.end))
    if name.full not in people("open"):
        return False
    before = text[max(0, name.start - _LOOK_BACK) : name.start]
    return any(before.endswith(one) for one in ("บ้าน", "ต.", "ตำบล", "วัด", "ห้วย", "ดอย", "ลำ", "โรงเรียน", "หลวง", "อ."))


def _own_name(read: _Text, title: Name, *, joined: bool) -> tuple[int, int] | None:
    """Return where the name behind a title stands; None where what follows is no name."""
    text, start = read.text, title.end
    formal = title.full in people("formal")
    gap = _GAP.match(text, start) if formal or title.full.endswith(".") else None
    if gap:
        start = gap.end()
    if latin := _LATIN.match(text, start):
        return latin.span()
    room = _ROOM.match(text, start)
    if not room:
        return None
    length = _known(read, start, room[0], title)
    if not length and title.kind == "title":
        length = _unknown(read, start, room[0], title, joined=joined) if not gap else 0
        if not length and formal and (behind := _GAP.match(text, room.end())) and (family := _ROOM.match(text, behind.end())):
            length = len(room[0]) if _family(family[0]) else 0
    return (start, _with_family(read, start + length, formal=formal)) if length else None


def _known(read: _Text, start: int, room: str, title: Name | None = None) -> int:
    """Return how long the first name or nickname is that a stretch begins with, 0 where it begins with none."""
    for length in range(min(len(room), _LONGEST), _LONG_OFFICE if title and title.kind == "office" else 1, -1):
        name, behind = room[:length], room[length:]
        if name not in _names() or behind[:1] in _MARKS or name in people("common"):
            continue
        caller = title if title and is_called(read.text, title, name) else None
        if name in stop_words() and not caller:
            continue
        word = read.words.get(start, "")
        if len(word) > length and word in known_words():
            continue  # ใจดี is no name ใจ
        if caller and (called := _called(read, start, room, caller, name)):
            return called
        if len(name) >= _LONG or name not in known_words() or not behind or goes_on(behind):
            return length
    return 0


def _called(read: _Text, start: int, room: str, title: Name, name: str) -> int:
    """Return how long the name is by which somebody is called who has a title and a nickname, 0 where it may be another word."""
    behind = room[len(name) :]
    second = read.words.get(start + len(name), "")
    if behind.startswith(second) and (more := second_part(name, second, behind.removeprefix(second))):
        return len(name) + more
    return len(name) if ends_name(behind) or (read.words.get(start) == name and is_nickname(title, name)) else 0


def _unknown(read: _Text, start: int, room: str, title: Name, *, joined: bool) -> int:
    """Return how long a name is that no list knows: a word that no dictionary has, or what stands before a deed."""
    word = read.words.get(start, "")
    if title.full not in people("kin") or not word or _is_common(word) or word in people("callings") or name_at(room):
        return 0
    own = _before_deed(words_of(room))
    length = sum(map(len, own))
    if apart := rare_name(own, room):
        return apart
    if word not in known_words() and len(word) > 1:
        return length if length <= _LONGEST // 2 else min(len(word), len(room))
    behind = room[length:]
    alone = tells(behind) if behind else title.full in people("formal") and title.full != _OF_ALL
    alone = alone or (is_simple(own[0]) and (is_addressed(behind) or (joined and title.full in people("family"))))
    strange = len(own) > 1 and any(one not in known_words() and len(one) > 1 for one in own)
    return length if 1 < length <= _LONGEST // 2 and (strange or (alone and len(own) == 1)) else 0


def _before_deed(words: list[str]) -> list[str]:
    """Return the first of some words, and those that follow it up to what somebody does."""
    for place in range(1, len(words)):
        if ends_name("".join(words[place:])):
            return words[:place]
    return words


def _is_common(word: str) -> bool:
    return word in people("common") or word in stop_words() or bool(_THAT.match(word))


def _with_family(read: _Text, end: int, *, formal: bool) -> int:
    """Return where a name ends with the family name that may follow it."""
    gap = _GAP.match(read.text, end)
    room = _ROOM.match(read.text, gap.end()) if gap else None
    if not gap or not room:
        return end
    chunk = room[0]
    known = _family(chunk)
    if known:
        return gap.end() + known
    words = words_of(chunk)
    first = words[0]
    unfit = _is_common(first) or bool(name_at(chunk)) or goes_on(chunk)
    if formal and not unfit and _before_deed(words) == words and _LONG <= len(chunk) <= _LONGEST and (len(words) > 1 or chunk not in known_words()):
        return room.end()
    return end


def _family(chunk: str) -> int:
    """Return how long the family name is that a stretch begins with; it ends the stretch, or somebody does something behind it."""
    for length in range(min(len(chunk), _LONGEST), _SHORTEST_FAMILY - 1, -1):
        behind = chunk[length:]
        if chunk[:length] in family_names() and (not behind or (behind[0] not in _MARKS and goes_on(behind))):
            return length
    return 0


def _full_names(read: _Text) -> Iterator[tuple[int, int]]:
    """Yield known first names with a known family name behind them, without a title."""
    for start in read.words:
        room = _ROOM.match(read.text, start)
        gap = _GAP.match(read.text, room.end()) if room else None
        if not room or not gap or room[0] not in first_names() or _is_common(room[0]):
            continue
        chunk = _ROOM.match(read.text, gap.end())
        family = _family(chunk[0]) if chunk else 0
        end = gap.end() + family
        if (
            family
            and not is_phrase(read.text, start, end)
            and not _follows_official(read.text, start)
            and not _holds_office(read.text, end)
            and not is_slogan(read.text, start, end)
        ):
            yield start, end


def _behind_official(read: _Text, office: Name) -> int:
    """Return where the name of an official ends: behind the office, behind its place and title (นายกเทศมนตรีตำบลนาใหม่ นายสมชาย)."""
    text, end = read.text, office.end
    room = _ROOM.match(text, end)
    if room and not goes_on(room[0]) and _formal_behind(text, room.end()):
        end = room.end()
    gap = _GAP.match(text, end)
    start = gap.end() if gap else end
    title = name_at(text[start : start + _LOOK_AHEAD])
    while title and title.kind == "title" and (end == office.end or title.full in people("formal")):
        end = start + title.end
        gap = _GAP.match(text, end)
        start = gap.end() if gap else end
        title = name_at(text[start : start + _LOOK_AHEAD])
    room = _ROOM.match(text, start)
    length = _known(read, start, room[0]) if room else 0
    return _with_family(read, start + length, formal=True) if length else end


def _formal_behind(text: str, end: int) -> bool:
    """Say whether a formal title stands behind what may be the place of an office."""
    gap = _GAP.match(text, end)
    title = name_at(text[gap.end() : gap.end() + _LOOK_AHEAD]) if gap else None
    return title is not None and title.full in people("formal")


def _holds_office(text: str, end: int) -> bool:
    """Say whether an office stands behind a name: คุณสมชาย ใจดี (นายก อบต.)."""
    opened = _BEFORE_OFFICE.match(text, end)
    start = opened.end() if opened else end
    office = name_at(text[start : start + _LOOK_AHEAD])
    if not office or office.full not in people("officials"):
        return False
    behind = start + office.end
    room = _ROOM.match(text, behind)
    place = name_at(text[behind : behind + _LOOK_AHEAD])
    if not room or (place and place.kind in _FORMAL_GROUP):
        return True
    return not goes_on(room[0]) and not any(room[0][:length] in first_names() for length in range(_LONG - 1, len(room[0]) + 1))


def _follows_official(text: str, start: int) -> bool:
    """Say whether an office stands right before a name: ผู้ว่าฯ วิชัย ทองมาก."""
    before = text[max(0, start - _LOOK_AHEAD) : start].rstrip()
    return any(before.endswith(office) and not former().search(before.removesuffix(office)) for office in people("officials"))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return first_names() | people("nicknames")
