"""Expressions that once were read wrongly: each stands here with what it says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th.dates import find_dates
from pipeline.languages.th.figures import find_figures
from pipeline.languages.th.names import role_in
from pipeline.languages.th.remarks import decided_by, hedges_in, waits_until

NEAR = date(2007, 3, 14)


def days(text, posted=NEAR):
    return [(str(one.first_day), str(one.last_day), one.time or one.repeats) for one in find_dates(text, posted)]


@given(st.dates(), st.sampled_from(["วันที่ 5 มี.ค.", "เดือนที่แล้ว", "วันที่ 31", "วันพุธที่ 5 มี.ค.", "เมื่อวาน", "อีก 600 ปี", "สิ้นปีงบประมาณ", "ไตรมาส 4", "ทุกวันที่ 99"]))
def test_no_day_of_writing_breaks_the_reading(posted, text):
    find_dates(text, posted)


@pytest.mark.parametrize("text", ["พรุ่งนี้จะล้างตลาด", "วันศุกร์หน้า", "เดือนหน้า", "อีก 2 สัปดาห์"])
def test_tomorrow_is_told_from_the_day_of_writing_alone(text):
    assert all(one.first_day is None for one in find_dates(text, NEAR, "other posts"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 มี.ค. 50 - 30 เม.ย. 51", [("2007-03-01", "2008-04-30", None)]),
        ("1 ต.ค. 49 – 30 ก.ย. 50", [("2006-10-01", "2007-09-30", None)]),
        ("เริ่มเที่ยงคืน", [("None", "None", "00:00")]),
        ("ความเที่ยงธรรม โจมตี 3 ครั้ง", []),
        ("ไตรมาส 4-1 ปี 2550", [("2007-10-01", "2008-03-31", None)]),
        ("ทุกวันที่ 99", []),
        ("วันที่ 31 เมษายน 2550", [("None", "None", None)]),
        ("3 วันก่อนงานเริ่ม", []),
        ("5/3/0000", [("None", "None", None)]),
        ("ปลายเดือนมกราคม - กุมภาพันธ์ 2550", [("2007-01-21", "2007-02-28", None)]),
    ],
)
def test_what_was_read_wrongly(text, expected):
    assert days(text) == expected


def test_numbers_in_words_are_no_figures():
    assert [one for one in find_figures("ตั้งเป้าไว้ว่าสามารถทำได้ 40 คน") if one.first == 3] == []


@pytest.mark.parametrize("text", ["คณะกรรมการไม่เห็นด้วย", "คณะกรรมการยังไม่ตกลงกัน", "สภาพน้ำตกลงไปมาก"])
def test_what_was_not_decided_has_no_decider(text):
    assert decided_by(text) is None or "ไม่" not in decided_by(text)
    assert decided_by("สภาพน้ำตกลงไปมาก") is None


@pytest.mark.parametrize("text", ["เลื่อนประชุมเมื่อวานนี้ ออกไป", "ชาวบ้านต้องหากินก่อนจึงเลื่อน"])
def test_when_it_was_is_no_condition(text):
    assert waits_until(text) is None


def test_words_that_hold_a_hedge_are_none():
    assert hedges_in("ปัญหายังคงมีอยู่ ความมั่นคงเป็นหลัก") == ()


@pytest.mark.parametrize("person", ["คุณเอื้อมพร", "คุณกิจจา", "คุณประสานสุข", "คุณลิขิต ธีรเวคิน"])
def test_people_are_no_roles(person):
    assert role_in(person) is None
