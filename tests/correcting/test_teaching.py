"""What reviewers decided teaches, with the weight of how it was decided, and nothing else of the post does."""

import pytest

from pipeline.correcting.teaching import taught_post
from pipeline.corrections import live

TEXT = "ต้องลองชิมก่อนขายจึงจะรู้รส เตาอบใบเล็กไฟดับกลางคัน พี่นิดจะยืมเตาโรงเรียนวันพฤหัส ขอบคุณทุกคน"
LESSON, ISSUE, ACTION, THANKS = TEXT.split(" ")


@pytest.fixture
def post(a_post):
    return a_post(TEXT)


@pytest.fixture
def said(post, a_passage):
    return [a_passage(post, LESSON), a_passage(post, ISSUE), a_passage(post, ACTION, "action")]


def rows(post, said, *corrections):
    return [(one.span.of(TEXT), one.label, one.weight, one.reviewer) for one in taught_post(post, said, live(corrections)).taught]


def test_each_decision_teaches_with_its_weight_and_other_teaches_too(post, said, a_correction):
    decisions = [
        a_correction(post, LESSON, after="lesson", basis="accepted"),
        a_correction(post, ISSUE, after="issue"),
        a_correction(post, ACTION, after="other", basis="adjudicated", reviewer="judge"),
        a_correction(post, THANKS, "add", "lesson", reviewer="suda"),
    ]
    assert rows(post, said, *decisions) == [
        (LESSON, "lesson", 0.5, "somchai"), (ISSUE, "issue", 0.8, "somchai"), (ACTION, "other", 1.0, "judge"), (THANKS, "lesson", 0.8, "suda"),
    ]  # fmt: skip
    assert [passage.quote for passage in taught_post(post, said, decisions).labelled.passages] == [LESSON, ISSUE, THANKS]


def test_the_last_word_teaches_and_what_was_taken_back_does_not(post, said, a_correction):
    first = a_correction(post, ISSUE, after="other")
    assert rows(post, said, first, a_correction(post, ISSUE, after="issue", reviewer="suda")) == [(ISSUE, "issue", 0.8, "suda")]
    assert rows(post, said, first, a_correction(post, ISSUE, "undo", undoes=first.key)) == []


def test_the_phase_of_a_post_teaches_nothing_of_its_passages(post, said, a_correction):
    assert rows(post, said, a_correction(post, ISSUE, "post-phase", "wide", anchor=None)) == []
    assert rows(post, said, a_correction(post, ISSUE, after="issue"), a_correction(post, ISSUE, "post-phase", None, anchor=None)) == [
        (ISSUE, "issue", 0.8, "somchai")
    ]


def test_two_who_read_alike_without_seeing_each_other_teach_as_an_adjudicator(post, said, a_correction):
    decisions = [a_correction(post, ISSUE, after="issue", reviewer=who, lane=who, basis="accepted") for who in ("somchai", "suda")]
    assert rows(post, said, *decisions) == [(ISSUE, "issue", 1.0, "suda")]


def test_a_moved_edge_teaches_where_it_is_now(post, said, a_correction):
    moved = a_correction(post, ACTION, "span", further=["พี่นิดจะยืมเตาโรงเรียน"])
    labelled = a_correction(post, ACTION, after="action", basis="accepted")
    assert rows(post, said, moved) == [("พี่นิดจะยืมเตาโรงเรียน", "action", 0.8, "somchai")]
    assert rows(post, said, labelled, moved) == [("พี่นิดจะยืมเตาโรงเรียน", "action", 0.5, "somchai")]


def test_trials_and_lost_words_teach_nothing(post, a_post, said, a_correction):
    tried = a_correction(post, ISSUE, after="issue", queued="gold", lane="gold somchai")
    assert rows(post, said, tried) == []
    kept = a_correction(post, ISSUE, after="issue")
    assert taught_post(a_post("หน้านี้เขียนใหม่ทั้งหมดแล้ว"), [], [kept]).taught == ()
