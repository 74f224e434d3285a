"""The dates that pages and tables carry as stamps.

Comes in: ``26 กุมภาพันธ์ 2007 14:08 น.`` or ISO 8601. Goes out: a `datetime` of the Gregorian calendar without a zone, in Thai local
time. Refuses days that do not exist, by returning None. Dates inside sentences are not read here.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

FIRST_BUDDHIST_YEAR = 2400  # a year from here on counts from the Buddha: 2550 is 2007
BUDDHIST_OFFSET = 543
THAI_TIME = timezone(timedelta(hours=7))

MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_NUMBER_OF = {name.replace(".", ""): number for number, names in enumerate(MONTHS, 1) for name in names}
_MONTH = "|".join(full for full, _ in MONTHS) + "|" + "|".join(short.replace(".", r"\.?") for _, short in MONTHS)

STAMP = (
    rf"(?P<day>\d{{1,2}})\s{{0,9}}(?P<month>{_MONTH})\s{{0,9}}(?:พ\.ศ\.|ค\.ศ\.)?\s{{0,9}}(?P<year>\d{{4}})"
    r"(?:\s{0,9}(?:เวลา)?\s{0,9}(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?(?:\s{0,9}น\.?)?(?:\s{0,9}\(\))?"
)
_STAMP = re.compile(STAMP)
_ISO = re.compile(r"(\d{4})(-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?)", re.ASCII)


def read_stamp(written: str) -> datetime | None:
    """Return the first stamp in a Thai text, the year of either calendar.

    >>> read_stamp("เขียนเมื่อ 14 ม.ค. ๒๕๕๐ 21:08 น. ()")
    datetime.datetime(2007, 1, 14, 21, 8)
    """
    found = _STAMP.search(written)
    if not found:
        return None
    year, month = gregorian(int(found["year"])), _NUMBER_OF[found["month"].replace(".", "")]
    try:
        return datetime(year, month, int(found["day"]), int(found["hour"] or 0), int(found["minute"] or 0))  # noqa: DTZ001 -- pages name no zone
    except ValueError:
        return None


def read_iso(written: str) -> datetime | None:
    """Return an ISO 8601 date or date and time; a stated zone is turned into Thai time.

    >>> read_iso("2007-02-26T07:08:00Z"), read_iso("26/2/2007")
    (datetime.datetime(2007, 2, 26, 14, 8), None)
    """
    found = _ISO.fullmatch(written.strip())
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(f"{gregorian(int(found[1])):04}{found[2]}")
        return moment.astimezone(THAI_TIME).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def gregorian(year: int) -> int:
    """Return the year of the Gregorian calendar."""
    return year - BUDDHIST_OFFSET if year >= FIRST_BUDDHIST_YEAR else year
