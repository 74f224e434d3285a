"""Who is a private person, and who is named by an office."""

from __future__ import annotations

import pytest

from pipeline.languages.th.names import find_names
from pipeline.languages.th.persons import private_names
from pipeline.languages.th.privacy import people
from pipeline.masks import as_one, covered, private_in
from pipeline.privacy.people import People


def shown(text, known=None):
    who = known or People([], [])
    return as_one(covered(text, private_in(text, who.in_text)))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ป้าสมพรเล่าว่าปีแรกไม่มีใครกล้าฝาก", "ป้า▮เล่าว่าปีแรกไม่มีใครกล้าฝาก"),
        ("ลุงสีกับป้าแดงไปตลาด", "ลุง▮กับป้า▮ไปตลาด"),
        ("คุณสมศรี ทองมากมาแล้ว", "คุณ▮มาแล้ว"),
        ("นายสมชาย ทองมากเล่าว่า", "นาย▮เล่าว่า"),
        ("ครูจินดาเป็นพี่เลี้ยง", "ครู▮เป็นพี่เลี้ยง"),
        ("หมอวิทย์กับน้องปุ๊ก", "หมอ▮กับน้อง▮"),
        ("พี่หนุ่ยบอกว่าดี", "พี่▮บอกว่าดี"),
        ("อดีตนายอำเภอสมชายเล่า", "อดีตนายอำเภอ▮เล่า"),
        ("สมชาย ทองมาก เสนอให้เลื่อน", "▮ เสนอให้เลื่อน"),
        ("ประธานกลุ่มคือ นางสาวมาลัย ศรีสุขเจริญกิจ", "ประธานกลุ่มคือ นางสาว▮"),
        ("คุณ Handy กับ Dr. Smith", "คุณ ▮ กับ Dr. ▮"),
        ("ยายเมี้ยนเล่าให้หลานฟัง", "ยาย▮เล่าให้หลานฟัง"),
        ("คุณกิจจาไม่ใช่บทบาท", "คุณ▮ไม่ใช่บทบาท"),
        ("อ.สมหมายสอน", "อ.▮สอน"),
        ("กตัญญู ยุติธรรม มาประชุมแทนพี่ชาย", "▮ มาประชุมแทนพี่ชาย"),
        ("ให้ “ป้ากตัญญู ยุติธรรม” พูดก่อน", "ให้ “ป้า▮” พูดก่อน"),
        ("คนเล่าคือ “กตัญญู ยุติธรรม” ที่นั่งริมหน้าต่าง", "คนเล่าคือ “▮” ที่นั่งริมหน้าต่าง"),
    ],
)
def test_private_persons(text, masked):
    assert shown(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "นายอำเภอสมชายมาเปิดงาน",
        "ผู้ว่าฯ วิชัยสั่งการ",
        "อธิการบดี ดร.สมบัติ ทองมาก มาเอง",
        "คุณสมชาย (นายก อบต.) รับไปดู",
        "นายสมชาย ทองมาก นายอำเภอเมือง เป็นประธาน",
        "นายกเทศมนตรีตำบลนาใหม่ นายสมชาย ทองมาก",
        "ผอ.โรงเรียนบ้านนา นายวิทยา คำดี",
        "ผู้ใหญ่แดงพูดกลางวง",
        "กำนันเสริมรับปาก",
        "ครูใหญ่สมานเล่า",
    ],
)
def test_officials_in_office_are_named(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "คุณเอื้อ คุณอำนวย คุณกิจ และคุณลิขิตตำบล",
        "คุณภาพของงาน คุณค่าของคน คุณธรรมนำใจ",
        "คุณที่มา คุณต้องไป คุณแม่ของเด็ก คุณครูคนใหม่ คุณหมอทุกท่าน",
        "ขอบคุณพี่ๆ น้องๆ ทุกคน",
        "แม่น้ำ พ่อค้าแม่ค้า ตาข่าย อาชีพ นายทุน ป้ายประกาศ",
        "น้องนักเรียน พี่เลี้ยง พี่สาว น้องชาย ป้าข้างบ้าน ลุงคนหนึ่ง หมอชาวบ้าน",
        "ครูสังคมกับครูภาษาไทย ครูสอนเด็ก",
        "ต.นาใหม่ อ.พิชัย จ.ตรัง",
        "วัดพระธาตุ บ้านแม่ทา ตำบลแม่ลาน",
        "กลุ่มแม่บ้าน กองทุนหมู่บ้าน อบต. กศน. พช.",
        "ปี 2550 มี 400 หมู่บ้าน",
    ],
)
def test_what_is_no_name(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("field", "surely", "masked"),
    [
        ("มาลี", True, "▮"),
        ("คนเดินทาง", True, "▮"),
        ("Somchai J.", True, "▮"),
        ("ป้าสมพร", True, "ป้า▮"),
        ("ผู้ใหญ่แดง", True, "ผู้ใหญ่แดง"),
        ("คุณสมศรี (ปลัด อบต.)", True, "คุณสมศรี (ปลัด อบต.)"),
        ("กศน.อำเภอ", True, "กศน.อำเภอ"),
        ("ชาวบ้าน", False, "ชาวบ้าน"),
        ("คุณอำนวยตำบล", False, "คุณอำนวยตำบล"),
        ("ครูจินดา", False, "ครู▮"),
        ("สมชาย", False, "▮"),
        ("คนที่มาทีหลัง", False, "คนที่มาทีหลัง"),
    ],
)
def test_fields_that_hold_a_person(field, surely, masked):
    assert as_one(covered(field, private_in(field, lambda text: People([], []).in_field(text, surely=surely)))) == masked


