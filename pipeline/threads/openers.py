"""Which passages open something to be followed, and of what kind.

Comes in: a passage with its fields. Goes out: the kind of thread that it opens, None for most. Refuses nothing: wishes, things done and lessons open
nothing. A wish is known by its words, whatever strength was read: who only hopes has put nothing that could be followed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import MONTH, arabic, month_of, year_of
from pipeline.languages.th.dates.written import YEAR
from pipeline.languages.th.speech import FIRST_PERSONS
from pipeline.threads.lists import carries_on

if TYPE_CHECKING:
    from pipeline.followed import ThreadKind
    from pipeline.records import ActionFields, Passage, When

_PROMISE = re.compile(
    r"(?:แล้ว|ไว้|จะ)\s?(?:จะ)?(?:มา)?(?:เล่า|บอก|เขียน|รายงาน|แจ้ง)(?:ให้)?(?:ฟัง|ต่อ|อีก|ผล|ทราบ|กัน)"
    r"|(?:ตอน|บันทึก)(?:ต่อไป|หน้า)|ยังมีต่อ|จะ(?:นำ|เอา)(?:ภาพ|รูป|ผล)?\S{0,12}?มา(?:ฝาก|ลง|ให้|บอก|เล่า)"
)
_NEXT = "(?:คราว|ครั้ง)(?:ต่อไป|หน้า)"
_OWN_PROMISE = re.compile(  # unless somebody else shall do it: tasks are set for the next meeting, too
    rf"(?:จะ|แล้ว)(?:กลับ)?มา(?:เล่า|บอก(?!บุญ)|ตอบ(?!แบบ)|เขียน(?!แผน|โครงการ|ป้าย)|รายงาน(?!ตัว))"
    rf"|(?:เล่า|เขียน|บอก|(?<!ตก)ลง(?!พื้นที่|มติ|มือ|แขก|แรง|ทะเบียน|นาม)|ตอบ|(?<!ติด)ต่อ)(?:(?!ว่า|ให้)\S){{0,8}}?{_NEXT}"
    rf"|{_NEXT}\S{{0,16}}?จะ(?:มา)?(?:เล่า|เขียน|บอก|ตอบ)"
)
_AIM = re.compile(r"[\s\W]*(?:โดย|ซึ่ง|ทั้งนี้)?\s?(?:จุด(?:มุ่ง)?หมาย|วัตถุประสงค์)")  # what a meeting is for is no sequel that its writer promises
PASSES_ON = re.compile(r"(?:ให้|เชิญ|รอ).{0,20}(?:ช่วย|มา)ตอบ|ต้องถาม|ถามที่|ส่งต่อให้|ฝากให้.{0,20}ตอบ|(?:รู้(?!สึก)|ทราบ|ตอบ|อธิบาย|ให้ข้อมูล)\S{0,12}(?:กว่า|ที่สุด)")
_GONE_BY = re.compile(r"เมื่อ(?:ตอน)?(?:เช้า|สาย|เที่ยง|บ่าย|เย็น|ค่ำ|คืน|กลางวัน|ดึก)?(?:ของ)?(?:วัน(?:ที่)?)?\s?$")
_AHEAD = re.compile("จะ|นัด|ตกลง|มติ|มอบ|ภายใน|ต้อง|รับปาก|กำหนด|ขอให้|ให้.{2,30}ไป")
_OF_TODAY = re.compile("วันนี้|ตอนนี้|เมื่อ|เดี๋ยวนี้")
_MOVED = re.compile("เลื่อน|ย้าย(?:วัน|ไปเป็น|มาเป็น)|เปลี่ยน(?:วัน|มาเป็น|ไปเป็น)")
_FROM_DAY = re.compile(r"จาก(?:เดิม|กำหนดเดิม)?\s?(?:วัน\S{0,10})?ที่\s?([0-9๐-๙]{1,2})(?![0-9๐-๙/.:])")
_CALLED = re.compile(
    rf"(?P<called>วัน[^\s0-9๐-๙]{{0,10}}ที่\s?)?(?<![0-9๐-๙/.:,])(?P<day>[0-9๐-๙]{{1,2}})(?![0-9๐-๙/.:,])\s?(?:(?P<month>{MONTH}){YEAR})?"
)
NEAR = timedelta(days=183)  # from a day that is set to one whose year is not written: in another year it would be nearer
_BRINGS = re.compile(r"^[\s\W]*(?:เลย|จึง|ขอ|วันนี้|ผม|ดิฉัน|หนู)?\s?(?:นำ|เอา|มี)(?:ภาพ|รูป|คลิป|บรรยากาศ).{0,120}มา(?:ฝาก|ลง|ให้(?:ชม|ดู|เห็น)|แบ่งปัน)")
_TO_COME = re.compile("จะ|ไว้|หน้า|ต่อไป")
_EVENT = re.compile("ประชุม|หารือ|กำหนดจัด|จัดขึ้น|เวที|สัมมนา|อบรม|ตลาดนัด|มหกรรม|เสวนา|เปิดงาน|วงคุย|นัดพบ|ดูงาน|ค่าย|ครั้งที่")
_WISH = re.compile(
    r"^[\s\W]*(?:(?:แต่|และ|ก็|ทั้งนี้|สุดท้ายนี้|ผม|ดิฉัน|หนู|เรา|พวกเรา|ฉัน|พี่|ทุกคน|ขอ|ยัง|ได้แต่|เพียงแต่)\s?)*"
    r"(?:หวัง(?:เป็นอย่างยิ่ง)?ว่า|หวังให้|หวังใจ|ใฝ่ฝัน|ภาวนา|ลุ้นให้|อยากให้|อยากเห็น|ให้กำลังใจ|เป็นกำลังใจ|เอาใจช่วย|อวยพร|ขอให้.{0,60}(?:สำเร็จ|เจริญ|ราบรื่น|ลุล่วง|โชคดี|มีความสุข|แข็งแรง))"
)
_PUT_TO_SOMEBODY = re.compile("มอบหมาย|มอบให้|ตกลง|ลงมติ|มีมติ|รับปาก|รับไป|ภายในวัน")
_TWO_DAYS = 2
_PUT = frozenset({"planned", "ongoing", "postponed"})
_FIRM = frozenset({"assigned", "resolved", "proposal"})


def kind_opened(passage: Passage) -> ThreadKind | None:
    """Return the kind of thread that a passage opens."""
    if is_wish(passage) or is_told_as_past(passage) or brings_now(passage):
        return None
    if carries_topics(passage):
        return "carried-topic"
    if passage.label == "issue":
        return "question" if "question" in passage.facets else "issue"
    if "expectation" in passage.facets:
        return "target"
    return _of_action(passage) if passage.label == "action" else None


def is_wish(passage: Passage) -> bool:
    """Say whether a passage only wishes: its first words hope, and nobody is told to do it on a day."""
    return bool(_WISH.match(passage.quote)) and not days_of(passage) and not _PUT_TO_SOMEBODY.search(passage.quote)


def carries_topics(passage: Passage) -> bool:
    """Say whether a passage carries topics on to a later meeting: it is yet to be, and more than a wish."""
    action = passage.action
    put = bool(action and action.state in _PUT and action.strength in _FIRM)
    return put and carries_on(passage.quote) and not is_wish(passage) and moved_days(passage) is None


def days_of(passage: Passage) -> frozenset[date]:
    """Return the first days of the times that an action names."""
    return frozenset(when.first_day for when in passage.action.when if when.first_day) if passage.action else frozenset()


def set_days(passage: Passage) -> frozenset[date]:
    """Return the first days of the times that an action names and does not tell as gone by."""
    whens = passage.action.when if passage.action else ()
    return frozenset(when.first_day for when in whens if when.first_day and not _is_gone_by(passage.quote, when))


def is_told_as_past(passage: Passage) -> bool:
    """Say whether a passage narrates what has been (เมื่อวันที่ …), whatever state was read: every day is gone by, and no word looks ahead."""
    return passage.label == "action" and bool(days_of(passage)) and not set_days(passage) and not _AHEAD.search(passage.quote)


def brings_now(passage: Passage) -> bool:
    """Say whether a passage only hands over what its post shows (นำภาพ … มาฝาก): the days in it are of what is seen, and nothing is promised."""
    return bool(_BRINGS.search(passage.quote)) and not _TO_COME.search(passage.quote)


def _is_gone_by(quote: str, when: When) -> bool:
    return when.text.startswith("เมื่อ") or bool(_GONE_BY.search(quote[: max(0, quote.find(when.text))]))


def moved_days(passage: Passage) -> tuple[date, date] | None:
    """Return the days from which and to which a passage puts something off, whatever its state: that it was decided may read as done.

    Of the old day the number may be all that is said: it is the last such day before the new one.
    """
    days = days_of(passage)
    if not days or not _MOVED.search(passage.quote):
        return None
    if len(days) >= _TWO_DAYS:
        return min(days), max(days)
    [new] = days
    said = _FROM_DAY.search(passage.quote)
    old = _last_before(new, int(arabic(said[1]))) if said else None
    return (old, new) if old else None


def puts_off(passage: Passage) -> bool:
    """Say whether a passage sets another day for something: it is postponed, or its words move a day."""
    return passage.action is not None and (passage.action.state == "postponed" or bool(_MOVED.search(passage.quote)))


def calls_day(passage: Passage, day: date) -> bool:
    """Say whether a passage calls a day by its number and month, or by a number that is not that of a day which it sets (เพราะวันที่ 10 …).

    A year that is written must be its own; without one it is that of the nearest such day.
    """
    own = days_of(passage)
    return day in own or any(_is_called(found, day, own) for found in _CALLED.finditer(passage.quote))


def _is_called(found: re.Match[str], day: date, own: frozenset[date]) -> bool:
    """Say whether a number in a text is that of a day, and its month and year, where they are written, are."""
    if int(arabic(found["day"])) != day.day:
        return False
    if found["month"] and month_of(found["month"]) != day.month:
        return False
    if found["year"]:
        return year_of(found["year"].strip("'’"), day) == day.year
    alone = not found["month"] and (not found["called"] or day.day in {one.day for one in own})
    return not alone and (not own or min(abs(one - day) for one in own) <= NEAR)


def _last_before(day: date, number: int) -> date | None:
    """Return the last day of such a number before a day, of the same month or the one before it."""
    month = day.replace(day=1)
    for year, of in ((day.year, day.month), (month.year - (month.month == 1), (month.month - 2) % 12 + 1)):
        try:
            found = date(year, of, number)
        except ValueError:
            continue
        if found < day:
            return found
    return None


def _promises(passage: Passage, action: ActionFields) -> bool:
    """Say whether a writer promises to tell more, on no day that is set."""
    is_set = any(when.first_day and not _OF_TODAY.match(when.text) for when in action.when)
    if passage.voice not in {"author", "reply"} or is_set or _AIM.match(passage.quote):
        return False
    alone = all(actor.text in FIRST_PERSONS for actor in action.who)
    return bool(_PROMISE.search(passage.quote) or (alone and _OWN_PROMISE.search(passage.quote)))


def _of_action(passage: Passage) -> ThreadKind | None:
    action = passage.action
    if moved_days(passage):
        return "schedule-change"
    days = set_days(passage)
    passes_on = passage.voice == "reply" and not days and PASSES_ON.search(passage.quote)  # who is asked has promised nothing
    if action is None or action.state not in _PUT or action.strength not in _FIRM or passes_on:
        return None
    if _promises(passage, action):
        return "promise"
    if any(when.repeats for when in action.when):
        return "cadence"
    if passage.remarks.item is not None and action.strength == "resolved" and not days:
        return "commitment"
    return "plan" if days and _EVENT.search(passage.quote) else "action"
