"""The dates that pages, feeds and tables carry, in the ways people write them.

Comes in: what an attribute or a line says: ISO 8601, a Thai stamp, ``March 3, 2007 at 9:05 PM``, ``3/3/2550``, RFC 822; years of either calendar.
Goes out: a `datetime` of the Gregorian calendar without a zone, in Thai local time. Refuses what names no full day, by returning None: a
date is never guessed, and a year of two digits is none.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz

from pipeline.sources.stamps import MONTHS, THAI_TIME, gregorian, read_iso, read_stamp

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_THAI = tuple(full for full, _ in MONTHS)
_NUMBER_OF = {name: number for names in (_ENGLISH, _THAI) for number, name in enumerate(names, 1)}
_MONTH = rf"(?P<month>(?:{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?|{'|'.join(_THAI)})"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?:,?\s{0,3}(?:at|เวลา|ที่|-)?\s{0,3}(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?\s{0,3}(?P<half>[ap]\.?m\.?|หลังเที่ยง|ก่อนเที่ยง)?)?"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}},?\s{{1,3}}{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}{_MONTH},?[\s-]{{1,3}}{_YEAR}",
        rf"(?<![\d/])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/{_YEAR}(?![\d/])",
    )
)
_LONGEST = 200  # code points: a longer line is no date
_NOON = 12
_FULL = re.compile(r"\b[1-9]\d{3}\s{1,3}\d{1,2}:")  # the whole year, and the time of day
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_page_date(written: str) -> datetime | None:
    """Return the first date of a line, in whichever way it is written.

    >>> read_page_date("วันจันทร์ที่ 26 กุมภาพันธ์ พ.ศ. 2550"), read_page_date("กุมภาพันธ์ 26, 2007 ที่ 2:08 pm")
    (datetime.datetime(2007, 2, 26, 0, 0), datetime.datetime(2007, 2, 26, 14, 8))
    >>> read_page_date("Mon, 26 Feb 2550 07:08:00 GMT"), read_page_date("26/2/50")
    (datetime.datetime(2007, 2, 26, 14, 8), None)
    """
    line = written.strip()[:_LONGEST]
    return read_iso(line) or read_rfc822(line) or read_stamp(line) or _written_out(line) or _iso_day_in(line)


def read_cell_date(written: str) -> datetime | None:
    """Return the date of a field that holds nothing else: of an ISO day what stands behind it is read, too, or the field is refused.

    >>> read_cell_date("26/2/2550"), read_cell_date("2007-02-26 23:30:00 UTC")
    (datetime.datetime(2007, 2, 26, 0, 0), None)
    """
    return read_iso(written) if _ISO_DAY.search(written) else read_page_date(written)


def read_rfc822(written: str) -> datetime | None:
    """Return the date of a feed or of a header, its zone turned into Thai time; None where it names no zone or no day that exists."""
    try:
        found = parsedate_tz(written)
        if found is None or found[9] is None or not _FULL.search(written):
            return None
        zone = timezone(timedelta(seconds=found[9]))
        moment = datetime(gregorian(found[0]), *found[1:6], tzinfo=zone)
        return moment.astimezone(THAI_TIME).replace(tzinfo=None)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _written_out(line: str) -> datetime | None:
    found = next((match for form in _FORMS if (match := form.search(line))), None)
    if found is None:
        return None
    month = found["month"].casefold().rstrip(".")
    number = int(month) if month.isdecimal() else _NUMBER_OF.get(month) or _NUMBER_OF.get(month[:3], 0)
    hour, half = int(found["hour"] or 0), (found["half"] or "").casefold()
    if half.startswith(("p", "หลัง")) and hour < _NOON:
        hour += _NOON
    elif half.startswith(("a", "ก่อน")) and hour == _NOON:
        hour = 0
    return _day(int(found["year"]), number, int(found["day"]), hour, int(found["minute"] or 0))


def _iso_day_in(line: str) -> datetime | None:
    found = _ISO_DAY.search(line)
    return read_iso(found[0]) if found else None


def _day(year: int, month: int, day: int, hour: int, minute: int) -> datetime | None:
    try:
        return datetime(gregorian(year), month, day, hour, minute)  # noqa: DTZ001 -- pages name no zone
    except ValueError:
        return None
