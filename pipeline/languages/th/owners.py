"""Who shall do something, where Thai says it plainly: a name that opens a clause and at once does, takes on or will do something.

Comes in: words. Goes out: where such names stand, and who stands beside a name. Refuses names of those who only propose, ask or let others do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.languages.th.deeds import ASIDE, DEED, FURTHER
from pipeline.languages.th.hearsay import NO_DOUBT, SAYS, THINKS
from pipeline.languages.th.names import first_names, name_at
from pipeline.languages.th.privacy import people
from pipeline.languages.th.selves import own_deeds
from pipeline.languages.th.speech import own_name_end, people_in
from pipeline.languages.th.takers import EVENTS, taker_end
from pipeline.languages.th.tokens import known_words

if TYPE_CHECKING:
    from collections.abc import Iterator

Evidence = Literal["let and does", "opens and does", "does", "let", "opens", "none"]

_DOERS = frozenset({"title", "office", "role", "group", "pronoun", "agency"})
_TAKES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:จะ(?!(?:ขอ)?ให้|ได้)|รับ(?!รอง|ทราบ|แจ้ง)|เป็นคน(?!ละ))"  # surely takes it on, wherever the name stands
_DOES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:ไป|ทำ|นัด|ส่ง|จัด|ช่วย|กำลัง)"  # does it, where the name opens the passage
_TAKES_ON, _DOES_IT = re.compile(_TAKES), re.compile(f"{_TAKES}|{_DOES}")
_DOES_ANY = re.compile(rf"(?!(?:ก็|เลย|จึง|เอง)*จะ(?:ขอ)?(?:ให้|ได้))(?:{FURTHER.pattern})")
_HAS_DONE = re.compile(rf"{_TAKES}|(?:ก็|จึง)*ได้(?:{FURTHER.pattern})")
_BEFORE_CLAUSE = ("เดี๋ยว", "ส่วน", "แล้ว", "แต่", "โดย", "นี้", "กับ", "ซึ่ง", "ปัจจุบัน", "ต่อไป", "บอกว่า")
# The last sign before a clause, then what stands with it: other signs are passed over at once.
_CLAUSE = re.compile(
    rf"[\s(งา{''.join(sorted({one[-1] for one in _BEFORE_CLAUSE}))}]"
    rf"(?:(?<=[\s(])|{'|'.join(f'(?<={one})' for one in _BEFORE_CLAUSE)}|(?<=[\sงยตน]ทาง)|(?<=[^ก]ว่า){NO_DOUBT})(?=\S)"
)
_CONNECTS = re.compile(r"(?:และ|แต่|ส่วน|โดย|ซึ่ง|แล้ว|ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ดังนั้น|เบื้องต้น|ขณะเดียวกัน|ต่อไป|ทาง|ปัจจุบัน|ขณะนี้|ตอนนี้|เดี๋ยว|รวมทั้ง|พร้อมทั้ง|\s)*")
_TOLD_BEFORE, _OFFICE_BEFORE = re.compile("(?:ซึ่ง|ว่า)$"), re.compile(r"(?:นายก|ปลัด|สมาชิก|ประธาน|หัวหน้า|เจ้าหน้าที่|ลูกจ้าง|พนักงาน|สภา|ผอ\.) $")
_LETS = re.compile(r"(?:^|\s|(?:โดย|ขอ|และ|หมาย|มติ|กัน|ว่า|ประชุม|จึง|สั่ง|ตกลง|ท่าน|เสนอ|จะ|แล้ว))ให้(?:ทาง)?\s?$")
# Where somebody may be let do it; within a passage only behind a verb of assigning is that sure.
_LETS_DO = re.compile(
    r"(?:(?P<assigns>(?P<charges>มอบหมาย(?:ให้)?|(?:ให้|มอบ)การบ้าน(?:กับ|แก่)?)|(?:มอบ|มติ|สั่งการ|กำชับ)ให้|กำชับ|ให้เวลา|ให้(?=ทาง))"
    r"|(?:^|(?<=\s))(?:แล้ว|และ|โดย|ก็|จึง|ส่วน|ต่อไป)?(?:ขอ|อยาก|เสนอ|ตกลง)?ให้)"
    r"(?:ทาง)?\s?(?=\S)"
)
_LET_DOERS = frozenset({"title", "office", "role", "group", "agency"})
_ENDS = re.compile(rf"\s|$|[^ก-๎]|ให้|ใน|เรื่อง|เป็น|ทั้ง|ทุก|แต่ละ|กับ|และ|{FURTHER.pattern}")  # behind a group, whose name else goes on
_NOT_LET, _MAY = re.compile("(?:ไม่(?:ได้|ต้อง|ควร|เคย|มี|อยาก)?|อย่า(?:เพิ่ง)?|ห้าม|ใคร)$"), re.compile(r"\s?ได้")  # ให้ครูได้สอน: so that they can
_THERE = re.compile(r"(?:^|(?<=\s)|โดย|จะ|และ)มี(?=\S)")
_SERVES = re.compile(
    r"\s?(?:(?P<office>เป็น(?:รอง)?(?:ประธาน|หัวหน้า|หัวเรือ|เจ้าภาพ|เลขา|พี่เลี้ยง|แม่งาน|แกน|กองบรรณาธิการ|กรรมการ|วิทยากร|ผู้(?!สูง|ใหญ่)))|(?:มา|คอย|จะ)?(?:ช่วย|ดูแล|ร่วม|เป็นคน)|คอย|ผลัดกัน)"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[\s(]|เดี๋ยว|ส่วน|แล้ว|แต่|โดย|และ)$")
_NO_NAME = re.compile(
    rf"{FURTHER.pattern}|{SAYS}|{THINKS}|ก็|เลย|จึง|ได้|ยัง|คง|ให้|ของ|กับ|และ|หรือ|ที่(?!ปรึกษา|ทำการ)|จาก|ซึ่ง|ใน|นี้|นั้น|เอง|มี|เป็น|ไม่|แล้ว|ครับ|ค่ะ|คะ|นะ|อยู่"
    r"|อยาก|อย่า(?!ง)|ห้าม|ต้อง|กัน|ทั้ง|เข้า|กลับ|นั่ง|เพิ่ง|เคย|อีก|คนละ|[\d(]"
)
_GOES_TO = re.compile(r"(?:เชิญ|กับ|ถึง|ของ|จาก|คือ|พา|ต่อ|หารือ|แจ้ง|และ|หรือ|ให้|ที่|ใน)\s$")
_GIVEN = re.compile(r"ให้\s?$")  # what is given ends with who gets it: โอนให้ อบต. เริ่มแล้ว
_SPOKEN_WITH = re.compile(r"(?:คุย|หารือ|ปรึกษา|นัด|อยู่|พบ)กับ\s?$")  # what follows is done by who speaks with them
_LET_BEFORE = 14  # code points
_BESIDE = re.compile(r"\s?(?:กับ|และ|แล้วก็|,)\s?")
_LONGEST, _LONGEST_OWN = 60, 11  # code points of a name with what it does; of a name behind a title that no list knows
_MOST_JOINED = 3  # names that do something together
_SHORTEST_KNOWN = 4  # code points of a first name that no verb is
_RUN, _RUN_BEFORE = re.compile(r"\s"), re.compile(r"(?:^|(?<=\s))(?P<run>\S{2,24}) $")
_OPEN_WORDS, _LONGEST_WORD = frozenset(["อา", "ตา", "จ่า"]), 6  # titles with which words begin (อาหาร, ตาม, จ่าย)
_SELF_IN = re.compile(r"(?<=.)(?:ผม|ดิฉัน)")  # who is the topic, while the writer acts: นายกนาดีผมพบแล้ว
_WILL, _LONGEST_WILL = re.compile("น่าจะ|อยาก|(?:ไม่)?ต้อง"), 7  # code points
_ENDS_WILLING = re.compile(f"(?:{_WILL.pattern})$")
_TEACH_OR_HEAL = frozenset(["ครู", "หมอ"])
_CALLED = re.compile(r"ครับ|คะ|ค่ะ|จ๊ะ|สำหรับ")  # who is called does not act


def clear_owners(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who plainly take something on.

    >>> said = "ใบปลิวหมด ครูแดงจะพิมพ์เพิ่ม ลุงมาแล้ว"
    >>> [said[start:end] for start, end in clear_owners(said)], list(clear_owners("ลุงเสนอให้เลื่อน"))
    (['ครูแดง'], [])
    """
    seen: set[int] = set()
    before, opening = (0, 0), _opening(words)
    for start in (0, *(clause.end() for clause in _CLAUSE.finditer(words))):
        end = _name_end(words, start) if _may_act_there(words, start) else None
        if end and _shown_by(words, start, end, opens=start <= opening).match(words, end + _blank_behind(words, end)):
            seen.add(start)
            yield from [before] * (before[1] > 0 and words[before[1] : start].strip() == "กับ")
            yield _with_title_before(words, start), end
        elif taker := taker_end(words, start):
            seen.add(start)
            yield start, taker
        elif end:
            before = (start, end)
    yield from (span for span in (*_let_do(words, opening), *_serve(words), *own_deeds(words)) if span[0] not in seen)


