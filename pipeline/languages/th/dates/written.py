"""Days, months and years as a text writes them, with what is missing of each.

Comes in: a text. Goes out: `Written` stretches; nothing is completed yet. Refuses counts, times, phone and house numbers, item numbers and
project names: a figure is part of a date only beside a month, or behind วันที่.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import (
    DOTTED_MONTH,
    FULL_MONTH,
    LONG_MONTH,
    MONTH,
    NUMBER_WORD,
    SHORT_WEEKDAY,
    UNIT_WORD,
    WEEKDAY,
    arabic,
    month_of,
    number_of,
    weekday_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_D = r"(?:[12๑๒][0-9๐-๙]|3[01]|๓[๐๑]|0?[1-9]|๐?[๑-๙])(?![0-9๐-๙])"
_NO_STREET = "(?<!ถนน )(?<!ถนน)(?<!วงเวียน )(?<!วงเวียน)(?<!แยก )(?<!สะพาน )"
_NO_DIGIT = r"(?<![0-9๐-๙/:])"
_JOIN = r"\s{0,3}(?:[-–—~,/]|ถึง|และ|กับ|หรือ|จนถึง)\s{0,3}(?:วันที่\s{0,2})?"
_ERA = r"(?:(?:(?:ปี\s?)?(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)|ปี)\s{0,2})"
# two digits are no year before a time, another month, or what is counted
_COUNTED = "คน|ราย|บาท|หมู่|ตำบล|ครัว|หลัง|แห่ง|กลุ่ม|ครั้ง|โมง|น\\.|นาที|ชั่วโมง|ชุด|วัน|เดือน|ปี|ตัว|ต้น|ไร่|โรง|ข้อ|เรื่อง|กิโล|กม|ล้าน|พัน|หมื่น|แสน|%|เปอร์"
_YEAR4 = r"(?:[12๑๒][0-9๐-๙]{3})(?![0-9๐-๙])"
_YEAR2 = rf"['’]?[0-9๐-๙]{{2}}(?![0-9๐-๙]|[.:][0-9๐-๙]|\s{{0,2}}(?:{MONTH}|{_COUNTED})|\s?[-–]\s?(?!{_D}\s{{0,3}}(?:เดือน\s{{0,2}})?{MONTH})[0-9๐-๙])"
YEAR = rf"(?:\s{{0,2}}{_ERA}?\s{{0,2}}(?P<year>{_YEAR4}|{_YEAR2}))?"  # behind a month
# Behind a day, a month or a feast: the next one; a place, a season or another word may begin so, too (ปีใหม่หน้าอำเภอ, เมษายนหน้าร้อน).
_OF_NEXT = "วัด|บ้าน|อำเภอ|ศาล|ตลาด|โรง|ร้าน|ห้อง|เสา|หอ|อบต|เทศบาล|ลาน|สนาม|ตึก|อาคาร|สำนัก|เวที|ประตู|กระดาน|เว็บ|ศูนย์|สถานี|มัสยิด|โบสถ์"
NEXT = f"หน้า(?!{_OF_NEXT}|ร้อน|ฝน|หนาว|แล้ง|ที่(?!จะ)|ตา|แรก)"
_DAY = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY})\s{{0,2}}(?:ที่\s{{0,2}})?)?(?:วันที่\s{{0,3}}|ที่\s{{0,2}})?"
    rf"{_NO_DIGIT}{_NO_STREET}(?P<days>{_D}(?:{_JOIN}{_D}){{0,6}})\s{{0,3}}(?:เดือน\s{{0,2}})?(?P<month>{MONTH})"
    rf"{YEAR}(?P<which>\s?(?:ปีหน้า|ปีที่แล้ว|ปีก่อน|ปีกลาย|ปีนี้|นี้|ที่แล้ว|ที่ผ่านมา)|{NEXT})?"
)
_NUMERIC = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{WEEKDAY})\s{{0,2}}ที่\s{{0,2}})?(?P<told>วันที่\s{{0,3}}|เมื่อ\s?:?\s{{0,2}})?(?<![0-9๐-๙/.-])"
    r"(?P<day>[0-3๐-๓]?[0-9๐-๙])\s?(?P<stop>[/.-])\s?(?P<month>[01๐๑]?[0-9๐-๙])\s?(?P=stop)\s?(?P<year>[0-9๐-๙]{4}|[0-9๐-๙]{2})(?![0-9๐-๙/-])"
)
# of a house, a car, a document: no date
_NUMBERED = re.compile(r"(?:เลขที่|หมายเลข|(?<!ลง)(?<!ขึ้น)(?<!จด)ทะเบียน|โฉนด|รหัส)(?:บ้าน|รถ|เลขที่|เลข|ที่|[ :.])*$")
_LABEL = 30  # code points before a number in which it may say what it numbers
_YEAR_FIRST = re.compile(r"(?<![0-9/.-])(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9/-])")
_BARE_DAY = re.compile(
    rf"(?:(?:วัน)?(?P<weekday>{WEEKDAY})\s{{0,2}}ที่\s{{0,2}}|วันที่\s{{0,3}})(?P<days>{_D}(?:{_JOIN}{_D}){{0,6}})(?!\s{{0,2}}(?:ของการ|ของงาน|ใน\s?\d|คน|ราย|วัน|[/.]\d))"
    rf"(?P<which>\s?(?:เดือน(?:นี้|หน้า|ที่แล้ว|ก่อน)|นี้|หน้า|ที่ผ่านมา|ที่จะถึง))?"
)
_SOON = re.compile(rf"(?:^|\n|ก่อน\s?|ภายใน\s?|ถึง\s?)(?P<days>{_D})(?P<which>\s?นี้)")
_PART = "(?:ช่วง)?(?:ต้นๆ|ต้น|กลาง|ปลาย|สิ้น)"
_MONTH = re.compile(
    rf"(?P<part>{_PART})?\s{{0,2}}(?:(?P<word>เดือน)\s{{0,2}})?(?<![0-9๐-๙])(?<![0-9๐-๙] )"
    rf"(?P<month>{LONG_MONTH}|(?<![ก-๙.])(?<!สำนักงาน )(?:{DOTTED_MONTH})(?![ก-ฮ]\.|[0-9๐-๙](?![0-9๐-๙])))"
    rf"(?:\s{{0,2}}(?:[-–—]|ถึง|และ)\s{{0,2}}(?:เดือน\s{{0,2}})?(?P<last>{LONG_MONTH}|{DOTTED_MONTH}))?"
    rf"{YEAR}(?P<which>\s?(?:ปีหน้า|ปีที่แล้ว|ปีก่อน|ปีกลาย|ปีนี้|นี้|ที่แล้ว|ที่ผ่านมา|ก่อน)|{NEXT})?"
)
# Behind these words the short name of a month is one (ภายในกุมภา, เริ่มมีนา); elsewhere it is as often somebody's name, or other words.
_INTRODUCED = re.compile(r"(?:ภายใน|ตั้งแต่|เริ่ม|ก่อน|จนถึง|ใน|รอบ|เมื่อ|ตอน|ช่วง|ประมาณ|ปิดเทอม|เปิดเทอม)\s?$")
_NO_MARCH = "ปรัง|เกลือ|กุ้ง|เป็น|แปลง|ผืน|แค่|น้อย|มาก|หลาย|ร้าง|ปี(?!\\s?(?:หน้า|นี้|ที่|ก่อน|กลาย|[0-9๐-๙]))"  # มีนา: there is a field
_OTHER_WORD = re.compile(f"(?:(?<=มีนา)(?:ย|ง|ที|น|ค|วา|ข้าว|เช่า|อยู่|ไร่|ของ|{_NO_MARCH}|\\s?[0-9๐-๙])|(?<=กันยา)(?:[วมงกร]|เสพ)|(?<=ตุลา)ก|[ก-ฮ]?์)")
_OF_LINE = re.compile(r"(?:^|\n)\s?$")
_SPELLED_DAY = re.compile(rf"(?P<day>{NUMBER_WORD})(?P<month>{LONG_MONTH}){YEAR}")
# Behind these a number is no day: รอบสองพฤษภาคม.
_COUNTS_ON = ("รอบ", "ครั้ง", "รุ่น", "งวด", "เทอม", "ปี", "รอบที่", "ครั้งที่", "รุ่นที่", "งวดที่", "เทอมที่", "เรียนที่", "ระยะ", "ระยะที่", "ไตรมาส", "ไตรมาสที่", "ชั้น")
PAST, WORDS_BEFORE = re.compile(r"(?:เมื่อ|(?:แล้ว|เสร็จ|หมด|มา|ครบ)ตั้งแต่)\s?$"), 14  # code points
_YEAR = re.compile(
    rf"(?:(?P<part>{_PART})\s?)?(?P<what>ปีงบประมาณ|ปีงบฯ?|ปีการศึกษา|ปีพุทธศักราช|พุทธศักราช|ปี|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)\s{{0,3}}(?:(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)\s{{0,2}})?"
    r"(?P<year>[12๑๒][0-9๐-๙]{3}|['’]?[0-9๐-๙]{2})(?:\s?[-–—]\s?(?P<last>[12๑๒][0-9๐-๙]{3}|[0-9๐-๙]{2}))?(?![0-9๐-๙]|\.[0-9๐-๙]|\s{0,2}(?:ปี|บาท))"
)
_FULL_FORMS = 4  # of the readers: those of days with their months
_DIGITS = re.compile("[0-9๐-๙]{1,2}")
_RANGE = re.compile(r"\s{0,3}(?:[-–—~]|ถึง|จนถึง|สิ้นสุด)\s{0,3}(?:วันที่\s{0,2})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: `kind` is day, bare day, month or year; what is not written is None. `days` are single days, or two ends if `ranged`."""

    start: int
    end: int
    kind: str
    days: tuple[int, ...] = ()
    ranged: bool = False
    month: int | None = None
    last_month: int | None = None
    year: str | None = None
    weekday: int | None = None
    part: str | None = None
    which: str | None = None
    what: str | None = None
    last_year: str | None = None


