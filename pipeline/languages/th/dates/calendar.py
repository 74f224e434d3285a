"""The calendar of Thai texts: names of months and weekdays, numbers in words, years of two eras, and the fiscal year.

Comes in: what a text writes. Goes out: numbers and days of the Gregorian calendar. Refuses nothing: what names no day gives None.
Sources: the Buddhist era counts 543 years more than the Gregorian; the fiscal year of the Thai state ends on 30 September (Budget Procedures Act).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDDHIST_ERA = 543
_FIRST_BUDDHIST, _FIRST_YEAR, _LAST_YEAR = 2400, 1900, 2150
_FAR = 20  # years from the time of writing at which two digits are no year any more
FIRST_BLOG_YEAR = 2005  # GotoKnow opened in that year: the first that a page without any date may speak of

# each month: its full name, what people also write for it, and its two letters
_MONTHS = (
    ("มกราคม", "มกรา", "ม", "ค"),
    ("กุมภาพันธ์", "กุมภาพันธ์?|กุมภา", "ก", "พ"),
    ("มีนาคม", "มีนา", "มี", "ค"),
    ("เมษายน", "เมษา", "เม", "ย"),
    ("พฤษภาคม", "พฤศภาคม|พฤษภา", "พ", "ค"),
    ("มิถุนายน", "มิถุนา", "มิ", "ย"),
    ("กรกฎาคม", "กรกฏาคม|กรกฎา|กรกฏา", "ก", "ค"),
    ("สิงหาคม", "สิงหา", "ส", "ค"),
    ("กันยายน", "กันยา", "ก", "ย"),
    ("ตุลาคม", "ตุลา", "ต", "ค"),
    ("พฤศจิกายน", "พฤษจิกายน|พฤศจิกา|พฤษจิกา", "พ", "ย"),
    ("ธันวาคม", "ธันวา", "ธ", "ค"),
)
_MARKS = "ก-๙"
FULL_MONTH = "|".join(full for full, *_ in _MONTHS)
LONG_MONTH = "|".join(f"{full}|{also}" for full, also, *_ in _MONTHS)
DOTTED_MONTH = "|".join(rf"{a}\.\s?{b}\.|{a}\.{b}(?![{_MARKS}.])|{a}{b}\." for *_, a, b in _MONTHS)
_BARE_MONTH = "|".join(rf"{a}{b}(?![{_MARKS}])" for *_, a, b in _MONTHS)
MONTH = f"(?:{LONG_MONTH}|{DOTTED_MONTH}|{_BARE_MONTH})"

WEEKDAYS = {"จันทร์": 0, "อังคาร": 1, "พุธ": 2, "พฤหัสบดี": 3, "พฤหัส": 3, "ศุกร์": 4, "เสาร์": 5, "อาทิตย์": 6}
WEEKDAY = "จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์"
_SHORT_WEEKDAYS = {"จ": 0, "อ": 1, "พ": 2, "พฤ": 3, "ศ": 4, "ส": 5, "อา": 6}
SHORT_WEEKDAY = rf"(?<![{_MARKS}.])(?:{'|'.join(_SHORT_WEEKDAYS)})\."
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_UNITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_WORDS = {word: number for number, word in enumerate(_UNITS)} | {"เอ็ด": 1}
UNIT_WORD = "หนึ่ง|สอง|สาม(?!ารถ|ัญ)|สี่|ห้า(?!ม)|หก(?!ล้ม)|เจ็ด|แปด|เก้า(?!อี้)"
NUMBER_WORD = f"(?:(?:ยี่|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)?สิบ(?:เอ็ด|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)?|{UNIT_WORD})"
NUMBER = rf"(?:[0-9๐-๙]{{1,3}}|{NUMBER_WORD})"
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def arabic(text: str) -> str:
    """Return the text with Arabic digits for Thai ones.

    >>> arabic("๒๕๔๙")
    '2549'
    """
    return text.translate(_ARABIC)


def weekday_of(written: str) -> int:
    """Return the number of a weekday, Monday being 0.

    >>> weekday_of("พฤหัสฯ"), weekday_of("ศ.")
    (3, 4)
    """
    name = written.rstrip("ฯ.")
    return WEEKDAYS[name] if name in WEEKDAYS else _SHORT_WEEKDAYS[name]


def number_of(written: str) -> int:
    """Return the number that digits or words up to 99 write.

    >>> number_of("๑๒"), number_of("สอง"), number_of("ยี่สิบเอ็ด"), number_of("สิบ")
    (12, 2, 21, 10)
    """
    if written[0].isdigit():
        return int(arabic(written))
    if "สิบ" not in written:
        return _WORDS[written]
    tens, ones = written.split("สิบ")
    return 10 * (2 if tens == "ยี่" else _WORDS[tens] if tens else 1) + (_WORDS[ones] if ones else 0)


@lru_cache(maxsize=1)
def _month_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{full}|{also}|{a}\.?\s?{b}\.?") for full, also, a, b in _MONTHS)


@lru_cache(maxsize=2**10)
def month_of(written: str) -> int:
    """Return the number of a month, 1 to 12.

    >>> month_of("กพ"), month_of("ม. ค."), month_of("กรกฏาคม"), month_of("พฤศจิกา")
    (2, 1, 7, 11)
    """
    return next(number for number, pattern in enumerate(_month_patterns(), 1) if pattern.fullmatch(written))


def year_of(written: str, near: date | None) -> int | None:
    """Return the Gregorian year of four digits, or of two, which stand for the year of either era that is the nearer; None where it is none.

    >>> year_of("2549", None), year_of("2007", None), year_of("๔๙", None), year_of("07", date(2007, 1, 1)), year_of("1234", None)
    (2006, 2007, 2006, 2007, None)
    """
    number = int(arabic(written))
    if len(written) > 2:  # noqa: PLR2004 - two digits
        year = number - BUDDHIST_ERA if number >= _FIRST_BUDDHIST else number
        return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
    buddhist, gregorian = 2500 + number - BUDDHIST_ERA, 2000 + number
    if near is None:
        return buddhist if buddhist <= gregorian else None
    year = min((buddhist, buddhist + 100, gregorian), key=lambda one: abs(one - near.year))
    return year if abs(year - near.year) <= _FAR else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the month has no such day or the year lies outside of any post."""
    return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= day <= monthrange(year, month)[1] else None


def middle_day(days: Iterable[date]) -> date | None:
    """Return the middle one of some days; None where there are none."""
    ranked = sorted(days)
    return ranked[len(ranked) // 2] if ranked else None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def fiscal_year(year: int) -> tuple[date, date]:
    """Return the first and the last day of the fiscal year that ends in a Gregorian year."""
    return date(year - 1, 10, 1), date(year, 9, 30)


def fiscal_year_at(day: date) -> int:
    """Return the Gregorian year in which the fiscal year of a day ends."""
    return day.year + (day.month >= 10)  # noqa: PLR2004 - October


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
