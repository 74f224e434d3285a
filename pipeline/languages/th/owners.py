"""Who shall do something, where Thai says it plainly: a name that opens a clause and at once does, takes on or will do something.

Comes in: words. Goes out: where such names stand, and who stands beside a name. Refuses names of those who only propose, ask or let others do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.languages.th.hearsay import SAYS, THINKS
from pipeline.languages.th.names import first_names, name_at
from pipeline.languages.th.selves import own_deeds
from pipeline.languages.th.speech import own_name_end, people_in

if TYPE_CHECKING:
    from collections.abc import Iterator

Evidence = Literal["let and does", "opens and does", "does", "let", "opens", "none"]

_EVENTS = ("ที่ประชุม", "เวที", "วง", "งาน", "ประชุม", "ประชาคม", "กิจกรรม")  # do nothing themselves
_DOERS = frozenset({"title", "office", "role", "group", "pronoun", "agency"})
_TAKES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:จะ(?!(?:ขอ)?ให้|ได้)|รับ(?!รอง|ทราบ|แจ้ง)|เป็นคน(?!ละ))"  # surely takes it on, wherever the name stands
_DOES = r"(?:ก็|เลย|จึง|เอง|ได้)*(?:ไป|ทำ|นัด|ส่ง|จัด|ช่วย|กำลัง)"  # does it, where the name opens the passage
_TAKES_ON, _DOES_IT = re.compile(_TAKES), re.compile(f"{_TAKES}|{_DOES}")
_CLAUSE = re.compile(r"(?:^|(?<=[\s(])|(?<=เดี๋ยว)|(?<=ส่วน)|(?<=แล้ว)|(?<=แต่)|(?<=โดย)|(?<=นี้)|(?<=กับ))(?=\S)")
_ONLY_SPEAKS = re.compile(
    r"\s?(?:ก็|เลย|จึง|ได้|เอง)*(?:เสนอ|แนะ|ถาม|อย่า(?!ง)|ให้|ขอให้|รับว่าให้|อยากให้|เห็น(?:ว่า|ควร|ด้วย)|ชี้แจง|อธิบาย|ถูก|โดน|(?:คุย|หารือ|ปรึกษา)[^\n]{0,30}เห็น(?:ควร|ชอบ|ว่า)|ว่า(?![^\n]{0,200}(?:จะ|ขอ|รับ|เอง|ไป)))"
)
_TELLS = re.compile(
    r"\s?(?:ก็|เลย|จึง|ได้|เอง|ท่าน|แก|ยัง|เพิ่ง|ขึ้น|มา|ยืน|ยกมือ|โทร|เขียน)*"
    r"(?:(?P<surely>ตอบ|กล่าว|พูด|แซว|กระซิบ|ไม่|ขอ(?!ทำ|ไป|เปลี่ยน|รับ|มา|ตัว|ลอง|เริ่ม|เป็น|ยืม))|แจ้ง|บอก|สรุป(?=ว่า)|ฝาก(?=ว่า|มา|ให้)|มี)"
)
_TAKES_UP = re.compile(r"จะ|รับ(?!รอง|ทราบ|แจ้ง)|เอง|ขอ(?:ไป|รับ|ทำ|ลอง|เป็น)")
_FAR_BEHIND = 120  # code points in which somebody who tells something may take it on
# What somebody does who stands before it, or who is let do it.
_DEED = re.compile(
    r"(?:ก็|เลย|จึง|เอง|ท่าน|แก|เขา|ได้)*(?:เป็น(?:คน(?!ละ|หนึ่ง|ที่|เดียว|ใหม่)|ผู้(?!สูง|ใหญ่|แทน)|เจ้าภาพ|แม่งาน|เลขา)|จะ|รับ(?!รอง|ทราบ|แจ้ง|รู้|ผิด)|ไป|ทำ(?!ให้)|จัด|ส่ง"
    r"|เก็บ|ดูแล|ประสาน|ถือ|จด|เขียน|ออก(?!พรรษา)|หา(?!ด|ง)|สอน|พา(?!น)|เปิด|ตั้ง(?!แต่)|สำรวจ|ตรวจ|เตรียม|ร่าง|เอา|นำ(?!ร่อง)|มา(?!ก|ตรา|ส|ร|น)|ช่วย|เริ่ม|คุม|นัด|คัด|ไล่|พิมพ์|ทวง"
    r"|ถ่าย|ลง(?!ทุน)|เดิน|จับคู่|หมุน|ผลัด|แก้|ซ่อม|ปลูก|คุย|กำหนด|ปรับ|เลือก|ใช้|ขอ(?:ทำ|ไป|เปลี่ยน|รับ|มา|ตัว|ลอง|เริ่ม|เป็น|ยืม)|ต้อง(?!การ)|แยก|เพิ่ม|รวบรวม|สรุป(?!ว่า)|ซื้อ|โทร"
    r"|ติด|เฝ้า|แต่งตั้ง|อบรม|ประชุม|จ่าย|ขุด|ล้าง|ทยอย|กำลัง|เล่า(?!ว่า)|อ่าน|ตอบ(?!ว่า)|สลับ|ร่วม|ยก|ขึ้น|ต่อ(?!ไป|ว่า|ยอด)|เชิญ|ถาม(?!ว่า))"
)
_LETS = re.compile(r"(?:^|\s|(?:โดย|ขอ|และ|หมาย|มติ|กัน|ว่า|ประชุม|จึง|สั่ง|ตกลง|ท่าน|เสนอ|จะ|แล้ว))ให้(?:ทาง)?\s?$")
_OPENS_CLAUSE = re.compile(r"(?:^|[\s(]|เดี๋ยว|ส่วน|แล้ว|แต่|โดย|และ)$")
_NO_NAME = re.compile(
    rf"{_DEED.pattern}|{SAYS}|{THINKS}|ก็|เลย|จึง|ได้|ยัง|คง|ให้|ของ|กับ|และ|หรือ|ที่(?!ปรึกษา|ทำการ)|จาก|ซึ่ง|ใน|นี้|นั้น|เอง|มี|เป็น|ไม่|แล้ว|ครับ|ค่ะ|คะ|นะ|อยู่"
    r"|อยาก|อย่า(?!ง)|ห้าม|ต้อง|กัน|ทั้ง|เข้า|กลับ|นั่ง|เพิ่ง|เคย|อีก|คนละ|[\d(]"
)
# Names of what is held, of times and of things, none of which holds anything.
_THINGS = ("รถ", "ป้าย", "เงิน", "งบ", "เอกสาร", "หนังสือ")
_HELD = ("ที่ประชุม", "เวที", "ประชาคม", "กิจกรรม", "งาน", "วง", *_THINGS, "คืนนี้", "ทุกเย็น", "ทุกเช้า", "ทุกคืน", "ทุกวัน")
_IS_HELD = re.compile(rf"(?:{'|'.join(_HELD)})(?![ัาำิีึืุู็่้๊๋])")  # not in ป้ายุพิน
_SO_THAT = re.compile(r"เพื่อ(?:ให้|ที่)?\s?$")
_ASKED_LEAVE = re.compile(r"ขอ(?:(?:อนุญาต|ความกรุณา)(?:จาก|ท่าน)?\s?|โทษ|อภัย)$")  # of whom somebody else begs leave or pardon
_MEASURES = re.compile(r"วัด(?:การ(?!้)|ผล|ความ|ระดับ|ค่า|น้ำหนัก|ส่วนสูง|ไข้|รอบ|ขนาด|ระยะ|ปริมาณ)")  # no temple, but what is done
_GOES_TO = re.compile(r"(?:เชิญ|กับ|ถึง|ของ|จาก|คือ|พา|ต่อ|หารือ|แจ้ง|และ|หรือ)\s$")
_LET_BEFORE = 14  # code points
_HEADING = re.compile(r"\s*(?:[-–•*]|\(?[\d๐-๙]{1,2}[.)])?\s*(?P<name>\S[^\n:：(]{1,28}?)\s?(?:\([^)\n]*\))?\s?[:：]?\s*$")
_HEADS = frozenset({"agency", "office", "level"})
_REST_OF_NAME = 18  # code points
_BESIDE = re.compile(r"\s?(?:กับ|และ|แล้วก็|,)\s?")
_LONGEST, _LONGEST_OWN = 60, 11  # code points of a name with what it does; of a name behind a title that no list knows
_SHORTEST_KNOWN = 4  # code points of a first name that no verb is
_RUN, _RUN_BEFORE = re.compile(r"\s"), re.compile(r"(?:^|(?<=\s))(?P<run>\S{2,24}) $")
_CALLED = re.compile(r"ครับ|คะ|ค่ะ|จ๊ะ|สำหรับ")  # who is called does not act


def clear_owners(words: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who plainly take something on.

    >>> said = "ใบปลิวหมด ครูแดงจะพิมพ์เพิ่ม ลุงมาแล้ว"
    >>> [said[start:end] for start, end in clear_owners(said)], list(clear_owners("ลุงเสนอให้เลื่อน"))
    (['ครูแดง'], [])
    """
    seen: set[int] = set()
    before = (0, 0)
    for clause in _CLAUSE.finditer(words):
        start = clause.start()
        end = _name_end(words, start)
        if end and _shown_by(words, start).match(words, end):
            seen.add(start)
            yield from [before] * (before[1] > 0 and words[before[1] : start].strip() == "กับ")
            yield _with_title_before(words, start), end
        elif end:
            before = (start, end)
    yield from (span for span in own_deeds(words) if span[0] not in seen)


