"""Who tells what in a line of prose: verbs of speech and thought with the one who tells, names before a colon, and quotation marks.

Comes in: a line. Goes out: `Told`, one for each place where somebody begins to tell. Refuses nothing: a teller that nobody names stays empty.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.languages.th.hearsay import SAYS, THINKS, unnamed_teller
from pipeline.languages.th.line_openings import opening_colon
from pipeline.languages.th.names import find_names, first_names, name_at
from pipeline.languages.th.placed import placed
from pipeline.languages.th.tokens import begins_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages.th.names import Name

Teller = Literal["self", "third", "bare", "person", "office", "agency", "many", "words", "nobody", "before"]
Verb = Literal["says", "thinks", "bare", "weak", "speaks", "colon", "asks", "is", "agrees", "denies"]

FIRST_PERSONS = ("ผม", "ดิฉัน", "ฉัน", "หนู", "กระผม", "ข้าพเจ้า")  # how writers call themselves; some use a word of kinship instead
_SELF = frozenset([*FIRST_PERSONS, "อิฉัน", "ชั้น", "ดิชั้น", "เรา", "เราเอง", "พวกเรา", "เฮา", "หมู่เฮา", "ข้าเจ้า", "ข่อย", "อาตมา", "ผู้เขียน", "ผู้บันทึก", "ตัวเอง"])
_ASKS = "ขอ|อยาก|รับปาก|รับว่า|รับจะ|รับไป|ให้|ยืนยัน|แย้ง|ค้าน|ย้ำ|สะท้อน|รายงาน|แจ้ง|สรุป|อธิบาย|เห็นด้วย|ไม่เห็นด้วย|จะ"
_AGREES = re.compile(r"(?:สรุป|ตกลง|เห็น|ความเห็น|ยอมรับ)[^\s]{0,4}(?:ร่วม|ตรง|พ้อง|ชอบ)?กัน|(?:ลง|มี)?มติ|(?:ที่ประชุม|วง|เวที)[^\s]{0,8}(?:สรุป|ตกลง|เห็นชอบ)")
_NOT = "ไม่"
_DENIES = re.compile(rf"{_NOT}(?:มีใคร|มีผู้ใด|เคย|ได้|กล้า|มีกลุ่มใด)[^\s]{{0,10}}(?:{SAYS}|ว่า$)")
# "ว่า" alone: not in กว่า, ผู้ว่า, ว่าง, ว่าย, ว่าจ้าง …
_ENDS_ALIKE = ("แก", "นึก", "บอก", "เด็ก", "ลูก", "นก", "นายก", "เล็ก", "เอก", "พวก", "แขก")  # behind these it is not the end of กว่า
_THAT = re.compile(placed("ว่า", "(?<!ก#)(?<!ผู้#)", *(f"(?<={word}#)" for word in _ENDS_ALIKE)) + "(?!ง(?![าบ])|ย(?![ัาิืุอก])|ด้วย|ราชการ|จ้าง|การอำเภอ|ฯ)")
_SPEAKS = re.compile(r"(?:กล่าว|พูด|บอก|เล่า|ถาม|ตอบ|เสนอ|แนะนำ|ฝาก|เตือน|สั่ง|สอน|บ่น|ขอให้|ชวน|ชี้แจง)")
_IS = re.compile(r"คือ(?:ว่า)?")
_ASKS_OPENS = re.compile(rf"(?:ก็|จึง|เลย|ได้|ยัง)*(?:{_ASKS})")
_SAYS_LAST = re.compile(rf"(?:{SAYS})[^\s]{{0,12}}$")
_THINKS_LAST = re.compile(rf"(?:{THINKS})(?:เอง|กัน|แล้ว|ไป|มา|ก็)?$")
_OPENS = re.compile(r"^(?:และ|แล้ว|ก็|แต่|ส่วน|ซึ่ง|โดย|จน|พอ|สุดท้าย|จากนั้น|ต่อมา|หลังจากนั้น|วันนั้น|เมื่อ|ทาง|มี|อย่าง|ตอนนั้น|คือ|ที่(?!ประชุม)|ฝ่าย|นอกจากนี้|เพราะ){1,3}")
_ACTS = (
    "ก็|เลย|ที่|ซึ่ง|จาก|เอง|แก|เขา|อ่าน|ดู|หยุด|กลับ|ขึ้น|ลง|ทำ|ชี้|ขอ|จะ|ได้|ยัง|จึง|ลุก|ยก|หัน"
    "|หัวเราะ|ยิ้ม|นั่ง|ยืน|เดิน|มา|ไป|ให้|เอา|เคย|ไม่|กับ|และ|เป็น|ประธาน|ตำบล|ท่าน|เพิ่ง|ชอบ|ช่วย|เข้า|ออก|อยู่|มี"
)
_OWN_NAME = re.compile(rf"(?:(?!{SAYS}|{THINKS}|{_ACTS}|ว่า).)*")
_POLITE = frozenset(["ท่าน"])  # a pronoun where no name follows
_AT_ONCE = re.compile(rf"(?:{SAYS}|{THINKS}|{_ACTS}|ว่า|เพียง|$)")
_RUN, _RUN_ASKS = re.compile(r"[\s\"“(](?P<asking>[^\s\"“()]{4,40})"), re.compile(rf"[^\s\"“()]{{2,36}}?(?:{_ASKS})")
_TOLD = re.compile(rf"{SAYS}|ว่า")  # in no group: then what begins otherwise is passed over
_KINDS = {"title": "person", "office": "office", "role": "office", "agency": "agency", "group": "many", "place": "agency", "level": "agency"}
_LAST_MARK = re.compile(r"(?s:.*)[\s\"“”(),]")
_ACTORS = frozenset(["title", "office", "role", "pronoun", "agency", "group"])
_VERB_NEXT = re.compile(rf"(?:ก็|เลย|จึง|ได้|ยัง|เอง|ท่าน|แก|เขา|มา|ไป|ลุกขึ้น|ขึ้น|ยกมือ|ขอ)*(?:{SAYS}|{THINKS}|$)")
_ONLY_WHERE = re.compile(r"(?:บน|ใน|ที่|ตาม|จาก|ของ|กับ|ถึง)\s?$")  # a name behind it is where, or whose, not who
_CANNOT_LACK = re.compile("ปรากฏ|หมายความ|แปล|ถือ|เรียก|เพราะ|แสดง|ไม่ใช่|เหมือน|ราว|พบ")
_CLAUSES_BACK, _WIDEST_GAP, _LONGEST_CLAUSE, _LONGEST_NAME = 3, 4, 70, 12
_REMEMBERED = 2**13  # clauses: a line is asked several times who tells in it
_LONGEST_UNKNOWN, _OFFICE = 9, 5  # code points of a name that no list knows; of a title that is an office: ท่านปลัด
_OPEN_WORDS = frozenset(["อา", "ตา", "แม่", "พ่อ", "นาย", "ศ.", "อ."])
_BEHIND_NAME = re.compile(
    r"จาก|ซึ่ง|(?P<which>(?<!รอง)(?<!ผู้ช่วย)หัวหน้า|คน(?=เสียง|เดิม|เดียว|นั้น|นี้|แรก))|กลับ|ก็|เลย|กระซิบ|ตะโกน|ขึ้นเวที|ยกมือ|อ่าน|หยุด|จึง(?!รุ่ง|เจริญ)|ยืน(?!ยง)|เงียบ|เสริม(?!ศ|ส)|(?<!สอง)(?<!สาม)(?<!สี่)(?<!หลาย)(?<!บาง)(?<!อีก)ท่าน(?=$|ว่า)|(?<!ผู้)ว่า$|:"
    r"|(?<!หน้า)(?<!พื้น)(?<!สถาน)(?<!หมู่)ที่(?!ปรึกษา|ทำการ|ว่าการ|ดิน|หนึ่ง|สอง|สาม|สี่|ห้า|\s?[\d๐-๙])"
)
_TAKEN_UP = re.compile(
    r"(?<=\S).{2,40}(?<!ของ)(?<!ชาว)(?<!ภู)(?<!หนอง)(?<!ห้วย)(?<!เชิง)(?<!ตีน)(?<!ไหล่)(?<!หลัง)(?<!บ้าน)(?<!ดอย)(?<!บน)(?<!หัว)(?<!โคก)(?=(?:เขา|แก|เค้า)$)"
)  # behind a title and a name: น้องธุรการ|เขา บอกว่า
_CLAUSE_WORDS = re.compile(r"[^\s\"“”(),]{3,60}")
_FILLERS = frozenset(["", "ก็", "เลย", "จึง", "ก็เลย", "เอง", "แก", "เขา", "ท่าน", "ยัง", "ได้"])


class Told(NamedTuple):
    """Where somebody begins to tell: the clause of the teller, from `start`; the words told, from `end`; who, how, and the teller's words."""

    start: int
    end: int
    teller: Teller
    verb: Verb
    named: str


