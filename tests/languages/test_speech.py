"""Who begins to tell something in a line, and whom words that are no name stand for."""

import pytest

from pipeline.languages.th.line_openings import opening_name
from pipeline.languages.th.speech import bare_name, find_tellings, people_in, stands_for


@pytest.mark.parametrize(
    ("line", "tellings"),
    [
        ("ป้าแดงเล่าว่าคลองตันแล้ว", [("person", "says", "ป้าแดง")]),
        ("ป้าแดงว่าคลองตันแล้ว", [("person", "bare", "ป้าแดง")]),
        ("แกว่าคลองตันแล้ว", [("third", "bare", "แก")]),
        ("แล้วท่านก็ว่าเอาตามนี้", [("third", "bare", "ท่าน")]),
        ("ผมบอกว่ายังไม่พร้อม", [("self", "says", "ผม")]),
        ("ดิฉันคิดว่าน่าจะเลื่อน", [("self", "thinks", "ดิฉัน")]),
        ("ปลัดสมชายเสนอให้เลื่อน", [("person", "speaks", "ปลัดสมชาย")]),
        ("ลุงคำ: ปีนี้น้ำน้อย", [("person", "colon", "ลุงคำ")]),
        ("พี่เล็กว่าพอแล้ว", [("person", "bare", "พี่เล็ก")]),
        ("เมื่อวานตอนบ่ายปลัดสมชายก็ชี้แจงว่ารอหนังสืออยู่", [("person", "says", "ปลัดสมชาย")]),  # who stands right before the verb
        ("ขอฝากไว้ข้อหนึ่ง อย่านับแค่ว่าปลูกกี่ต้น", [("nobody", "weak", "")]),  # no ย่า within อย่า
        ("ตอนเช้าแถวหน้าบอกว่าไม่ได้ยิน", [("words", "says", "ตอนเช้าแถวหน้า")]),  # nor น้า within หน้า
        ("เย็นนั้นน้าแต๋วบอกว่าไม่ได้ยิน", [("person", "says", "น้าแต๋ว")]),
        ("ป้าแดงอ่านแล้วยิ้ม บอกว่าทำต่อ", [("before", "says", "ป้าแดง")]),  # who acted in the clause before
        ("ไม่มีใครบอกว่าต้องเสียเงิน", [("words", "denies", "ไม่มีใคร")]),
        ("คุยกันจนเย็นแล้วตกลงกันว่าปลูกใหม่", [("nobody", "agrees", "")]),
        ("อีกคนว่าน้ำมาช้า", [("many", "bare", "อีกคน")]),  # somebody whom nobody names
        ("ลุงคำห่วงว่าน้ำจะหมด", [("person", "thinks", "ลุงคำ")]),
        ("ป้าแดงบอกว่าพอแล้ว ผมว่ายัง", [("person", "says", "ป้าแดง"), ("self", "bare", "ผม")]),
    ],
)
def test_who_begins_to_tell(line, tellings):
    assert [(told.teller, told.verb, told.named) for told in find_tellings(line)] == tellings


@pytest.mark.parametrize("line", ["มากกว่าปีที่แล้ว", "ห้องประชุมว่างทั้งวัน", "เด็กว่ายน้ำเป็นทุกคน", "ท่านผู้ว่าราชการจังหวัดมาเปิดงาน"])
def test_words_that_only_hold_the_sign_of_telling(line):
    assert not find_tellings(line)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("ป้าแดงมาแล้ว ส่วนปลัดสมชายไม่มา", ["ป้าแดง", "ปลัดสมชาย"]),
        ("อาชีพใหม่ยังไม่มีใครทำ", []),
        ("ตากข้าวไว้หน้าบ้าน", []),
        ("ท่านนายอำเภอมาเปิดงาน", ["ท่านนายอำเภอ"]),
    ],
)
def test_people_are_only_words_that_surely_name_one(line, people):
    assert [person.named for person in people_in(line)] == people


@pytest.mark.parametrize(("words", "stands"), [("แก", True), ("ท่าน", True), ("หมอ", True), ("หมอสมชาย", False), ("เกษตรอำเภอ", False)])
def test_a_pronoun_or_a_title_alone_stands_for_somebody(words, stands):
    assert stands_for(words) is stands


def test_a_name_is_cut_where_its_bearer_does_something():
    whole = ["ผู้ใหญ่บุญยืน", "ลุงบุญเสริม", "ตาเที่ยง", "สายหยุด"]
    assert [bare_name(words) for words in whole] == whole
    assert bare_name("ผู้ใหญ่บุญยืนเงียบ") == "ผู้ใหญ่บุญยืน"
    assert [bare_name(words) for words in ("ครูมาลีจากบ้านโคก", "น้องกระซิบ", "ลุงคำ")] == ["ครูมาลี", "น้อง", "ลุงคำ"]
    offices = ["ท่านหัวหน้า", "คุณหัวหน้าศูนย์", "รองหัวหน้า", "ผู้ช่วยหัวหน้า", "ลุงคนนั้น"]  # no name stands before: these words say who it is
    assert [bare_name(words) for words in offices] == offices
    assert [bare_name(words) for words in ("ครูมาลีแก", "น้องธุรการเขา")] == ["ครูมาลี", "น้องธุรการ"]
    alone = ["พี่เขา", "ชาวเขา", "ครูภูเขา", "แก", "ช่างเขา", "ผู้อำนวยการของเขา", "ฝั่งเขา", "ผู้ใหญ่บ้านหนองแก", "กำนันตำบลห้วยแก", "ผู้ใหญ่บ้านเชิงเขา"]
    assert [bare_name(words) for words in alone] == alone
    written = ("ปลัดจึง", "กำนันที่", "หมอสมชายเงียบ", "พระครูท่าน", "ท่านที่ปรึกษา", "ครูเสริมศรี", "อ.มาลี:", "คุณสมศักดิ์หัวหน้าสำนัก", "ครูแดงคนเสียงดัง")
    assert [bare_name(words) for words in written] == ["ปลัด", "กำนัน", "หมอสมชาย", "พระครู", "ท่านที่ปรึกษา", "ครูเสริมศรี", "อ.มาลี", "คุณสมศักดิ์", "ครูแดง"]


@pytest.mark.parametrize(
    "named",
    ["เจ้าหน้าที่เกษตร", "หัวหน้าเจ้าหน้าที่", "ทีมพื้นที่", "กำนันหมู่ที่ 3", "คนที่สอง", "ชุดที่สี่", "ผู้เฒ่าสองท่าน", "รองผู้ว่า", "นายธนากร จึงรุ่งเรือง"],
)
def test_a_name_that_holds_a_word_of_doing_is_not_cut(named):
    assert bare_name(named) == named


def test_the_kind_of_name_that_opens_a_line_is_seen_behind_the_mark_of_a_list():
    assert [opening_name(line) for line in ("1. ลุงคำ น้ำมาแล้ว", "- กำนันขอเลื่อน", "เมื่อวานฝนตก")] == ["title", "title", None]


@pytest.mark.parametrize("piece", ["ว่า", "แกว่า", "คุณ", "บอก ", "ป้าขอ ", ":", "คือ", "(", "ก" * 7, "1.", "ลุงไป บอกว่า "])
def test_hostile_lines_take_no_longer_than_their_length(grows_with_the_text, piece):
    assert grows_with_the_text(find_tellings, piece)
    assert grows_with_the_text(lambda line: list(people_in(line)), piece)
    assert grows_with_the_text(opening_name, piece)