def _shown_by(words: str, start: int) -> re.Pattern[str]:
    """Return what must stand behind a name: within a passage who takes something on is plain, at its opening who does it, an office by any deed."""
    if words[:start].strip():
        return _TAKES_ON
    name = name_at(words[start : start + _LONGEST])
    return _DEED if name and name.kind in {"agency", "office"} else _DOES_IT


def _name_end(words: str, start: int) -> int | None:
    """Return where a name ends that can act, None where none begins, or where what follows a title may be no name."""
    name = name_at(words[start : start + _LONGEST])
    if name is None or name.kind not in _DOERS or words.startswith(_EVENTS, start):
        return None
    end = start + name.end
    own = _own_name(words[end : start + _LONGEST]) if name.kind == "title" else ""
    return None if _CALLED.match(words, end) or (len(own) > _LONGEST_OWN and own not in first_names()) else end + len(own)


def _own_name(rest: str) -> str:
    """Return the name that follows a title: up to a blank, and where no list knows it up to what its bearer does."""
    run = _RUN.split(rest, maxsplit=1)[0]
    own = run[: own_name_end(run)]
    if (own in first_names() and len(own) >= _SHORTEST_KNOWN) or name_at(own):
        return own
    deed = _DEED.search(own) if not own.startswith("ผู้") else None
    return own[: deed.start()] if deed else own


