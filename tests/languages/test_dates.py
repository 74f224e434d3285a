"""Dates are read as the table of cases says, whatever form they are written in, and no text takes more than linear time."""

import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assets import asset
from pipeline.languages.th.dates import find_dates
from pipeline.languages.th.dates.calendar import BUDDHIST_ERA, RRULE_DAYS

with (asset("corpora") / "dates" / "cases.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))

FULL = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def told(found):
    """Return a time that was found in the notation of the table."""
    time = found.time.replace("/", "/T") if found.time else ""
    if found.repeats:
        return f"{found.repeats} T{time}" if time else found.repeats
    if found.first_day is None:
        return f"T{time}" if time else "?"
    days = found.first_day.isoformat() if found.first_day == found.last_day else f"{found.first_day}/{found.last_day}"
    return days + (f"T{time}" if time else "") + (f"!{found.conflict}" if found.conflict else "")


def days_of(written):
    """Return the notation of the table with months and years as the days they span."""
    month = re.fullmatch(r"(\d{4})-(\d\d)", written)
    if month:
        first = date(int(month[1]), int(month[2]), 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return f"{first}/{last}"
    return f"{written}-01-01/{written}-12-31" if re.fullmatch(r"\d{4}", written) else written


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_table_of_cases(case):
    posted = date.fromisoformat(case["posted"]) if case["posted"] else None
    expected = [days_of(one.strip()) for one in case["expected"].split(" | ") if one.strip()]
    assert [told(found) for found in find_dates(case["text"], posted)] == expected


def test_the_table_is_large_and_wide():
    assert len(CASES) >= 400
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert sum(not case["expected"] for case in CASES) >= 60


DAYS = st.dates(date(1998, 1, 1), date(2026, 12, 31))


FORMS = ["{d} {m} {y}", "วันที่{d}{m}{y}", "({d}  {m} {e}{y})"]


@given(DAYS, st.sampled_from([FULL, SHORT]), st.sampled_from(FORMS), st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_a_written_day_is_read_back(day, months, form, ways):
    buddhist, thai, weekday = ways
    era, year = ("พ.ศ. ", day.year + BUDDHIST_ERA) if buddhist else ("ค.ศ. ", day.year)
    written = form.format(d=day.day, m=months[day.month - 1], y=year, e=era)
    if weekday and not form.startswith("("):
        written = f"วัน{WEEKDAYS[day.weekday()]}ที่ " + written.removeprefix("วันที่")
    text = f"นัดกัน {written.translate(THAI_DIGITS) if thai else written} ที่ศาลา"
    [found] = find_dates(text, date(2010, 1, 1))
    assert (found.first_day, found.last_day, found.basis, found.conflict) == (day, day, "written", None)
    assert text[found.start : found.end].strip().endswith(str(year).translate(THAI_DIGITS) if thai else str(year))


@given(DAYS, st.sampled_from([FULL, SHORT]), st.integers(-150, 150))
def test_a_missing_year_is_the_nearest(day, months, away):
    posted = day + timedelta(days=away)
    [found] = find_dates(f"วันที่ {day.day} {months[day.month - 1]}ที่ศาลา", posted)
    assert abs(found.first_day - posted) <= timedelta(days=184)
    assert (found.first_day.month, found.first_day.day) == (day.month, day.day)
    assert found.basis == "post date"


@given(DAYS, st.integers(1, 6))
def test_a_weekday_that_contradicts_is_told(day, other):
    [found] = find_dates(f"วัน{WEEKDAYS[(day.weekday() + other) % 7]}ที่ {day.day} {FULL[day.month - 1]} {day.year + BUDDHIST_ERA}", day)
    assert (found.first_day, found.conflict) == (day, "weekday")


@given(st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]))
def test_a_weekday_of_each_month_is_a_rule(weekday, number):
    order = {1: "แรก", 2: "ที่สอง", 3: "ที่ 3", 4: "ที่สี่", -1: "สุดท้าย"}[number]
    [found] = find_dates(f"พบกันทุกวัน{WEEKDAYS[weekday]}{order}ของเดือน")
    assert found.repeats == f"FREQ=MONTHLY;BYDAY={number}{RRULE_DAYS[weekday]}"


@given(st.integers(0, 23), st.sampled_from(["00", "15", "30"]))
def test_a_time_of_day_is_read_back(hour, minute):
    [found] = find_dates(f"เริ่มเวลา {hour:02}.{minute} น. ที่วัด", date(2010, 1, 1))
    assert found.time == f"{hour:02}:{minute}"


@given(st.text(alphabet="0123456789๐๑๒ .-–/:มกคพ.วันที่ศุกร์เดือนปีหน้านี้ทุกละครั้งอีกโมง", max_size=60))
def test_whatever_stands_there_offsets_are_in_order_and_days_exist(text):
    found = find_dates(text, date(2010, 5, 5))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.first_day is None or one.first_day <= one.last_day
    assert [one.start for one in found] == sorted(one.start for one in found)


HOSTILE = [
    "1",
    "1 ",
    "วันที่ 1 ",
    "1 ม.ค. ",
    "1,",
    "1 - ",
    "วัน",
    "วันศุกร์ที่ ",
    "เดือน",
    "ทุก",
    "ทุกวันจันทร์ ",
    "จันทร์ ",
    "09.30 ",
    "09.30 - ",
    "บ่าย",
    "สิบ",
    "อีก 1 ",
    "ปี 2549 ",
    "ต้น",
    " ",
    "๑/๑/๔๙ ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: find_dates(text, date(2010, 1, 1)), piece)
