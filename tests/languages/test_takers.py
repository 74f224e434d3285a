"""Who takes something on though no list has the whole of the name, and whom a heading names for what stands below it."""

import time

import pytest

from pipeline.languages.th import line_openings, takers, told_above


@pytest.mark.parametrize(
    ("before", "said", "taker"),
    [
        ("", "บ้านหนองกลางจะส่งคนมาขุด", "บ้านหนองกลาง"),
        ("", "ต.นาดี ขอกลับไปถามสมาชิกก่อน", "ต.นาดี"),
        ("", "ต.นาดี ต้องรับกรรมการเพิ่ม", "ต.นาดี"),
        ("", "ต.นาดี ต้องการกรรมการเพิ่ม", None),  # wants, and does nothing
        ("", "อบต.ดอนกลางกำลังทำแบบ", "อบต.ดอนกลาง"),
        ("", "ต.นาดี มากันครบ", None),
        ("งานที่ ", "ต.นาดี จะเริ่มบ่าย", None),  # where it is
        ("ไป ", "ต.นาดี จะเอารถไปเอง", None),
        ("นายก ", "อบต.ดอนกลางจะมาเปิด", None),  # his office
        ("กำนัน ", "ต.นาดีจะมาเปิด", None),
        ("", "กลุ่มทอผ้าดอนกลางจะเปิดเดือนหน้า", "กลุ่มทอผ้าดอนกลาง"),
        ("ซึ่ง", "เครือข่ายครูดอนกลาง กำหนดจัดเวทีวันพุธ", "เครือข่ายครูดอนกลาง"),
        ("", "อบต.ดอนกลางเพิ่มคนในแผนอัตรากำลังปีหน้า", None),
        ("", "กลุ่มไหนจะเข้าก่อนก็ได้", None),
        ("", "ทีมที่ไปมาแล้วจะเล่าให้ฟัง", None),
        ("", "กลุ่มทอผ้ากับกลุ่มจักสานจะเปิดพร้อมกัน", None),  # two, of whom the first alone is no owner
        ("", "เวทีคืนข้อมูลจะจัดวันพุธ", None),  # a meeting does nothing itself
        ("อีก 3 ", "ชุมชนริมคลองจะเริ่มปีหน้า", None),  # counted
        ("คุยกับ", "ทีมบัญชีดอนกลางจะเริ่มบ่าย", None),
        ("", "กลุ่มทอผ้าดอนกลางจะได้มีที่ขาย", None),  # so that they have
        ("", "ครูแดงจะพิมพ์ป้าย", None),  # people are told elsewhere
        ("", "บ้านหนองกลางจะถูกน้ำท่วมอีก", None),  # what happens to them …
        ("", "ต.นาดี กำลังเดือดร้อนเรื่องน้ำ", None),
        ("", "ต.นาดี กำลังจะได้รถขยะคันใหม่", None),
        ("", "โรงเรียนบ้านโคกจะปิดเทอม", None),
        ("", "ต.นาดี รับไปแล้ว 3 ชุด", None),  # … and what they get
        ("", "ต.นาดี รับไปทำต่อ", "ต.นาดี"),
        ("", "ต.นาดี จะเอาด้วยไหม", None),  # is asked
        ("", "ต.นาดี จะทอผ้าไหม", "ต.นาดี"),
        ("ถ้า ", "ต.นาดี จะร่วม ต้องบอก", None),
        ("ไม่รู้ว่า ", "ต.นาดี จะส่งใครมา", None),
        ("ข้อมูล ", "ต.นาดี จะส่งให้ทีหลัง", None),  # what is sent is about them
        ("", "กลุ่มไลน์ตำบลจะปิดสิ้นเดือน", None),  # no people
    ],
)
def test_a_place_or_a_team_takes_something_on(before, said, taker):
    words = before + said
    end = takers.taker_end(words, len(before))
    assert (words[len(before) : end] if end else None) == taker


