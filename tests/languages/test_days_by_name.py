"""What looks like a day that is told by a name, and is none: places, people, other words, what has been."""

from datetime import date

import pytest

from pipeline.languages.th.dates import find_dates
from tests.languages.test_dates import told

MONDAY = date(2009, 3, 2)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("งานปีใหม่หน้าอำเภอคนแน่น", []),  # in front of it, not the next one
        ("รำวงสงกรานต์ หน้าวัด", []),
        ("คุณสงกรานต์หน้าตาดี", []),
        ("สงกรานต์หน้าที่จะถึงค่อยว่ากัน", ["2009-04-13/2009-04-15"]),
        ("ขึ้นป้ายวันที่ 1 มี.ค.หน้าศาลา", ["2009-03-01"]),
        ("ฝนแล้งเมษายนหน้าร้อน", ["2009-04-01/2009-04-30"]),
        ("ช่วงสงกรานต์ทุกปีน้ำไม่พอ", ["FREQ=YEARLY"]),
        ("หลังปีใหม่ลาวเขาจะข้ามมา", []),
        ("น้ำไหลเข้านาทุกเช้าพระออกบิณฑบาต", ["FREQ=DAILY"]),
        ("ทุกวันพระครูนำสวด", ["FREQ=DAILY"]),
        ("ไหว้ทุกพระองค์", []),
        ("ล้างลานทุกคืนวันพระ", ["FREQ=WEEKLY"]),
        ("เมื่อวันจันทร์กับวันอังคารเก็บข้อมูลมา", []),
        ("ยายจันทร์กับพุธช่วยกันทอ", []),
        ("อบรมวันพุธกับพฤหัสบดีที่ 5 มี.ค.", ["2009-03-05"]),
        ("อบรมวันจันทร์กับอังคารกับพุธที่ 4 มี.ค.", ["2009-03-04"]),
        ("ลาได้ปีละอาทิตย์", []),
        ("นั่งฟังเดือนละหนึ่งพุธ", ["FREQ=MONTHLY"]),
        ("เปิดร้านเดือนละวันเสาร์", ["FREQ=MONTHLY"]),
        ("ผลัดกันคนละอาทิตย์", ["FREQ=WEEKLY"]),
        ("ประชุมวันศุกร์ที่สามพราน", []),
        ("นัดกันวันเสาร์ที่สี่แยก", []),
        ("วันจันทร์แรกหลังเปิดเทอมเด็กร้องไห้", []),
        ("วันศุกร์แรกที่เปิดร้านขายดี", []),
        ("เก็บเข้ากลุ่มเดือนละ 500 ต่อคน", []),
        ("ประชุมทุกเดือน แต่ตรวจถังสามเดือนครั้ง", ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3"]),
        ("เมื่อวันศุกร์ผมไปถามมา", []),
        ("ของหมดไปแล้วตั้งแต่วันศุกร์", []),
        ("ลุงพูดถึงวันศุกร์บ่อย", []),
        ("แต่ก่อนวันศุกร์ปิดร้าน", []),
        ("วันอาทิตย์ฉันเพลที่ศาลา", []),
        ("จะถามว่าวันพฤหัสบดีไหนดี", []),
        ("เริ่มมีนาปรังน้ำก็หมด", []),
        ("ตอนมีนาเป็นของตัวเองก็ดี", []),
        ("เริ่มมีนาปีหน้า", ["2010-03-01/2010-03-31"]),
        ("เปิดรับระยะที่สองมิถุนายน", ["2009-06-01/2009-06-30"]),
        ("ส่งงวดที่สองเมษายน", ["2009-04-01/2009-04-30"]),
    ],
)
def test_what_only_looks_like_a_day(text, meant):
    assert [told(found) for found in find_dates(text, MONDAY)] == meant


@pytest.mark.parametrize(
    ("text", "posted", "meant"),
    [
        ("เปิดป้ายเมื่อ 6 มี.ค.", date(1900, 1, 1), "1900-03-06"),  # no such day is before it, of the years that are read
        ("เปิดป้ายเมื่อเดือนมีนาคม", date(1900, 1, 1), "1900-03-01/1900-03-31"),
        ("เปิดป้าย 6 มี.ค.หน้า", date(2150, 12, 31), "2150-03-06"),
    ],
)
def test_at_the_ends_of_the_years_that_are_read_a_day_has_the_nearest_year(text, posted, meant):
    assert [told(found) for found in find_dates(text, posted)] == [meant]


def test_what_is_written_of_a_share_ends_with_a_word():
    text = "ส่งข่าวเดือนละ 2 เรื่อง"
    assert [text[found.start : found.end] for found in find_dates(text, MONDAY)] == ["เดือนละ 2"]
    text = "นั่งฟังเดือนละหนึ่งพุธ"
    assert [text[found.start : found.end] for found in find_dates(text, MONDAY)] == ["เดือนละหนึ่ง"]
