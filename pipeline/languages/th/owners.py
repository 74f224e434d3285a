"""Who shall do something, where Thai says it plainly: a name that opens a clause and at once does, takes on or will do something.

Comes in: words. Goes out: where such names stand, and who stands beside a name. Refuses names of those who only propose, ask or let others do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.languages.th.deeds import ASIDE, FURTHER
from pipeline.languages.th.doers import BESIDE, DOERS, LEADS_TO, LONGEST, WILL, acts, name_end
from pipeline.languages.th.hearsay import NO_DOUBT, SAYS, THINKS
from pipeline.languages.th.lets import LET_BEFORE, LETS, MAY, each_let, let_do
from pipeline.languages.th.names import first_names, name_at
from pipeline.languages.th.privacy import people
from pipeline.languages.th.selves import own_deeds
from pipeline.languages.th.takers import each_end, taker_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages.th.names import Name

Evidence = Literal["let and does", "opens and does", "does", "let", "opens", "none"]

_TAKES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:จะ(?!(?:ขอ)?ให้|ได้)|รับ(?!รอง|ทราบ|แจ้ง)|เป็นคน(?!ละ))"  # surely takes it on, wherever the name stands
_DOES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:ไป|ทำ|นัด|ส่ง|จัด|ช่วย|กำลัง)"  # does it, where the name opens the passage
_TAKES_ON, _DOES_IT = re.compile(_TAKES), re.compile(f"{_TAKES}|{_DOES}")
_DOES_ANY = re.compile(rf"(?!(?:ก็|เลย|จึง|เอง)*(?:จะ(?:ขอ)?(?:ให้|ได้)|ทำ(?:ไม|หาย|พัง|แตก)|ไปเสีย|เดินไม่))(?:{FURTHER.pattern})")
_HAS_DONE = re.compile(rf"{_TAKES}|(?:ก็|จึง)*ได้(?:{FURTHER.pattern})")
_BEFORE_CLAUSE = ("เดี๋ยว", "ส่วน", "แล้ว", "แต่", "โดย", "นี้", "กับ", "ซึ่ง", "ปัจจุบัน", "ต่อไป", "บอกว่า")
# The last sign before a clause, then what stands with it: other signs are passed over at once.
_CLAUSE = re.compile(
    rf"[\s(งา{''.join(sorted({one[-1] for one in _BEFORE_CLAUSE}))}]"
    rf"(?:(?<=[\s(])|{'|'.join(f'(?<={one})' for one in _BEFORE_CLAUSE)}|(?<=[\sงยตน]ทาง)|(?<=[^ก]ว่า){NO_DOUBT})(?=\S)"
)
_CONNECTS = re.compile(r"(?:และ|แต่|ส่วน|โดย|ซึ่ง|แล้ว|ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ดังนั้น|เบื้องต้น|ขณะเดียวกัน|ต่อไป|ทาง|ปัจจุบัน|ขณะนี้|ตอนนี้|เดี๋ยว|รวมทั้ง|พร้อมทั้ง|\s)*")
_TOLD_BEFORE, _OFFICE_BEFORE = re.compile("(?:ซึ่ง|ว่า)$"), re.compile(r"(?:นายก|ปลัด|สมาชิก|ประธาน|หัวหน้า|เจ้าหน้าที่|ลูกจ้าง|พนักงาน|สภา|ผอ\.) $")
_RUN_BEFORE = re.compile(r"(?:^|(?<=\s))(?P<run>\S{2,24}) $")
_THERE = re.compile(r"(?:^|(?<=\s)|โดย|จะ|และ)มี(?=\S)")
_NOT_NOW = re.compile(r"(?:ถ้า|หาก|เมื่อก่อน|แต่ก่อน|เดิม|เคย|ไม่|ใคร|ที่อื่น|เสียดาย)\s?$")  # who is not there, or is no longer
_SERVES = re.compile(
    r"\s?(?:(?P<office>เป็น(?:รอง)?(?:ประธาน|หัวหน้า|หัวเรือ|เจ้าภาพ|เลขา|พี่เลี้ยง|แม่งาน|แกน|กองบรรณาธิการ|กรรมการ|วิทยากร|ผู้(?!สูง|ใหญ่)))|(?:มา|คอย|จะ)?(?:ช่วย|ดูแล|ร่วม|เป็นคน)|คอย|ผลัดกัน)"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[\s(]|เดี๋ยว|ส่วน|แล้ว|แต่|โดย|และ)$")
_NO_NAME = re.compile(
    rf"{FURTHER.pattern}|{SAYS}|{THINKS}|ก็|เลย|จึง|ได้|ยัง|คง|ให้|ของ|กับ|และ|หรือ|ที่(?!ปรึกษา|ทำการ)|จาก|ซึ่ง|ใน|นี้|นั้น|เอง|มี|เป็น|ไม่|แล้ว|ครับ|ค่ะ|คะ|นะ|อยู่"
    r"|อยาก|อย่า(?!ง)|ห้าม|ต้อง|กัน|ทั้ง|เข้า|กลับ|นั่ง|เพิ่ง|เคย|อีก|คนละ|[\d(]"
)
_LONGEST_WILL = 7  # code points
_GOES_TO = re.compile(rf"(?:กับ|{LEADS_TO})\s$")
# What is told of somebody only says when or why, whose something is, or what the writer thinks of it (เพราะ ลุงสมชายไปต่างจังหวัด).
_TOLD_ASIDE = re.compile(
    r"(?:(?:^|\s)(?:แต่|และ)?(?:ถ้า|หาก|เพราะ|เนื่องจาก|เมื่อ|ตอน|หลัง|ก่อน|รอ|ขอบคุณ|เสียดาย|สงสาร|เห็น|ถาม|โทรหา|เหมือน|อย่าง|แบบ|วิธี|บ้าน|ที่บ้าน)|แปลง|สวน)\s$"
)
_GIVEN = re.compile(r"ให้\s?$")  # what is given ends with who gets it: โอนให้ อบต. เริ่มแล้ว
_SPOKEN_WITH = re.compile(r"(?:คุย|หารือ|ปรึกษา|นัด|อยู่|พบ)กับ\s?$")  # what follows is done by who speaks with them
_ENDS_WILLING = re.compile(f"(?:{WILL.pattern})$")
_OPEN_NO_NAME = frozenset(["ท่าน", "ผู้ใหญ่", "พระ", "อา", "ตา"])  # titles behind which a word that is no name stands as often: ผู้ใหญ่ตกลงกัน
_TEACH_OR_HEAL = frozenset(["ครู", "หมอ"])


def clear_owners(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who plainly take something on.

    >>> said = "ใบปลิวหมด ครูแดงจะพิมพ์เพิ่ม ลุงมาแล้ว"
    >>> [said[start:end] for start, end in clear_owners(said)], list(clear_owners("ลุงเสนอให้เลื่อน"))
    (['ครูแดง'], [])
    """
    seen: set[int] = set()
    before, opening = (0, 0), _opening(words)
    for start in (0, *(clause.end() for clause in _CLAUSE.finditer(words))):
        end = name_end(words, start) if _may_act_there(words, start) else None
        if end and _shown_by(words, start, end, opens=start <= opening).match(words, end + _blank_behind(words, end)):
            seen.add(start)
            yield from [before] * (before[1] > 0 and words[before[1] : start].strip() == "กับ")
            yield _with_title_before(words, start), end
        elif taker := (each_end(words, start) if start <= opening else None) or taker_end(words, start):
            seen.add(start)
            yield start, taker
        elif end:
            before = (start, end)
    yield from (span for span in dict.fromkeys((*let_do(words, opening), *each_let(words), *_serve(words), *own_deeds(words))) if span[0] not in seen)