def find_written(text: str, *, days_alone: bool = False) -> list[Written]:
    """Return the dates of a text in its order; where two overlap, the one that was found by the fuller form.

    With `days_alone`, those that name a day and its month, which no other form takes a place from.
    """
    found: list[Written] = []
    taken: set[int] = set()
    for needed, reader in _readers()[: _FULL_FORMS if days_alone else None]:
        for one in reader(text) if needed.search(text) else ():
            if taken.isdisjoint(range(one.start, one.end)):
                found.append(one)
                taken.update(range(one.start, one.end))
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Written]]], ...]:
    """Return the readers, the fullest form first, each with what stands in every date of its form: looking for that first takes far less time."""
    return (
        (re.compile(rf"[0-9๐-๙]\s{{0,3}}(?:เดือน\s{{0,2}})?{MONTH}"), _days),
        (re.compile(f"(?:{UNIT_WORD}|สิบ|เอ็ด)(?:{LONG_MONTH})"), _spelled),
        (re.compile(r"[0-9๐-๙]\s?[/.-]\s?[0-9๐-๙]{1,2}\s?[/.-]"), _numeric),
        (re.compile("[0-9]-[01][0-9]-[0-3]"), _year_first),
        (re.compile(f"{LONG_MONTH}|{DOTTED_MONTH}"), _months),
        (re.compile("ปี|ศ"), _years),
        (re.compile(rf"(?:ที่\s{{0,3}}|^|\n|ก่อน\s?|ภายใน\s?|ถึง\s?){_D}"), _bare_days),
    )


