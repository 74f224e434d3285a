"""Where something is done: beside what stands firm, where things are kept, and what is taken for a place and is none."""

import pytest

from pipeline.languages.th import venues
from pipeline.languages.th.places import named_with_house


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("ติดประกาศไว้หน้าศาลากลางบ้านทุกต้นเดือน", "หน้าศาลากลางบ้าน"),
        ("ตั้งเก้าอี้ไว้ใต้ต้นมะขาม ใครมาก่อนนั่งก่อน", "ใต้ต้นมะขาม"),
        ("วางไว้ข้างล่างก่อน", None),  # beside nothing that stands firm
        ("ชื่ออยู่ท้ายบันทึก", None),
        ("กระดานหน้านั้นลบได้", None),
        ("หน้าเสาธงทุกวันศุกร์อ่านชื่อคนยืมของ", "หน้าเสาธง"),
        ("เข้าอำเภอไปยื่นคำร้องวันพุธ", "อำเภอ"),
        ("นายอำเภอเข้าใจแล้ว", None),
        ("เครื่องสูบฝากโรงน้ำแข็งเฮียตงไว้", "โรงน้ำแข็งเฮียตง"),
        ("7 ส.ค. บ้านยายจันทร์ / สานตะกร้า", "บ้านยายจันทร์"),
        ("7 ส.ค. บ้านใครบ้านมัน", None),
        ("รับบัตรคิวที่เคาน์เตอร์ก่อนเที่ยง", "เคาน์เตอร์"),
        ("ยื่นเรื่องที่เกษตรอำเภอภายในเดือนนี้", "เกษตรอำเภอ"),
        ("นัดเจอกันที่โคกสะอาดเหมือนปีก่อน", "โคกสะอาด"),
        ("ค้างคืนที่วัดสามง่ามพร้อมกัน", "วัดสามง่าม"),  # a number opens the name of a temple
        ("ค้างคืนที่วัดสามคืน", "วัด"),
        ("ส่งของที่วังกระแจะเมื่อวาน", "วังกระแจะ"),
        ("กินข้าวที่โรงอาหารเหมือนเดิม", "โรงอาหาร"),
        ("หลังโรงเรียนเลิก เก็บขยะ", None),  # a time
        ("นั่งหลังโรงเรียนบ้านกลาง", "หลังโรงเรียนบ้านกลาง"),
        ("ฟังอยู่หลังห้องจนจบ", "หลังห้อง"),
        ("อยู่หลังต้นเดือน", None),
        ("ฝังอยู่ใต้ต้นปีบ", "ใต้ต้นปีบ"),
        ("ส่งของที่หนองแสงเปิดเทอมนี้", "หนองแสง"),
        ("วางข้างหอมแดง", None),
        ("ไม้ที่แหลมคมวางไว้ก่อน", None),
        ("กลุ่มที่เกาะกลุ่มกันดี", None),
        ("ฝากห้องสมุดซื้อหนังสือ", None),  # who is asked to do something
        ("ฝากรพ.สต.ช่วยนับ", None),
        ("นัดที่วัดเสาร์นี้", "วัด"),
        ("นัดที่บ้านสองพี่น้อง", "บ้านสองพี่น้อง"),
        ("ค้างที่วัดสองสามคืน", "วัด"),
        ("ค้างที่แหลมเปิดใหม่", "แหลมเปิดใหม่"),  # no end within a syllable
    ],
)
def test_where_something_stands_or_is_kept(said, place):
    found = venues.place_in(said)
    assert (said[found[0] : found[1]] if found else None) == place


@pytest.mark.parametrize(
    ("place", "none"),
    [
        ("ตกหล่น", True),
        ("ไม่ต้องตรวจ", True),
        ("ทำเนียบ", False),
        ("ทำปุ๋ย", True),
        ("ม.2", True),  # a class of a school
        ("ม.4 ต.นาดี", False),
        ("วัดระดับน้ำ", True),
        ("วัดเสาเข็ม", True),
        ("วัดเสาธงทอง", False),
        ("เครือข่ายภาคเหนือ", True),
        ("จะนะ", False),
        ("จะทำต่อ", True),
        ("วัดเสาไห้", False),
    ],
)
def test_what_is_taken_for_a_place_and_is_none(place, none):
    assert venues.is_no_place(place) is none


@pytest.mark.parametrize(("before", "none"), [("จะคุยเรื่อง", True), ("ช่วยกันซ่อม", True), ("โทรหาเพื่อนที่", True), ("ไปประชุมที่", False), ("เดินตามสาย", True)])
def test_what_something_is_about_is_not_where_it_is_done(before, none):
    assert venues.is_matter(before) is none


@pytest.mark.parametrize(
    ("said", "found", "place"),
    [
        ("ไปเยี่ยมที่โรงพยาบาลพร้อมผลไม้", "โรงพยาบาลพร้อม", "โรงพยาบาล"),  # what follows was taken for the name
        ("ขายที่ลานวัดพร้อมกันตั้งแต่ 1 สิงหาคม", "ลานวัดพร้อมกันตั้งแต่", "ลานวัด"),
        ("ถามเพื่อนที่กาญจนบุรีดูก่อน", "กาญจนบุรี", "กาญจนบุรี"),
        ("ย้ายไปตัวอำเภอแม่ฮ่องสอน ไกลมาก", "ตัวอำเภอแม่ฮ่องสอน", "ตัวอำเภอแม่ฮ่องสอน"),
        ("ค้างที่วัดสามง่ามก่อน", "วัด", "วัดสามง่าม"),
        ("ส่งที่บ้านห้วยเหลือง", "บ้านห้วยเหลือง", "บ้านห้วยเหลือง"),
        ("ถ่ายรูปที่แพร่งภูธร", "แพร่งภูธร", "แพร่งภูธร"),  # a province opens another name
    ],
)
def test_the_name_of_a_place_ends_before_what_goes_on(said, found, place):
    start = said.index(found)
    assert said[start : venues.whole_place(said, start, start + len(found))] == place


def test_a_place_is_named_with_its_temple_or_school():
    said = "ครูโรงเรียนวัดหนองแวงกับหมอ รพ.สต.ดอนกลางนัดกัน ไปวัดมาแล้ว"
    assert list(named_with_house(said)) == ["หนองแวง", "ดอนกลาง"]


@pytest.mark.parametrize("piece", ["ที่หน้า", "ไว้หน้าวัด", "วัดบ้าน", "โรงเรียนบ้าน", "เข้าอำเภอ", "หนึ่ง", "ย. บ้านยาย", "บ้านสอง"])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(venues.place_in, piece)
    assert grows_with_the_text(lambda text: venues.whole_place(text, 0, len(text)), piece)
    assert grows_with_the_text(lambda text: list(named_with_house(text)), piece)