def test_who_is_known_is_found_where_nothing_else_says_so():
    known = People(["ป้าแจ่มเล่าว่าดี"], ["อรุณวดี สายชล", "มาลี", "ผู้ใหญ่แดง"])
    assert shown("ป้าแจ่มร่างไว้แล้ว อรุณวดี สายชล ก็อยู่", known) == "ป้า▮ร่างไว้แล้ว ▮ ก็อยู่"
    assert shown("ดอกมาลี ผู้ใหญ่แดง", known) == "ดอกมาลี ผู้ใหญ่แดง"


@pytest.mark.parametrize("told", ["ป้าช้อย", "หนูแต๋น", "พยาบาลสมหญิง", "พ่อใหญ่คำแสน"])
def test_an_owner_or_speaker_of_a_passage_is_known_in_all_texts(told):
    title = next(find_names(told, [0])).end
    assert shown(f"นัดกับ{told}ไว้ที่วัด", People([], [], [told])) == f"นัดกับ{told[:title]}▮ไว้ที่วัด"


@pytest.mark.parametrize(
    "told",
    ["ครูท่านหนึ่ง", "ครูภาษาไทย", "คุณครูแนะแนว", "พระครูวัดดอน", "ป้าคนหนึ่ง", "ท่านรองสมศักดิ์", "หัวหน้าส่วน", "หมอ สสจ.", "เขาล้อม", "ตาลคู่"],
)
def test_descriptions_offices_and_places_in_a_field_are_no_private_person(told):
    known = People([], [], [told])
    assert as_one(covered(told, private_in(told, lambda text: known.in_field(text, surely=False)))) == told


