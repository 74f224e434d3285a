"""Complete what a text leaves out of a date: the year, the month, the days of a part of a month or year.

Comes in: `Written` dates and what is known of the time of writing. Goes out: `Dated`. Refuses nothing: a day that no calendar has is left out.
A missing year is the one in which the weekday fits, else the one that brings the date nearest to the post's; a page without a date takes the
year from the fullest date of its text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import FIRST_BLOG_YEAR, day_of, fiscal_year, month_after, month_end, year_of
from pipeline.languages.th.dates.found import BY_POST, BY_TEXT, BY_WEEKDAY, UNKNOWN, WRITTEN, Dated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.languages.th.dates.written import Written

_YEARS_ROUND = 7  # how far from the time of writing a weekday may fit: all weekdays have come round by then
_LONG_AGO, _YEAR_AHEAD = timedelta(days=550), timedelta(days=366)  # how far a weekday may move a day without a year
_PARTS = {"ต้น": (1, 10), "กลาง": (11, 20), "ปลาย": (21, 31), "สิ้น": (31, 31)}
_YEAR_PARTS = {"ต้น": (1, 4), "กลาง": (5, 8), "ปลาย": (9, 12)}
_LAST, _NEXT = frozenset({"ที่แล้ว", "ที่ผ่านมา"}), "หน้า"  # behind a day or a month: the last one, the next one
_SHIFTS = {"ปีหน้า": 1, "ปีที่แล้ว": -1, "ปีก่อน": -1, "ปีกลาย": -1, "ปีนี้": 0}


def anchor(written: Sequence[Written], posted: date | None) -> tuple[date | None, str]:
    """Return the day by which missing years are found, and what says so: the post's date, else the first full date of the text."""
    if posted:
        return posted, BY_POST
    for basis, need_year in ((BY_TEXT, True), (BY_WEEKDAY, False)):
        for one in written:
            if one.month and one.days and bool(one.year) is need_year and (one.year or one.weekday is not None):
                found = list(complete(one, None, basis))
                if found and found[0].first_day and not found[0].conflict:
                    return found[0].first_day, BY_TEXT
    return None, UNKNOWN


def complete(one: Written, near: date | None, basis: str) -> Iterator[Dated]:
    """Yield the dates that one written date stands for; a list of days gives several."""
    if one.kind == "year":
        yield from _year(one, near)
    elif one.kind == "month":
        yield from _month(one, near, basis)
    elif one.kind == "day":
        yield from _days(one, near, basis)
    elif near:
        yield from _bare_days(one, near, basis)
    else:
        yield Dated(one.start, one.end, basis=UNKNOWN)


def _days(one: Written, near: date | None, basis: str) -> Iterator[Dated]:
    assert one.month
    year, how = _year_for(one, near, basis)
    if year is None:
        yield Dated(one.start, one.end, basis=UNKNOWN)
        return
    days = [day for number in one.days if (day := day_of(year, one.month, number))]
    yield from _told(one, days, how)


def _told(one: Written, days: Sequence[date], how: str) -> Iterator[Dated]:
    if not days:
        yield Dated(one.start, one.end, basis=UNKNOWN)  # no calendar has such a day
        return
    clash = "weekday" if one.weekday is not None and all(day.weekday() != one.weekday for day in days) else None
    if one.ranged:
        yield Dated(one.start, one.end, days[0], days[-1], basis=how, conflict=clash)
    else:
        yield from (Dated(one.start, one.end, day, day, basis=how, conflict=clash) for day in days)


def _year_for(one: Written, near: date | None, basis: str) -> tuple[int | None, str]:
    """Return the year of a day and a month, and how it was found."""
    assert one.month
    if one.year:
        return year_of(one.year, near), WRITTEN
    if one.which in _SHIFTS and near:
        return near.year + _SHIFTS[one.which], basis
    if one.weekday is not None:
        years = range(near.year - _YEARS_ROUND, near.year + _YEARS_ROUND) if near else range(FIRST_BLOG_YEAR, FIRST_BLOG_YEAR + 12)
        fitting = [day for year in years if (day := day_of(year, one.month, one.days[0])) and day.weekday() == one.weekday]
        if near is None and fitting:
            return fitting[0].year, BY_WEEKDAY
        nearest = min(fitting, key=lambda day: abs(day - near), default=None) if near else None
        if near and nearest and -_LONG_AGO <= nearest - near <= _YEAR_AHEAD:
            return nearest.year, BY_WEEKDAY
    return (_nearest_year(one.month, one.days[0], near, one.which), basis) if near else (None, UNKNOWN)


def _nearest_year(month: int, number: int, near: date, which: str | None) -> int:
    """Return the year that brings a day of a month nearest to another day: of those behind or ahead, where words say so and there are any."""
    days = {year: day for year in (near.year - 1, near.year, near.year + 1) if (day := day_of(year, month, min(number, 28)))}
    fitting = [year for year, day in days.items() if (day <= near if which in _LAST else day > near if which == _NEXT else True)]
    return min(fitting or days, key=lambda year: abs(days[year] - near))