def find_tellings(line: str) -> list[Told]:
    """Return where in a line somebody begins to tell, in order.

    >>> [(told.teller, told.verb, told.named) for told in find_tellings("ลุงสีเล่าว่าน้ำลดแล้ว ผมว่ายัง")]
    [('person', 'says', 'ลุงสี'), ('self', 'bare', 'ผม')]
    """
    found = sorted([*_before_colon(line), *_by_that(line), *_without_that(line), *_by_is(line)], key=lambda told: (told.end, told.start))
    return [told for place, told in enumerate(found) if not place or told.end != found[place - 1].end]


def _before_colon(line: str) -> Iterator[Told]:
    if opened := opening_colon(line):
        who, named, _ = _teller(opened["teller"])
        yield Told(opened.start("teller"), opened.end(), who, "colon", named if who != "words" else opened["teller"].strip())


def _by_that(line: str) -> Iterator[Told]:
    for that in _THAT.finditer(line):
        start, clause = _clause(line, that.start())
        who, named, rest = _who_tells(line, start, clause)
        verb: Verb
        if _NOT in clause and _DENIES.search(line, start, that.end()):
            verb = "denies"
        elif _AGREES.search(clause):
            verb = "agrees"
        elif _SAYS_LAST.search(clause):
            verb = "says"
        elif _THINKS_LAST.search(clause):
            verb = "thinks"
        elif who not in {"words", "nobody"} and rest in _FILLERS:
            verb = "bare"
        elif unnamed := unnamed_teller(clause):
            who, named, verb = "many", unnamed, "bare"
        else:
            verb = "weak"
        yield Told(start, that.end(), who, verb, named)


