"""Threads are judged by the links, the states and the days that readers marked."""

from dataclasses import replace
from datetime import date

from pipeline.evaluate.threads import judge_threads
from pipeline.followed import Thread, ThreadEvent
from pipeline.labelled import MarkedEvent, MarkedThread
from pipeline.records import ActionFields, Passage, Span, When

OLD, NEW = date(2009, 3, 6), date(2009, 3, 16)


def passage(number, day=None):
    action = ActionFields(when=(When("", day, day),)) if day else None
    return Passage(f"{number}", f"w/{number}.txt", Span(0, 9), "ขุดบ่อปลา", "action", 1.0, action=action)


PUT, MOVED, STRANGER = passage(1, OLD), passage(2, NEW), passage(3)


def marked(*relations, state="moved", kind="plan"):
    places = zip((PUT, MOVED, STRANGER), relations, strict=False)
    return MarkedThread("w", "s", kind, "", state, tuple(MarkedEvent(one.source, one.span, relation) for one, relation in places))


def told(*events, state="moved", due=NEW, kind="plan"):
    return Thread("t", kind, "", state, tuple(ThreadEvent(one, relation) for one, relation in events), due=due)


def judged(*followed, of=None):
    return judge_threads([of or marked("opens", "moved")], [PUT, MOVED, STRANGER], followed)


def test_a_link_is_right_where_readers_made_it_too():
    told_of = judged(told((PUT, "opens"), (MOVED, "moved"), (STRANGER, "mentions")))
    assert "1 links marked, 2 made" in told_of
    assert "plan               precision 0.500 (2 made)   recall 1.000 (1 marked;" in told_of


def test_candidates_are_counted_apart():
    assert "offered to a reviewer: 1, 1 of them right" in judged(told((PUT, "opens"), (MOVED, "moved"), state="candidate"))


def test_a_link_that_is_offered_is_held_too():
    assert "made or offered: 1 of 1 links marked" in judged(told((PUT, "opens"), (MOVED, "moved"), state="candidate"))
    assert "made or offered: 0 of 1 links marked" in judged(told((PUT, "opens"), (STRANGER, "moved"), state="candidate"))


def test_a_closing_is_wrong_where_readers_saw_it_open():
    assert "closed 1, 1 of them wrongly" in judged(told((PUT, "opens"), (MOVED, "done"), state="done"))
    assert "closed 1, 0 of them wrongly" in judged(told((PUT, "opens"), (MOVED, "done"), state="done"), of=marked("opens", "done", state="done"))


def test_states_are_compared_where_the_thread_was_opened():
    assert "states right: 1 of 1 threads opened: plan 1 of 1" in judged(told((PUT, "opens"), (MOVED, "moved")))
    assert "states right: 0 of 1 threads opened: plan 0 of 1" in judged(told((PUT, "opens"), state="open"))
    assert "states right: 0 of 0" in judged()


def test_an_old_day_that_is_told_as_current_is_seen():
    assert "days that were moved: 1 threads, 0 of them told with the old day" in judged(told((PUT, "opens"), (MOVED, "moved")))
    assert "days that were moved: 1 threads, 1 of them told with the old day" in judged(told((PUT, "opens"), state="open", due=OLD))


def test_the_day_of_what_is_closed_is_not_in_doubt():
    for state, doubted in (("open", 1), ("done", 0)):
        given = replace(told((PUT, "opens"), state=state, due=OLD), day_doubt=ThreadEvent(MOVED, "moved"))
        assert f"days in doubt: {doubted}, {doubted} of them were moved" in judged(given)


def test_the_day_of_what_is_done_about_a_trouble_is_no_old_day_of_it():
    raised = told((PUT, "opens"), state="open", due=OLD, kind="issue")
    assert "days that were moved: 1 threads, 0 of them told with the old day" in judged(raised, of=marked("opens", "moved", kind="issue"))