def _month(one: Written, near: date | None, basis: str) -> Iterator[Dated]:
    assert one.month
    if one.year:
        year, how = year_of(one.year, near), WRITTEN
    elif near:
        year, how = (
            near.year + _SHIFTS[one.which] if one.which in _SHIFTS else _nearest_year(one.month, 1 if one.which in _LAST else 15, near, one.which),
            basis,
        )
    else:
        year, how = None, UNKNOWN
    if year is None:
        yield Dated(one.start, one.end, basis=UNKNOWN)
        return
    last_month = one.last_month or one.month
    yield Dated(one.start, one.end, *months_part(year, one.month, year + (last_month < one.month), last_month, one.part), basis=how)


def months_part(first_year: int, first_month: int, last_year: int, last_month: int, part: str | None) -> tuple[date, date]:
    """Return the days of a stretch of months, or of a part of one month: ต้น, กลาง and ปลาย are ten days each, สิ้น the last day.

    Of several months the part is that of the first, from which on they count.
    """
    end = month_end(last_year, last_month)
    if part is None:
        return date(first_year, first_month, 1), end
    first, last = _PARTS[part]
    days = month_end(first_year, first_month).day
    start = date(first_year, first_month, min(first, days))
    return start, end if (first_year, first_month) != (last_year, last_month) else date(first_year, first_month, min(last, days))


def year_part(year: int, part: str | None) -> tuple[date, date]:
    """Return the days of a year or of a third of it; สิ้น is its last day."""
    if part == "สิ้น":
        return date(year, 12, 31), date(year, 12, 31)
    first, last = _YEAR_PARTS[part] if part else (1, 12)
    return date(year, first, 1), month_end(year, last)


def fiscal_part(year: int, part: str | None) -> tuple[date, date]:
    """Return the days of a fiscal year or of a third of it; สิ้น is its last day."""
    first, last = fiscal_year(year)
    if part is None:
        return first, last
    if part == "สิ้น":
        return last, last
    months = {"ต้น": 0, "กลาง": 4, "ปลาย": 8}[part]
    return month_after(first, months), month_after(first, months + 4) - timedelta(days=1)


def _year(one: Written, near: date | None) -> Iterator[Dated]:
    assert one.year
    year = year_of(one.year, near)
    if year is None:
        return
    part = fiscal_part if one.what in {"ปีงบประมาณ", "ปีงบ"} else _school_part if one.what == "ปีการศึกษา" else year_part
    first, last = part(year, one.part)
    last_year = year_of(one.last_year, first) if one.last_year else None
    yield Dated(one.start, one.end, first, part(last_year, None)[1] if last_year and last_year > year else last, basis=WRITTEN)


def _school_part(year: int, part: str | None) -> tuple[date, date]:
    """Return the days of a school year, from May to March."""
    first, last = date(year, 5, 16), date(year + 1, 3, 31)
    if part == "สิ้น":
        return date(year + 1, 3, 1), last
    return (first, last) if part is None else (first, date(year, 8, 31)) if part == "ต้น" else (date(year + 1, 1, 1), last)


def _bare_days(one: Written, near: date, basis: str) -> Iterator[Dated]:
    """Yield days without a month: of the month that is named, else of the one that brings them nearest, with the weekday that is written."""
    shift = {"เดือนหน้า": 1, "เดือนที่แล้ว": -1, "เดือนก่อน": -1, "เดือนนี้": 0}.get(one.which or "")
    shifts = (shift,) if shift is not None else (0, 1, -1)
    months = [month_after(near.replace(day=1), number) for number in shifts]
    candidates = [day for month in months if (day := day_of(month.year, month.month, one.days[0]))]
    fitting = [day for day in candidates if one.weekday is None or day.weekday() == one.weekday] or candidates
    ahead = [day for day in fitting if day >= near] if one.which in {"นี้", "ที่จะถึง", "หน้า"} else []
    behind = [day for day in fitting if day <= near] if one.which == "ที่ผ่านมา" else []
    first = min(ahead or behind or fitting, key=lambda day: abs(day - near), default=None)
    if first is None:
        yield Dated(one.start, one.end, basis=UNKNOWN)
        return
    days = [first, *(day for number in one.days[1:] if (day := day_of(first.year, first.month, number)))]
    yield from _told(one, days, BY_WEEKDAY if one.weekday is not None and first.weekday() == one.weekday else basis)


def joined(first: Dated, last: Dated) -> Dated | None:
    """Return the range of two dates that a text joins, the first taking the year of the second where it fits better; None where it runs backwards."""
    if first.first_day is None or last.last_day is None:
        return None
    start = first.first_day
    if start > last.last_day or (first.basis != WRITTEN and last.last_day - start > _YEAR_AHEAD):
        start = day_of(last.last_day.year, start.month, start.day) or start
        start = start if start <= last.last_day else day_of(start.year - 1, start.month, start.day) or start
    return replace(first, end=last.end, first_day=start, last_day=last.last_day, basis=last.basis) if start <= last.last_day else None