def _without_that(line: str) -> Iterator[Told]:
    for spoken in _SPEAKS.finditer(line):
        if _THAT.search(line, spoken.end(), spoken.end() + 14):
            continue
        start, clause = _clause(line, spoken.start())
        if _names_somebody(clause):
            who, named, _ = _teller(clause)
            yield Told(start, spoken.end(), who, "speaks", named)
    behind_blank = f" {line}"  # the beginning is found as what stands behind a blank is
    for opened in _RUN.finditer(behind_blank):
        if not (_names_somebody(opened["asking"]) and _RUN_ASKS.match(behind_blank, opened.start("asking"))):
            continue
        who, named, rest = _teller(opened["asking"])
        if asked := _ASKS_OPENS.match(rest):
            yield Told(opened.start(), opened.end() - 1 - len(rest) + asked.end(), who, "asks", named)


def _by_is(line: str) -> Iterator[Told]:
    for told in _IS.finditer(line):
        start, clause = _clause(line, told.start())
        if (said := _TOLD.search(clause)) and said[0] != "ว่า":
            who, named, _ = _teller(clause)
            yield Told(start, told.end(), who, "is", named)


def _who_tells(line: str, start: int, clause: str) -> tuple[Teller, str, str]:
    """Return who tells at the end of a clause: who it begins with, else who stands right before the verb, else who acts in the clauses before."""
    who, named, rest = _teller(clause)
    if who not in {"words", "nobody"}:
        return who, named, rest
    for name in reversed(list(find_names(clause, range(1, len(clause))))):
        inner, inner_named, inner_rest = _teller(clause[name.start :])
        at_hand = name.kind in _ACTORS and not _ONLY_WHERE.search(clause, 0, name.start)
        if at_hand and inner not in {"words", "nobody"} and _VERB_NEXT.match(inner_rest) and begins_word(clause, name.start):
            return inner, inner_named, inner_rest
    if who == "nobody" and not _CANNOT_LACK.search(clause):
        other, other_named = _acts_before(line, start)
        return other, other_named or named, rest
    return who, named, rest


def _acts_before(line: str, end: int) -> tuple[Teller, str]:
    """Return who acts in the last clauses before a place; "nobody" where a quotation or nobody stands there."""
    for _ in range(_CLAUSES_BACK):
        end -= len(line[max(0, end - _WIDEST_GAP) : end]) - len(line[max(0, end - _WIDEST_GAP) : end].rstrip())
        if not end or line[end - 1] in '”":':
            break
        end, clause = _clause(line, end)
        who, named, _ = _teller(clause)
        if who not in {"words", "nobody"}:
            return ("self" if who == "self" else "before"), named
    return "nobody", ""


def _clause(line: str, end: int) -> tuple[int, str]:
    """Return where the clause begins that ends here, and its words: up to a blank, a bracket or a quotation mark."""
    first = max(0, end - _LONGEST_CLAUSE)
    mark = _LAST_MARK.match(line, first, end)
    start = mark.end() if mark else first
    return start, line[start:end]


def _names_somebody(clause: str) -> bool:
    """Say whether a clause begins with somebody who can tell, in less time than it takes to say who it is."""
    return _opening(clause)[1] is not None


