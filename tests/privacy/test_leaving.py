"""What a reader outside the team gets of a digest."""

from __future__ import annotations

import weakref
from dataclasses import replace

import pytest

from pipeline.charts import Bars, Bin, Charts
from pipeline.followed import Thread, ThreadEvent
from pipeline.masks import MASK
from pipeline.privacy import Leaving, for_reader
from pipeline.privacy.within import evidence_of
from pipeline.records import Comment, Post, Span
from pipeline.render import FORMATS, calendar_ics
from tests.render.conftest import unbroken

PRIVATE = ("ป้าแจ่ม", "จินดา", "อรุณ", "สายชล", "มาลี", "น้ำฝน")
REACHED = ("081-234-5678", "jaem@example.org", "12/3")


def test_the_team_gets_all(digest, outside, settings):
    assert for_reader(digest, replace(outside, outside=False), settings) is digest


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_private_leaves_in_any_form(form, digest, outside, settings):
    told = unbroken(FORMATS[form][1](for_reader(digest, outside, settings)))
    assert [word for word in (*PRIVATE, *REACHED) if word in told] == []
    assert MASK in told
    assert "นายอำเภอสมชาย" in told


@pytest.mark.parametrize("form", FORMATS)
def test_names_are_shown_where_the_settings_say_so(form, digest, outside, showing):
    told = unbroken(FORMATS[form][1](for_reader(digest, outside, showing)))
    assert "ป้าแจ่ม" in told
    assert [word for word in REACHED if word in told] == []


def test_a_quotation_stays_one_with_the_mask_in_its_place(digest, outside, settings):
    left = for_reader(digest, outside, settings)
    assert left.sections[0].items[0].evidence[0].passage.quote == "ป้า▮เล่าว่าถามได้ที่ ▮ หรือ ▮"
    assert [one.passage.id for one in evidence_of(left)] == [one.passage.id for one in evidence_of(digest)]


def test_who_is_known_by_a_title_is_known_everywhere(digest, outside, settings):
    [issue] = for_reader(digest, outside, settings).sections[1].items
    assert issue.evidence[0].passage.quote == "ป้า▮ร่างไว้แต่ยังไม่มีใครทำ"
    assert issue.evidence[0].passage.chain[0].text == "ป้า▮ร่างไว้"


def test_nothing_private_leaves_by_a_calendar_that_tells_what_may_have_settled_a_matter(digest, settings):
    line, leaving = digest.followed[0], Leaving([digest], settings.privacy)
    news = ThreadEvent(line.may_end[1].passage, "done")
    thread = Thread("t1", "action", line.title, "open", (ThreadEvent(line.opener.passage, "opens"),), line.owners, line.due, end_doubt=news)
    known = {one.passage.id: one for one in (line.opener, line.may_end[1])}
    written = calendar_ics(
        digest.project, "Asia/Bangkok", digest.last_post, [leaving.thread(thread)], lambda one: leaving.evidence(known[one.id])
    ).decode()
    told = written.replace("\r\n ", "")
    assert "อาจทำแล้ว รอคนยืนยัน: “ป้า▮ว่าคุยกันแล้ว ถามได้ที่ ▮”" in told
    assert [word for word in (*PRIVATE, *REACHED) if word in told] == []


def test_fields_owners_and_registers_follow_the_same_rules(digest, outside, settings):
    left = for_reader(digest, outside, settings)
    action = left.sections[2].items[0].evidence[0].passage.action
    assert [actor.text for actor in action.who] == ["ครู▮", "นายอำเภอสมชาย"]
    assert action.where == "บ้านเลขที่ ▮ หมู่ 4"
    assert left.followed[0].owners == ("ครู▮", "กศน.")
    assert left.followed[0].title == "ให้ครู▮ไปคุย"
    assert left.registers[0].items[0].name == "กองทุนของป้า▮"
    assert left.registers[0].items[0].facts == (("means", "โทร ▮"),)


def test_a_place_in_a_chart_does_not_tell_who_lives_there(digest, outside, settings):
    bars = Bars("places", ("lesson",), (Bin((2,), name="สวนของป้าแจ่ม"), Bin((1,), name="ต.ดอนแก้ว")))
    left = for_reader(replace(digest, charts=Charts(bars=(bars,))), outside, settings)
    assert [one.name for one in left.charts.bars[0].bins] == ["สวนของป้า▮", "ต.ดอนแก้ว"]


def test_as_many_sources_are_told_as_before(digest, outside, settings):
    before, after = digest.sections[0].items[0], for_reader(digest, outside, settings).sections[0].items[0]
    assert after.sources == before.sources == 3


def test_an_address_of_the_web_with_a_person_in_it_does_not_leave(digest, outside, settings):
    item = digest.sections[0].items[0]
    for url in ("https://example.org/?to=jaem%40example.org", "https://example.org/0812345678"):
        named = replace(item, evidence=(replace(item.evidence[0], url=url),))
        told = replace(digest, sections=(replace(digest.sections[0], items=(named,)), *digest.sections[1:]))
        assert for_reader(told, outside, settings).sections[0].items[0].evidence[0].url is None


def test_what_was_masked_is_counted_without_the_words(digest, settings):
    leaving = Leaving([digest], settings.privacy)
    leaving.digest(digest)
    assert leaving.counted["phone", "quote"] == 4  # four passages, each once
    assert leaving.counted["house number", "quote"] == 1
    assert not [key for key in leaving.counted if any(word in "".join(key) for word in (*PRIVATE, *REACHED))]


def test_a_post_keeps_every_offset(digest, settings):
    text = "คุณสมศรี ทองมากบอกว่าโทร 081-234-5678\n\nดีค่ะ"
    post = Post("1", "1.txt", "/1.txt", text, "เรื่องของป้าแจ่ม", "อรุณ สายชล", body=(Span(0, 38),), comments=(Comment(Span(40, 45), "มาลี"),))
    left = Leaving([digest], settings.privacy).post(post)
    assert len(left.text) == len(text)
    assert left.text == f"คุณ{MASK * 12}บอกว่าโทร {MASK * 12}\n\nดีค่ะ"
    assert (left.title, left.author, left.comments[0].author) == ("เรื่องของป้า▮", "▮", "▮")


def test_a_text_that_comes_again_is_masked_and_counted_again(digest, settings):
    leaving = Leaving([digest], settings.privacy)
    assert {leaving.text("โทร 081-234-5678", "title") for _ in range(2)} == {"โทร ▮"}
    assert leaving.counted["phone", "title"] == 2


def test_what_is_no_name_in_a_text_is_one_where_a_name_stands(digest, settings):
    leaving = Leaving([digest], settings.privacy)
    post = Post(id="1", source="1.txt", origin="/1.txt", text="ดอกไม้ป่า", title="ดอกไม้ป่า", author="ดอกไม้ป่า", lead=None, body=(), comments=())
    left = leaving.post(post)
    assert (left.title, left.author) == ("ดอกไม้ป่า", MASK)


class Said(str):
    """A text that tells whether somebody still holds it."""

    __slots__ = ("__weakref__",)


def test_a_long_text_is_not_remembered(digest, settings):
    leaving, long = Leaving([digest], settings.privacy), "นัดกันใหม่ " * 9_000
    held = weakref.ref(said := Said(f"{long}โทร 081-234-5678"))
    assert leaving.text(said, "post").endswith("โทร ▮")
    del said
    assert held() is None
