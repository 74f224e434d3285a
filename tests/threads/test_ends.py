"""What ends a task: a passage that is surer than other news, or that says itself that it was done as promised, agreed or said."""

from dataclasses import replace

import pytest

from pipeline.threads import follow
from tests.threads.test_follow import LINKER, NEWS, OPENED, said

DOUBTED = replace(LINKER, closes=1.0)  # no pair is sure enough to close by itself


def state(words, opener=OPENED, done="done", **opened):
    return follow([said(opener, **opened), said(f"{NEWS}{words}", 1, state=done)], DOUBTED)[0].state


@pytest.mark.parametrize(
    "words",
    [" ตามที่รับปากไว้กับกลุ่ม", " อย่างที่ว่าไว้คราวก่อน", " ตามสัญญาค่ะ", " เรื่องที่ติดค้างไว้", " ตามที่ตกลงกัน", "จริง", " ซ่อมจริงๆ ครับ", "จริงเมื่อวันพระ"],
)
def test_who_says_that_it_was_done_as_promised_ends_it(words):
    assert state(words) == "done"


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ไม่ตรงตามที่ตกลงกัน",
        " ไม่ได้ทำตามที่รับปาก",
        " ตามสัญญาจ้างเหมา",
        " ทำสัญญาเช่าที่แล้ว",
        " ใช้ของจริงมาลอง",
        " ตามความจริง",
        " ทั้งที่จริง",
        " อย่างจริงจัง",
        " จริง ๆ แล้วไม่ยาก",
        " จริงหรือ",
        "จริงมั้ย",
        " วันจริงคนมาน้อย",
        " ราคาจริงแพงกว่าที่คิด",
        " เอาใบเสร็จฉบับจริงมา",
        " แต่ไม่มาซ่อมจริง",
        " ไม่ตรงตามที่รับปากไว้",
        " ไม่เหมือนอย่างที่ว่าไว้",
        " ไม่เป็นอย่างที่ตกลง",
        " ไม่ได้ซ่อมตามที่ตกลง",
        " คนที่รับปากไว้ไม่มา",
        " คราวประชุมติดตามข้อตกลง",
        " แจกตัวอย่างสัญญา",
        " ทุกอย่างตกลงกันได้",
        " รวมพลตามสัญญาณนกหวีด",
        " ตามช่างมาตกลงราคา",
        " ทำสัญญาไว้กับร้าน",
        " เตรียมสำรับไว้",
        " ทำถังรองรับไว้",
        " อำเภอรับไว้พิจารณา",
        " เจ้าหน้าที่รับไว้แล้ว",
        " แทบไม่มีใครมาตามที่รับปาก",
        " แต่ไม่เสร็จตามที่ตกลง",
    ],
)
def test_what_only_looks_like_it_waits_for_a_person(words):
    assert state(words) == "progress"


def test_who_only_agrees_at_the_opening_of_a_passage_tells_of_no_deed():
    assert follow([said(OPENED), said(f"จริงครับ {NEWS}", 1, state="done")], DOUBTED)[0].state == "progress"


def test_what_was_promised_and_is_done_in_part_does_not_end_it():
    assert state(" แต่ยังไม่ครบตามที่รับปากไว้") == "progress"
    assert state(" 7 ตัว ใช้ได้ 5 จริง", opener=f"{OPENED} 7 ตัว") == "progress"


def test_what_is_promised_once_more_or_told_of_a_trouble_ends_nothing():
    assert state(" ตามที่รับปากไว้", done="planned") == "progress"
    assert state(" ตามที่รับปากไว้", label="issue") == "progress"


def test_a_pair_that_is_no_link_by_itself_ends_nothing():
    less_sure = replace(DOUBTED, sure=1.0)
    assert follow([said(OPENED), said(f"{NEWS} ตามที่รับปากไว้", 1, state="done")], less_sure)[0].state == "open"
