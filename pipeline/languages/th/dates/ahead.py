"""A day that is told by its number alone, of something that is yet to be done.

Comes in: a time of a text, the text, the day on which it was written, and the times beside it. Goes out: the time, in the next month where its day
has passed. Refuses days with a month, a weekday that fits, those beside a time that shows their month, and those from which something is put off, on
which it was agreed or that are told of: they stay where they are nearest.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import WEEKDAY, day_of, month_after
from pipeline.languages.th.dates.found import BY_POST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.languages.th.dates.found import Dated

_NUMBER_ALONE = re.compile(
    rf"\s{{0,4}}(?:วัน)?(?:{WEEKDAY})?\s?(?:ที่)?\s*[\d๐-๙]{{1,2}}(?:\s*(?:เวลา|ตอน|[\d๐-๙]{{1,2}}[.:][\d๐-๙]{{2}}).*)?", re.DOTALL
)
_PAST = re.compile(
    r"(?:จาก(?:เดิม)?|เมื่อ|ตั้งแต่|(?:^|\s)เดิม|เดิม(?:นัด|กำหนด|ตั้ง|วาง)(?:ไว้)?|มติ(?:ที่ประชุม|เวที)?|ที่(?:คุย|ตกลง|รับปาก)(?:กัน|ไว้){0,2}"
    r"|(?:ครั้ง|คราว|รอบ)(?:ก่อน|ที่แล้ว)|ที่ผ่านมา)\s?$"
)
_BEFORE = 20  # code points


def still_ahead(one: Dated, text: str, written: date | None, beside: Sequence[Dated] = ()) -> Dated:
    """Return a time of something that is planned: a day without a month that has passed when it was written is that of the next one.

    Of the times beside it a day to come behind it, or a month that is named, shows that it is of their month.

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
    if any(_shows_month(other, one, text, written) for other in beside):
        return one
    following = month_after(day.replace(day=1), 1)
    later = day_of(following.year, following.month, day.day)
    return replace(one, first_day=later, last_day=later) if later else one


def _shows_month(other: Dated, one: Dated, text: str, written: date) -> bool:
    first, day = other.first_day, one.first_day
    if first is None or day is None or other.basis != BY_POST or (first.year, first.month) != (day.year, day.month):
        return False
    return (first >= written and other.start > one.start) or not _NUMBER_ALONE.fullmatch(text, other.start, other.end)
