"""A press is a decision that is kept whole, shown at once, and taken back whole."""

from datetime import UTC, datetime

import pytest

from pipeline.corrections import Anchor, Correction, anchor_of
from pipeline.desk import Desk
from pipeline.errors import CorrectionRefused
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
POST = Post("1", "1.txt", "/inbox/1.txt", "น้ำในบ่อพักขุ่นทุกเช้า ป้าแก้วจะขัดบ่อวันเสาร์")
WATER, SCRUB = Span(0, 22), Span(23, len(POST.text))


@pytest.fixture
def desk(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        store.put_posts([POST])
        said = [Passage("1", "1.txt", span, span.of(POST.text), "lesson", 0.6) for span in (WATER, SCRUB)]
        store.put_analysis("m1", "k1", [(POST, said)])
        yield Desk(store)


def correction(key, field="label", after="issue", span=WATER, **fields):
    return Correction(**{
        "item": f"1 {span.start}", "field": field, "reviewer": "somchai", "at": NOW, "key": key, "post": "1",
        "anchor": anchor_of(POST.text, span), "after": after, **fields,
    })  # fmt: skip


def seen(desk):
    return [(passage.quote, passage.label) for passage in desk.store.passages()]


def test_a_decision_is_seen_at_once_and_taken_back_whole(desk):
    before = seen(desk)
    desk.decide([correction("a/0", after="action", span=SCRUB), correction("a/1", "who", [{"text": "ป้าแก้ว"}], SCRUB)])
    [_, action] = desk.store.passages()
    assert (action.label, action.action.who[0].text) == ("action", "ป้าแก้ว")
    assert [one.key for one in desk.take_back("somchai", "u1", NOW)] == ["a/0", "a/1"]
    assert seen(desk) == before


def test_taking_back_goes_on_without_limit_and_twice_sent_is_once_done(desk):
    desk.decide([correction("a/0")])
    desk.decide([correction("b/0", span=SCRUB)])
    assert [[one.key for one in desk.take_back("somchai", key, NOW)] for key in ("u1", "u1", "u2", "u3")] == [["b/0"], ["b/0"], ["a/0"], []]
    desk.decide([correction("c/0", after="other")], 2)
    assert seen(desk) == [(SCRUB.of(POST.text), "lesson")]


def test_one_decision_of_many_is_taken_back_by_its_key_and_none_that_never_arrived(desk):
    desk.decide([correction("a/0")])
    desk.decide([correction("b/0", span=SCRUB)])
    assert [[one.key for one in desk.take_back("somchai", key, NOW, of)] for key, of in (("u1", "never"), ("u2", "a"), ("u3", "a"))] == [
        [],
        ["a/0"],
        [],
    ]
    assert [one.key for one in desk.take_back("somchai", "u4", NOW)] == ["b/0"]


def test_taking_back_goes_on_behind_many_that_were_taken_back(desk, monkeypatch):
    monkeypatch.setattr("pipeline.desk.deciding._LOOKED_BACK", 2)
    for number in range(4):
        desk.decide([correction(f"{number}/0", span=WATER if number % 2 else SCRUB)], number // 2)
    assert [[one.key for one in desk.take_back("somchai", f"u{number}", NOW)] for number in range(5)] == [["3/0"], ["2/0"], ["1/0"], ["0/0"], []]


def test_a_window_that_takes_back_while_another_does_and_decides_takes_back_what_stands_then(desk, monkeypatch):
    desk.decide([correction("a/0")])
    look = desk.store.corrections.by

    def overtaken(*asked):
        found = look(*asked)
        monkeypatch.setattr(desk.store.corrections, "by", look)
        assert [one.key for one in desk.take_back("somchai", "u1", NOW)] == ["a/0"]
        desk.decide([correction("b/0", after="action")], 2)
        return found

    monkeypatch.setattr(desk.store.corrections, "by", overtaken)
    assert [one.key for one in desk.take_back("somchai", "u2", NOW)] == ["b/0"]
    assert [one.undoes for one in desk.store.corrections.of_item("1 0") if one.field == "undo"] == ["a/0", "b/0"]


def test_nobody_takes_back_what_another_decided(desk):
    desk.decide([correction("a/0")])
    assert desk.take_back("suda", "u1", NOW) == []


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (correction("a/0", after="rumour"), "must be one of lesson, issue, action, other"),
        (correction("a/0", "add", "lesson", Span(1, 22)), "between whole signs"),
        (correction("a/0", "add", "lesson", Span(22, 23)), "must hold words"),
        (correction("a/0", "add", "lesson", anchor=Anchor(Span(0, 999), "", "", "", "")), "inside its post"),
        (correction("a/0", "state", "soon"), "a value of its kind"),
        (correction("a/0", "when", [{"first_day": "2569-13-01"}]), "a value of its kind"),
        (correction("a/0", "span", None), "number of passages"),
        (correction("a/0", "split", None, further=(anchor_of(POST.text, WATER), anchor_of(POST.text, Span(11, 30)))), "do not overlap"),
    ],
)
def test_what_is_no_correction_is_refused_and_not_kept(desk, made, says):
    with pytest.raises(CorrectionRefused, match=says):
        desk.decide([made])
    assert list(desk.store.corrections.every()) == []
