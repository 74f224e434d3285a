"""``[schedule]``: when the team's posts are read, its digest is mailed and the reader learns from corrections.

Comes in: the table of ``lessons.toml``. Goes out: a `Schedule` by the clock of the project. Refuses, through pydantic: what is no time of day, no
day of the week, or a day that not every month has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from pipeline.settings.refusals import must_be, nearest

NEVER = "never"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*น\.?)?")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THAI_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_LAST_DAY = 28  # of every month
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Schedule:
    """When what is done; None where it is not. A weekday counts from Monday, 0; `mail` and `retrain` begin with the day."""

    nightly: time | None
    mail: tuple[int, time] | None
    retrain: tuple[int, time] | None


def _time(value: object) -> time | None:
    if value == NEVER:
        return None
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        rule = ('a time of day in quotes, such as "01:30", or "never"', 'เวลาในเครื่องหมายคำพูด เช่น "01:30" หรือ "never" ถ้าไม่ต้องการ')
        raise must_be(rule, value)
    return time(int(found[1]), int(found[2]))


def _weekday(value: object) -> int:
    written = value.strip().casefold().removeprefix("วัน") if isinstance(value, str) else ""
    for names in (_DAYS, _THAI_DAYS):
        if written in names:
            return names.index(written)
    meant = nearest(written, (*_DAYS, *_THAI_DAYS)) if written else None
    advice = (f'Did you mean "{meant}"?', f'หมายถึง "{meant}" ใช่หรือไม่ โปรดแก้ไข') if meant else ("Correct it.", "โปรดแก้ไข")
    raise must_be(('a day of the week, such as "thursday" or "พฤหัสบดี"', 'ชื่อวัน เช่น "พฤหัสบดี" หรือ "thursday"'), value, advice)


def _between(least: int, most: int, rule: tuple[str, str]) -> AfterValidator:
    def check(value: int) -> int:
        if not least <= value <= most:
            raise must_be(rule, value)
        return value

    return AfterValidator(check)


Time = Annotated[time | None, BeforeValidator(_time)]
Weekday = Annotated[int, BeforeValidator(_weekday)]
DaysBefore = Annotated[int, _between(0, 6, ("a number of days from 0 to 6", "จำนวนวันตั้งแต่ 0 ถึง 6"))]
DayOfMonth = Annotated[int, _between(1, _LAST_DAY, ("a day from 1 to 28, which every month has", "วันที่ 1 ถึง 28 ซึ่งมีทุกเดือน"))]


class ScheduleTable(BaseModel):
    """``[schedule]``; without a meeting day no mail goes out by itself."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    nightly: Time = time(1, 30)
    meeting: Weekday | None = None
    mail_days_before: DaysBefore = 1
    mail: Time = time(16, 0)
    retrain_day: DayOfMonth = 1
    retrain: Time = time(3, 30)

    def read(self) -> Schedule:
        """Return the schedule.

        >>> ScheduleTable(meeting="พุธ", mail="9:00", retrain="never").read()
        Schedule(nightly=datetime.time(1, 30), mail=(1, datetime.time(9, 0)), retrain=None)
        """
        mail = ((self.meeting - self.mail_days_before) % _WEEK, self.mail) if self.meeting is not None and self.mail else None
        return Schedule(self.nightly, mail, (self.retrain_day, self.retrain) if self.retrain else None)
