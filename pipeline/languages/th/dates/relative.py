"""Times told from the day of writing, or from a date in the text: พรุ่งนี้, วันศุกร์หน้า, เดือนหน้า, อีก 2 สัปดาห์, ภายใน 7 วัน, สิ้นปีงบประมาณ.

Comes in: a text and the day that it speaks from. Goes out: `Dated`. Refuses nothing: without that day the stretch is told and its days are not.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import (
    NUMBER,
    NUMBER_WORD,
    WEEKDAY,
    fiscal_year,
    fiscal_year_at,
    monday_of,
    month_after,
    month_end,
    number_of,
    weekday_of,
    year_of,
)
from pipeline.languages.th.dates.complete import fiscal_part, months_part, year_part
from pipeline.languages.th.dates.found import RELATIVE, UNKNOWN, Dated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Days = tuple[date, date]

_NEAR = {"เมื่อวานซืน": -2, "เมื่อวานนี้": -1, "เมื่อวาน": -1, "วันนี้": 0, "คืนนี้": 0, "เย็นนี้": 0, "บ่ายนี้": 0, "พรุ่งนี้": 1, "วันพรุ่ง": 1, "มะรืนนี้": 2, "มะรืน": 2}
_NEXT, _THIS, _LAST = "หน้า", "นี้", "ที่แล้ว|ที่ผ่านมา|ก่อน|กลาย"
_UNIT = "วัน|สัปดาห์|อาทิตย์|เดือน|ปี"
_NO_COUNT = "(?<![0-9๐-๙])(?<![0-9๐-๙] )(?<!สอง)(?<!สาม)(?<!สี่)(?<!ห้า)(?<!หก)(?<!หนึ่ง)"
_PART = "ต้น|กลาง|ปลาย|สิ้น"
_FARTHEST = 500  # of any unit: farther away lies no plan
_DAYS = {"วัน": 1, "สัปดาห์": 7, "อาทิตย์": 7}

_DAY = re.compile(rf"(?<!ทุก)(?:{'|'.join(_NEAR)})")
_WEEKDAY = re.compile(rf"(?:วัน|(?!อาทิตย์))(?P<day>{WEEKDAY})(?:ที่)?\s?(?P<which>จะถึงนี้|จะถึง|{_NEXT}|{_THIS}|{_LAST})(?![ก-๙]?ๆ)")
_WEEK = re.compile(rf"{_NO_COUNT}(?P<part>ต้น|กลาง|ปลาย)?(?:สัปดาห์|อาทิตย์)(?P<which>{_NEXT}|{_THIS}|{_LAST})")
_MONTH = re.compile(rf"{_NO_COUNT}(?P<part>{_PART})?เดือน(?P<which>{_NEXT}|{_THIS}|{_LAST})(?!ละ)|(?P<end>สิ้นเดือน|กลางเดือน|ปลายเดือน|ต้นเดือน)(?!ละ|ที่)")
_YEAR = re.compile(
    rf"(?P<part>{_PART})?\s?ปี(?P<fiscal>งบประมาณ|งบ)?(?P<which>{_NEXT}|{_THIS}|{_LAST})"
    "|(?P<end>สิ้นปีงบประมาณ|สิ้นปีงบ|สิ้นปี|ปลายปี|กลางปี|ต้นปี)(?!ละ|การศึกษา)"
)
_OR_SO = rf"(?:\s{{0,2}}(?:[-–—]|ถึง|หรือ)\s{{0,2}}|(?={NUMBER_WORD}))"  # 2-3, สองถึงสาม, สองสาม
_IN = re.compile(
    r"(?P<how>ภายใน(?:เวลา)?|ไม่เกิน|อีก(?:ราว|ประมาณ|สัก)?)\s{0,2}"
    rf"(?P<count>{NUMBER})(?:{_OR_SO}(?P<most>{NUMBER}))?\s{{0,2}}(?P<unit>{_UNIT})(?P<half>ครึ่ง)?(?:ข้างหน้า)?"
)
_EVENT = "เปิด|ปิด|การ|งาน|วัน|เข้า|ถึง|จะ|หน้า|ประชุม|เริ่ม|สงกรานต์|ปีใหม่|เลือกตั้ง|กำหนด|จบ|ออก|คลอด|เกษียณ"  # what is counted from instead of today
_AGO = re.compile(rf"(?:เมื่อ\s?)?(?P<count>{NUMBER})\s{{0,2}}(?P<unit>{_UNIT})(?P<ago>ก่อน(?!{_EVENT})|ที่แล้ว|ที่ผ่านมา)")
_QUARTER = re.compile(
    r"(?:ไตรมาส(?:ที่)?\s{0,2}|(?<![A-Za-z])Q)(?P<number>[1-4๑-๔]|แรก|หนึ่ง|สอง|สาม|สี่|สุดท้าย)(?:\s?[-–]\s?(?P<last>[1-4๑-๔]))?(?![0-9๐-๙])"
    r"(?:\s{0,2}/\s?(?P<slash>[12๑๒][0-9๐-๙]{3})|\s{0,2}(?:ของ)?(?P<what>ปีงบประมาณ|ปีงบฯ?|ปี|พ\.ศ\.)\s{0,2}(?:พ\.ศ\.\s?)?(?P<year>[0-9๐-๙]{4}|[0-9๐-๙]{2})?(?P<this>นี้|หน้า)?)?"
)
_QUARTERS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}


def find_relative(text: str, today: date | None) -> Iterator[Dated]:
    """Yield the times that a text tells from the day of writing, not in its order."""
    for needed, pattern, read in _readers():
        if not any(word in text for word in needed):
            continue
        for found in pattern.finditer(text):
            if today is None:
                yield Dated(*found.span(), basis=UNKNOWN)
            elif days := read(found, today):
                yield Dated(*found.span(), *days, basis=RELATIVE)


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...]:
    """Return each pattern with its reader, and words of which one stands in all that it finds: looking for them first saves most of the time."""
    which = (_NEXT, _THIS, *_LAST.split("|"))
    return (
        (("ภายใน", "ไม่เกิน", "อีก"), _IN, _within),
        (("ก่อน", "ที่แล้ว", "ที่ผ่านมา"), _AGO, _ago),
        ((*which, "จะถึง"), _WEEKDAY, _weekday),
        (("สัปดาห์", "อาทิตย์"), _WEEK, _week),
        (("เดือน",), _MONTH, _month),
        (("ปี",), _YEAR, _year),
        (("นี้", "วาน", "พรุ่ง", "มะรืน"), _DAY, _near),
    )


def find_quarters(text: str, today: date | None) -> Iterator[Dated]:
    """Yield the quarters of a year that a text names, before whose years stand for themselves."""
    for found in _QUARTER.finditer(text) if "ไตรมาส" in text or "Q" in text else ():
        days = _quarter(found, today) if today or found["year"] or found["slash"] else None
        first, last = days or (None, None)
        yield Dated(*found.span(), first, last, basis=RELATIVE if days else UNKNOWN)


def _near(found: re.Match[str], today: date) -> Days:
    day = today + timedelta(days=_NEAR[found[0]])
    return day, day


def _weekday(found: re.Match[str], today: date) -> Days:
    number, which = weekday_of(found["day"]), found["which"]
    if which == _NEXT:
        day = monday_of(today) + timedelta(days=7 + number)
    elif which in {_THIS, "จะถึง", "จะถึงนี้"}:
        first = today if which == _THIS else today + timedelta(days=1)
        day = first + timedelta(days=(number - first.weekday()) % 7)
    else:
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return day, day


def _step(which: str) -> int:
    return 1 if which == _NEXT else 0 if which == _THIS else -1


def _week(found: re.Match[str], today: date) -> Days:
    monday = monday_of(today) + timedelta(days=7 * _step(found["which"]))
    first, last = {"ต้น": (0, 1), "กลาง": (2, 2), "ปลาย": (4, 6)}.get(found["part"] or "", (0, 6))
    return monday + timedelta(days=first), monday + timedelta(days=last)


def _month(found: re.Match[str], today: date) -> Days:
    month = month_after(today.replace(day=1), _step(found["which"]) if found["which"] else 0)
    part = found["part"] or (found["end"] or "").removesuffix("เดือน") or None
    return months_part(month.year, month.month, month.year, month.month, part)


def _year(found: re.Match[str], today: date) -> Days:
    step = _step(found["which"]) if found["which"] else 0
    said = found["end"] or ""
    if found["fiscal"] or "งบ" in said:
        return fiscal_part(fiscal_year_at(today) + step, "สิ้น" if said else found["part"])
    return year_part(today.year + step, found["part"] or said.removesuffix("ปี") or None)


def shifted(day: date, count: int, unit: str, *, half: bool = False) -> date:
    """Return the day so many days, weeks, months or years later.

    >>> shifted(date(2006, 1, 18), 1, "อาทิตย์"), shifted(date(2006, 1, 31), 1, "เดือน")
    (datetime.date(2006, 1, 25), datetime.date(2006, 2, 28))
    """
    count = max(-_FARTHEST, min(_FARTHEST, count))
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * count)
    moved = month_after(day, (12 if unit == "ปี" else 1) * count + (6 if half and unit == "ปี" else 0))
    return moved + timedelta(days=15) if half and unit == "เดือน" else moved


def _within(found: re.Match[str], today: date) -> Days | None:
    if found["how"] == "ไม่เกิน" and found["unit"] == "ปี":
        return None
    first, last = (shifted(today, number_of(found[name] or found["count"]), found["unit"], half=bool(found["half"])) for name in ("count", "most"))
    return (min(first, last), last) if found["how"].startswith("อีก") else (today, last)


def _ago(found: re.Match[str], today: date) -> Days:
    day = shifted(today, -number_of(found["count"]), found["unit"])
    return day, day


def _year_at(today: date | None, *, fiscal: bool) -> int | None:
    if today is None:
        return None
    return fiscal_year_at(today) if fiscal else today.year


def _quarter(found: re.Match[str], today: date | None) -> Days | None:
    number = _QUARTERS.get(found["number"]) or number_of(found["number"])
    fiscal = (found["what"] or "").startswith("ปีงบ")
    written = found["year"] or found["slash"]
    year = year_of(written, today) if written else _year_at(today, fiscal=fiscal)
    if year is None:
        return None
    year += int(found["this"] == "หน้า")
    first = month_after(fiscal_year(year)[0] if fiscal else date(year, 1, 1), 3 * (number - 1))
    quarters = (number_of(found["last"]) - number) % 4 if found["last"] else 0
    last = month_after(first, 3 * quarters + 2)
    return first, month_end(last.year, last.month)
