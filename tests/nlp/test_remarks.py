"""How a passage is put: hedges, questions, figures and list numbers; nothing is remarked that is not there."""

import pytest

from pipeline.languages.th.remarks import advised_by, asks, decided_by, hedges_in, is_outsider, waits_until
from pipeline.records import NO_REMARKS


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("น่าจะปลูกได้ อาจจะช้าหน่อย", ("น่าจะ", "อาจจะ")),
        ("คงต้องรอฝน คงต้องรอคน", ("คง",)),
        ("อาจารย์คงเดช มั่นคงดี", ()),
        ("ผมไม่รู้เหมือนกัน", ("ไม่รู้เหมือนกัน",)),
        ("ทำได้แน่นอน", ()),
    ],
)
def test_words_that_hold_back(text, hedges):
    assert hedges_in(text) == hedges


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("จะเอาเงินจากไหน?", True),
        ("แล้วใครจะทำคะ", False),
        ("แล้วจะให้ใครดีครับ", True),
        ("พอกันไหม", True),
        ("ใครใคร่ทำก็ทำ", False),
        ("ลูกหลานที่ย้ายไปแล้วจะกลับมาทำนาหรือเปล่า (เดาไม่ถูกจริงๆ)", True),
        ("เขาบอกว่าอยู่ที่ไหน (แล้วก็เดินออกไป) เราเลยไม่ได้ตาม", False),
        ("", False),
        ("อยากทราบว่ากลุ่มออมทรัพย์เริ่มเก็บกันที่เท่าไรก่อน", True),
        ("คิดว่าควรขุดบ่อเพิ่ม หรือว่าลอกของเก่าพอครับพี่", True),
        ("เอาพริกหรือว่าน หรือมะกรูดก็ได้", False),
        ("รบกวนขอคำแนะนำเรื่องปุ๋ยหมักด้วย", True),
        ("ขอความเห็นพี่ๆ ด้วยค่ะ", True),
        ("เสนอสภาขอความเห็นชอบแล้วแต่เรื่องยังเงียบ", False),
        ("กลุ่มไปขอคำแนะนำจากเกษตรอำเภอมาแล้ว", False),
        ("ที่ประชุมอยากให้ลองปลูก", False),
    ],
)
def test_a_question_is_known_by_its_end_or_says_that_it_asks(text, question):
    assert asks(text) is question


@pytest.mark.parametrize(
    ("text", "by"), [("ที่ประชุมมีมติให้พักหนี้", "ที่ประชุม"), ("คณะกรรมการกองทุนเห็นชอบ", "คณะกรรมการกองทุน"), ("ชาวบ้านตกลงกัน", None), ("ประชุมกันทั้งวัน", None)]
)
def test_who_decided(text, by):
    assert decided_by(text) == by


def test_on_whose_advice_and_until_when():
    assert advised_by("ปรับตามที่ครูนวลเสนอ ในวงก่อน") == "ครูนวล"
    assert advised_by("ปรับตามที่ตกลง") is None
    assert waits_until("ยังไม่ขยาย หากสามหมู่แรกชัดเจนแล้วจึงคุยใหม่") == "หากสามหมู่แรกชัดเจนแล้ว"
    assert waits_until("เลื่อนไปวันพุธ") is None


@pytest.mark.parametrize(
    ("comment", "outsider"),
    [
        ("ขอออกความเห็นแบบคนนอกพื้นที่นะครับ ตกลงกันล้างตลาดเถอะ", True),
        ("ดิฉันไม่ใช่คนในพื้นที่ ตกลงกันล้างตลาดเถอะ", True),
        ("คนนอกเวลางานก็ยังมา ตกลงกันล้างตลาดเถอะ", False),
    ],
)
def test_a_commenter_who_says_to_be_no_one_of_the_place(comment, outsider, by_cues, make_post):
    found = by_cues.read([make_post("ตกลงกันล้างคลอง", [(None, comment)])])[0]
    assert [passage.remarks.outsider for passage in found if passage.voice == "commenter"][:1] == [outsider]
    assert not any(passage.remarks.outsider for passage in found if passage.voice == "author")


def test_a_piece_is_remarked_with_its_number_and_figures(by_cues, make_post):
    text = "ตกลงกันดังนี้\n3. ตกลงกันล้างตลาด ตั้งเป้าไว้ 10 แผง มา 14 แผง น่าจะพอ\nลุงคำกังวลค่าไฟ จะทำอย่างไร?"
    found = {passage.label: passage for passage in by_cues.read([make_post(text)])[0] if passage.quote != "ตกลงกันดังนี้"}
    action = found["action"]
    assert action.remarks.item == 3
    assert action.remarks.hedges == ("น่าจะ",)
    assert [(one.kind, one.first, one.second, one.unit) for one in action.remarks.figures] == [("target", 10, 14, "แผง")]
    assert "expectation" in action.facets
    assert all(figure.text in action.quote for figure in action.remarks.figures)
    assert found["issue"].facets == ("question",)


def test_what_has_nothing_to_remark_has_none(by_cues, make_post):
    [passage] = by_cues.read([make_post("หัวใจของวงนี้คือการฟัง")])[0]
    assert (passage.facets, passage.remarks) == ((), NO_REMARKS)


@pytest.mark.parametrize("piece", ["ที่ประชุม", "ตามที่คุณ", "จนกว่า", "คง", "ถ้า ", "ใคร"])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    for read in (hedges_in, asks, decided_by, advised_by, waits_until, is_outsider):
        assert grows_with_the_text(read, piece)
