"""A day that is told by its number alone, of something that is planned, lies ahead."""

import time
from datetime import date

import pytest

from pipeline.languages.th.dates import find_dates
from pipeline.languages.th.dates.ahead import still_ahead
from pipeline.languages.th.dates.found import BY_POST, Dated


@pytest.mark.parametrize(
    ("said", "written", "day"),
    [
        ("เจอกันวันที่ 6 ที่วัด", date(2009, 3, 10), date(2009, 4, 6)),
        ("เจอกันวันที่ ๖ เวลา 09.00 น. ที่วัด", date(2009, 3, 10), date(2009, 4, 6)),
        ("เจอกันวันที่ 6 ที่วัด", date(2009, 3, 5), date(2009, 3, 6)),  # it has not passed
        ("เจอกันวันที่ 6 ที่วัด", date(2009, 12, 10), date(2010, 1, 6)),
        ("เจอกันวันที่ 6 มี.ค. ที่วัด", date(2009, 3, 10), date(2009, 3, 6)),  # the month is said
        ("เจอกันวันที่ 6 มี.ค. 2552 ที่วัด", date(2009, 3, 10), date(2009, 3, 6)),
        ("เลื่อนจากวันที่ 6 ไปก่อน", date(2009, 3, 10), date(2009, 3, 6)),  # the old day
        ("ตกลงกันเมื่อวันที่ 6 ว่าจะไป", date(2009, 3, 10), date(2009, 3, 6)),
        ("เดิมนัดไว้วันที่ 6 จะหาวันใหม่", date(2009, 3, 10), date(2009, 3, 6)),
        ("มติวันที่ 6 ให้ส่งแผน", date(2009, 3, 10), date(2009, 3, 6)),  # agreed on that day
        ("จะทำตามที่ตกลงกันวันที่ 6", date(2009, 3, 10), date(2009, 3, 6)),
        ("เจอกันที่เดิมวันที่ 6", date(2009, 3, 10), date(2009, 4, 6)),  # the same place
        ("นัดคุยกันวันที่ 6", date(2009, 3, 10), date(2009, 4, 6)),
        ("เจอกันวันที่ 31 ที่วัด", date(2009, 4, 3), date(2009, 3, 31)),  # April has none
    ],
)
def test_a_number_that_has_passed_is_of_the_next_month(said, written, day):
    assert [still_ahead(one, said, written).first_day for one in find_dates(said, written) if one.first_day] == [day]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("รอบแรกวันที่ 6 รอบสองวันที่ 12", [(3, 6), (3, 12)]),  # told in their order, they are of one month
        ("วันที่ 6 มี.ค. ลงแปลง วันที่ 8 สรุป", [(3, 6), (3, 8)]),  # the month is said of the other
        ("วันที่ 20 ประชุม แล้ววันที่ 6 สรุป", [(3, 20), (4, 6)]),
        ("พรุ่งนี้ส่งหนังสือ วันที่ 6 ประชุม", [(3, 11), (4, 6)]),
    ],
)
def test_a_number_stays_in_the_month_of_the_times_beside_it(said, days):
    written = date(2009, 3, 10)
    found = find_dates(said, written)
    assert [still_ahead(one, said, written, found).first_day for one in found] == [date(2009, *day) for day in days]


def test_a_number_stays_where_nobody_knows_when_it_was_written():
    [one] = find_dates("เจอกันวันที่ 6 ที่วัด", date(2009, 3, 10))
    assert still_ahead(one, "เจอกันวันที่ 6 ที่วัด", None) is one


@pytest.mark.parametrize("said", ["ออกกำลังทุกคืน", "ทุกเช้าเดินไปดูน้ำ", "ทุกเย็น"])
def test_a_time_that_comes_again_is_told_once(said):
    assert len(find_dates(said, date(2009, 3, 10))) == 1


def test_a_run_of_blanks_in_a_time_takes_no_longer_than_its_length():
    begun = time.process_time()
    day = date(2009, 3, 6)
    still_ahead(Dated(0, 30_000, day, day, basis=BY_POST), " " * 30_000, date(2009, 3, 10))
    assert time.process_time() - begun < 2
