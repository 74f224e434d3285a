"""The first day of a recurrence, so that the calendar and the rule say the same.

Comes in: an RFC 5545 rule as the texts give it (FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH) and a day. Goes out: the rule, and its first day
from then on. Refuses nothing: a rule that no day of eight years fits begins on the day itself.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_WEEKDAY = re.compile(r"(?P<order>-?\d)?(?P<day>[A-Z]{2})")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_IN_EVERY_MONTH = 28
_WEEK = 7
_EIGHT_YEARS = 2_922  # days: the next 29 February is as far away at most


def lasting(rule: str, day: date) -> str:
    """Return the rule, on the last day of each month where it would leave out the months that do not have the day.

    >>> lasting("FREQ=MONTHLY", date(2009, 1, 31))
    'FREQ=MONTHLY;BYMONTHDAY=-1'
    """
    return f"{rule};BYMONTHDAY=-1" if "FREQ=MONTHLY" in rule and ";BY" not in rule and day.day > _IN_EVERY_MONTH else rule


def first_on(rule: str, day: date) -> date:
    """Return the first day of a rule, from a day on.

    >>> first_on("FREQ=MONTHLY;BYDAY=1WE", date(2009, 3, 5))
    datetime.date(2009, 4, 1)
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    days = (day + timedelta(days=later) for later in range(_EIGHT_YEARS))
    return next((one for one in days if _fits(parts, one)), day)


def _fits(parts: dict[str, str], day: date) -> bool:
    """Tell whether a rule may fall on a day."""
    weekdays = list(_WEEKDAY.finditer(parts.get("BYDAY", "")))
    numbers = parts["BYMONTHDAY"].split(",") if "BYMONTHDAY" in parts else []
    return (
        (not weekdays or any(found["day"] == _DAYS[day.weekday()] and _in_order(found["order"], day) for found in weekdays))
        and (not numbers or str(day.day) in numbers or ("-1" in numbers and _is_last(day)))
        and str(day.month) in parts.get("BYMONTH", str(day.month)).split(",")
    )


def _in_order(order: str | None, day: date) -> bool:
    """Tell whether a weekday is the first, second … or (-1) last of its month."""
    if order is None:
        return True
    return (day + timedelta(days=_WEEK)).month != day.month if order == "-1" else (day.day - 1) // _WEEK + 1 == int(order)


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month
