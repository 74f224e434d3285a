"""What is seldom news of a matter needs twice as much to be offered; what is near it, and mostly news, does not."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import Remarks
from pipeline.threads import follow
from pipeline.threads.said import all_said
from tests.threads.test_follow import DAY, LINKER, NEWS, OPENED, said

TERM = {"strength": "resolved", "remarks": Remarks(item=2)}
QUESTION = said(OPENED, label="issue", voice="commenter", facets=("question",))
TASK, TROUBLE, LESSON = said(OPENED), said(OPENED, label="issue"), said(OPENED, label="lesson")


def is_offered(opener, news, times=1.5):
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
    assert not is_offered(opener, news)
    assert is_offered(opener, news, times=2.5)


@pytest.mark.parametrize(
    ("opener", "news"),
    [
        (TASK, said(NEWS, 1)),
        (TASK, said(NEWS, 1, label="issue")),
        (TROUBLE, said(f"{NEWS} นัดประชุม", 1, days=[DAY])),
        (TROUBLE, said(NEWS, 1, **TERM)),
        (TROUBLE, said(NEWS, label="issue", voice="commenter", start=500)),
        (LESSON, said(NEWS, 1)),
        (LESSON, said(NEWS, 1, label="issue")),
        (said(OPENED, days=[DAY]), said(f"{NEWS} นัดประชุม", 1, days=[DAY])),
        (QUESTION, said(NEWS, 1, state="done")),
        (QUESTION, said(NEWS, voice="reply", start=500)),
    ],
    ids=[
        "a task of another post",
        "its trouble",
        "a meeting about a trouble",
        "a term about a trouble",
        "a comment's trouble with a trouble",
        "who uses a lesson",
        "a trouble that shows a lesson again",
        "a meeting on the day of the task",
        "what another post has done as an answer",
        "what a reply will do as an answer",
    ],
)
def test_what_is_near_it_is_offered_as_other_news_are(opener, news):
    assert is_offered(opener, news)


@pytest.mark.parametrize(("day", "offered"), [(date(2009, 3, 20), True), (date(2009, 12, 20), False), (date(2008, 3, 6), False)])
def test_a_meeting_half_a_year_away_is_another_one(day, offered):
    assert is_offered(said(f"{OPENED} นัดประชุม", days=[DAY]), said(f"{NEWS} นัดประชุม", 1, days=[day]), times=2.5) is offered
