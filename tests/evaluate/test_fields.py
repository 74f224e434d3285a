"""Fields are counted by what a reader would call right: the same owner, the same days, the same place."""

from datetime import date

import pytest

from pipeline.evaluate.fields import Found, ReadFields, as_table, same_time, score_fields
from pipeline.nlp.pieces import Piece
from pipeline.records import ActionFields, Actor, ChainLink, Passage, Span, When

DAY = When("6 มี.ค.", date(2009, 3, 6), date(2009, 3, 6))
MONTH = When("มีนาคม", date(2009, 3, 1), date(2009, 3, 31))


def row(gold, read, *, label="action", voice="author", heard="author"):
    passage = Passage("1", "1.txt", Span(0, 9), "ก" * 9, label, 1.0, voice=voice, speaker="ป้าศรี", action=gold)
    return ReadFields(passage, Piece(0, 9, 0, 0, "body", label=label, voice=heard, speaker="ป้าศรี", action=read), ())


def action(*who, **more):
    return ActionFields(tuple(Actor(name) for name in who), **more)


def test_owners_are_found_missed_and_false():
    rows = [row(action("ครูแดง", "พี่สม"), action("ครูแดง")), row(action(), action("ลุงคำ")), row(action("ป้าศรี"), action("อบต."))]
    scores = score_fields(rows)
    assert scores.who == Found(marked=3, read=3, right=1)
    assert (scores.ownerless, scores.false_owners, scores.strange_owners) == (1, 1, 1)
    assert (scores.who.precision, scores.who.recall, scores.who.f1) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        (DAY, DAY, True),
        (DAY, When("7 มี.ค.", date(2009, 3, 7), date(2009, 3, 7)), False),
        (MONTH, When("ต้นเดือน", date(2009, 3, 1), date(2009, 3, 10)), True),
        (MONTH, When("ต้นเดือน", date(2009, 4, 1), date(2009, 4, 10)), False),
        (When("", DAY.first_day, DAY.last_day, "09:30"), DAY, False),
        (DAY, When("", DAY.first_day, DAY.last_day, "09:30"), True),  # the mark does not say a time of day
        (When("", repeats="FREQ=MONTHLY"), When("", repeats="FREQ=MONTHLY"), True),
        (When("", repeats="FREQ=MONTHLY"), When("", repeats="FREQ=WEEKLY"), False),
        (DAY, When("เก้าโมง", time="09:00"), False),
    ],
)
def test_times_are_the_same_by_their_days(gold, read, same):
    assert same_time(gold, read) is same


def test_states_and_voices_are_shares_of_right_answers():
    rows = [
        row(action(state="planned", strength="assigned"), action(state="planned", strength="wish")),
        row(action(state="done", strength="done"), action(state="planned", strength="done"), voice="quoted", heard="quoted"),
        row(None, None, label="lesson", voice="quoted"),
    ]
    scores = score_fields(rows)
    assert scores.state == pytest.approx((0.5, 1 / 3))
    assert scores.strength == pytest.approx((0.5, 0.5))
    assert scores.voice == pytest.approx(2 / 3)
    assert scores.quoted == Found(marked=2, read=1, right=1)
    assert scores.speaker == 1


def test_links_are_right_where_they_share_half():
    gold = Passage("1", "1.txt", Span(0, 20), "ก" * 20, "issue", 1.0, chain=(ChainLink("cause", Span(0, 10), "ก" * 10),))
    read = Piece(0, 20, 0, 0, "body", label="issue")
    scores = score_fields([], [ReadFields(gold, read, (("cause", Span(2, 10)), ("effect", Span(11, 20))))])
    assert scores.chain["cause"] == Found(1, 1, 1)
    assert scores.chain["effect"] == Found(0, 1, 0)
    assert "chain: cause" in as_table(scores)


def test_nothing_gives_noughts():
    scores = score_fields([])
    assert (scores.who, scores.voice, scores.state) == (Found(0, 0, 0), 0.0, (0.0, 0.0))
    assert "0 of them actions" in as_table(scores)