def _opening(words: str) -> int:
    """Return how far words only join what follows to what stood before them; a look back from every name would read them all again."""
    found = _CONNECTS.match(words)
    return found.end() if found else 0


def _serve(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand of whom it is said that they are there as something, or to help: โดยมีครูแดงเป็นเลขา."""
    for there in _THERE.finditer(words):
        start, end = there.end(), name_end(words, there.end())
        name = name_at(words[start : start + LONGEST]) if end else None
        if end is None or name is None or _NOT_NOW.search(words, max(0, there.start() - LET_BEFORE), there.start()):
            continue
        aside = ASIDE.match(words, end)
        served = _SERVES.match(words, aside.end() if aside else end)
        if served and (served["office"] or name.kind != "title" or end > start + name.end):
            yield start, end


def _may_act_there(words: str, start: int) -> bool:
    """Say whether who is named there may act.

    Behind ว่า and ซึ่ง an office or a group may, while a person only tells it; an agency that is part of an office (นายก อบต.) may not.
    """
    before = words[max(0, start - LET_BEFORE) : start]
    name = name_at(words[start : start + LONGEST])
    if name and _TOLD_BEFORE.search(before):
        return name.kind in {"agency", "office", "group"}
    return not (name and name.kind == "agency" and _OFFICE_BEFORE.search(before))


def _shown_by(words: str, start: int, end: int, *, opens: bool) -> re.Pattern[str]:
    """Return what must stand behind a name: within a passage who takes something on is plain, at its opening who does it.

    There an office owns any deed. So does somebody who is called by name, within a passage behind a blank, too; a title alone may open a name that no
    list knows (ลุง|เพิ่ม).
    """
    name = name_at(words[start : start + LONGEST])
    if not opens:
        if name and name.kind == "title" and _is_called_by_name(words, start, end, name):
            return _DOES_ANY
        return _HAS_DONE if name and name.kind in {"agency", "office"} else _TAKES_ON
    if name is None or name.kind not in {"agency", "office", "title"}:
        return _DOES_IT
    if name.kind == "title":
        return _DOES_IT if end == start + name.end else _DOES_ANY
    return FURTHER


def _is_called_by_name(words: str, start: int, end: int, title: Name) -> bool:
    own = words[start + title.end : end]
    sure = own in first_names() or (own and title.full not in _OPEN_NO_NAME)
    before = words[max(0, start - LET_BEFORE) : start]
    return bool(sure and before[-1:].isspace() and not _GOES_TO.search(before) and not _TOLD_ASIDE.search(before))


def _blank_behind(words: str, end: int) -> int:
    """Return how many blanks stand behind a name that is written short, and so is followed by one (อบต. จะส่งรถ, นายกฯ รับไป)."""
    return int(words.startswith((". ", "ฯ "), end - 1))


def _with_title_before(words: str, start: int) -> int:
    """Return where a name begins whose title alone stands before a blank (ท่าน ผอ., ท่านนายแพทย์ สสจ.), else `start`."""
    run = _RUN_BEFORE.search(words, max(0, start - LONGEST), start)
    title = name_at(run["run"]) if run else None
    if run is None or title is None or title.kind not in {"title", "office"}:
        return start
    rest = run["run"][title.end :]
    more = name_at(rest)
    return run.start("run") if not rest or (more and more.kind in DOERS and more.end == len(rest)) else start


def evidence(words: str, start: int, end: int) -> Evidence:
    """Return what shows that who stands in ``start:end`` does something: somebody lets them, they open a clause, a deed follows.

    >>> evidence("ให้ครูแดงพิมพ์ใบปลิว", 3, 9), evidence("ส่งใบปลิวให้ครูแดง", 12, 18)
    ('let and does', 'none')
    """
    before = words[max(0, start - LET_BEFORE) : start]
    does = acts(words, end) and not _SPOKEN_WITH.search(before) and not (words[end : end + 1] == " " and _GIVEN.search(before))
    if let := LETS.search(before):
        if MAY.match(words, end) and not let.group().startswith("ขอ"):
            return "none"
        return "let and does" if does else "let"
    if _OPENS_CLAUSE.search(before) and not _GOES_TO.search(before):
        return "opens and does" if does else "opens"
    return "does" if does and (FURTHER.match(words, end) or BESIDE.match(words, end)) else "none"  # at once, where they open nothing


def is_deed(text: str, start: int, end: int) -> bool:
    """Say whether what stands between two places is what somebody does and no more, and they do nothing else behind it.

    >>> is_deed("ครูแดงหาตู้", 6, 8), is_deed("ทีมเดินรับไปทำ", 3, 7)
    (True, False)
    """
    return bool(FURTHER.fullmatch(text, start, end)) and not acts(text, end)


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