def _days(text: str) -> Iterator[Written]:
    for found in _DAY.finditer(text):
        days, ranged = _listed(found["days"])
        yield Written(
            *_stripped(found),
            "day",
            days,
            ranged,
            month_of(found["month"]),
            year=_bare(found["year"]),
            weekday=_weekday(found["weekday"]),
            which=_word(found["which"]) or _past(text, found),
        )


def _spelled(text: str) -> Iterator[Written]:
    for found in _SPELLED_DAY.finditer(text):
        if not text.endswith(_COUNTS_ON, 0, found.start()) and not _OTHER_WORD.match(text, found.end("month")):
            day, month = number_of(found["day"]), month_of(found["month"])
            yield Written(*found.span(), "day", (day,), month=month, year=_bare(found["year"]), which=_past(text, found))


def _past(text: str, found: re.Match[str]) -> str | None:
    """Return the word for the last such day where เมื่อ stands before a day or a month without a year: it tells of what has been."""
    return "ที่แล้ว" if not found["year"] and PAST.search(text, max(0, found.start() - WORDS_BEFORE), found.start()) else None


def _numeric(text: str) -> Iterator[Written]:
    for found in _NUMERIC.finditer(text):
        if _NUMBERED.search(text, max(0, found.start() - _LABEL), found.start()):
            continue
        day, month = int(arabic(found["day"])), int(arabic(found["month"]))
        sure = found["stop"] == "/" or found["told"] or len(found["year"]) > 2  # noqa: PLR2004 - two digits
        if 1 <= day <= 31 and 1 <= month <= 12 and sure:  # noqa: PLR2004 - of a calendar
            yield Written(*found.span(), "day", (day,), month=month, year=found["year"], weekday=_weekday(found["weekday"]))


