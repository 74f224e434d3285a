"""A day that is told by its number alone, of something that is yet to be done.

Comes in: a time of a text, the text, and the day on which it was written. Goes out: the time, in the next month where its day has passed.
Refuses days with a month, a weekday that fits, and those from which something is put off or that are told of: they stay where they are nearest.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import WEEKDAY, day_of, month_after
from pipeline.languages.th.dates.found import BY_POST

if TYPE_CHECKING:
    from datetime import date

    from pipeline.languages.th.dates.found import Dated

_NUMBER_ALONE = re.compile(rf"\s*(?:วัน)?(?:{WEEKDAY})?\s?(?:ที่)?\s*[\d๐-๙]{{1,2}}(?:\s*(?:เวลา|ตอน|[\d๐-๙]{{1,2}}[.:][\d๐-๙]{{2}}).*)?", re.DOTALL)
_PAST = re.compile(r"(?:จาก|เมื่อ|ตั้งแต่)\s?$")
_BEFORE = 8  # code points


def still_ahead(one: Dated, text: str, written: date | None) -> Dated:
    """Return a time of something that is planned: a day without a month that has passed when it was written is that of the next one.

    >>> from datetime import date
    >>> from pipeline.languages.th.dates import find_dates
    >>> said, written = "เจอกันวันที่ 6 ที่วัด", date(2009, 3, 10)
    >>> [still_ahead(found, said, written).first_day for found in find_dates(said, written)]
    [datetime.date(2009, 4, 6)]
    """
    day = one.first_day
    if written is None or day is None or one.basis != BY_POST or day != one.last_day or day >= written or one.repeats:
        return one
    if not _NUMBER_ALONE.fullmatch(text, one.start, one.end) or _PAST.search(text, max(0, one.start - _BEFORE), one.start):
        return one
    following = month_after(day.replace(day=1), 1)
    later = day_of(following.year, following.month, day.day)
    return replace(one, first_day=later, last_day=later) if later else one