def _with_title_before(words: str, start: int) -> int:
    """Return where a name begins whose title alone stands before a blank (ท่าน ผอ., ท่านนายแพทย์ สสจ.), else `start`."""
    run = _RUN_BEFORE.search(words, max(0, start - _LONGEST), start)
    title = name_at(run["run"]) if run else None
    if run is None or title is None or title.kind not in {"title", "office"}:
        return start
    rest = run["run"][title.end :]
    more = name_at(rest)
    return run.start("run") if not rest or (more and more.kind in _DOERS and more.end == len(rest)) else start


def only_speaks(behind: str) -> bool:
    """Say whether words behind a name say that its bearer proposes, asks or lets others do, and so owns nothing.

    >>> only_speaks("เสนอให้เลื่อน"), only_speaks("ให้ครูไป"), only_speaks("จะไปเอง"), only_speaks("แจ้งว่าจะมา")
    (True, True, False, False)
    """
    told = _TELLS.match(behind)
    return bool(_ONLY_SPEAKS.match(behind) or (told and (told["surely"] or not _TAKES_UP.search(behind, told.end(), told.end() + _FAR_BEHIND))))


def evidence(words: str, start: int, end: int) -> Evidence:
    """Return what shows that who stands in ``start:end`` does something: somebody lets them, they open a clause, a deed follows.

    >>> evidence("ให้ครูแดงพิมพ์ใบปลิว", 3, 9), evidence("ส่งใบปลิวให้ครูแดง", 12, 18)
    ('let and does', 'none')
    """
    before = words[max(0, start - _LET_BEFORE) : start]
    does = bool(_DEED.match(words, end))
    if _LETS.search(before):
        return "let and does" if does else "let"
    if _OPENS_CLAUSE.search(before) and not _GOES_TO.search(before):
        return "opens and does" if does else "opens"
    return "does" if does else "none"


def goes_no_further(text: str, start: int) -> bool:
    """Say whether a name cannot go on with the word that begins at a place: it says what somebody does, or joins the next one."""
    return bool(_NO_NAME.match(text, start))


def own_name_behind(text: str, title_end: int) -> int:
    """Return where the name of a person ends whose title ends at a place; the same place where none follows that surely is one."""
    own = _own_name(text[title_end : title_end + _LONGEST])
    return title_end + len(own) if len(own) <= _LONGEST_OWN or own in first_names() else title_end


def is_none(words: str, start: int, end: int) -> bool:
    """Say whether what stands in ``start:end`` surely owns nothing.

    That is something that is held or done, whom it is done for, of whom leave is asked, and words that are only quoted.

    >>> said = "ทำป้ายเพื่อให้ครูมีเวลา"
    >>> is_none(said, 14, 17), is_none(said[14:], 0, 3)
    (True, False)
    """
    if _MEASURES.match(words, start) or _ASKED_LEAVE.search(words, max(0, start - _LET_BEFORE), start):
        return True
    quoted = words.count('"', 0, start) % 2 == 1 and '"' in words[end:] and not words.lstrip().startswith('"')
    is_named = name_at(words[start:end]) is not None or words[start:end] in first_names()
    is_deed = not is_named and bool(_DEED.match(words, start))  # ให้ตรวจนับ: no name, but what is to be done
    return bool(_IS_HELD.match(words, start)) or quoted or is_deed or bool(_SO_THAT.search(words, max(0, start - _LET_BEFORE), start))


def named_above(heading: str) -> tuple[int, int] | None:
    """Return where the one agency, office or place stands that a heading names and nothing else, None where it says more.

    >>> named_above("สสจ. :"), named_above("อบต.ช่วยอะไรได้บ้าง วันนี้")
    ((0, 4), None)
    """
    found = _HEADING.match(heading, len(heading) - len(heading.lstrip()))  # its blanks are passed over at once, not tried one by one
    name = name_at(found["name"]) if found else None
    if found is None or name is None or name.kind not in _HEADS or name.full in _EVENTS:
        return None
    rest = found["name"][name.end :]
    return found.span("name") if len(rest) <= _REST_OF_NAME and " " not in rest.strip() else None


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
    return (start, start + name.end) if name and name.kind in _DOERS - {"title", "pronoun"} else None
