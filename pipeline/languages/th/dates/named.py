"""Days that are told by a name: feasts (ก่อนสงกรานต์), the nth weekday of a named month (ศุกร์แรกของธันวา), a weekday alone (เสร็จก่อนวันศุกร์).

Comes in: a text and the day near which it was written. Goes out: `Dated`. Refuses a feast that is only mentioned (ติดงานปีใหม่): one of the words
by which times are told must stand beside it; and a weekday that may be that of each week. Before a feast is the feast, as before the 5th is the 5th,
but before the new year is the last day of the old one; after a feast is the rest of its month.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import LONG_MONTH, WEEKDAY, day_of, month_end, month_of, number_of, weekday_of, year_of
from pipeline.languages.th.dates.found import RELATIVE, UNKNOWN, Dated
from pipeline.languages.th.dates.written import NEXT, PAST, WORDS_BEFORE, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    Days = tuple[date, date]

_SONGKRAN, _NEW_YEAR, _LENT, _LENT_ENDS = "สงกรานต์", "ปีใหม่", "เข้าพรรษา", "ออกพรรษา"
_NAMES = (_SONGKRAN, _NEW_YEAR, "พรรษา")  # one of them stands in every feast, and one of the next in every nth weekday
_NTH = re.compile(rf"(?:{WEEKDAY})\s?(?:แรก|สุดท้าย|ที่)")
_FEAST = re.compile(
    rf"(?P<way>(?<!แต่)ก่อน|ภายใน|(?:ให้)?ทัน|หลัง|ช่วง|ตั้งแต่|เมื่อ|ตอน|รอบ|เริ่ม)?\s?(?P<day>วัน)?(?P<feast>{_SONGKRAN}|{_NEW_YEAR}(?!ไทย|ม้ง|เมือง|จีน|ลาว|กะเหรี่ยง|ลีซ|อาข่า|ลาหู่|มูเซอ|ล้านนา|อิสลาม|มุสลิม)|{_LENT}|{_LENT_ENDS})"
    rf"(?P<which>\s?(?:ปีหน้า|ปีนี้|ปีที่แล้ว|ปีก่อน|ปีกลาย|นี้|{NEXT}|ที่แล้ว|ที่ผ่านมา))?(?!\s?(?:ของ|ใน)?\s?ทุก\s?ๆ?\s?ปี)"
)
_NTH_WEEKDAY = re.compile(
    rf"(?:วัน(?P<day>{WEEKDAY})|(?!อาทิตย์)(?P<bare>{WEEKDAY}))\s?(?P<nth>แรก|สุดท้าย|ที่\s?(?:[1-4๑-๔]|หนึ่ง|สอง|สาม|สี่))\s?(?:ของ|ใน)\s?(?:เดือน)?\s?(?P<month>{LONG_MONTH}){YEAR}"
)
# The first day of Lent, the one behind the full moon of the eighth month of the Thai calendar: no sum gives it, the palace announces it each year.
_LENT_DAYS = (
    "2004-08-01 2005-07-22 2006-07-11 2007-07-30 2008-07-18 2009-07-08 2010-07-27 2011-07-16 2012-08-03 2013-07-23 2014-07-12 2015-07-31 2016-07-20 "
    "2017-07-09 2018-07-28 2019-07-17 2020-07-06 2021-07-25 2022-07-14 2023-08-02 2024-07-21 2025-07-11 2026-07-30 2027-07-19"
)
_LENT_OF = {day.year: day for day in map(date.fromisoformat, _LENT_DAYS.split())}
_LENT_LASTS = timedelta(days=88)
_STEPS = {"ปีหน้า": 1, "ปีนี้": 0, "ปีที่แล้ว": -1, "ปีก่อน": -1, "ปีกลาย": -1}
_LAST = frozenset({"ที่แล้ว", "ที่ผ่านมา", "เมื่อ"})
_ONE_DAY = timedelta(days=1)
# One day, ahead of the day of writing: it ends or begins something, or the writer says what they do on it, or what will be done.
_WEEKDAY_ALONE = re.compile(rf"วัน(?P<day>(?>{WEEKDAY}))(?!\s?(?:ที่|แรก|สุดท้าย|เว้น|ไหน|ละ)|ๆ|์)(?P<self>ผม|ดิฉัน|หนู|ฉัน(?!ท|เพล))?")
_TERMS = ("ก่อน", "ภายใน", "ทัน", "เสร็จ", "ตั้งแต่", "ถึง")
_NO_TERM = re.compile(r"(?:(?:แต่|เมื่อ|สมัย|ครั้ง|คราว)ก่อน|(?:พูด|หมาย|คิด|นึก|กล่าว|รวม|เล่า|เอ่ย)ถึง)$|" + PAST.pattern)  # what was, or is only talked about
_WILL = re.compile(r"(?:จะ|เดี๋ยว)\S*$")
_CLAUSE = 60  # code points


def find_named(text: str, near: date | None, basis: str) -> Iterator[Dated]:
    """Yield the days that a text tells by a name, not in its order.

    >>> from datetime import date
    >>> [(str(one.first_day), str(one.last_day)) for one in find_named("ส่งก่อนสงกรานต์ ประชุมศุกร์แรกของมีนา", date(2009, 2, 1), "post date")]
    [('2009-03-06', '2009-03-06'), ('2009-04-13', '2009-04-13')]
    """
    for found in _NTH_WEEKDAY.finditer(text) if _NTH.search(text) else ():
        if near and (day := _nth_weekday(found, near)):
            yield Dated(*found.span(), day, day, basis=basis)
    for found in _FEAST.finditer(text) if any(name in text for name in _NAMES) else ():
        if not (found["way"] or found["day"] or found["which"]):
            continue
        if near is None:
            yield Dated(*found.span(), basis=UNKNOWN)
        elif days := _days(found, near):
            yield Dated(*found.span(), *days, basis=basis)


def find_weekdays(text: str, today: date | None) -> Iterator[Dated]:
    """Yield the days that a weekday alone tells, for where nothing else in a text tells a day: the first on or after the day of writing.

    >>> from datetime import date
    >>> [str(one.first_day) for one in find_weekdays("ส่งแบบให้ครบก่อนวันศุกร์ ประชุมวันพุธ", date(2009, 3, 2))]
    ['2009-03-06']
    """
    for found in _WEEKDAY_ALONE.finditer(text) if today and "วัน" in text else ():
        assert today
        will = _WILL.search(text, max(0, found.start() - _CLAUSE), found.start())
        if _NO_TERM.search(text, max(0, found.start() - WORDS_BEFORE), found.start()):
            continue
        if text.endswith(_TERMS, 0, found.start()) or found["self"] or will:
            day = today + timedelta(days=(weekday_of(found["day"]) - today.weekday()) % 7)
            yield Dated(found.start(), found.end("day"), day, day, basis=RELATIVE)


def _nth_weekday(found: re.Match[str], near: date) -> date | None:
    """Return the first, … or last such weekday of a month, of the year that is written, else of that which brings it nearest."""
    number, month = weekday_of(found["day"] or found["bare"]), month_of(found["month"])
    written = year_of(found["year"].lstrip("'’"), near) if found["year"] else None
    days = [day for year in ([written] if written else range(near.year - 1, near.year + 2)) if (day := _nth(year, month, number, found["nth"]))]
    return min(days, key=lambda day: abs(day - near), default=None)


def _nth(year: int, month: int, number: int, nth: str) -> date | None:
    if nth == "สุดท้าย":
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - number) % 7)
    first = day_of(year, month, 1)
    weeks = 0 if nth == "แรก" else number_of(nth.removeprefix("ที่").strip()) - 1
    return first + timedelta(days=(number - first.weekday()) % 7 + 7 * weeks) if first else None


def _days(found: re.Match[str], near: date) -> Days | None:
    """Return the days that are meant: of the feast of the year that is told, else of the one that is nearest."""
    which, way = (found["which"] or "").strip(), found["way"] or ""
    feasts = {year: days for year in range(near.year - 1, near.year + 2) if (days := _feast(found["feast"], year))}
    meant = {year: _around(days, way, alone=bool(found["day"]), of_year=found["feast"] == _NEW_YEAR) for year, days in feasts.items()}
    if which in _STEPS:
        return meant.get(near.year + _STEPS[which])
    if which == "หน้า":
        return min((days for year, days in meant.items() if feasts[year][0] > near), default=None)
    if which in _LAST or way in _LAST:
        return max((days for days in meant.values() if days[0] <= near), default=None)
    return min(meant.values(), key=lambda days: abs(days[0] - near), default=None)


def _feast(name: str, year: int) -> Days | None:
    """Return the days of a feast of a year; None where no table has it."""
    if name == _SONGKRAN:
        return date(year, 4, 13), date(year, 4, 15)
    if name == _NEW_YEAR:
        return date(year, 1, 1), date(year, 1, 1)
    begins = _LENT_OF.get(year)
    day = begins and (begins if name == _LENT else begins + _LENT_LASTS)
    return (day, day) if day else None


def _around(feast: Days, way: str, *, alone: bool, of_year: bool) -> Days:
    """Return the days that are told by a feast: before it, after it, from it on, or its own."""
    first, last = feast
    if way in {"ก่อน", "ภายใน", "ทัน", "ให้ทัน"}:
        first -= _ONE_DAY * of_year
        return first, first
    if way == "หลัง":
        behind = last + _ONE_DAY
        return behind, month_end(behind.year, behind.month)
    return (first, first) if alone or way in {"ตั้งแต่", "เริ่ม"} else (first, last)