@lru_cache(maxsize=_REMEMBERED)
def _opening(clause: str) -> tuple[str, Name | None]:
    """Return a clause without the small words that open it, and the name of who can tell with which it begins then."""
    opened = _OPENS.match(clause)
    words = clause[opened.end() :] if opened else clause
    name = name_at(words)
    return words, None if name and name.kind in {"reporting", "venue"} else name


@lru_cache(maxsize=_REMEMBERED)
def _teller(clause: str) -> tuple[Teller, str, str]:
    """Return who the clause begins with, the words that name them, and the rest of the clause."""
    words, name = _opening(clause)
    if not words:
        return "nobody", "", ""
    if name is None:
        verb = _TOLD.search(words)
        return ("words", words[: verb.start()], "") if verb and verb.start() else ("nobody", "", words)
    written = words[: name.end]
    if name.kind == "pronoun":
        return ("self" if written in _SELF else "third"), written, words[name.end :]
    rest = words[name.end :]
    if name.kind == "title":
        if written in _POLITE and _AT_ONCE.match(rest):
            return "third", written, rest
        own = own_name_end(rest)
        return ("person" if own else "bare"), written + rest[:own], rest[own:]
    return _KINDS[name.kind], written, rest  # type: ignore[return-value]  # the values of the table are tellers


def own_name_end(rest: str) -> int:
    """Return where the name ends that follows a title: a first name that is known, an office, else all up to what somebody does."""
    for end in range(min(_LONGEST_NAME, len(rest)), 2, -1):
        if rest[:end] in first_names():
            return end
    office = name_at(rest)
    if office and office.kind in {"office", "agency", "role"}:
        return office.end
    cut = _OWN_NAME.match(rest)
    return cut.end() if cut else 0


class Person(NamedTuple):
    """A person whom a clause of a line begins with, by name or office: where, and the words that name them."""

    start: int
    named: str


def people_in(line: str) -> Iterator[Person]:
    """Yield the persons whom clauses of a line begin with; words that may be no name at all are left out.

    >>> [person.named for person in people_in("ป้าแดงมาแล้ว ส่วนปลัดสมชายไม่มา อาชีพเราเหมือนกัน")]
    ['ป้าแดง', 'ปลัดสมชาย']
    """
    for clause in _CLAUSE_WORDS.finditer(line):
        who, named, _ = _teller(clause[0])
        if who == "office" or (who == "bare" and len(named) >= _OFFICE) or (who == "person" and _is_sure(named)):
            yield Person(clause.start(), named)


def _is_sure(named: str) -> bool:
    """Say whether a title and what follows it are surely a name: a known first name or an office, else short and behind no title that opens words."""
    title = next(find_names(named, [0]))
    own = named[title.end - title.start :]
    office = name_at(own)
    known = own in first_names() or bool(office and office.kind in {"office", "agency", "role"})
    return known or (len(own) <= _LONGEST_UNKNOWN and title.full not in _OPEN_WORDS)


def goes_on(words: str) -> bool:
    """Say whether words that follow a name tell what its bearer does, thinks or is.

    >>> goes_on("เล่าว่า"), goes_on("กับลุงสี"), goes_on("ใจดี")
    (True, True, False)
    """
    return bool(_AT_ONCE.match(words))


def tells(words: str) -> bool:
    """Say whether words that follow a name say that its bearer tells something.

    >>> tells("เล่าว่า"), tells("ไปตลาด")
    (True, False)
    """
    return bool(_TOLD.match(words))


def bare_name(named: str) -> str:
    """Return a name without what its bearer does, or where they come from.

    >>> bare_name("คุณสมศรีจากเทศบาล"), bare_name("น้องกระซิบ"), bare_name("ป้าแจ่มแก"), bare_name("ชาวเขา")
    ('คุณสมศรี', 'น้อง', 'ป้าแจ่ม', 'ชาวเขา')
    """
    own = title.end if (title := name_at(named)) else 0
    kept = max((end for end in range(own, own + _LONGEST_NAME) if named[own:end] in first_names()), default=own)  # ผู้ใหญ่บุญยืน, ตาเที่ยง
    cuts = (
        cut.start()
        for cut in _BEHIND_NAME.finditer(named, 2)
        if not own < cut.start() < kept and not (cut["which"] and stands_for(named[: cut.start()]))
    )
    named = named[: next(cuts, len(named))].rstrip()
    taken_up = _TAKEN_UP.match(named, own) if own else None
    return named[: taken_up.end()] if taken_up else named


def stands_for(named: str) -> bool:
    """Say whether words only stand for somebody who is named elsewhere: a pronoun, or a title alone.

    >>> stands_for("แก"), stands_for("คุณหมอ"), stands_for("หมอวิทย์")
    (True, True, False)
    """
    return _teller(named)[0] in {"third", "bare"}
