"""Of each marked link and state it is told where it was lost: what the figures of threads are made of."""

import pytest

from pipeline.evaluate.lost import place_of, reached
from pipeline.evaluate.threads import judge_threads
from tests.evaluate.test_threads import MOVED, PUT, STRANGER, marked, told

OPENED = told((PUT, "opens"), state="open")
LINKED = told((PUT, "opens"), (MOVED, "moved"))
ASKED = told((PUT, "opens"), (MOVED, "moved"), state="candidate")
WRONG = told((PUT, "opens"), (STRANGER, "progress"), state="progress")
OWN = told((MOVED, "opens"), state="open")
PAIR = (place_of(PUT), place_of(MOVED))


@pytest.mark.parametrize(
    ("followed", "compared", "stage"),
    [
        ([LINKED], {PAIR}, "made"),
        ([OPENED, ASKED], {PAIR}, "offered"),
        ([OPENED, OWN], {PAIR}, "unlikely"),
        ([OPENED], set(), "not compared"),
        ([], {(place_of(PUT), place_of(STRANGER))}, "not compared"),
        ([OWN], set(), "not opened"),
    ],
    ids=["made", "offered", "compared", "only opened", "a lesson that waits unheard of", "only the news opened something"],
)
def test_a_marked_link_is_lost_where_it_went_no_farther(followed, compared, stage):
    assert dict(reached([marked("opens", "moved")], followed, compared).links["plan"]) == {stage: 1}


@pytest.mark.parametrize(
    ("relations", "state", "followed", "why"),
    [
        (("opens", "moved"), "moved", [LINKED], "right"),
        (("opens", "moved"), "moved", [OWN], "not opened"),
        (("opens", "moved"), "moved", [OPENED], "last link lost"),
        (("opens", "moved"), "moved", [OPENED, ASKED], "last link offered"),
        (("opens", "moved", "done"), "done", [told((PUT, "opens"), (STRANGER, "progress"), state="progress")], "an earlier link lost"),
        (("opens",), "open", [WRONG], "a wrong link"),
        (("opens", "moved"), "done", [LINKED], "all links there"),
    ],
)
def test_a_marked_state_is_lost_with_its_last_link_or_for_what_else(relations, state, followed, why):
    assert dict(reached([marked(*relations, state=state)], followed, set()).states) == {why: 1}


def test_the_figures_tell_where_links_and_states_are_lost():
    lines = judge_threads([marked("opens", "moved"), marked("opens", "moved", kind="issue")], [PUT, MOVED], [OPENED], {PAIR})
    assert "recall 0.000 (2 marked; offered 0, unlikely 2, not compared 0, not opened 0)" in lines
    assert "plan               precision 0.000 (0 made)   recall 0.000 (1 marked; offered 0, unlikely 1," in lines
    assert "states of all 2 threads marked: 0 right; not opened 0, last link lost 2, last link offered 0" in lines


def test_a_thread_that_nothing_opened_is_counted_among_all():
    lines = judge_threads([marked("opens", "moved")], [PUT, MOVED], [])
    assert "states right: 0 of 0 threads opened" in lines
    assert "states of all 1 threads marked: 0 right; not opened 1" in lines
