"""What a post tells of the meeting or event that it is about: which one, when, where, who came, and whether it looks ahead or back.

Comes in: a post. Goes out: `PostEvent`. Refuses nothing: what the opening of the post does not say stays empty. Only the title, the lead and the
beginning of the body are read, where a post says what it is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.languages.th.dates import find_dates, text_anchor
from pipeline.languages.th.dates.calendar import NUMBER_WORD, number_of
from pipeline.languages.th.dates.found import BY_TEXT
from pipeline.languages.th.figures import HEADCOUNT, TARGET, find_figures
from pipeline.text import clean

if TYPE_CHECKING:
    from datetime import date

    from pipeline.languages.th.dates import Dated
    from pipeline.records import Post

_OPENING = 2_500  # code points
_WEEK = timedelta(days=7)  # an event takes so long at most
_LONG_AGO = timedelta(days=120)  # an event is written up within so many days
_ORDINAL = re.compile(rf"(?<!บาง)ครั้งที่\s{{0,2}}(?P<number>[0-9๐-๙]{{1,3}}|{NUMBER_WORD})(?!\s?/)")
_PLACE = re.compile(
    r"(?:ณ|ที่)\s{0,2}(?P<place>(?:ห้องประชุม(?:ชั้น\s?[0-9๐-๙]{1,2}\s)?|หอประชุม|ห้องสมุด|ห้อง|ศาลา|โรงเรียน|โรงแรม|โรงพยาบาล|วัด|มัสยิด|มหาวิทยาลัย|วิทยาลัย|ศูนย์|สำนักงาน|ที่ว่าการ|ที่ทำการ|อบต\.|เทศบาล|สวน|ลาน)"
    r"[^\s,()\n]{0,60}(?:\s(?:อบต\.|ต\.|อ\.|จ\.|ตำบล|อำเภอ|จังหวัด|ชั้น)\s?[^\s,()\n]{1,30})?)"
)
_BODY = r"(?:อบต\.|อบจ\.|เทศบาล|โรงเรียน|โรงพยาบาล|รพ\.|สถานี|ตำบล|ต\.|บ้าน|กลุ่ม|ชุมชน|เครือข่าย|สำนักงาน|วัด|ศูนย์|คณะ|สหกรณ์|ทีม)[^\s,()\n]{1,40}"
_HOST = re.compile(rf"เจ้าภาพ(?:คือ|ได้แก่|โดย|ครั้งนี้คือ)\s{{0,2}}(?P<host>{_BODY})|(?P<before>{_BODY}?)\s?เป็นเจ้าภาพ")
_TODAY = re.compile(r"วันนี้\s{0,3}(?:คือ|เป็น|\()?\s{0,2}(?:วันที่\s{0,2})?$")
_STAGES = {
    "BAR": re.compile(r"(?<![A-Za-z])BAR(?![A-Za-z])|ซักซ้อม|เตรียมงานก่อน"),
    "AAR": re.compile(r"(?<![A-Za-z])AAR(?![A-Za-z])|ถอดบทเรียน|สรุปบทเรียน|มองย้อนกลับ|ทบทวนหลังงาน"),
}


@dataclass(frozen=True, slots=True)
class PostEvent:
    """What a post tells of the event that it is about; `about` says that the headcount is approximate, `stage` is BAR or AAR where it is told.

    `expected` and `actual` are a target of the event and what came of it, in `unit`.
    """

    what: str | None = None
    ordinal: int | None = None
    day: date | None = None
    last_day: date | None = None
    basis: str | None = None
    where: str | None = None
    host: str | None = None
    headcount: int | None = None
    about: bool = False
    expected: int | None = None
    actual: int | None = None
    unit: str | None = None
    stage: str | None = None


def event_of(post: Post) -> PostEvent:
    """Return what the opening of a post tells of its event."""
    parts = [post.title or "", post.lead.of(post.text) if post.lead else "", *(span.of(post.text) for span in post.body)]
    opening = clean("\n".join(parts)[:_OPENING]).text
    ordinal = _ORDINAL.search(opening)
    place, host = _PLACE.search(opening), _HOST.search(opening)
    figures = list(find_figures(opening))
    came = next((one for one in figures if one.kind == HEADCOUNT), None)
    target = next((one for one in figures if one.kind == TARGET), None)
    day = _day(opening, post.posted_at.date() if post.posted_at else None)
    return PostEvent(
        what=post.title,
        ordinal=number_of(ordinal["number"]) if ordinal else None,
        day=day.first_day if day else None,
        last_day=day.last_day if day else None,
        basis=day.basis if day else None,
        where=place["place"] if place else None,
        host=(host["host"] or host["before"]) if host else None,
        headcount=came.first if came else None,
        about=bool(came and came.about),
        expected=target.first if target else None,
        actual=target.second if target else None,
        unit=target.unit if target else None,
        stage=next((stage for stage, pattern in _STAGES.items() if pattern.search(opening)), None),
    )


def _day(opening: str, posted: date | None) -> Dated | None:
    """Return the day that the opening calls today, else the first on which something can have been that was written up then."""
    found = [one for one in find_dates(opening, posted or text_anchor(opening), None if posted else BY_TEXT) if _is_a_day(one)]
    today = next((one for one in found if _TODAY.search(opening[max(0, one.start - 20) : one.start])), None)
    return today or next((one for one in found if posted is None or _was_before(one, posted)), None)


def _is_a_day(one: Dated) -> bool:
    return bool(one.first_day and one.last_day and one.last_day - one.first_day <= _WEEK)


def _was_before(one: Dated, posted: date) -> bool:
    return one.first_day is not None and timedelta(0) <= posted - one.first_day <= _LONG_AGO
