"""Offices and the time when they were held."""

import pytest

from pipeline.languages.th.offices import find_offices


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ลุงสี อดีตกำนัน มาเล่าเรื่องฝาย", ["อดีตกำนัน"]),
        ("ยายนวล อดีตคนไข้ มาเล่าเรื่องยา", []),  # no office
        ("ทางผ่านพ้นอดีตามเดิม", []),  # no word of the past
        ("ให้ลุงสีรักษาการแทนในตำแหน่งปลัดเทศบาลไปก่อน", ["รักษาการแทนในตำแหน่งปลัดเทศบาล"]),
        ("รักษาการประธานยังเป็นป้าศรี", ["รักษาการประธาน"]),
        ("ยามรักษาการณ์หน้าประตู", []),
        ("ตัดริบบิ้นโดยนายอำเภอในขณะนั้น", ["นายอำเภอในขณะนั้น"]),
        ("กำนันสมัยนั้นไม่มีรถ", ["กำนันสมัยนั้น"]),
        ("กำนันมาแล้ว ฝนก็ตก ในขณะนั้นวงเงียบ", []),  # the moment, not the office
        ("กำนันมา\nในขณะนั้นวงเงียบ", []),
        ("สมัยนั้นไม่มีรถ", []),
        ("ป้าศรีเป็นประธานกลุ่มมาตั้งแต่ปี 2544", ["เป็นประธานกลุ่มมาตั้งแต่ปี 2544"]),
        ("ตั้งแต่ปี พ.ศ. ๒๕๔๔ ลุงสีเป็นกำนัน", []),  # whose name stands between may be another's
        ("ตั้งแต่ปี ๒๕๔๔ แกเป็นกำนัน", ["ตั้งแต่ปี ๒๕๔๔ แกเป็นกำนัน"]),
        ("เขารับตำแหน่งปลัดเทศบาลตั้งแต่เดือนมีนาคม 2550", ["รับตำแหน่งปลัดเทศบาลตั้งแต่เดือนมีนาคม 2550"]),
        ("อดีตประธานในพิธี", []),  # for a day
        ("ป้าศรีเป็นประธานตั้งแต่แรก", []),  # no day is told
        ("ป้าศรีเป็นประธาน", []),
        ("ป้าศรีเป็นประธานที่ขยันตั้งแต่เช้า มีคนมา 44 คน", []),
    ],
)
def test_an_office_is_told_with_its_time(text, told):
    assert [text[start:end] for start, end in find_offices(text)] == told


@pytest.mark.parametrize("piece", ["อดีต", "เป็น", "เป็นกำนัน", "ตั้งแต่", "เป็นกำนันตั้งแต่ ", "ในขณะนั้น", "กำนัน ", "ปี ", "1"])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: list(find_offices(text)), piece)


@pytest.mark.parametrize(
    "text", ["เป็นผู้ใหญ่บ้านตั้งแต่ 10 คน", "เป็นกำนันตั้งแต่เวลา 10.00 น.", "เป็นประธานเปิดงานตั้งแต่ 0900", "เป็นกำนันตั้งแต่ 20 ไร่", "เป็นกำนันตั้งแต่ 15 ปีก่อน"]
)
def test_a_count_or_a_time_of_day_is_no_year_of_an_office(text):
    assert list(find_offices(text)) == []
