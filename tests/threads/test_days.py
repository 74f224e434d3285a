"""A day is told as the current one only where no later passage speaks against it; what moves it must call it."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from pipeline.followed import ThreadEvent
from pipeline.jobs.threads import thread_line
from pipeline.threads import follow
from pipeline.threads.doubts import may_move, other_day
from pipeline.threads.index import Opened
from pipeline.threads.openers import calls_day
from pipeline.threads.said import all_said
from pipeline.threads.verdicts import Said, judged
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said, threads

LATER = date(2009, 3, 16)


@pytest.mark.parametrize(
    ("quote", "calls"),
    [
        ("เลื่อนเป็นวันที่ 16 เพราะวันที่ 6 คนไปงานบุญ", True),
        ("ของเดิม 6 มีนาคม ขยับไปวันที่ 16", True),
        ("ของเดิม ๖ มี.ค. ขยับไปวันที่ ๑๖", True),
        ("เลื่อนเป็นวันที่ 16 เพราะมีคนมาแค่ 6 คน", False),
        ("เลื่อนเป็นวันที่ 16 เพราะวันที่ 6 เมษายนติดงานบุญ", False),
        ("เลื่อนไปเป็นวันที่ 16", False),
        ("ของเดิม 6 มีนาคม 2552 ขยับไปวันที่ 16", True),
        ("ของเดิม 6 มี.ค. พ.ศ. ๒๕๕๒ ขยับไปวันที่ ๑๖", True),
        ("ของเดิม 6 มี.ค. 52 ขยับไปวันที่ 16", True),
        ("ของเดิม 6 มีนาคม 2009 ขยับไปวันที่ 16", True),
        ("อย่างเมื่อ 6 มีนาคม 2551 ขยับไปวันที่ 16", False),
        ("อย่างเมื่อ 6 มี.ค. 51 ขยับไปวันที่ 16", False),
        ("ของเดิม 6 มี.ค. 52 คนมาไม่ได้ ขยับไปวันที่ 16", True),
    ],
)
def test_an_old_day_is_called_by_its_number_or_with_its_month(quote, calls):
    assert calls_day(said(quote, days=[LATER]).passage, DAY) is calls


def test_the_number_of_the_new_day_calls_no_old_one():
    assert not calls_day(said("เลื่อนไปเป็นวันที่ 6", days=[date(2009, 4, 6)]).passage, DAY)


@pytest.mark.parametrize("quote", ["ของเดิม 6 มีนาคม ขยับไปวันที่ 16", "เลื่อนเป็นวันที่ 16 เพราะวันที่ 6 คนไปงานบุญ"])
def test_without_a_year_the_nearest_such_day_is_called(quote):
    assert not calls_day(said(quote, days=[LATER.replace(year=2010)]).passage, DAY)
    assert calls_day(said("ของเดิม 28 ธันวาคม ขยับไปหลังปีใหม่", days=[date(2010, 1, 9)]).passage, date(2009, 12, 28))


@pytest.mark.parametrize(("words", "due"), [("เพราะวันที่ 6 ฝนตก", LATER), ("เพราะฝนตก", DAY)], ids=["it calls the old day", "it does not"])
def test_what_moves_a_day_without_being_sure_must_call_it(words, due):
    planned = said(f"{OPENED} นัดประชุม", days=[DAY])
    moves = said(f"เลื่อน{NEWS}{words}", 1, state="postponed", days=[LATER])
    linker = replace(LINKER, sure=0.999, maybe=0.02)
    chances = [one for one in follow([planned, moves], linker) if one.state != "candidate" and one.opened_by is planned.passage]
    assert [one.due for one in chances] == [due]
    assert chances[0].day_may_be == (None if due == LATER else LATER)


def test_of_what_may_be_put_off_the_one_whose_day_is_called_is_in_doubt():
    near = said("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", days=[date(2009, 3, 3)])
    called = said("กลุ่มทอผ้านัดเวทีที่ศาลาโคกกลาง", days=[DAY], start=400)
    news = said("ต้องเลื่อนมาเป็นวันที่ 16 เพราะวันที่ 6 เกี่ยวข้าวกันทั้งหมู่บ้าน", 1, state="postponed", days=[LATER])
    told = follow([near, called, news], replace(LINKER, sure=2.0, closes=2.0, maybe=1.0))
    doubted = {one.opened_by.quote: one.day_may_be for one in told if one.state != "candidate"}
    assert (doubted[near.passage.quote], doubted[called.passage.quote]) == (None, LATER)


def test_what_else_was_set_for_a_day_in_doubt_is_in_doubt_with_it():
    planned = said("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", days=[DAY])
    again = said("ทีมพัฒนาเตรียมข้าวกลางวันวันประชุมที่วัดหนองจอก", days=[DAY], start=400)
    other = said("โรงเรียนสอบปลายภาค", days=[DAY], start=800)
    news = said("เลื่อนไปก่อน ได้ฤกษ์วันพระหน้า", 1, state="postponed", days=[LATER])
    told = follow([planned, again, other, news], replace(LINKER, sure=2.0, closes=2.0, maybe=1.0))
    doubted = {one.opened_by.quote: one.day_may_be for one in told if one.state != "candidate"}
    assert (doubted[planned.passage.quote], doubted[again.passage.quote], doubted[other.passage.quote]) == (LATER, LATER, None)


def test_a_day_that_was_left_is_never_set_again():
    moves = said(f"เลื่อน{NEWS}", 1, state="postponed", days=[LATER])
    recalls = said(f"{NEWS}ตามที่นัดไว้แต่แรก", 2, state="ongoing", days=[DAY])
    thread = threads(said(OPENED, days=[DAY]), moves, recalls)[0]
    assert (len(thread.events), thread.due) == (3, LATER)


def test_a_later_day_that_no_word_moves_stands_beside_the_one_that_was_set_and_a_person_is_asked():
    other = said(NEWS, 1, state="ongoing", days=[LATER])
    thread, asked = threads(said(OPENED, days=[DAY]), other)
    assert (thread.last.relation, thread.due, thread.day_may_be) == ("progress", DAY, LATER)
    assert (asked.state, asked.last.relation, asked.last.after) == ("candidate", "moved", LATER.isoformat())
    again = replace(other, order=2, passage=replace(other.passage, post="post-2", source="2.txt"))
    agreed = threads(said(OPENED, days=[DAY]), other, again)[0]
    assert (agreed.due, agreed.day_doubt) == (LATER, None)


def test_a_day_that_was_in_doubt_when_an_end_was_told_is_in_doubt_again_where_a_person_says_that_it_was_no_end():
    told = [said(OPENED, days=[DAY]), said(NEWS, 1, state="ongoing", days=[LATER]), said(f"{NEWS}เรียบร้อยแล้ว", 2, state="done")]
    followed = follow(told, LINKER)
    pair = told[0].passage.id, told[2].passage.id
    days = {}
    for says in ("confirm", "related"):
        seen = judged(followed, told, {pair: Said(says, "แดง")})[0]
        days[seen.state] = seen.day_may_be
    assert days == {"done": None, "progress": LATER}


@pytest.mark.parametrize(("later", "doubted"), [(date(2009, 8, 20), True), (date(2009, 12, 1), False)])
def test_a_day_half_a_year_away_leaves_that_of_a_meeting_in_no_doubt(later, doubted):
    opened, news = all_said([said(OPENED, days=[DAY]), said("ประชุมเสร็จไปแล้ว", 1, state="done", days=[later])])
    plan = Opened("thread", "plan", [opened], [ThreadEvent(opened.told.passage, "opens")], 0, due=DAY)
    assert (other_day(plan, news) is not None) is doubted


def test_the_day_in_doubt_said_once_more_settles_nothing():
    planned = said(OPENED, days=[DAY])
    other, again = said(NEWS, 1, state="ongoing", days=[LATER]), said(NEWS, 2, state="ongoing", days=[DAY])
    assert threads(planned, other, again)[0].day_may_be == LATER


def test_a_meeting_on_another_day_without_a_word_that_moves_it_is_not_told_as_moved():
    planned = said(f"{OPENED} นัดประชุม", days=[DAY])
    offered = follow([planned, said(f"{OPENED} นัดประชุมอีกรอบ", 1, days=[date(2009, 5, 6)])], replace(LINKER, sure=2.0))[-1]
    assert (offered.state, offered.last.relation) == ("candidate", "progress")


def test_the_day_of_what_is_done_about_a_trouble_is_not_told_as_the_day_of_the_trouble():
    trouble = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลเสียมาสองเดือน", label="issue")
    plan = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลครูแดงจะซ่อม", 1, days=[DAY])
    rows = {row["kind"]: row["due"] for row in map(json.loads, map(thread_line, threads(trouble, plan)))}
    assert rows == {"issue": None, "action": DAY.isoformat()}


WORDS = ("ประชุมครั้งที่ 4", "เลื่อนประชุมออกไปก่อน", "เลื่อนจากวันที่ 6 เป็นวันที่ 16", "ได้ประชุมจริง", "ประชุมเรียบร้อยแล้ว")


@pytest.mark.parametrize(
    ("words", "state", "days"), list(product(WORDS, ("planned", "done", "postponed", "cancelled"), ((), (DAY,), (LATER,), (DAY, LATER)))), ids=str
)
def test_what_names_no_day_and_puts_nothing_off_leaves_no_day_in_doubt(words, state, days):
    opener, news = all_said([said("ประชุมครั้งที่ 4 ที่ศาลา", days=[DAY]), said(words, 1, state=state, days=days)])
    for kind in ("plan", "action", "cadence", "commitment"):
        doubt = other_day(Opened("t", kind, [opener], [ThreadEvent(opener.told.passage, "opens")], 0, due=DAY), news)
        assert may_move(news) or doubt is None
