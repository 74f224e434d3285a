"""The section on what goes on: due first, settled last, doubtful links and problems without news left out."""

from dataclasses import replace
from datetime import date

from pipeline.digest.following import followed_lines, in_phase
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import Evidence, Passage, Span


def passage(place, phase="p1"):
    return Passage("1", "1.txt", Span(place, place + 5), "ก" * 5, "action", 0.9, phase=phase)


def thread(name, *relations, kind="action", state="open", due=None, phase="p1", moved=(None, None)):
    opener = passage(10 * len(name), phase)
    events = [ThreadEvent(passage(1000 + place), relation, *moved) for place, relation in enumerate(relations)]
    return Thread(name, kind, name, state, (ThreadEvent(opener, "opens"), *events), (), due)


def evidence_of(one):
    return Evidence(one, None, None, None, None)


def test_a_phase_tells_what_was_opened_in_it_and_is_worth_telling():
    told = [
        thread("a"),
        thread("bb", phase="p2"),
        thread("ccc", kind="issue"),
        thread("dddd", "problem", kind="issue"),
        thread("eeeee", "done", state="candidate"),
    ]
    assert [one.id for one in in_phase(told, "p1")] == ["a", "dddd"]


def test_what_is_due_comes_first_and_what_is_settled_last():
    told = [
        thread("done", "done", state="done", due=date(2009, 1, 1)),
        thread("late", due=date(2009, 5, 1)),
        thread("none"),
        thread("soon", due=date(2009, 2, 1)),
    ]
    lines = followed_lines(told, evidence_of, 3)
    assert [(line.state, line.due) for line in lines] == [("open", date(2009, 2, 1)), ("open", date(2009, 5, 1)), ("open", None)]


def test_what_can_still_be_done_comes_before_what_is_over():
    days = {"a year ago": date(2008, 1, 1), "last month": date(2009, 3, 1), "last week": date(2009, 4, 1), "to come": date(2009, 5, 1), "": None}
    doubtful = Thread("d", "action", "", "open", (ThreadEvent(replace(passage(1), confidence=0.4), "opens"),), (), date(2009, 4, 20))
    lines = followed_lines([*(thread(name, due=day) for name, day in days.items()), doubtful], evidence_of, 9, date(2009, 4, 10))
    assert [line.due for line in lines] == [*(days[name] for name in ("to come", "last week", "last month", "", "a year ago")), doubtful.due]


def test_a_topic_for_the_next_meeting_comes_before_a_term_that_stands_for_years():
    told = [thread("term", kind="commitment"), thread("topic", kind="carried-topic"), thread("broken term", "problem", kind="commitment")]
    assert [line.kind for line in followed_lines(told, evidence_of, 9)] == ["commitment", "carried-topic", "commitment"]
    assert followed_lines(told, evidence_of, 9)[-1].last is None


def test_the_day_of_a_remedy_is_not_that_of_the_problem():
    [line] = followed_lines([thread("x", "progress", kind="issue", due=date(2009, 4, 1))], evidence_of, 9)
    assert line.due is None


def test_a_line_has_the_last_news_and_each_move_of_the_day():
    [line] = followed_lines([thread("x", "mentions", "moved", state="moved", moved=("2009-03-06", "2009-03-16"))], evidence_of, 9)
    assert (line.relation, line.last.passage.span.start) == ("moved", 1001)
    assert line.moved == (("2009-03-06", "2009-03-16"),)


def test_without_news_nothing_is_said_of_news():
    [line] = followed_lines([thread("x")], evidence_of, 9)
    assert (line.last, line.relation, line.moved) == (None, None, ())
