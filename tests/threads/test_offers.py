"""What is seldom news of a matter needs more to be offered; what is near it, and mostly news, does not."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import Remarks
from pipeline.threads import follow
from pipeline.threads.said import all_said
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said

TERM = {"strength": "resolved", "remarks": Remarks(item=2)}
QUESTION = said(OPENED, label="issue", voice="commenter", facets=("question",))
TASK, TROUBLE, LESSON = said(OPENED), said(OPENED, label="issue"), said(OPENED, label="lesson")


def is_offered(opener, news, times=1.2):
    """Say whether news is offered that is so many times likelier than the bound of an offer."""
    first, second = all_said([opener, news])
    [chance] = LINKER.weigh([first], second)
    found = follow([opener, news], replace(LINKER, sure=2.0, closes=2.0, maybe=chance / times))
    return any(thread.state == "candidate" for thread in found)


@pytest.mark.parametrize(
    ("opener", "news"),
    [
        (TASK, said(f"{NEWS} นัดประชุม", 1, days=[DAY])),
        (TASK, said(NEWS, 1, **TERM)),
        (TASK, said(NEWS, label="issue", voice="commenter", start=500)),
        (LESSON, said(NEWS, label="issue", voice="reply", start=500)),
        (QUESTION, said(NEWS, 1)),
    ],
    ids=[
        "a meeting of another post",
        "a term of another post",
        "a comment's trouble with a task",
        "a reply's doubt of a lesson",
        "what another post puts as an answer",
    ],
)
def test_what_is_seldom_news_needs_twice_as_much_to_be_offered(opener, news):
    assert not is_offered(opener, news, times=1.8)
    assert is_offered(opener, news, times=2.5)


@pytest.mark.parametrize(
    ("opener", "news"),
    [
        (TASK, said(NEWS, 1, state="ongoing")),
        (TASK, said(NEWS, 1, label="issue")),
        (TROUBLE, said(NEWS, days=[DAY], start=500)),
        (TROUBLE, said(NEWS, 1, state="ongoing", **TERM)),
        (TROUBLE, said(NEWS, label="issue", voice="commenter", start=500)),
        (said(OPENED, days=[DAY]), said(f"{NEWS} เลื่อนไปก่อน", 1)),
        (LESSON, said(NEWS, 1)),
        (LESSON, said(NEWS, 1, label="issue")),
        (said(OPENED, days=[DAY]), said(f"{NEWS} นัดประชุม", 1, days=[DAY])),
        (QUESTION, said(NEWS, 1, state="done")),
        (QUESTION, said(NEWS, voice="reply", start=500)),
    ],
    ids=[
        "what another post has begun",
        "its trouble",
        "what its own post sets out to do about a trouble",
        "a term that is kept about a trouble",
        "a comment's trouble with a trouble",
        "what another post puts off",
        "who uses a lesson",
        "a trouble that shows a lesson again",
        "a meeting on the day of the task",
        "what another post has done as an answer",
        "what a reply will do as an answer",
    ],
)
def test_what_is_near_it_is_offered_as_other_news_are(opener, news):
    assert is_offered(opener, news)


@pytest.mark.parametrize("opener", [TASK, TROUBLE], ids=["task", "trouble"])
@pytest.mark.parametrize("news", [said(NEWS, 1), said(NEWS, 1, label="lesson")], ids=["sets out", "has learnt"])
def test_what_another_post_sets_out_to_do_or_has_learnt_needs_half_as_much_again(opener, news):
    assert not is_offered(opener, news, times=1.4)
    assert is_offered(opener, news, times=1.6)


def test_a_sequel_that_another_post_promises_is_news_of_nothing():
    promise = f"{NEWS} แล้วจะมาเล่าให้ฟัง"
    assert is_offered(TROUBLE, said(promise, start=500), times=2.5)
    assert not is_offered(TROUBLE, said(promise, 1), times=2.5)


def test_of_a_passage_what_is_far_less_likely_than_the_likeliest_is_not_offered():
    less = "ครูแดงจะซ่อมท่อน้ำที่โรงเรียนหลังใหม่ของหมู่บ้าน"

    def asked(*openers, news=None):
        told = follow([*openers, news or said(NEWS, 1, state="ongoing")], replace(LINKER, sure=2.0, closes=2.0, maybe=0.01))
        return [thread.title for thread in told if thread.state == "candidate"]

    assert asked(said(less, start=500)) == [less]
    assert asked(said(OPENED), said(less, start=500)) == [OPENED]
    put_off = said(f"{NEWS} เลื่อนไปวันที่ 20", 1, days=[date(2009, 3, 20)], state="postponed")
    assert asked(said(OPENED), said(less, days=[DAY], start=500), news=put_off) == [OPENED, less]  # it may tell another day of it


@pytest.mark.parametrize(("day", "offered"), [(date(2009, 3, 20), True), (date(2009, 12, 20), False), (date(2008, 3, 6), False)])
def test_a_meeting_half_a_year_away_is_another_one(day, offered):
    assert is_offered(said(f"{OPENED} นัดประชุม", days=[DAY]), said(f"{NEWS} นัดประชุม", 1, days=[day]), times=2.5) is offered
