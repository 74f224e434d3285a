"""What is announced for a coming day, or promised for next time, is an action though the model passed it over; what is past or hoped for is none."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.languages.th.dates import find_dates
from pipeline.nlp import announced
from pipeline.nlp.announced import Announcer
from pipeline.nlp.listed import with_listed
from pipeline.nlp.pieces import Piece, text_of

POSTED = datetime(2009, 3, 10)  # noqa: DTZ001 - pages tell no zone


def labelled(reader, post):
    """Return the pieces of a post as the component leaves them where no model has labelled any."""
    [doc] = reader.tokenize([post])
    for name in ("cues", "tagger", "passages"):
        doc = reader.nlp.get_pipe(name)(doc)
    return [(text_of(doc)[piece.start : piece.end], piece) for piece in Announcer()(doc)._.passages if piece.label]


@pytest.mark.parametrize(
    ("text", "posted", "why"),
    [
        ("ทางอำเภอกำหนดจัดตลาดนัดผักปลอดสารวันที่ 21 มีนาคม 2552 ที่ลานหน้าอำเภอ", POSTED, "กำหนดจัด"),
        ("กรรมการนัดประชุมบัญชีกลางวันที่ 21 มีนาคม 2552 บ่ายโมง", POSTED, "นัดประชุม"),
        ("วันที่ 3 มีนาคม 2552 พวกเราไปดูนากัน\n\nเดือนหน้าจะมีอบรมทำปุ๋ยวันที่ 4 เมษายน 2552 ที่วัด", None, "จะมีอบรม"),
        ("ทีมรวมเล่มรายงานเพื่อเสนอนายอำเภอในวันที่ 25 มีนาคม 2552 ที่ว่าการอำเภอ", POSTED, "เพื่อเสนอ"),
        ("ได้ยินว่าผู้ใหญ่ชวนคนเลี้ยงวัวไปปรึกษากับปศุสัตว์ในวันที่21มี.ค.นี้", POSTED, "ชวนคนเลี้ยงวัวไปปรึกษา"),
        ("ได้ยินว่าผู้ใหญ่ชวนคนเลี้ยงวัวไปปรึกษากับปศุสัตว์ในวันที่2มี.ค.ที่แล้ว", POSTED, None),
        ("ทีมสวนยางไปพบนายอำเภอวันที่ 21 มีนาคม 2552 เรื่องทางเข้าสวน", POSTED, "ไปพบ"),
        ("การเข้าพบนายอำเภอคราวนี้เพื่อนบ้านเล่าถึงวันที่ 21 มีนาคม 2552 กันมาก", POSTED, None),
        ("ทีมสวนยางไปพบว่าวันที่ 21 มีนาคม 2552 ตลาดปิด", POSTED, None),
        ("ทีมสวนยางจะไม่ไปประชุมวันที่ 21 มีนาคม 2552 ที่ตลาดกลาง", POSTED, None),
        ("ทีมสวนยางไม่ต้องเข้าพบนายอำเภอวันที่ 21 มีนาคม 2552 แล้ว", POSTED, None),
        ("รูปนาขั้นบันไดจะเอามาฝากในบันทึกหน้า", POSTED, "จะเอามาฝาก"),
        ("เล่าเรื่องนาขั้นบันไดเท่านี้ก่อน\n\nยังมีต่อค่ะ", POSTED, "ยังมีต่อ"),
        ("กรรมการนัดประชุมบัญชีกลางไปแล้ววันที่ 2 มีนาคม 2552 บ่ายโมง", POSTED, None),
        ("ถ้าได้ไปพบนายอำเภอวันที่ 21 มีนาคม 2552 จะถามให้", POSTED, None),  # supposed, not announced
        ("หากนัดประชุมบัญชีกลางวันที่ 21 มีนาคม 2552 ไม่ได้ก็เลื่อน", POSTED, None),
        ("กรณีนี้จะจัดประชุมวันที่ 21 มีนาคม 2552 ที่วัดใกล้บ้าน", POSTED, "จะจัด"),
        ("หากรรมการครบแล้วจะจัดประชุมวันที่ 21 มีนาคม 2552", POSTED, "จะจัด"),  # หา, not หาก
        ("ตลาดนัดวันที่ 21 มีนาคม 2552 คนคงเยอะ", POSTED, None),
        ("เดือนหน้าจะมีอบรมทำปุ๋ยที่วัดใกล้บ้าน", POSTED, None),
    ],
)
def test_what_is_announced_is_an_action(reader, make_post, text, posted, why):
    found = [(quote, piece.why) for quote, piece in labelled(reader, replace(make_post(text), posted_at=posted)) if piece.label == "action"]
    assert [reasons for _, reasons in found] == ([(why,)] if why else [])


@pytest.mark.parametrize("posted", [POSTED, None])
def test_a_long_post_is_not_looked_through_again_for_every_piece(reader, make_post, monkeypatch, posted):
    looked = []
    monkeypatch.setattr(announced, "find_dates", lambda text, now: looked.append(text) or find_dates(text, now))
    text = "\n\n".join(["วันที่ 3 มีนาคม 2552 พวกเราไปดูนากัน", *["เดือนหน้าจะมีอบรมทำปุ๋ยวันที่ 4 เมษายน 2552 ที่วัด"] * 40])
    assert len(labelled(reader, replace(make_post(text), posted_at=posted))) == 40
    assert sum(map(len, looked)) < 4 * len(text)


def test_what_the_model_has_labelled_stays(reader, make_post):
    [doc] = reader.tokenize([replace(make_post("กรรมการนัดประชุมบัญชีกลางวันที่ 21 มีนาคม 2552 บ่ายโมง"), posted_at=POSTED)])
    for name in ("cues", "tagger", "passages"):
        doc = reader.nlp.get_pipe(name)(doc)
    doc._.passages = [piece._replace(label="lesson", confidence=0.9) for piece in doc._.passages]
    assert {(piece.label, piece.confidence) for piece in Announcer()(doc)._.passages} == {("lesson", 0.9)}


@pytest.mark.parametrize(
    ("said", "part", "label"),
    [
        ("ถ้าน้ำแห้งก่อนเกี่ยว ไม่ทราบว่าจะมีทางอื่นไหมครับ", "comment", "issue"),
        ("ถ้าน้ำแห้งก่อนเกี่ยว ต้องมีทางอื่นไว้ครับ", "comment", "lesson"),
        ("ถ้าน้ำแห้งก่อนเกี่ยว ไม่ทราบว่าจะมีทางอื่นไหมครับ", "body", "lesson"),
        ("ผ้าไหมที่ย้อมครามขายนอกจังหวัดได้ไหมครับ", "comment", "issue"),
        ("ไม่เคยเห็นสีนี้ แช่น้ำด่างนานเท่าไรคะ", "comment", "issue"),
        ("บ้านโน้นอยู่กันได้เพราะทอผ้าไหมครับ", "comment", "lesson"),  # silk
        ("ขุดบ่อตามคันนาเองไม่ต้องเสียอะไรค่ะ", "comment", "lesson"),  # nothing
    ],
)
def test_who_asks_the_reader_of_a_comment_has_told_no_lesson(reader, make_post, said, part, label):
    [doc] = reader.tokenize([make_post(said)])
    doc._.passages = [Piece(text_of(doc).index(said), text_of(doc).index(said) + len(said), 0, 0, part, label="lesson", confidence=0.9)]
    assert [piece.label for piece in Announcer()(doc)._.passages] == [label]


def listing(*labels):
    """Return a list of as many items, and its pieces with these labels."""
    lines = [f"{number}. ข้อตกลงข้อที่ {number} ของกลุ่ม" for number in range(1, len(labels) + 1)]
    text, pieces = "\n".join(lines), []
    for line, label in zip(lines, labels, strict=True):
        start = text.index(line) + 3
        pieces.append(Piece(start, text.index(line) + len(line), 0, 0, "body", label=label))
    return text, pieces


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ((None, "action", "action", "action", "action"), ["action"] * 5),
        (("action", "action", None, "action"), ["action"] * 4),
        ((None, "action", "action"), [None, "action", "action"]),
        ((None, "action", "lesson", "action", "issue"), [None, "action", "lesson", "action", "issue"]),
        (("lesson", "action", "action", "action", "action"), ["lesson", *["action"] * 4]),
    ],
)
def test_an_item_among_actions_of_a_list_is_one(labels, found):
    assert [piece.label for piece in with_listed(*listing(*labels))] == found


def test_lines_that_do_not_count_on_are_no_list():
    text, pieces = listing(None, "action", "action", "action")
    assert with_listed(text.replace("3. ", "7. "), pieces) == pieces
    assert with_listed(text.replace("\n2. ", "\n\n\n2. "), pieces) == pieces
