"""A scraped page comes apart into title, lead, body, metadata and comments, whatever is missing."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.records import short_hash
from pipeline.sources.gotoknow import read_page

BODY = "เช้านี้ไปนั่งคุยกับกลุ่มเลี้ยงผึ้งมาค่ะ คนมาสิบสองคน\n\nได้ข้อคิดว่าต้องจดบัญชีทุกวัน"
NUMBER = "หมายเลขบันทึก: 4711เขียนเมื่อ 3 มีนาคม 2550 21:05 น. ()แก้ไขเมื่อ 4 มี.ค. 2007 06:10 น. ()สัญญาอนุญาต: สงวนสิทธิ์ทุกประการจำนวนที่อ่าน"
FURNITURE = "พบปัญหาการใช้งานแจ้งที่หน้านี้\nClassStart\nระบบจัดการการเรียนการสอน"


def page(*parts):
    return read_page("\n\n".join(parts), "a.txt", "/inbox/a.txt")


def texts(post):
    return [span.of(post.text) for span in post.body]


def test_title_body_and_nothing_else():
    post = page("กลุ่มเลี้ยงผึ้งบ้านนา", BODY)
    assert post.title == "กลุ่มเลี้ยงผึ้งบ้านนา"
    assert texts(post) == [BODY]
    assert (post.lead, post.comments, post.notes, post.author) == (None, (), (), None)
    assert post.id == short_hash(post.text)


def test_glued_metadata_gives_number_stamps_and_licence():
    post = page("ชื่อเรื่อง", BODY, NUMBER)
    assert post.id == "4711"
    assert post.posted_at == datetime(2007, 3, 3, 21, 5)  # noqa: DTZ001 -- pages name no zone
    assert post.edited_at == datetime(2007, 3, 4, 6, 10)  # noqa: DTZ001
    assert post.licence == "สงวนสิทธิ์ทุกประการ"
    assert texts(post) == [BODY]


@pytest.mark.parametrize(
    ("line", "author", "blog"),
    [
        ("บันทึกนี้เขียนที่ GotoKnow โดย ป้านิด ใน สวนหลังบ้าน", "ป้านิด", "สวนหลังบ้าน"),
        ("บันทึกนี้เขียนที่\u00a0GotoKnow\u00a0โดย\u00a0\u00a0ใน\u00a0สวนหลังบ้านความเห็น\u00a0(0)", None, "สวนหลังบ้าน"),
        ("บันทึกนี้เขียนที่ GotoKnow โดย ป้านิด ใน สวนหลังบ้านคำสำคัญ: ผึ้ง", "ป้านิด", "สวนหลังบ้าน"),
        ("บันทึกนี้เขียนที่ GotoKnow โดย ป้านิด", "ป้านิด", None),
    ],
)
def test_author_and_blog_where_the_page_names_them(line, author, blog):
    post = page("ชื่อเรื่อง", BODY, line)
    assert (post.author, post.blog) == (author, blog)
    assert texts(post) == [BODY]


def test_metadata_below_the_title_parts_no_text_from_the_body():
    post = page("ชื่อเรื่อง\nบันทึกนี้เขียนที่ GotoKnow โดย ป้านิด ใน สวน", BODY, NUMBER)
    assert post.title == "ชื่อเรื่อง"
    assert texts(post) == [BODY]


def test_metadata_glued_to_the_last_sentence():
    post = page("ชื่อเรื่อง", f"{BODY}หมายเลขบันทึก: 88เขียนเมื่อ 1 ม.ค. 2552 08:00 น. ()ความเห็น (0)")
    assert texts(post) == [BODY]
    assert post.id == "88"


@pytest.mark.parametrize(
    "sentence",
    ["เขียนเมื่อวานนี้ก่อนนอน", "อ่านต่อที่หมายเลขบันทึก 12 นะคะ", "ความเห็น (3) ข้อที่ได้มา", "ClassStart ใช้ง่ายดีค่ะ แล้วจะเล่าต่อ"],
)
def test_a_sentence_that_only_looks_like_metadata_stays_in_the_body(sentence):
    assert sentence in texts(page("ชื่อเรื่อง", sentence, BODY))[0]


@pytest.mark.parametrize("end", [FURNITURE, "สงวนลิขสิทธิ์ © 2012 บริษัท ก\nและผู้เขียนเนื้อหาทุกท่าน\nขอแนะนำ ClassStart"])
def test_page_furniture_belongs_to_nothing(end):
    assert texts(page("ชื่อเรื่อง", BODY, end)) == [BODY]
    post = page("ชื่อเรื่อง", BODY, "ความเห็น (1)", "ขอบคุณค่ะ", end)
    assert [comment.span.of(post.text) for comment in post.comments] == ["ขอบคุณค่ะ"]


def test_repeated_quote_is_the_lead():
    quote = "ต้องจดบัญชีทุกวัน เงินจึงไม่หาย"
    post = page("ชื่อเรื่อง", quote, f"{BODY} ต้องจดบัญชีทุกวัน  เงินจึงไม่หาย จริงๆ")
    assert post.lead.of(post.text) == quote
    assert quote not in texts(post)[0]


def test_short_paragraph_above_an_indented_body_is_the_lead():
    post = page("ชื่อเรื่อง", "ทบทวนงานปีแรก วางแผนปีที่สอง", "\u00a0" * 8 + BODY)
    assert post.lead.of(post.text) == "ทบทวนงานปีแรก วางแผนปีที่สอง"


@pytest.mark.parametrize("first", ["สวัสดีค่ะทุกท่าน", "วันนี้ฝนตกทั้งวัน ไม่ได้ไปไหน", "๑๒ มี.ค. ๕๐ ๐๘.๐๐ น."])
def test_a_doubtful_first_paragraph_is_body(first):
    assert page("ชื่อเรื่อง", first, BODY * 3).lead is None


def test_long_first_line_is_no_title():
    post = page("ก" * 200, BODY)
    assert post.title is None
    assert "title" in post.notes[0].en
    assert texts(post)[0].startswith("ก" * 200)


def test_a_single_line_is_read_as_body():
    post = page("พรุ่งนี้นัดกันเก้าโมงที่ศาลา")
    assert texts(post) == ["พรุ่งนี้นัดกันเก้าโมงที่ศาลา"]


def test_byte_order_mark_and_line_ends_stay_in_the_text():
    post = read_page("\ufeffชื่อ\r\n\r\nบรรทัดหนึ่ง\r\nบรรทัดสอง\r\n", "a.txt", "/a.txt")
    assert post.title == "ชื่อ"
    assert texts(post) == ["บรรทัดหนึ่ง\r\nบรรทัดสอง"]
    assert post.text[0] == "\ufeff"


def test_another_number_of_comments_is_told():
    post = page("ชื่อเรื่อง", BODY, "ความเห็น (5)", "ดีค่ะ")
    assert len(post.comments) == 1
    assert "states 5 comments. Found 1" in post.notes[0].en


@pytest.mark.parametrize("text", ["", "  \n\u00a0\n", "\ufeff", "\u200b\n"])
def test_blank_text_is_refused(text):
    with pytest.raises(SourceError, match="at least one post"):
        read_page(text, "a.txt", "/a.txt")


@pytest.mark.parametrize(("text", "line"), [("ก\n" + "ข" * 200_001, 2), ("กข\n" * 400_000, None)])
def test_a_text_that_no_person_wrote_is_refused(text, line):
    with pytest.raises(SourceError) as caught:
        read_page(text, "a.txt", "/a.txt")
    assert caught.value.line == line


def test_a_thousand_digits_are_kept_and_told():
    post = page("ชื่อเรื่อง", "5" * 1001)
    assert "1,001 digits" in post.notes[0].en


PIECES = ["ก", " ", "\n", "\n\n", "ความเห็น (3)\n", "ความเห็น ", "หมายเลขบันทึก: ", "หมายเลขบันทึก: 1เขียนเมื่อ ", "บันทึกนี้เขียนที่ GotoKnow โดย ", " ใน "]
PIECES += ["เขียนเมื่อ \n", "IP: xxx.1.2.3\n", "คุณ", "ครับ", "ชื่อ\n\n", "• ก\n", "5", "ขอบคุณค่ะ\n\n", "สัญญาอนุญาต:", "เขียนเมื่อ 1 ม.ค. 2550 "]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("heading", ["", "ความเห็น (40)\n\n"])
def test_no_page_takes_more_than_linear_time(piece, heading, grows_with_the_text):
    assert grows_with_the_text(lambda text: read_page(f"ชื่อ\n\n{heading}{text}", "a.txt", "/a.txt"), piece)


@given(st.lists(st.sampled_from([*PIECES, NUMBER + "\n", FURNITURE, "\ufeff", "\r\n", "ดีค่ะ", "\u00a0" * 9]), min_size=1, max_size=25))
def test_parts_are_in_order_and_never_overlap(pieces):
    text = "ชื่อ" + "".join(pieces)
    post = read_page(text, "a.txt", "/a.txt")
    spans = [span for span in [post.lead, *post.body, *(comment.span for comment in post.comments)] if span]
    assert all(before.end <= after.start for before, after in zip(sorted(spans), sorted(spans)[1:], strict=False))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert all(span.start < span.end for span in spans)