def test_whom_a_digest_knows_does_not_depend_on_the_order_in_which_it_learns():
    fields = ["ป้าช้อย", "คนเดินทาง", "ผู้ใหญ่แดง", "หนูแต๋น", "กศน.อำเภอ"]
    said = "ป้าช้อยกับหนูแต๋นไปตลาด"
    assert {shown(said, People([], [], some)) for some in (fields, fields[::-1], sorted(fields))} == {"ป้า▮กับหนู▮ไปตลาด"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ขอบคุณคุณกาเบรียลที่มาช่วย", "ขอบคุณคุณ▮ที่มาช่วย"),
        ("พี่ต๋อยและพี่แอนรับไปทำ", "พี่▮และพี่▮รับไปทำ"),
        ("ครูแหม่มกับครูน้อย", "ครู▮กับครู▮"),
        ("ป้าแดงกับลุงเฉื่อย มาก่อน", "ป้า▮กับลุง▮ มาก่อน"),
        ("ป้าแดงกับลุงคนขับ และพี่เฉื่อยชา", "ป้า▮กับลุงคนขับ และพี่เฉื่อยชา"),
        ("ขอบคุณคุณพี่ต้นค่ะ", "ขอบคุณคุณพี่▮ค่ะ"),
        ("ยายแพงคะ ขอถามหน่อย", "ยาย▮คะ ขอถามหน่อย"),
        ("ครูมาลีขาาา คิดถึง", "ครู▮ขาาา คิดถึง"),
        ("เช้านั้นป้าติ๋มหุงข้าว", "เช้านั้นป้า▮หุงข้าว"),
        ("ป้าบุญเรือนหุงข้าว ลุงคำใสกับเด็ก", "ป้า▮หุงข้าว ลุง▮กับเด็ก"),
        ("ลุงแสงจ่ายค่ารถ", "ลุง▮จ่ายค่ารถ"),
        ("ผมชื่อเฉลียว ทำนาอยู่ท้ายบ้าน", "ผมชื่อ▮อยู่ท้ายบ้าน"),
    ],
)
def test_who_is_called_by_a_word_of_every_day_or_a_rare_name(text, masked):
    assert shown(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "ตำบลเรามีครูน้อย เด็กมาก",
        "ช่วยพี่หน่อยค่ะ",
        "พี่เขียนรับรองไว้ น้องเขียนมาอีก ครูส่งตามมา อาจารย์ยิ้มแล้วตอบ",
        "มีน้องเล็กนั่งรอใต้ต้นไม้",
        "ขอบคุณพี่ลูกจ้างคะ ขอบคุณคุณช่างไฟฟ้าค่ะ สวัสดีครูทุกท่านครับ",
        "คุณคะ พี่คะ ครูครับ หมอขา",
        "พี่เลี้ยงกับพี่น้อง คุณภาพและคุณค่า ครูใหญ่กับครูพละ",
        "โครงการสันติสุข อยู่ดีมีสุข",
    ],
)
def test_near_what_somebody_is_called(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("พี่ละม้าย (อบต.) และลุงเคล้า (พัฒนากร) กับป้าหงวน", "พี่▮ (อบต.) และลุง▮ (พัฒนากร) กับป้า▮"),
        ("ครูเอิบบันทึกไว้ว่าสระตื้น", "ครู▮บันทึกไว้ว่าสระตื้น"),
        ("ป้าแช่มหุงข้าว ยายชุลีล้างจาน", "ป้า▮หุงข้าว ยาย▮ล้างจาน"),
        ("น้องจู๋ดพี่มีของมาฝาก", "น้อง▮พี่มีของมาฝาก"),
        ("ขอบคุณคุณสุธีรา ครับ คุณอาบาเช็งครับ", "ขอบคุณคุณ▮ ครับ คุณอา▮ครับ"),
        ("พี่ว่านเล่าว่าน้ำลด", "พี่▮เล่าว่าน้ำลด"),
        ("คุณจรัสศรีจากสำนักงานจังหวัด", "คุณ▮จากสำนักงานจังหวัด"),
    ],
)
def test_a_rare_word_behind_a_title_is_a_name(text, masked):
    assert shown(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "คุณอำนวย คุณลิขิต คุณเอื้อ และคุณกิจตำบล",
        "ครูบรรณารักษ์กับครูเกษียณ หมอตำแยกับหมอมาลาเรีย ลุงภารโรง น้องเภสัช",
        "ป้าควักเงิน พี่คลิกเมาส์ หลวงพ่อเทศน์ให้ฟัง ยายปอกมะม่วง",
        "น้องนักวิจัย พี่ผู้ช่วย ครูช่างกล พี่ทหารเรือ ครูการเงิน",
        "ครูคนเดียวทั้งโรงเรียน ลุงใจร้าย ยายหูตึง พี่เมารถ น้องล้างรถ",
        "หมอนอนไม่หลับ ลุงแก่ๆ คนหนึ่ง ครูหันไปมอง",
        "ป้าแดงกับพี่เกษียณ",
        "ครูจักสานกับครูหนังตะลุง น้องมัคคุเทศก์ พี่สัสดี",
        "คุณสแกนก่อนนะ พี่โพสต์รูปให้แล้ว ป้าฝานมะม่วง",
        "ป้าว่าไม่ได้บ่นนะ แค่ถาม",
    ],
)
def test_near_a_rare_name(text):
    assert shown(text).replace("ป้า▮กับ", "ป้าแดงกับ") == text


def test_a_field_that_names_somebody_by_another_teaches_the_name_alone():
    assert shown("เรื่องของหลานของป้าแจ่มยังค้าง", People([], [], ["หลานของป้าแจ่ม"])) == "เรื่องของหลานของป้า▮ยังค้าง"


def test_lists_hold_each_word_once_and_no_office_is_a_nickname():
    assert not people("officials") & people("nicknames")
    assert not people("kin") & people("open")


@pytest.mark.parametrize("piece", ["ป้าแดง", "นาย ", "คุณสมศรี ทองมาก ", "ปลัด", "อ.", "ครูน้อยกับ", "คุณกาเบรียล", "พี่คำ"])
def test_time_grows_with_the_text(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: list(private_names(text)), piece, 20_000)


@pytest.mark.parametrize("text", ["ติดป้าย “กตัญญู ยุติธรรม” ไว้หน้าศาลา", "คำขวัญของเราคือ กตัญญู ยุติธรรม", "ประธาน ประธาน และประธาน"])
def test_a_motto_of_two_words_that_are_also_names_is_read(text):
    assert shown(text) == text
