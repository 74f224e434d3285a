"""The page of a post: what stands on it, and the passages marked in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Passage, Post, Span
from pipeline.render import page_name, post_page
from pipeline.render.pages import web_address

TEXT = "ประชุมวันแรก ฝนตก\n\n  ตกลงกันว่า ออมวันละบาท\nและนัดกันทุกเดือน\r\n\r\nเหรัญญิกยังมีคนเดียว"


def plain_post(text: str = TEXT) -> Post:
    return Post(id="7", source="7.txt", origin="/7.txt", text=text, body=(Span(0, len(text)),))


def marked(start: int, end: int, label: str = "lesson") -> Passage:
    return Passage(post="7", source="7.txt", span=Span(start, end), quote=TEXT[start:end], label=label, confidence=0.9)


def words(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("post_id", ["81204", "a-b_C", "x" * 64])
def test_a_plain_id_names_its_page(post_id):
    assert page_name(post_id) == post_id


@pytest.mark.parametrize("post_id", ["", "../x", "a/b", "x" * 65, "7\n", "บันทึก", "con", "LPT1", "a.b", "1101700230708"])
def test_any_other_id_is_hashed(post_id):
    assert page_name(post_id) != post_id
    assert len(page_name(post_id)) == 16


def test_every_section_is_there_and_the_furniture_is_not(post, passages, read_page):
    page = read_page(post_page(post, passages)).text()
    for shown in ("ข้อความนำ", "เนื้อความ", "ความเห็นที่ 1", "มาลี", "27 กุมภาพันธ์ 2550 เวลา 09.05 น.", "ไม่ระบุชื่อ", post.notes[0].th):
        assert shown in page
    assert "หมายเลขบันทึก" not in page
    assert "IP:" not in page


def test_every_passage_has_its_mark_with_the_name_of_its_label(post, passages, read_page):
    page = read_page(post_page(post, passages))
    marks = [attributes["id"] for tag, attributes in page.elements if tag == "mark" and "id" in attributes]
    assert sorted(marks) == sorted(f"p-{passage.id}" for passage in passages)
    assert page.text("b.tag").count("ประเด็นปัญหา") == sum(passage.label == "issue" for passage in passages)


def test_blank_lines_part_paragraphs_and_line_breaks_stay(read_page):
    page = read_page(post_page(plain_post(), []))
    assert page.tags.count("p") - page.text("p.text").count("\n") == 3 + 3 - 1
    assert "ตกลงกันว่า ออมวันละบาท\nและนัดกันทุกเดือน" in page.text()


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        pytest.param([(0, 6), (6, 12)], 2, id="touching"),
        pytest.param([(0, 10), (5, 15)], 4, id="overlapping: the shared piece has both marks"),
        pytest.param([(0, 15), (3, 9)], 4, id="one inside the other"),
        pytest.param([(0, 30)], 2, id="over a blank line"),
        pytest.param([(0, 6), (0, 6)], 2, id="the same words under two labels"),
    ],
)
def test_passages_may_touch_and_overlap(spans, pieces, read_page):
    page = read_page(post_page(plain_post(), [marked(start, end, label) for (start, end), label in zip(spans, ("lesson", "issue"), strict=False)]))
    assert page.tags.count("mark") == pieces
    assert len(page.values("id")) == len(set(page.values("id")))


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted), max_size=6))
def test_marks_never_change_the_words(read_page, spans):
    page = read_page(post_page(plain_post(), [marked(start, end) for start, end in spans]))
    assert words(page.text("p.text", without="b.tag")) == words(TEXT)
    assert len(page.values("id")) == len(set(page.values("id")))


def test_an_address_that_a_passage_cuts_in_two_is_masked(read_page):
    text = "เครื่อง 203.0.113.87 ใช้ไม่ได้"
    page = read_page(post_page(plain_post(text), [marked(0, 14)]))
    assert not any(sign.isdigit() for sign in page.text("p.text"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//e.org/x", "http://203.0.113.87/x", "http://[", "posts/7", None])
def test_only_addresses_of_the_web_are_linked(url, read_page):
    assert web_address(url) is None
    assert "เปิดบันทึกต้นฉบับ" not in read_page(post_page(replace(plain_post(), url=url), [])).text()