@pytest.mark.parametrize(
    ("said", "they"),
    [
        ("ทุกหมู่ส่งคนมาสองคน", "ทุกหมู่"),
        ("สองรายรับปากจะเขียนเอง", "สองราย"),
        ("ทุกรายจ่ายต้องมีใบเสร็จ", None),  # another word
        ("สองรายรับเงินไม่ครบ", None),
        ("4 รูปถ่ายติดบอร์ด", None),
        ("ทุกห้องประชุมเต็ม", None),
        ("7 คนติดเชื้อ", None),  # how they are
        ("สามบ้านตั้งอยู่ริมน้ำ", None),
        ("ทุกหมู่ใช้น้ำบ่อเดียวกัน", None),
    ],
)
def test_each_of_several_opens_a_passage_with_what_they_do(said, they):
    end = takers.each_end(said, 0)
    assert (said[:end] if end else None) == they


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("สสจ.", "สสจ."),
        ("2) ตำบลนาดี :", "ตำบลนาดี"),
        ("ต.นาดี (เจ้าภาพ)", "ต.นาดี"),
        ("จังหวัดนาดี", "จังหวัดนาดี"),
        ("อบต.ช่วยอะไรได้บ้าง วันนี้", None),
        ("เรื่องเดิม", None),
        ("เวทีหน้า", None),
        ("ต.นาดีเสร็จแล้ว", None),  # more than a name
        ("บ้านไหนยังไม่ส่ง", None),
        ("บ้านเรา", None),
    ],
)
def test_who_is_named_alone_in_a_heading(heading, named):
    found = told_above.named_above(heading)
    assert (heading[found[0] : found[1]] if found else None) == named


@pytest.mark.parametrize(
    ("before", "said", "same"),
    [
        ("เก็บข้อมูลครบสามหมู่ ", "และเดือนหน้าจะคืนข้อมูล", True),
        ("เก็บข้อมูลครบสามหมู่ ", "วันที่ 6 มีนาคม ลงแปลงของลุง", True),
        ("เก็บข้อมูลครบสามหมู่ ", "ตอนนี้วางแผนเรื่องตลาด", True),
        ("เก็บข้อมูลครบสามหมู่ ", "ฝนตกถนนขาด", False),  # nobody does that
        ("เก็บข้อมูลครบสามหมู่ ", "ครูแดงจะคืนข้อมูล", False),
        ("ครูแดงเก็บข้อมูลครบ ", "และจะคืนข้อมูล", False),  # somebody else was named before
        ("เก็บข้อมูลครบ ", "จะเชิญหมอมาเล่า", False),
        ("เก็บข้อมูลครบ ", "จะให้เด็กคืนข้อมูล", False),
        ("เก็บข้อมูลครบ ", "เดือนหน้าจะไปเยี่ยมอีก", False),  # the writer does
        ("เก็บข้อมูลครบ ", "จะโทรตามอีกครั้ง", False),
        ("เก็บข้อมูลครบ ", "ช่วยกันดูหน่อยนะครับ", False),
        ("เก็บข้อมูลครบ ", "จะถูกตัดงบ", False),  # is done to them
        ("เก็บข้อมูลครบ ", "ติดปัญหาคนน้อย", False),
    ],
)
def test_a_paragraph_goes_on_with_whom_its_heading_names(before, said, same):
    assert told_above.goes_on(before, said) is same


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("ก. ซ่อมป้าย", "ซ่อมป้าย"),
        ("(ข) ซ่อมป้าย", "ซ่อมป้าย"),
        ("ค) ซ่อมป้าย", "ซ่อมป้าย"),
        ("1ก. ซ่อมป้าย", "ซ่อมป้าย"),
        ("๒. ซ่อมป้าย", "ซ่อมป้าย"),
        ("ต.นาดี", "ต.นาดี"),  # an abbreviation, not the mark of a list
        ("อ.แดงว่าพอแล้ว", "อ.แดงว่าพอแล้ว"),
        ("ผอ.แดงว่าพอแล้ว", "ผอ.แดงว่าพอแล้ว"),
        ("พช. ส่งคนมา", "พช. ส่งคนมา"),
        ("ก.ค. 48", "ก.ค. 48"),
    ],
)
def test_a_letter_with_a_dot_is_the_mark_of_a_list_only_in_its_order(line, behind):
    assert line_openings.behind_mark(line) == behind


@pytest.mark.parametrize(
    "hostile",
    [
        "ต.นาดี" * 17_000,
        "กลุ่ม" * 20_000,
        "และ" * 33_000,
        "ให้" * 33_000,
        " " * 100_000,
        "วันที่ 6 " * 11_000,
        "บ้านนาดี " * 11_000,
        "ทุกหมู่จะ" * 12_000,
        "จะกำลัง" * 14_000,
    ],
)
def test_no_rule_takes_longer_than_its_text(hostile):
    begun = time.process_time()
    takers.taker_end(hostile, 0), takers.each_end(hostile, 0), told_above.named_above(hostile), line_openings.behind_mark(hostile)
    told_above.goes_on(hostile[:1500], hostile[:300])
    assert time.process_time() - begun < 5
