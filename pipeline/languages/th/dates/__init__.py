"""Dates of Thai texts: a text and the day it was written in, the times that it names out, completed and with the basis shown.

Comes in: repaired text, and the day of the post where the page gives it. Goes out: `Dated` in the order of the text. Refuses nothing: what cannot
be completed is told without days. Not a general calendar: written for notices, minutes and diaries of the last decades.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import NUMBER, number_of
from pipeline.languages.th.dates.clock import find_times
from pipeline.languages.th.dates.complete import anchor, complete, joined
from pipeline.languages.th.dates.found import RELATIVE_TO_TEXT, WRITTEN, Dated
from pipeline.languages.th.dates.named import find_named, find_weekdays
from pipeline.languages.th.dates.relative import find_quarters, find_relative, shifted
from pipeline.languages.th.dates.repeats import find_repeats, without_plainer
from pipeline.languages.th.dates.written import find_written, joins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["Dated", "find_dates", "text_anchor"]

_UNIT = "วัน|สัปดาห์|อาทิตย์|เดือน|ปี"
# a day counted from, before or behind how far: หลังวันที่ 12 อีก 2 อาทิตย์, สองวันหลังวันที่ 15, ก่อนวันที่ 20 สามวัน
_COUNTED_FROM = re.compile(r"(?P<way>หลังจาก|หลัง|ถัดจาก|นับจาก|จาก|พ้น|ก่อน)\s{0,2}(?:วันที่\s{0,2})?$")
_HOW_FAR = re.compile(rf"\s{{0,2}}(?:ไป)?(?:แล้ว)?(?:อีก|ไป)?\s{{0,2}}(?P<count>{NUMBER})\s{{0,2}}(?P<unit>{_UNIT})(?!ที่)")
_FAR_FROM = re.compile(
    rf"(?:(?P<within>ภายใน)\s?|อีก\s?|ครบ\s?)?(?:(?P<count>{NUMBER})\s{{0,2}}(?P<unit>{_UNIT})|(?P<next>วัน))\s{{0,2}}"
    r"(?P<way>หลังจาก|หลัง|นับจาก|นับแต่|ถัดจาก|ก่อน)\s{0,2}(?:วันที่\s{0,2})?$"
)
_BETWEEN = re.compile(r"(?:\s|เวลา|ตั้งแต่|ประมาณ|ราว|ตอน|ช่วง|เช้า|บ่าย|เย็น|ค่ำ|[,(]|ก่อน|นัด|ที่|เริ่ม|ของ|ตรง){0,6}")
_EARLIEST, _LATEST = 1900, 2150
_LOOK_BACK = 40  # code points before a date in which it may say how far from it
_SIDE_BY_SIDE = re.compile(r"[\s(]{0,3}|\s?(?:คือ|ที่|ตรงกับ)\s?")
_BESIDE_NAMED = 20  # code points between a feast and the day on which it or something falls
_WITH_TIME = 24  # code points between a day and the time of day that belongs to it


def text_anchor(text: str) -> date | None:
    """Return the day by which the missing years of a text without a day of writing are found: that of its first full date."""
    return anchor(find_written(text, days_alone=True), None)[0]


def find_dates(text: str, posted: date | None = None, basis: str | None = None) -> list[Dated]:
    """Return the times that a text names, in its order; `posted` is the day on which it was written.

    `basis` names what has told that day, where it was not the post: "text" for a day that `text_anchor` found.

    >>> from datetime import date
    >>> [(str(found.first_day), found.time, found.basis) for found in find_dates("นัดวันที่ 6 มี.ค. เวลา 09.30 น.", date(2009, 3, 1))]
    [('2009-03-06', '09:30', 'post date')]
    """
    if posted and not _EARLIEST <= posted.year <= _LATEST:
        posted = None  # a page that says so has no date: programs write year 1 for none
    written = find_written(text)
    near, told_by = anchor(written, posted)
    dates = [day for one in written for day in complete(one, near, basis or told_by)]
    dates = _counted_on(_ranges(dates, text), text)
    today = posted if basis is None else None  # tomorrow is told from the day of writing alone
    named = [*_without_beside(find_named(text, near, basis or told_by), dates)]
    dates = without_plainer(_without_overlaps([*find_repeats(text), *find_quarters(text, near), *named, *dates, *find_relative(text, today)]))
    if not any(one.first_day or one.repeats for one in dates):
        dates = [*dates, *find_weekdays(text, today)]
    return _with_times(_said_twice(dates, text), text)


def _without_beside(named: Iterable[Dated], dates: Iterable[Dated]) -> Iterator[Dated]:
    """Yield the named days beside which no day is written: that one is meant (หลังสงกรานต์ 17 เม.ย.)."""
    days = [one for one in dates if one.first_day]
    starts, ends = {one.start for one in days}, {one.end for one in days}
    for one in named:
        if ends.isdisjoint(range(one.start - _BESIDE_NAMED, one.start + 1)) and starts.isdisjoint(range(one.end, one.end + _BESIDE_NAMED + 1)):
            yield one


def _ranges(dates: list[Dated], text: str) -> list[Dated]:
    """Return the dates, two that the text joins by a dash or ถึง as one range."""
    found: list[Dated] = []
    for one in dates:
        before = found[-1] if found else None
        if before and before.end < one.start and joins(text[before.end : one.start]) and (range_ := joined(before, one)):
            found[-1] = range_
        else:
            found.append(one)
    return found


def _counted_on(dates: list[Dated], text: str) -> list[Dated]:
    """Return the dates, those from which the text counts on (หลังวันที่ 12 อีก 2 อาทิตย์) moved to where it counts."""
    found = []
    for one in dates:
        first = max(0, one.start - _LOOK_BACK)
        before = text[first : one.start]
        far, way, told = _HOW_FAR.match(text, one.end), _COUNTED_FROM.search(before), _FAR_FROM.search(before)
        if one.last_day and told and not (told["next"] and told["way"] != "ถัดจาก"):
            count = -_count(told) if told["way"] == "ก่อน" else _count(told)
            day = shifted(one.last_day, count, told["unit"] or "วัน")
            start = one.last_day if told["within"] else day
            found.append(replace(one, start=first + told.start(), first_day=start, last_day=day, basis=RELATIVE_TO_TEXT, conflict=None))
        elif one.last_day and far and way:
            day = shifted(one.last_day, -_count(far) if way["way"] == "ก่อน" else _count(far), far["unit"])
            found.append(replace(one, end=far.end(), first_day=day, last_day=day, basis=RELATIVE_TO_TEXT, conflict=None))
        else:
            found.append(one)
    return found


def _count(far: re.Match[str]) -> int:
    return number_of(far["count"]) if far["count"] else 1


def _without_overlaps(dates: Iterable[Dated]) -> list[Dated]:
    """Return the dates in the order of the text, each once; of those that overlap, what comes first in `dates`, but all days of one list."""
    kept: list[Dated] = []
    owner: dict[int, tuple[int, int]] = {}
    for one in dict.fromkeys(dates):
        place = (one.start, one.end)
        if all(owner.get(sign, place) == place for sign in range(*place)):
            kept.append(one)
            owner.update(dict.fromkeys(range(*place), place))
    return sorted(kept, key=lambda one: (one.start, str(one.first_day)))


def _said_twice(dates: list[Dated], text: str) -> list[Dated]:
    """Return the dates, two that stand side by side and name the same days as one (เสาร์หน้าวันที่ 10, วันนี้ (27 ส.ค. 49))."""
    found: list[Dated] = []
    for one in dates:
        before = found[-1] if found else None
        same = before and one.first_day and (before.first_day, before.last_day) == (one.first_day, one.last_day)
        if before and same and before.end <= one.start and _SIDE_BY_SIDE.fullmatch(text[before.end : one.start]):
            fuller = one if one.basis == WRITTEN else before
            closed = one.end + (text[before.end : one.end].count("(") > 0 and text[one.end : one.end + 1] == ")")
            found[-1] = replace(fuller, start=before.start, end=closed)
        else:
            found.append(one)
    return found


def _with_times(dates: list[Dated], text: str) -> list[Dated]:
    """Return the dates with the times of day that stand beside them; a time beside none stands for itself."""
    free = [one for one in find_times(text) if not any(one.start < day.end and day.start < one.end for day in dates)]
    found: list[Dated] = []
    for day in dates:
        time = next((one for one in free if _belongs(day, one, text)), None)
        if time is None:
            found.append(day)
            continue
        free.remove(time)
        found.append(replace(day, start=min(day.start, time.start), end=max(day.end, time.end), time=time.time))
    return sorted([*found, *free], key=lambda one: one.start)


def _belongs(day: Dated, time: Dated, text: str) -> bool:
    first, last = (day, time) if day.start < time.start else (time, day)
    between = text[first.end : last.start]
    return len(between) <= _WITH_TIME and bool(_BETWEEN.fullmatch(between))
