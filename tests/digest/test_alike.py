"""Posts that say the same share a group; what differs in a number or a "not" never does."""

import random
from dataclasses import replace

import pytest

from pipeline.digest import alike
from pipeline.digest.alike import joined, leader_of, longest_of
from pipeline.records import Passage, Span

RULE = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง ไม่ใช่รับกติกาจากอำเภอ"


def passages(*quotes, label="lesson"):
    return [Passage(f"post-{n}", f"{n}.txt", Span(0, len(quote)), quote, label, 0.9, group=f"g{n}") for n, quote in enumerate(quotes)]


OTHERS = ("ฝนตกหนักทั้งอาทิตย์", "เด็กชอบปั้นดินมากกว่านั่งเรียน", "ตลาดเช้าขายดีเพราะมีที่จอดรถ", "ปลูกผักไร้สารต้องเริ่มจากดิน")  # what else a collection says


def leaders(rows):
    return longest_of(map(leader_of, rows))


def joins(*quotes, label="lesson"):
    return joined(leaders(passages(*quotes, *OTHERS, label=label))).joins


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
    assert joined(leaders([one, Passage("x", "x.txt", other.span, other.quote, "issue", 0.9, group="gx")])).joins == {}


def test_the_order_of_posts_does_not_matter():
    rows = passages(RULE, "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง", *OTHERS)
    assert joined(leaders(rows)).joins == joined(leaders(rows[::-1])).joins == {"g1": "g0"}


WORDS = ("กองทุน", "สมาชิก", "กติกา", "อำเภอ", "ตลาด", "น้ำท่วม", "บัญชี", "เยาวชน", "ประชุม", "เดือนละครั้ง", "ปลูกผัก", "จดบันทึก", "ไม่", "ครั้งที่ 3")


def sayings(chance, count):
    """Return wordings many of which are nearly others, or part of them."""
    said = [chance.choices(WORDS, k=chance.randint(4, 14)) for _ in range(count)]
    said += [words[: chance.randint(4, len(words))] for words in said] + [[*words, chance.choice(WORDS)] for words in said]
    return ["".join(words) for words in said]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_joined_from_where_it_stood_is_what_is_joined_anew(seed, monkeypatch):
    monkeypatch.setattr(alike, "counted", lambda number: min(number, 10))  # as in a large archive: the first say how rare a word is
    chance = random.Random(seed)  # noqa: S311 - the same wordings every time
    every = [replace(row, label=chance.choice(("lesson", "issue", "action"))) for row in passages(*sayings(chance, 30))]
    kept, before, looked = every[:60], None, list[str]()
    whole = alike._same
    monkeypatch.setattr(alike, "_same", lambda leader, *rest: looked.append(leader.group) or whole(leader, *rest))
    for new in ([], every[60:63], every[63:75], every[75:]):
        kept = [row for place, row in enumerate(kept) if place < 30 or chance.random() > 0.05] + new  # some are gone: their posts were changed
        before = joined(leaders(kept), before)
        assert before.joins == joined(leaders(kept)).joins
        looked.clear()
        assert joined(leaders(kept), before) == before
        assert looked == []
