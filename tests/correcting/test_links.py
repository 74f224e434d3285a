"""Decisions on links and on names find the passages and the names of now."""

import pytest

from pipeline.correcting.links import one_name_for, posts_of_links, verdicts_on_links
from pipeline.correcting.names import alike_names, renamed
from pipeline.corrections import Correction, anchor_of, name_pair
from pipeline.records import ActionFields, Actor, Passage, Span
from tests.correcting.conftest import DAY

FIRST, SECOND = "ป้าน้อยจะทาสีรั้วโรงเรียนให้เสร็จก่อนเปิดเทอม", "รั้วโรงเรียนทาสีเสร็จไปครึ่งหนึ่งแล้ว"


def passage(post, text, words):
    return Passage(post, f"{post}.txt", Span(text.index(words), text.index(words) + len(words)), words, "action", 0.9)


def link(after, number=1, news_text=SECOND):
    texts = {"1": FIRST, "2": news_text}
    opener, news = anchor_of(texts["1"], Span(0, len(FIRST))), anchor_of(texts["2"], Span(0, len(news_text)))
    return Correction("l", "thread", "somchai", DAY, f"{number}/0", "1", opener, (news,), before="2", after=after, number=number)


@pytest.mark.parametrize("above", ["", "บันทึกหน้าก่อนเล่าค้างไว้เรื่องสีที่หมดกลางคัน\n\n"])
def test_a_verdict_is_by_the_passages_of_now_and_the_newest_counts(above):
    texts = {"1": FIRST, "2": above + SECOND}
    passages = {post: [passage(post, texts[post], words)] for post, words in (("1", FIRST), ("2", SECOND))}
    decided = [link("reject"), link("confirm", 2)]
    assert posts_of_links(decided) == {"1", "2"}
    assert verdicts_on_links(decided, texts, passages) == {(passages["1"][0].id, passages["2"][0].id): ("confirm", "somchai")}


def test_where_one_of_the_two_is_gone_there_is_no_verdict():
    there = {"1": [passage("1", FIRST, FIRST)], "2": []}
    assert verdicts_on_links([link("confirm")], {"1": FIRST, "2": SECOND}, there) == {}
    assert verdicts_on_links([link("confirm")], {"1": FIRST, "2": "เขียนใหม่หมดทั้งหน้า"}, there) == {}
    assert verdicts_on_links([link("confirm")], {"1": FIRST}, there) == {}


def names(after, kept, other, number):
    return Correction(name_pair(kept, other), "same-name", "somchai", DAY, f"n{number}/0", before=[kept, other], after=after, number=number)


def test_one_name_is_told_for_two_until_somebody_says_that_they_are_not_one():
    decided = [names("confirm", "ครูแดง", "อ.แดง", 1), names("confirm", "ครูแดง วังใหม่", "ครูแดง", 2), names("unsure", "ลุงดี", "ลุงดำ", 3)]
    assert one_name_for(decided) == {"อ.แดง": "ครูแดง วังใหม่", "ครูแดง": "ครูแดง วังใหม่"}
    assert one_name_for([*decided, names("reject", "อ.แดง", "ครูแดง", 4)]) == {"ครูแดง": "ครูแดง วังใหม่"}


def said(speaker=None, *who):
    action = ActionFields(tuple(Actor(name) for name in who)) if who else None
    return Passage("1", "1.txt", Span(0, 4), "ทาสี", "action", 0.9, speaker=speaker, action=action)


def test_names_that_may_be_one_are_offered_and_others_are_not():
    told = [said("ครูแดง"), said("ครูแดง", "อ.แดง", "ครูดำ"), said("สมศักดิ์ ใจงาม"), said("สมศักดื์ ใจงาม"), said("สมศักดิ์ ใจงาม")]
    assert alike_names(told) == [("ครูแดง", "อ.แดง"), ("สมศักดิ์ ใจงาม", "สมศักดื์ ใจงาม")]


def test_a_passage_is_told_with_the_chosen_name_and_its_words_stay():
    told = renamed(said("อ.แดง", "อ.แดง", "ครูดำ"), {"อ.แดง": "ครูแดง"})
    assert (told.speaker, [(who.text, who.name) for who in told.action.who]) == ("ครูแดง", [("อ.แดง", "ครูแดง"), ("ครูดำ", None)])
    assert renamed(said("ครูดำ"), {"อ.แดง": "ครูแดง"}) == said("ครูดำ")