def _year_first(text: str) -> Iterator[Written]:
    for found in _YEAR_FIRST.finditer(text):
        if 1 <= int(found["month"]) <= 12:  # noqa: PLR2004 - of a calendar
            yield Written(*found.span(), "day", (int(found["day"]),), month=int(found["month"]), year=found["year"])


def _months(text: str) -> Iterator[Written]:
    for found in _MONTH.finditer(text):
        full = re.fullmatch(f"{FULL_MONTH}|{DOTTED_MONTH}", found["month"])
        if full or found["word"] or found["part"] or found["year"] or found["which"] or _is_introduced(text, found):
            last = found["last"]
            yield Written(
                *_stripped(found),
                "month",
                month=month_of(found["month"]),
                last_month=month_of(last) if last else None,
                year=_bare(found["year"]),
                part=_part(found["part"]),
                which=_word(found["which"]) or _past(text, found),
            )


def _is_introduced(text: str, found: re.Match[str]) -> bool:
    """Say whether what stands before the short name of a month says that it is one: a word by which times are told, or the line's beginning."""
    before = max(0, found.start() - WORDS_BEFORE)
    if _OTHER_WORD.match(text, found.end("month")):
        return False
    opens = _OF_LINE.search(text[before : found.start()]) if not before or "\n" in text[before : found.start()] else None
    return bool(_INTRODUCED.search(text, before, found.start()) or (opens and text[found.end() : found.end() + 1] == " "))


def _years(text: str) -> Iterator[Written]:
    for found in _YEAR.finditer(text):
        if found["what"].startswith("ปี") or len(_bare(found["year"]) or "") > 2:  # noqa: PLR2004 - two digits
            what = found["what"].removesuffix("ฯ")
            yield Written(*found.span(), "year", year=_bare(found["year"]), last_year=found["last"], part=_part(found["part"]), what=what)


def _bare_days(text: str) -> Iterator[Written]:
    for found in _BARE_DAY.finditer(text):
        days, ranged = _listed(found["days"])
        yield Written(*_stripped(found), "bare day", days, ranged, weekday=_weekday(found["weekday"]), which=_word(found["which"]))
    for found in _SOON.finditer(text):
        yield Written(found.start("days"), found.end(), "bare day", (number_of(found["days"]),), which=_word(found["which"]))


def _stripped(found: re.Match[str]) -> tuple[int, int]:
    start, end = found.span()
    return start + len(found[0]) - len(found[0].lstrip()), end


def _listed(written: str) -> tuple[tuple[int, ...], bool]:
    """Return the days of a list, or the two ends of a range."""
    days = tuple(number_of(day) for day in _DIGITS.findall(written))
    between = _DIGITS.sub("", written)
    return days, len(days) == 2 and days[0] < days[1] and bool(re.search("[-–—~]|ถึง", between))  # noqa: PLR2004 - two ends


def _weekday(written: str | None) -> int | None:
    return weekday_of(written) if written else None


def _bare(year: str | None) -> str | None:
    return year.lstrip("'’") if year else None


def _part(written: str | None) -> str | None:
    return written.removeprefix("ช่วง").removesuffix("ๆ") if written else None


def _word(written: str | None) -> str | None:
    return written.strip() if written else None


def joins(between: str) -> bool:
    """Say whether what stands between two dates makes a range of them."""
    return bool(_RANGE.fullmatch(between))
