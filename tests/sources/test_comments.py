"""Comments without a delimiter: each case is a page as people wrote it, and the beginnings a reader would mark."""

from datetime import datetime

import pytest

from pipeline.sources.comments import split_comments
from pipeline.sources.lines import read_lines

REPLY_INDENT = "\u00a0" * 9


def comments(text, stated):
    found = split_comments(read_lines(text), stated)
    return [(comment.author, comment.span.of(text)) for comment in found]


def begins(text, stated):
    return [written.split()[0] for _, written in comments(text, stated)]


def test_stamps_and_addresses_are_hard_borders():
    text = "เขียนเมื่อ\u00a0\n\nสวัสดีค่ะ\n\nชอบมาก\n\nสมหมาย\nIP: xxx.12.3.4\nเขียนเมื่อ \n\nเห็นด้วยครับ\n\nแต่ขอถามต่อ"
    assert comments(text, 2) == [(None, "สวัสดีค่ะ\n\nชอบมาก"), ("สมหมาย", "เห็นด้วยครับ\n\nแต่ขอถามต่อ")]


@pytest.mark.parametrize("head", ["ลุงดำ\nเขียนเมื่อ 3 มีนาคม 2550 09:15 น. ()", "ลุงดำเขียนเมื่อ 3 มีนาคม 2550 09:15 น. ()"])
def test_a_dated_stamp_gives_name_and_time(head):
    text = f"{head}\nดีครับ"
    (comment,) = split_comments(read_lines(text), 1)
    assert (comment.author, comment.posted_at) == ("ลุงดำ", datetime(2007, 3, 3, 9, 15))  # noqa: DTZ001 -- pages name no zone
    assert comment.span.of(text) == "ดีครับ"


@pytest.mark.parametrize("name", ["ป้าแดง บ้านเหนือ", "ครูต้อย", "noi_km", "น้องฝนเองค่ะ", "ช่างประปา ๒๕๐๖", "สท. ตำบลข้างๆ", "ผู้บังคับการ", "เจ้าของสวน"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_name_above_a_comment_is_its_author(name, gap):
    text = f"ดีใจด้วยนะคะ\n\n{name}{gap}อ่านแล้วได้ความรู้มากครับ จะเอาไปลองทำดู"
    assert comments(text, 2)[1] == (name, "อ่านแล้วได้ความรู้มากครับ จะเอาไปลองทำดู")


@pytest.mark.parametrize("short", ["ขอบคุณมากครับ", "สู้ๆ", "ยินดีด้วยค่ะ", "เห็นด้วยอย่างยิ่ง", "ดีจริง!", "ด้วยความนับถือ"])
def test_a_short_comment_is_no_name(short):
    assert comments(f"{short}\n\nตามมาอ่านค่ะ ได้ข้อคิดดี", 2)[0] == (None, short)


def test_an_author_who_answers_each_reader_by_name():
    text = (
        "มาเยี่ยมค่ะ แล้วจะมาใหม่\n\n"
        f"คุณมาลี ครับ\n\n{REPLY_INDENT}ขอบคุณที่แวะมาครับ\n\n{REPLY_INDENT}ไว้คุยกันใหม่\n\n"
        "  • เห็นด้วยครับ\n  • ขอเอาไปใช้\n\n"
        f"เรียน หมอวิชัย\n\n{REPLY_INDENT}ยินดีครับ\n\n"
        "ครูคิดว่าแผนนี้จะสำเร็จไหม"
    )
    assert begins(text, 5) == ["มาเยี่ยมค่ะ", "คุณมาลี", "•", "เรียน", "ครูคิดว่าแผนนี้จะสำเร็จไหม"]


def test_another_particle_and_a_wider_gap_tell_two_writers_apart():
    text = "ที่บ้านเราก็ทำค่ะ\n\nแต่น้ำไม่พอนะคะ\n\nเป็นกำลังใจให้ค่ะ\n\n\u00a0\n\nผมเคยไปดูมาแล้ว\n\nพี่นิดครับ น้ำมาจากไหน\n\nขอไปดูอีกได้ไหมครับ"
    assert begins(text, 2) == ["ที่บ้านเราก็ทำค่ะ", "ผมเคยไปดูมาแล้ว"]


def test_paragraphs_of_one_comment_stay_together():
    text = "อ่านแล้วครับ\n\nแต่ยังสงสัยเรื่องดังนี้\n\n1. น้ำ\n\n2. ดิน\n\nส่วนเรื่องปุ๋ยไม่มีปัญหาครับ\n\nสวัสดีค่ะ แวะมาทักทาย"
    assert begins(text, 2) == ["อ่านแล้วครับ", "สวัสดีค่ะ"]


def test_comments_of_one_line_each():
    assert begins("น้ำพริกสูตรไหนคะ\nของพี่ใช้ปลาย่างครับ\nขอสูตรด้วย", 3) == ["น้ำพริกสูตรไหนคะ", "ของพี่ใช้ปลาย่างครับ", "ขอสูตรด้วย"]


def test_a_heading_inside_a_comment_is_not_lost():
    text = "ผมขอเสนอครับ\n\nเรื่องน้ำ\nต้องขุดสระก่อนครับ"
    assert comments(text, 1) == [(None, text)]


@pytest.mark.parametrize(("text", "stated"), [("", 3), ("\n\u00a0\n", 2), ("ดีค่ะ", 0), ("IP: xxx.1.2.3\nเขียนเมื่อ ", 1)])
def test_no_comment_where_nothing_is_written_or_stated(text, stated):
    assert comments(text, stated) == []


def test_a_sentence_with_a_date_is_no_stamp():
    text = "ดีค่ะ บันทึกนี้เขียนเมื่อ 3 มีนาคม 2550\n\nอีกย่อหน้าค่ะ"
    assert len(comments(text, 1)) == 1