def _opening(words: str) -> int:
    """Return how far words only join what follows to what stood before them; a look back from every name would read them all again."""
    found = _CONNECTS.match(words)
    return found.end() if found else 0


def _let_do(words: str, opening: int) -> Iterator[tuple[int, int]]:
    """Yield where those stand by name, office or group who plainly are let do something, with how many they are."""
    for let in _LETS_DO.finditer(words):
        start = let.end()
        name, end = name_at(words[start : start + _LONGEST]), _name_end(words, start)
        if name is None or end is None or name.kind not in _LET_DOERS or (name.kind == "title" and end == start + name.end):
            continue
        within = not let["assigns"] and let.start() > opening  # there they are as often those for whom it is done
        if within or _NOT_LET.search(words, max(0, let.start() - _LET_BEFORE), let.start()):
            continue
        aside = ASIDE.match(words, end)
        end = aside.end() if aside else end
        if (let["charges"] and (name.kind != "group" or _ENDS.match(words, end))) or (_acts(words, end) and not _MAY.match(words, end)):
            yield start, end


def _serve(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand of whom it is said that they are there as something, or to help: โดยมีครูแดงเป็นเลขา."""
    for there in _THERE.finditer(words):
        start, end = there.end(), _name_end(words, there.end())
        name = name_at(words[start : start + _LONGEST]) if end else None
        if end is None or name is None:
            continue
        aside = ASIDE.match(words, end)
        served = _SERVES.match(words, aside.end() if aside else end)
        if served and (served["office"] or name.kind != "title" or end > start + name.end):
            yield start, end


def _may_act_there(words: str, start: int) -> bool:
    """Say whether who is named there may act.

    Behind ว่า and ซึ่ง an office or a group may, while a person only tells it; an agency that is part of an office (นายก อบต.) may not.
    """
    before = words[max(0, start - _LET_BEFORE) : start]
    name = name_at(words[start : start + _LONGEST])
    if name and _TOLD_BEFORE.search(before):
        return name.kind in {"agency", "office", "group"}
    return not (name and name.kind == "agency" and _OFFICE_BEFORE.search(before))


def _shown_by(words: str, start: int, end: int, *, opens: bool) -> re.Pattern[str]:
    """Return what must stand behind a name: within a passage who takes something on is plain, at its opening who does it.

    There an office owns any deed, and so does somebody who is called by name; a title alone may open a name that no list knows (ลุง|เพิ่ม).
    """
    name = name_at(words[start : start + _LONGEST])
    if not opens:
        return _HAS_DONE if name and name.kind in {"agency", "office"} else _TAKES_ON
    if name is None or name.kind not in {"agency", "office", "title"}:
        return _DOES_IT
    if name.kind == "title":
        return _DOES_IT if end == start + name.end else _DOES_ANY
    return FURTHER


def _blank_behind(words: str, end: int) -> int:
    """Return how many blanks stand behind a name that is written short, and so is followed by one (อบต. จะส่งรถ, นายกฯ รับไป)."""
    return int(words.startswith((". ", "ฯ "), end - 1))


def _name_end(words: str, start: int) -> int | None:
    """Return where a name ends that can act, None where none begins, or where what follows a title may be no name."""
    name = name_at(words[start : start + _LONGEST])
    if name is None or name.kind not in _DOERS or words.startswith(EVENTS, start):
        return None
    end = start + name.end
    if name.full in _OPEN_WORDS and any(words[start : end + more] in known_words() for more in range(1, _LONGEST_WORD)):
        return None
    own = _own_name(words[end : start + _LONGEST]) if name.kind == "title" else ""
    return None if _CALLED.match(words, end) or _SELF_IN.search(own) or (len(own) > _LONGEST_OWN and own not in first_names()) else end + len(own)


def _own_name(rest: str) -> str:
    """Return the name that follows a title: up to a blank, and where no list knows it up to what its bearer does."""
    run = _RUN.split(rest, maxsplit=1)[0]
    own = run[: own_name_end(run)]
    if (own in first_names() and len(own) >= _SHORTEST_KNOWN) or name_at(own):
        return own
    if own.startswith("ผู้"):
        return own
    return own[: min(one.start() if one else len(own) for one in (DEED.search(run), _WILL.search(run)))]


def _with_title_before(words: str, start: int) -> int:
    """Return where a name begins whose title alone stands before a blank (ท่าน ผอ., ท่านนายแพทย์ สสจ.), else `start`."""
    run = _RUN_BEFORE.search(words, max(0, start - _LONGEST), start)
    title = name_at(run["run"]) if run else None
    if run is None or title is None or title.kind not in {"title", "office"}:
        return start
    rest = run["run"][title.end :]
    more = name_at(rest)
    return run.start("run") if not rest or (more and more.kind in _DOERS and more.end == len(rest)) else start


def evidence(words: str, start: int, end: int) -> Evidence:
    """Return what shows that who stands in ``start:end`` does something: somebody lets them, they open a clause, a deed follows.

    >>> evidence("ให้ครูแดงพิมพ์ใบปลิว", 3, 9), evidence("ส่งใบปลิวให้ครูแดง", 12, 18)
    ('let and does', 'none')
    """
    before = words[max(0, start - _LET_BEFORE) : start]
    does = _acts(words, end) and not _SPOKEN_WITH.search(before) and not (words[end : end + 1] == " " and _GIVEN.search(before))
    if let := _LETS.search(before):
        if _MAY.match(words, end) and not let.group().startswith("ขอ"):
            return "none"
        return "let and does" if does else "let"
    if _OPENS_CLAUSE.search(before) and not _GOES_TO.search(before):
        return "opens and does" if does else "opens"
    return "does" if does and (FURTHER.match(words, end) or _BESIDE.match(words, end)) else "none"  # at once, where they open nothing


def _acts(words: str, end: int) -> bool:
    """Say whether a deed follows a name that ends at a place: at once, or behind what is said of them in passing, or those who are joined to them."""
    for _ in range(_MOST_JOINED):
        aside = ASIDE.match(words, end)
        end = aside.end() if aside else end
        if FURTHER.match(words, end + (words[end : end + 1] == " ")):
            return True
        joined = _BESIDE.match(words, end)
        other = _name_end(words, joined.end()) if joined else None
        if other is None:
            return False
        end = other
    return False


def is_deed(text: str, start: int, end: int) -> bool:
    """Say whether what stands between two places is what somebody does and no more, and they do nothing else behind it.

    >>> is_deed("ครูแดงหาตู้", 6, 8), is_deed("ทีมเดินรับไปทำ", 3, 7)
    (True, False)
    """
    return bool(FURTHER.fullmatch(text, start, end)) and not _acts(text, end)


def without_will(text: str, start: int, end: int) -> int:
    """Return where a name ends without what its bearer wants, must or should (ผอ.|น่าจะ), its own end where nothing of it stands there."""
    found = _ENDS_WILLING.search(text, max(start + 1, end - _LONGEST_WILL), end)
    return found.start() if found else end


def may_be_called(pronoun: str, named: str) -> bool:
    """Say whether a pronoun may stand for somebody: nobody calls kin, a teacher or a healer ท่าน where others are named.

    >>> may_be_called("ท่าน", "ปลัดสมชาย"), may_be_called("ท่าน", "พี่แดง"), may_be_called("แก", "พี่แดง")
    (True, False, True)
    """
    name = name_at(named)
    return pronoun != "ท่าน" or name is None or (name.full not in people("family") and name.full not in _TEACH_OR_HEAL)


def goes_no_further(text: str, start: int) -> bool:
    """Say whether a name cannot go on with the word that begins at a place: it says what somebody does, or joins the next one."""
    return bool(_NO_NAME.match(text, start))


def own_name_behind(text: str, title_end: int) -> int:
    """Return where the name of a person ends whose title ends at a place; the same place where none follows that surely is one."""
    own = _own_name(text[title_end : title_end + _LONGEST])
    return title_end + len(own) if len(own) <= _LONGEST_OWN or own in first_names() else title_end


def opens_with_doer(text: str, start: int) -> bool:
    """Say whether somebody who can act is named right at a place: who stands in the line above does nothing of what follows."""
    name = name_at(text[start : start + _LONGEST])
    return name is not None and name.kind in _DOERS


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
    name = name_at(room)
    if person:
        return start, start + len(person)
    if name and name.kind == "title":
        own = _name_end(words, start) or 0
        return (start, own) if own > start + name.end and _acts(words, own) else None  # a name that no list knows, up to what they do
    return (start, start + name.end) if name and name.kind in _DOERS - {"pronoun"} else None
