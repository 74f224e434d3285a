"""An action has fields, and nothing in them that was not read from the text; other passages have none."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from pipeline.nlp.actions import actor_of, date_signs, goes_on, times_in
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.owners import owners_and_place
from pipeline.nlp.pieces import Piece, text_of
from pipeline.nlp.spans import NOTHING, Found, Stretch
from pipeline.records import ActionFields, Actor

PLAN = "ตกลงกันล้างตลาดวันที่ 6 มี.ค. เวลา 09.30 น."


def whens(by_cues, post):
    return [
        [(str(when.first_day), when.time, when.repeats, when.basis) for when in found.action.when]
        for found in by_cues.read([post])[0]
        if found.action
    ]


def test_only_actions_have_fields(by_cues, make_post):
    found = by_cues.read([make_post("ตกลงกันล้างตลาด\nลุงคำกังวลค่าไฟ\nหัวใจของวงนี้คือการฟัง")])[0]
    assert [(passage.label, passage.action) for passage in found] == [("action", ActionFields()), ("issue", None), ("lesson", None)]


def test_times_are_read_without_training(by_cues, make_post):
    post = replace(make_post(PLAN), posted_at=datetime.fromisoformat("2009-03-01"))
    assert whens(by_cues, post) == [[("2009-03-06", "09:30", None, "post date")]]
    assert whens(by_cues, make_post("ตกลงกันล้างตลาดเดือนละครั้ง")) == [[("None", None, "FREQ=MONTHLY", None)]]


def test_a_comment_tells_from_its_own_day(by_cues, make_post):
    post = make_post("สวัสดี", [(None, "ตกลงกันว่าพรุ่งนี้ล้างตลาด")])
    later = replace(post.comments[0], posted_at=datetime.fromisoformat("2010-05-04T09:00"))
    told = replace(post, posted_at=datetime.fromisoformat("2009-03-01"), comments=(later,))
    assert whens(by_cues, told) == [[("2010-05-05", None, None, "relative")]]


def test_a_post_without_a_day_takes_it_from_its_text_or_its_collection(by_cues, make_post):
    alone = make_post(PLAN)
    assert whens(by_cues, alone)[0][0][::3] == ("None", "unknown")
    assert whens(by_cues, make_post(f"เมื่อวันที่ 1 มีนาคม 2552 คุยกัน\n{PLAN}"))[-1][0][::3] == ("2009-03-06", "text")
    by_cues.tell_from(date(2008, 2, 1))
    try:
        assert whens(by_cues, alone)[0][0][::3] == ("2008-03-06", "other posts")
    finally:
        by_cues.tell_from(None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("6 มี.ค. {}", [("2009-03-06", None)]),
        ("- 6 มี.ค. : {} เริ่มตีห้า", [("2009-03-06", "05:00")]),  # with the piece's own time of day
        ("2) ก่อน 6 มี.ค. {}", [("2009-03-06", None)]),
        ("6 มี.ค. ฝนตกทั้งวัน {}", []),  # more stands between
        ("6 มี.ค. {} วันที่ 9 มี.ค.", [("2009-03-09", None)]),  # its own day goes before
        ("6 และ 9 มี.ค. {}", []),
    ],
)
def test_the_day_that_opens_a_line_is_that_of_what_stands_behind_it(make_post, line, told):
    said = "ล้างตลาดด้วยกัน"
    text = f"แผนงาน\n{line.format(said)}\n"
    post = replace(make_post(text), posted_at=datetime.fromisoformat("2009-03-01"))
    start = post.text.index(said)
    doc = SimpleNamespace(user_data={"clean text": post.text}, _=SimpleNamespace(post=post))
    piece = Piece(start, post.text.index("\n", start), 0, 0, "body", label="action")
    assert [(str(one.first_day), one.time) for one in times_in(doc, piece) if one.first_day] == told


def test_a_time_of_day_alone_is_told_only_where_nothing_else_is(by_cues, make_post):
    post = replace(make_post("ตกลงกันล้างตลาดวันที่ 6 มี.ค. ที่ต้องค้างคืนเพราะจะเริ่มตีสี่"), posted_at=datetime.fromisoformat("2009-03-01"))
    assert [one[0] for one in whens(by_cues, post)[0]] == ["2009-03-06"]


@pytest.mark.parametrize(
    ("written", "speaker", "actor"),
    [
        ("อบต.", None, Actor("อบต.", "องค์การบริหารส่วนตำบล")),
        ("คุณอำนวยตำบล", None, Actor("คุณอำนวยตำบล", None, "คุณอำนวย")),
        ("ผม", "ลุงคำ", Actor("ผม", "ลุงคำ")),
        ("ผม", None, Actor("ผม")),
        ("ป้าศรี", "ลุงคำ", Actor("ป้าศรี")),
    ],
)
def test_an_actor_is_named_as_far_as_the_text_tells(written, speaker, actor):
    assert actor_of(written, speaker) == actor


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("ครูแดงเพิ่งกลับมา แกจะพิมพ์ใบปลิว", ["ครูแดง"]),
        ("ใบปลิวหมดแล้ว แกจะพิมพ์ใบปลิว", []),  # nobody is named
        ("ครูแดงมากับ ลุงสมชาย แกจะพิมพ์ใบปลิว", []),  # either may be meant
        ("ครูแดงเพิ่งกลับมา\nแกจะพิมพ์ใบปลิว", []),  # the line above tells of somebody else
        ("ปลัดแดงเพิ่งกลับมา ท่านจะพิมพ์ใบปลิว", ["ปลัดแดง"]),
        ("พี่แดงเพิ่งกลับมา ท่านจะพิมพ์ใบปลิว", []),  # nobody calls her so
        ("ปลัดแดงคุยกับพี่นิด พี่นิดเพิ่งกลับมา ท่านจะพิมพ์ใบปลิว", ["ปลัดแดง"]),
    ],
)
def test_a_pronoun_owns_something_only_where_one_person_can_be_meant(by_cues, make_post, said, named):
    doc = by_cues.prepare(make_post(said))
    start = max(text_of(doc).rfind(pronoun) for pronoun in ("แกจะ", "ท่านจะ"))
    piece = Piece(start, len(text_of(doc)), 0, 0, "body", label="action")
    assert [owner.written for owner in owners_and_place(doc, piece, NOTHING)[0]] == named


@pytest.mark.parametrize(
    ("said", "found", "chance", "named"),
    [
        ("ให้ครูตาดีกาเปิดห้องสมุด", "ครู", 0.7, ["ครูตาดีกา"]),  # the tagger found the beginning of the name alone
        ("วันพุธ รพ.บ้านสวนเปิดห้องฟัน", "รพ.", 0.85, ["รพ.บ้านสวน"]),
        ("ส่งกุญแจให้ครูแดง", "ครูแดง", 0.9, []),  # nothing shows that she acts
        ("วันพุธครูแดงเปิดห้องสมุด", "ครูแดง", 0.85, ["ครูแดง"]),
        ("ครูแดงคนเดียว", "ครูแดง", 0.99, []),
        ("วันพุธครูแดงแจ้งว่าห้องสมุดเต็ม", "ครูแดง", 0.99, []),  # only says so
        ("ครูแดงหาตู้หนังสือมาเพิ่ม", "ครูแดงหา", 0.9, ["ครูแดง"]),  # the tagger took what she does for part of her name
        ("ครูทุกคนต้องพิมพ์ใบปลิว", "ครูทุกคนต้อง", 0.9, ["ครูทุกคน"]),  # or what they must
        ("ผอ.น่าจะพิมพ์ใบปลิวเอง", "ผอ.น่าจะ", 0.99, []),  # what somebody should do is not done yet
        ("ทีมเดินรับไปทำป้าย", "ทีมเดิน", 0.9, ["ทีมเดิน"]),  # here it is part of it: another deed follows
        ("ผู้รับผิดชอบ ทีมสำรวจ", "ทีมสำรวจ", 0.99, []),  # with nothing behind it there is no deed
        ("ครูแดงกับลุงสีพิมพ์รายชื่อ", "ครูแดง", 0.85, ["ครูแดง", "ลุงสี"]),
        ("วันพุธจะคุยกับครูแดงขอเลื่อนวง", "ครูแดง", 0.85, []),  # what follows is done by who speaks with her
        ("ขอให้ชาวนาอย่าเผาตอซัง", "ชาวนา", 0.99, []),  # the name ends before what they are asked to leave
    ],
)
def test_an_owner_needs_the_chance_that_fits_what_the_words_show(by_cues, make_post, said, found, chance, named):
    doc = by_cues.prepare(make_post(said))
    text, words = text_of(doc), words_of_doc(doc, [])
    start = text.index(found)
    first, last = int(words.starts.searchsorted(start)), int(words.ends.searchsorted(start + len(found))) + 1
    piece = Piece(text.index(said), len(text), 0, 0, "body", label="action")
    assert [owner.written for owner in owners_and_place(doc, piece, Found(0, [Stretch("who", first, last, chance)]))[0]] == named


def test_signs_of_time_say_whether_it_lies_ahead():
    from pipeline.languages.th.dates import find_dates

    found = find_dates("วันที่ 6 มีนาคม 2552 และทุกเดือน", date(2009, 3, 1))
    assert date_signs(found, date(2009, 3, 1)) == ["times 2", "is ahead", "comes again"]
    assert date_signs(found, date(2009, 4, 1))[1] == "is past"
    assert date_signs([], None) == ["times 0"]


@pytest.mark.parametrize(
    ("joint", "before", "state"),
    [(" ", "planned", "planned"), (" ", "done", "done"), ("\n", "planned", "done"), (" แล้วพัก ", "planned", "done")],
)
def test_the_end_of_what_is_yet_to_be_done_is_not_done(by_cues, make_post, joint, before, state):
    first, second = "กรรมการจะรวมบัญชีเป็นเล่มเดียว", "เพื่อเสนอที่ประชุมใหญ่"
    [doc] = by_cues.tokenize([make_post(f"{first}{joint}{second}")])
    start = text_of(doc).index(second)
    own = Piece(start, start + len(second), 0, 0, "body", label="action", action=ActionFields(state="done", strength="done"))
    begin = text_of(doc).index(first)
    earlier = Piece(begin, begin + len(first), 0, 0, "body", action=ActionFields(state=before, strength="assigned"))
    action = goes_on(doc, earlier, own).action
    assert (action.state, action.strength) == (state, "assigned" if state == "planned" else "done")


@pytest.mark.parametrize(
    ("before", "said", "where"),
    [
        ("ต.ดอนกลาง มากันครบ", "เดือนหน้าจะลงดอนกลางอีกรอบ", "ดอนกลาง"),
        ("ตำบลนาดี มากันครบ", "เดือนหน้าจะลงดอนกลางอีกรอบ", None),  # the post does not say that it is a place
        ("ต.ดอนกลาง มากันครบ", "ขอบคุณดอนกลางที่มาช่วย", None),  # nobody goes there
    ],
)
def test_a_place_needs_no_level_where_the_post_names_it_with_one(by_cues, make_post, before, said, where):
    doc = by_cues.prepare(make_post(f"{before}\n{said}"))
    start = text_of(doc).index(said)
    place = owners_and_place(doc, Piece(start, start + len(said), 0, 0, "body", label="action"), NOTHING)[1]
    assert (text_of(doc)[slice(*place)] if place else None) == where


@pytest.mark.parametrize(
    ("line", "said", "owner"),
    [
        ("- ต.นาดี เก็บข้อมูลครบแล้ว", "เก็บข้อมูลครบแล้ว", "ต.นาดี"),
        ("ต.นาดี เก็บข้อมูลครบแล้ว ยังขาดแต่หมู่ 3", "เก็บข้อมูลครบแล้ว", "ต.นาดี"),
        ("ต.นาดี : ตั้งกรรมการ", "ตั้งกรรมการ", "ต.นาดี"),
        ("ต.นาดี อ.เมือง ตั้งกรรมการ", "ตั้งกรรมการ", None),  # an address
        ("ต.นาดี และ ต.ดอนกลาง ตั้งกรรมการ", "ตั้งกรรมการ", None),
        ("ไปประชุมที่ ต.นาดี ตั้งกรรมการ", "ตั้งกรรมการ", None),  # where, not who
        ("ตำบลนาดี มีฝนมา ตั้งกรรมการ", "ตั้งกรรมการ", None),
        ("ต.ค. นี้ ตั้งกรรมการ", "ตั้งกรรมการ", None),  # a month
        ("ต.นาดี เก็บข้อมูล\nวันพุธ ตั้งกรรมการ", "ตั้งกรรมการ", None),  # another line
        ("ต.นาดี ครูแดงจะตั้งกรรมการ", "ครูแดงจะตั้งกรรมการ", "ครูแดง"),  # who does it is said
    ],
)
def test_a_tambon_that_opens_a_line_acts_in_it(by_cues, make_post, line, said, owner):
    doc = by_cues.prepare(make_post(line))
    start = text_of(doc).index(said)
    own, _ = owners_and_place(doc, Piece(start, start + len(said), 0, 0, "body", label="action"), NOTHING)
    assert [one.written for one in own] == ([owner] if owner else [])


@pytest.mark.parametrize(("said", "owner"), [("สำรวจบ้านหลังน้ำลด", "สสจ."), ("อสม. นั่งดูทะเบียนทุกเย็น", None)])
def test_who_stands_in_the_line_above_owns_nothing_where_somebody_else_opens_the_passage(by_cues, make_post, said, owner):
    doc = by_cues.prepare(make_post(f"เรื่องเดิม\nสสจ.\n{said}"))
    start = text_of(doc).index(said)
    own, _ = owners_and_place(doc, Piece(start, start + len(said), 0, 0, "body", label="action"), NOTHING)
    assert [one.written for one in own] == ([owner] if owner else [])


@pytest.mark.parametrize(
    ("said", "owner"),
    [
        ("จัดฝ่ายทำงานเป็นสามฝ่าย", "ต.นาดี"),
        ("วันที่ 8 มกราคม จะลงหมู่ 8", "ต.นาดี"),  # further down the same paragraph
        ("ฝนตกถนนขาด", None),
    ],
)
def test_a_place_that_is_named_alone_above_owns_what_its_paragraph_tells(by_cues, make_post, said, owner):
    doc = by_cues.prepare(make_post("เรื่องเดิม\n\nต.นาดี \n\nจัดฝ่ายทำงานเป็นสามฝ่าย วันที่ 8 มกราคม จะลงหมู่ 8 ฝนตกถนนขาด"))
    start = text_of(doc).index(said)
    own, _ = owners_and_place(doc, Piece(start, start + len(said), 0, 0, "body", label="action"), NOTHING)
    assert [one.written for one in own] == ([owner] if owner else [])


def test_a_place_that_plainly_acts_is_not_where_it_is_done(by_cues, make_post):
    said = "ต.นาดี จะจัดตลาดวันพุธ"
    doc = by_cues.prepare(make_post(said))
    piece = Piece(text_of(doc).index(said), len(text_of(doc)), 0, 0, "body", label="action")
    words = words_of_doc(doc, [piece])
    first = list(words.starts).index(piece.start)
    own, where = owners_and_place(doc, piece, Found(first, [Stretch("where", 0, 1, 0.9)]))
    assert ([one.written for one in own], where) == (["ต.นาดี"], None)


def test_a_text_is_gone_through_once_for_its_places_however_often_somebody_goes(by_cues, make_post, monkeypatch):
    asked = []
    monkeypatch.setattr("pipeline.nlp.owners.stems_of_places", lambda text: asked.append(text) or frozenset(["ดอนก"]))
    monkeypatch.setattr("pipeline.nlp.owners.find_places", lambda text: asked.append(text) or iter(()))
    said = "ไปดอนกลางแล้วลงดอนกลาง " * 9
    doc = by_cues.prepare(make_post(said))
    for _ in range(3):
        owners_and_place(doc, Piece(0, len(text_of(doc)), 0, 0, "body", label="action"), NOTHING)
    assert asked.count(text_of(doc)) == 2
