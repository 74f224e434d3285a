"""Posts that say the same share a group; what differs in a number or a "not" never does."""

import pytest

from pipeline.digest.alike import joined
from pipeline.records import Passage, Span

RULE = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง ไม่ใช่รับกติกาจากอำเภอ"


def passages(*quotes, label="lesson"):
    return [Passage(f"post-{n}", f"{n}.txt", Span(0, len(quote)), quote, label, 0.9, group=f"g{n}") for n, quote in enumerate(quotes)]


OTHERS = ("ฝนตกหนักทั้งอาทิตย์", "เด็กชอบปั้นดินมากกว่านั่งเรียน", "ตลาดเช้าขายดีเพราะมีที่จอดรถ", "ปลูกผักไร้สารต้องเริ่มจากดิน")  # what else a collection says


def joins(*quotes, label="lesson"):
    return joined(passages(*quotes, *OTHERS, label=label))


@pytest.mark.parametrize(
    "other",
    [
        "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง",  # a large part
        "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกากันเอง ไม่ใช่รับกติกาจากอำเภอ",  # nearly equal
        "สมาชิกตั้งกติกาเอง กองทุนจึงอยู่ได้ กติกาจากอำเภอไม่ช่วย",  # in other words
    ],
)
def test_two_posts_that_say_the_same_are_joined(other):
    longer, shorter = ("g0", "g1") if len(RULE) >= len(other) else ("g1", "g0")
    assert joins(RULE, other) == {shorter: longer}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ประชุมกรรมการกองทุนหมู่บ้านครั้งที่ 3 ที่ศาลาวัด", "ประชุมกรรมการกองทุนหมู่บ้านครั้งที่ 4 ที่ศาลาวัด"),
        ("สมาชิกควรเป็นคนตั้งกติกาของกองทุนเอง", "สมาชิกไม่ควรเป็นคนตั้งกติกาของกองทุนเอง"),
        (RULE, "กองทุนจะอยู่ได้"),  # any post could hold so short a part
        (RULE, "โรงเรียนปลูกข้าวโพดเลี้ยงไก่"),
    ],
)
def test_what_differs_is_not_joined(one, other):
    assert joins(one, other) == {}


def test_tasks_in_other_words_are_other_tasks():
    assert joins("สมาชิกตั้งกติกาเอง กองทุนจึงอยู่ได้ กติกาจากอำเภอช่วย", "กองทุนอยู่ได้ สมาชิกจะตั้งกติกาเอง มีอำเภอช่วยดู", label="action") == {}


def test_labels_are_never_joined():
    [one], [other] = passages(RULE), passages("กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง", label="issue")
    assert joined([one, Passage("x", "x.txt", other.span, other.quote, "issue", 0.9, group="gx")]) == {}


def test_the_order_of_posts_does_not_matter():
    rows = passages(RULE, "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง", *OTHERS)
    assert joined(rows) == joined(rows[::-1]) == {"g1": "g0"}
