"""Each gold passage is found or has one kind of error; what touches nothing is a false alarm."""

import pytest

from pipeline.evaluate.errors import Judged, count_kinds, errors_of, worst_errors
from pipeline.labelled import GoldSpan
from pipeline.records import Passage, Span

TEXT = "กขคงจฉชซฌญ" * 20


def gold(start, end, label="lesson", **more):
    return GoldSpan(Span(start, end), label, **more)


def passage(start, end, label="lesson", confidence=0.9):
    return Passage("p", "a.txt", Span(start, end), TEXT[start:end], label, confidence, why=("ข",))


def judged(marks, found):
    return Judged("a.txt", TEXT, tuple(marks), tuple(found))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ([passage(0, 20)], "found"),
        ([passage(0, 20, "issue")], "wrong label"),
        ([passage(0, 9)], "border"),
        ([passage(0, 9, "issue")], "missed"),
        ([], "missed"),
        ([passage(0, 8), passage(8, 20)], "found"),  # one of them covers more than half
    ],
)
def test_a_gold_passage_has_one_kind(found, kind):
    kinds = count_kinds([judged([gold(0, 20)], found)])
    assert {name: count for name, count in kinds.items() if count} == {kind: 1}


def test_what_touches_no_mark_is_a_false_alarm_and_a_disputed_mark_asks_nothing():
    kinds = count_kinds([judged([gold(0, 20, disputed=True)], [passage(0, 20, "issue"), passage(50, 60)])])
    assert kinds == {"found": 0, "wrong label": 0, "border": 0, "missed": 0, "false alarm": 1}


def test_a_second_accepted_range_counts():
    assert errors_of(judged([gold(0, 100, also=Span(0, 20))], [passage(0, 20)])) == []


def test_the_worst_errors_are_the_surest_and_the_longest_missed():
    marks = [gold(0, 10), gold(20, 50), gold(60, 80, "action")]
    found = [passage(0, 10, "issue", 0.6), passage(103, 113, "action", 0.95)]
    worst = worst_errors([judged(marks, found)], count=2)
    assert [(error.kind, error.quote) for error in worst] == [("false alarm", TEXT[103:113]), ("missed", TEXT[20:50])]
    assert worst[0].why == ("ข",)
    assert len(worst_errors([judged(marks, found)], count=10)) == 4
