"""Recurrences as RFC 5545 rules: เดือนละครั้ง, ทุกวันพุธแรกของเดือน, ไตรมาสละครั้ง, ทุกสิ้นเดือน, วันเว้นวัน.

Comes in: a text. Goes out: `Dated` with `repeats`. Refuses nothing. How often within a week, a month or a year something happens is no part of
the rule, but for twice a year, which is every six months.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import LONG_MONTH, NUMBER, RRULE_DAYS, WEEKDAY, WEEKDAYS, month_of, number_of, weekday_of
from pipeline.languages.th.dates.found import Dated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FREQUENCY = {"วัน": "DAILY", "คืน": "DAILY", "สัปดาห์": "WEEKLY", "อาทิตย์": "WEEKLY", "เดือน": "MONTHLY", "ปี": "YEARLY"}
_UNIT = "วัน|คืน|สัปดาห์|อาทิตย์|เดือน|ไตรมาส|ปี"
_ORDER = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": -1, "ต้นเดือน": 1, "สิ้นเดือน": -1}
_NUMBERED = r"(?:[1-4๑-๔](?![0-9๐-๙])|หนึ่ง|สอง|สาม|สี่)"
_NTH = rf"(?:แรก|สุดท้าย|ต้นเดือน|สิ้นเดือน|ที่\s?{_NUMBERED})(?:\s?(?:,|และ|กับ)\s?(?:สุดท้าย|(?:ที่\s?)?{_NUMBERED})){{0,3}}"
_NTH_WORD = re.compile("|".join([*_ORDER, "[1-4๑-๔]"]))
_NAMED_MONTH = rf"นี้|หน้า|ก่อน|ที่|{LONG_MONTH}"  # of one month alone
_PER = re.compile(rf"(?P<unit>{_UNIT})ละ\s{{0,2}}(?:(?P<count>{NUMBER})\s{{0,2}})?(?:ครั้ง|หน(?!ึ่ง)|รอบ|เที่ยว|คราว|วง|เวที|วัน)")
# A share of something within each week or month (เดือนละเรื่อง); money is a rate, and of a day or a year as often an amount.
_MONEY = r"\S{0,16}?\s?\S{0,10}?(?:บาท|ร้อย|พัน|หมื่น|แสน)"
_SHARE = re.compile(rf"(?P<unit>สัปดาห์|อาทิตย์|เดือน)ละ(?!\s?(?:เลย|เท่า|กี่|เอียด|เว้น|{NUMBER}\s?ต่อ|{_MONEY}))(?:\s?(?P<count>{NUMBER}))?+(?=\s?[ก-ฮเ-ไ])")
_ONCE_IN = re.compile(rf"(?P<count>{NUMBER})\s?(?P<unit>วัน|สัปดาห์|อาทิตย์|เดือน|ปี)(?:ต่อ\s?(?:1|หนึ่ง)?\s?)?ครั้ง(?!ที่|แรก|นี้|หน้า|ละ|ก่อน|สุดท้าย|ต่อ)")
_LUNAR = rf"(?:ขึ้น|แรม)?\s?{NUMBER}\s?ค่ำ"
_OF_A_MONK = "ครู|อาจารย์|มหา|สงฆ์|ภิกษุ|เณร|ลูก|เจ้า|องค์|คุณ|ราช|พุทธ|เดช|ท่าน|อาทิตย์"  # ทุกวันพระครูมาสอน is of every day
# Each quarter of the moon, or the eve of one; of the full and new moon and of a day that is numbered there is one a month.
_HOLY_DAY = re.compile(
    rf"ทุก\s?ๆ?\s?(?:(?:(?:เช้า|บ่าย|เย็น|ค่ำ|คืน|หัวค่ำ)?วัน|คืน)(?:พระ(?!{_OF_A_MONK})(?P<month>ใหญ่|{_LUNAR})?|โกน(?!ผม|หัว|หนวด|จุก))|(?:วัน)?(?P<numbered>(?:ขึ้น|แรม)\s?{NUMBER}\s?ค่ำ))"
)
_EVERY_WEEKDAY = re.compile(
    rf"(?P<every>ทุก\s?ๆ?\s?)?(?P<time>เช้า|บ่าย|เย็น|ค่ำ|คืน)?\s?(?P<days>(?:วัน)?(?:{WEEKDAY})(?:\s{{0,2}}(?:และ|กับ|,|/|ถึง|-|–)?\s{{0,2}}(?:วัน)?(?:{WEEKDAY})){{0,4}})"
    rf"\s?(?P<nth>{_NTH})?(?P<of>\s?ของ(?:ทุก ?ๆ? ?|แต่ละ)?เดือน(?:ทุกเดือน)?(?!{_NAMED_MONTH}))?"
)
# Behind these a weekday has been, or is somebody's name.
_NO_WEEK = "".join(f"(?<!{word})" for word in ("เมื่อ", "เมื่อวัน", "พระ", "ดวง", "ยาย", "แม่", "ลุง", "ป้า", "ตา", "พี่", "นาย", "นาง", "น้อง", "ครู"))
# Weekdays that are joined, one that is left out each second time, and one for each of several are those of every week, without a word that says so.
_JOINED = re.compile(rf"{_NO_WEEK}(?:วัน)?(?:{WEEKDAY})(?:\s?(?:กับ|และ|ถึง|-|,)\s?(?:วัน)?(?:{WEEKDAY}))++(?!\s?(?:ที่|นี้|หน้า|ของ|แรก|สุดท้าย))")
_OTHER_WEEKDAY = re.compile(rf"(?:ทุก)?(?:วัน)?(?P<day>{WEEKDAY})เว้น(?:วัน)?(?P=day)")
_A_WEEKDAY_EACH = re.compile(rf"(?<!แ)(?<!เดือน)(?<!ปี)(?<!ครั้ง)(?<!รอบ)ละ(?:หนึ่ง)?\s?(?:วัน)?(?P<day>{WEEKDAY})(?!\s?ละ)")
# Where something is (ที่สี่แยก), and the first weekday behind something or in a tale, are none of every month.
_OF_A_PLACE = "แยก|พราน|โคก|แคว|ร้อย|ทุ่ม|โมง|ง่าม|ชุก|ห้อง|พี่"
_OF_ONE_TIME = rf"ของ|ใน|นั้น|นี้|ที่|หลัง|ก่อน|เดือน(?!ละ)|คือ|ก็|[0-9๐-๙]|{LONG_MONTH}"
_NTH_ALONE = re.compile(rf"วัน(?P<day>{WEEKDAY})\s?(?P<nth>แรก|สุดท้าย|ที่(?:หนึ่ง|สอง|สาม|สี่)(?!{_OF_A_PLACE}))(?!\s?(?:{_OF_ONE_TIME}))")
_EVERY = re.compile(
    rf"ทุก\s?ๆ?\s{{0,2}}(?P<count>{NUMBER})?\s{{0,2}}(?P<edge>ต้น|กลาง|สิ้น|ปลาย)?\s?(?P<unit>{_UNIT})"
    rf"(?P<day>ที่\s{{0,2}}(?P<number>{NUMBER})(?:\s?(?:,|และ|กับ)\s?(?P<other>{NUMBER}))?)?(?!นี้|[ก-๙]?คน|สิ้นเดือน)"
)
_EVERY_PART = re.compile("ทุก(?:เช้า|เย็น|ค่ำ|คืน|บ่าย|ครึ่งปี|ครึ่งเดือน|ปักษ์|สองสามวัน)(?!วัน)")
_OTHER = {"วันเว้นวัน": "FREQ=DAILY;INTERVAL=2", "เดือนเว้นเดือน": "FREQ=MONTHLY;INTERVAL=2", "ปีเว้นปี": "FREQ=YEARLY;INTERVAL=2"}
_OTHER_DAY = re.compile("|".join([*_OTHER, "ทุกวันสิ้นเดือน"]))
_EVERY_MONTH = re.compile(rf"ทุก(?:ต้น|กลาง|สิ้น|ปลาย)?\s?เดือน(?P<month>{LONG_MONTH})")
_DAY_OF_MONTH = re.compile(r"วันที่\s{0,2}(?P<number>[0-9๐-๙]{1,2})\s?ของ(?:ทุก ?ๆ? ?|แต่ละ)เดือน")
_WEEKDAY = re.compile(WEEKDAY)
_TO = re.compile("ถึง|-|–")
_PARTS = {"ทุกครึ่งปี": "FREQ=MONTHLY;INTERVAL=6", "ทุกครึ่งเดือน": "FREQ=WEEKLY;INTERVAL=2", "ทุกปักษ์": "FREQ=WEEKLY;INTERVAL=2"}


def find_repeats(text: str) -> Iterator[Dated]:
    """Yield the recurrences of a text, not in its order; of those that overlap, the first is the one to keep."""
    for needed, pattern, rule in _rules():
        if not any(word in text for word in needed):
            continue
        for found in pattern.finditer(text):
            if repeats := rule(found):
                yield Dated(*found.span(), repeats=repeats)


def without_plainer(dates: list[Dated]) -> list[Dated]:
    """Return times without the plain recurrences of which another says more: สัปดาห์ละสองเรื่อง beside ทุกวันศุกร์.

    >>> [one.repeats for one in without_plainer(list(find_repeats("เดือนละครั้ง วันพุธแรก")))]
    ['FREQ=MONTHLY;BYDAY=1WE']
    >>> [one.repeats for one in without_plainer(list(find_repeats("เดือนละสองคน แต่ละไตรมาสละครั้ง")))]
    ['FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY']
    """
    fuller = {one.repeats.split(";")[0] for one in dates if one.repeats and ";BY" in one.repeats and ";INTERVAL" not in one.repeats}
    return [one for one in dates if one.repeats not in fuller]


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str | None]], ...]:
    """Return each pattern with its rule, and words of which one stands in whatever gives a recurrence: looking for them first saves time."""
    return (
        (("ของทุก", "ของแต่ละ"), _DAY_OF_MONTH, _day_of_month),
        (("พระ", "โกน", "ค่ำ"), _HOLY_DAY, lambda found: "FREQ=MONTHLY" if found["month"] or found["numbered"] else "FREQ=WEEKLY"),
        (("ทุก",), _EVERY_MONTH, _every_month),
        (("เว้น",), _OTHER_WEEKDAY, lambda found: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={RRULE_DAYS[weekday_of(found['day'])]}"),
        (tuple(WEEKDAYS), _EVERY_WEEKDAY, _every_weekday),
        (tuple(WEEKDAYS), _JOINED, _weekdays),
        (
            ("ละวัน", "ละหนึ่ง", *(f"ละ{day}" for day in WEEKDAYS)),
            _A_WEEKDAY_EACH,
            lambda found: _weekdays(found) if found["day"] != "อาทิตย์" else "FREQ=WEEKLY",
        ),
        (tuple(WEEKDAYS), _NTH_ALONE, lambda found: f"FREQ=MONTHLY;BYDAY={_nth(found['nth'])[0]}{RRULE_DAYS[weekday_of(found['day'])]}"),
        (("ทุก",), _EVERY, _every),
        (("ละ",), _PER, _per),
        (("ละ",), _SHARE, _share),
        ((*(f"{unit}ครั้ง" for unit in _FREQUENCY), "ต่อครั้ง", "ต่อหนึ่งครั้ง", "ต่อ 1 ครั้ง"), _ONCE_IN, _once_in),
        (("ทุก",), _EVERY_PART, lambda found: _PARTS.get(found[0], "FREQ=DAILY")),
        (("เว้น", "ทุก"), _OTHER_DAY, lambda found: _OTHER.get(found[0], "FREQ=MONTHLY;BYMONTHDAY=-1")),
    )


def _per(found: re.Match[str]) -> str:
    count = number_of(found["count"]) if found["count"] else 1
    if found["unit"] == "ไตรมาส":
        return "FREQ=MONTHLY;INTERVAL=3"
    if found["unit"] == "ปี" and count in {2, 3, 4, 6}:
        return f"FREQ=MONTHLY;INTERVAL={12 // count}"
    return f"FREQ={_FREQUENCY[found['unit']]}"


def _share(found: re.Match[str]) -> str | None:
    """Return the rule of a share; what is only a limit, or has been, is none."""
    return None if found.string.endswith(("เกิน", "จาก"), 0, found.start()) else _per(found)


def _once_in(found: re.Match[str]) -> str:
    return f"FREQ={_FREQUENCY[found['unit']]};INTERVAL={number_of(found['count'])}".removesuffix(";INTERVAL=1")


def _every_weekday(found: re.Match[str]) -> str | None:
    """Return the rule of weekdays: of each week, or of the nth in each month; a weekday alone is none."""
    if not (found["every"] or (found["nth"] and found["of"])):
        return None
    if found["days"] == "อาทิตย์" and not found["nth"]:
        return "FREQ=WEEKLY"  # without วัน it is the week
    if not found["nth"]:
        return _weekdays(found)
    return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{number}{RRULE_DAYS[day]}" for number in _nth(found["nth"]) for day in _numbers(found["days"]))


def _weekdays(found: re.Match[str]) -> str:
    return "FREQ=WEEKLY;BYDAY=" + ",".join(RRULE_DAYS[number] for number in _numbers(found[0]))


def _numbers(days: str) -> list[int]:
    """Return the numbers of the weekdays of a list or of a range."""
    numbers = [weekday_of(name) for name in _WEEKDAY.findall(days)]
    if len(numbers) == 2 and numbers[0] < numbers[1] and _TO.search(days):  # noqa: PLR2004 - the ends of a range
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def _nth(written: str) -> list[int]:
    return [_ORDER.get(word) or number_of(word) for word in _NTH_WORD.findall(written)]


def _every(found: re.Match[str]) -> str | None:
    unit, count = found["unit"], number_of(found["count"]) if found["count"] else 1
    days = [number_of(found[name]) for name in ("number", "other") if found[name]]
    if count < 1 or not all(1 <= day <= 31 for day in days):  # noqa: PLR2004 - of a month
        return None
    if unit == "วัน" and found["number"]:
        return "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(map(str, days))
    if unit == "เดือน" and found["edge"]:
        return f"FREQ=MONTHLY;BYMONTHDAY={ {'ต้น': 1, 'กลาง': 15, 'สิ้น': -1, 'ปลาย': -1}[found['edge']] }"
    if unit == "ไตรมาส":
        return f"FREQ=MONTHLY;INTERVAL={3 * count}"
    return f"FREQ={_FREQUENCY[unit]}" + (f";INTERVAL={count}" if count > 1 else "")


def _every_month(found: re.Match[str]) -> str:
    return f"FREQ=YEARLY;BYMONTH={month_of(found['month'])}"


def _day_of_month(found: re.Match[str]) -> str:
    return f"FREQ=MONTHLY;BYMONTHDAY={number_of(found['number'])}"
