"""What would settle a matter and waits for a person is told of it, and settles nothing."""

from dataclasses import replace

import pytest

from pipeline.followed import ThreadEvent
from pipeline.threads import Linker, follow
from pipeline.threads.endings import with_end_doubts
from pipeline.threads.forest import Tree
from pipeline.threads.verdicts import CONFIRMED, REJECTED, RELATED, Said, judged

DOUBTS = Linker((Tree((0,), (0.0,), (0,), (0,), (0.0,)),), 0.0, 0.8, 0.9, 0.3)  # every pair is half likely: no link is made, each is offered
PLAN, NEWS, LATER = "ครูแดงจะซ่อมรั้วโรงเรียน", "ซ่อมรั้วโรงเรียนเสร็จแล้ว", "รั้วโรงเรียนซ่อมครบทุกด้านแล้ว"


def told_of(passage, *more):
    return passage(PLAN), passage(NEWS, 1, state="done"), *more


def ends(told, threads):
    place = {one.passage.id: number for number, one in enumerate(told)}
    return {one.opened_by.quote: one for one in with_end_doubts(threads, place) if one.state != "candidate"}


def test_the_last_such_news_is_told_and_nothing_is_closed(passage):
    told = told_of(passage, passage(LATER, 2, state="done"))
    threads = follow(told, DOUBTS)
    for given in (threads, threads[::-1]):
        plan = ends(told, given)[PLAN]
        assert (plan.state, plan.end_doubt.passage.quote, plan.end_doubt.relation) == ("open", LATER, "done")


def test_news_that_ends_nothing_is_not_told(passage):
    told = passage(PLAN), passage("กำลังซ่อมรั้วโรงเรียน", 1, state="ongoing")
    threads = follow(told, DOUBTS)
    assert any(one.state == "candidate" for one in threads)
    assert ends(told, threads)[PLAN].end_doubt is None


@pytest.mark.parametrize(("news", "ends"), [("ท่อน้ำหน้าโรงเรียนแตก แก้ได้แล้ว", True), ("ท่อน้ำหน้าโรงเรียนซ่อมไป 2 หน", False)])
def test_a_trouble_may_be_settled_only_by_what_says_that_it_is_gone(passage, news, ends):
    told = passage("ท่อน้ำหน้าโรงเรียนแตกทุกหน้าแล้ง", label="issue"), passage(news, 1, state="done")
    threads = follow(told, DOUBTS)
    assert [one.last.relation for one in threads if one.state == "candidate"] == ["done"]
    place = {one.passage.id: number for number, one in enumerate(told)}
    [trouble] = [one for one in with_end_doubts(threads, place) if one.state != "candidate" and one.kind == "issue"]
    assert (trouble.end_doubt is not None) is ends


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_of_what_is_settled_nothing_is_asked(passage, state):
    told = told_of(passage)
    threads = [replace(one, state=state) if one.opened_by.quote == PLAN and one.state != "candidate" else one for one in follow(told, DOUBTS)]
    assert ends(told, threads)[PLAN].end_doubt is None


@pytest.mark.parametrize(("relation", "told"), [("refers", None), ("answers", "answers")])
def test_what_was_referred_on_is_not_told_as_perhaps_referred_on(passage, relation, told):
    passages = told_of(passage)
    threads = [
        replace(one, events=(one.events[0], replace(one.last, relation=relation))) if one.state == "candidate" else replace(one, state="referred")
        for one in follow(passages, DOUBTS)
    ]
    doubt = ends(passages, threads)[PLAN].end_doubt
    assert (doubt.relation if doubt else None) == told


@pytest.mark.parametrize(("verdict", "state"), [(CONFIRMED, "done"), (REJECTED, "open"), (RELATED, "open")])
def test_a_person_who_answers_ends_the_doubt(passage, verdict, state):
    told = told_of(passage)
    pair = told[0].passage.id, told[1].passage.id
    plan = ends(told, judged(follow(told, DOUBTS), told, {pair: Said(verdict, "แดง")}))[PLAN]
    assert (plan.state, plan.end_doubt) == (state, None)


def test_the_same_words_open_matters_of_two_kinds_each_with_its_own_news(passage):
    told = told_of(passage)
    threads = follow(told, DOUBTS)
    own = next(one for one in threads if one.state == "candidate" and one.opened_by.quote == PLAN)
    other = replace(own, kind="question", events=(own.events[0], ThreadEvent(own.last.passage, "answers")))
    plan = ends(told, [*(one for one in threads if one is not own), other])[PLAN]
    assert (plan.kind, plan.end_doubt) == ("action", None)
