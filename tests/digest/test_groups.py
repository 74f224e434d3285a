"""Which passages of one post say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import groups
from pipeline.digest.groups import SAME_FROM, fold, group, may_be_near, share_most, strings_of, worded
from pipeline.records import Passage, Post, Span, short_hash

if TYPE_CHECKING:
    import random

RULE = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง"


def post_of(*quotes: str) -> Post:
    return Post(id="7", source="7.txt", origin="/7.txt", text="\n".join(quotes))


def passages_of(post: Post, *labelled: tuple[str, str]) -> list[Passage]:
    found, start = [], 0
    for label, quote in labelled:
        at = post.text.index(quote, start)
        start = at + len(quote)
        found.append(Passage(post=post.id, source=post.source, span=Span(at, start), quote=quote, label=label, confidence=0.8))
    return found


def groups_of(*quotes: str, labels: tuple[str, ...] = ()) -> list[str | None]:
    post = post_of(*quotes)
    return [passage.group for passage in group(post, passages_of(post, *zip(labels or ("lesson",) * len(quotes), quotes, strict=True)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RULE, RULE, id="the very same words"),
        pytest.param("“กองทุนจะอยู่ได้ ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง...”", RULE, id="white space and punctuation"),
        pytest.param(RULE.replace("สมาชิก", "\u200bสมาชิก\u200b"), RULE, id="zero-width signs"),
        pytest.param("สมาชิกเป็นคนตั้งกติกาเอง", RULE, id="a part of the other"),
        pytest.param("กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกา...", RULE, id="a pull quote that breaks off"),
        pytest.param("กองทุนจะอยู่ได้ต่อเมื่อสมาชิกเป็นผู้ตั้งกติกาเองครับ", RULE, id="nearly the same words"),
        pytest.param("ออมครบ ๑๒ เดือนแล้วจึงกู้ได้", "ออมครบ 12 เดือนแล้วจึงกู้ได้", id="Thai and Arabic digits"),
        pytest.param("ทํางานร่วมกันสามหมู่บ้าน", "ทำงานร่วมกันสามหมู่บ้าน", id="the two ways to write sara am"),
    ],
)
def test_passages_that_say_the_same_share_a_group(one, other):
    first, second = groups_of(one, other)
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RULE, "เหรัญญิกทำบัญชีคนเดียวมาสี่ปี ยังไม่มีใครมาแทนได้", id="other things"),
        pytest.param("นัดฝึกทำบัญชีที่ศาลากลางบ้าน ครั้งที่ 3", "นัดฝึกทำบัญชีที่ศาลากลางบ้าน ครั้งที่ 4", id="another number"),
        pytest.param("สมาชิกทุกคนเข้าใจกติกาของกองทุนดีแล้ว", "สมาชิกทุกคนไม่เข้าใจกติกาของกองทุนดีแล้ว", id="the contrary"),
        pytest.param("ควรเปิดรับสมาชิกเพิ่มในปีนี้", "ไม่ควรเปิดรับสมาชิกเพิ่มในปีนี้", id="the contrary holds the words"),
        pytest.param("ออมเงิน", "ชวนเด็ก ๆ ออมเงินวันละบาทที่โรงเรียน", id="a phrase too short to be a mention"),
    ],
)
def test_passages_that_say_other_things_do_not(one, other):
    first, second = groups_of(one, other)
    assert first != second


def test_folding_keeps_tone_marks():
    assert fold("ของเก่า") != fold("ของเก้า")


def test_the_same_words_under_another_label_are_another_group():
    first, second = groups_of(RULE, RULE, labels=("lesson", "action"))
    assert first != second


def test_the_longest_wording_names_the_group_so_that_another_post_finds_it():
    first, second = groups_of("สมาชิกเป็นคนตั้งกติกาเอง", RULE)
    (elsewhere,) = groups_of(RULE + " …")
    assert first == second == elsewhere == short_hash("lesson", fold(RULE))


def test_signs_alone_are_no_part_of_everything():
    signs, words = groups_of("!!!", RULE)
    assert signs != words


def test_a_short_wording_does_not_tie_two_long_ones_together():
    shared = "ต้องฟังคนที่ไม่เคยกู้"
    one, other, _ = groups_of(shared + "เพราะเขากลัวเป็นหนี้เหมือนปีก่อน", "ครูจินดาเห็นว่า" + shared + "ให้มากกว่านี้", shared)
    assert one != other


def test_a_passage_of_another_post_is_refused():
    (strange,) = passages_of(post_of(RULE), ("lesson", RULE))
    with pytest.raises(ValueError, match="post 8"):
        group(Post(id="8", source="8.txt", origin="/8.txt", text=RULE), [strange])


@given(st.lists(st.sampled_from([RULE, RULE[:30], RULE[10:], "เหรัญญิกทำบัญชีคนเดียว", "นัดกันวันพุธ", "…"]), max_size=8), st.randoms())
def test_order_of_the_passages_does_not_matter_and_is_kept(quotes, rng: random.Random):
    post = post_of(*quotes)
    passages = passages_of(post, *(("lesson", quote) for quote in quotes))
    grouped = group(post, passages)
    shuffled = rng.sample(passages, len(passages))
    assert [passage.span for passage in grouped] == [passage.span for passage in passages]
    assert {passage.id: passage.group for passage in group(post, shuffled)} == {passage.id: passage.group for passage in grouped}


@given(one=st.text("ไม1ก", max_size=9), other=st.text("ไม1ก", max_size=9))
def test_two_are_near_that_share_most_of_all_their_strings(one, other):
    mine, theirs = strings_of(one), strings_of(other)
    first, second = worded(one, mine), worded(other, theirs)
    alike = len(mine & theirs) >= SAME_FROM * len(mine | theirs)
    assert (may_be_near(first, second) and share_most(mine, theirs)) == (alike and first.facts == second.facts)


class Looked(str):
    """A text that remembers what was looked for in it."""

    __slots__ = ()
    for_: ClassVar[list[str]] = []

    def __contains__(self, part):
        self.for_.append(part)
        return super().__contains__(part)


def test_wordings_of_a_post_are_compared_without_a_look_for_every_string(monkeypatch):
    """A post may have thousands of passages, each compared with each."""
    monkeypatch.setattr(groups, "folded", lambda quote: Looked(groups.fold(quote)))
    monkeypatch.setattr(Looked, "for_", [])
    assert len(set(groups_of("ชาวบ้านช่วยกันซ่อมฝายกั้นน้ำ", "แม่ค้าตลาดนัดขายผักปลอดสาร"))) == 2
    assert len(Looked.for_) == 1
