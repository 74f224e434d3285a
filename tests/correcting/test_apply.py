"""What a reader sees is the model's passage and the newest correction that finds its words."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.correcting.apply import corrected, held
from pipeline.corrections import live
from pipeline.records import ActionFields, Actor, Comment, Span, When

TEXT = "บันทึกจากวงคุย\n\nต้องถามคนในซอยก่อนจึงจะวางท่อได้ตรงจุด ถังหมักใบเก่ารั่วจนกลิ่นเต็มซอย ลุงชื่นจะไปเบิกถังใหม่วันจันทร์\n\nขอบคุณทุกคนที่มา"
LESSON, ISSUE, ACTION = "ต้องถามคนในซอยก่อนจึงจะวางท่อได้ตรงจุด", "ถังหมักใบเก่ารั่วจนกลิ่นเต็มซอย", "ลุงชื่นจะไปเบิกถังใหม่วันจันทร์"


@pytest.fixture
def post(a_post):
    return a_post(TEXT)


@pytest.fixture
def said(post, a_passage):
    return [a_passage(post, LESSON), a_passage(post, ISSUE, "lesson"), a_passage(post, ACTION, "action", action=ActionFields(what="เบิกถังใหม่"))]


def seen(post, said, *corrections):
    return {passage.quote: (passage.label, passage.origin) for passage in corrected(post, said, live(corrections))}


def test_a_label_is_the_reviewers_and_the_rest_stays(post, said, a_correction):
    [lesson, issue, action] = corrected(post, said, [a_correction(post, ISSUE, after="issue")])
    assert (issue.label, issue.origin, issue.confidence, issue.id) == ("issue", "reviewer", 1.0, said[1].id)
    assert (lesson, action) == (said[0], said[2])


def test_other_removes_a_passage_and_a_newer_label_brings_it_back(post, said, a_correction):
    away = a_correction(post, ISSUE, after="other")
    assert ISSUE not in seen(post, said, away)
    assert seen(post, said, away, a_correction(post, ISSUE, after="issue"))[ISSUE] == ("issue", "reviewer")


def test_what_was_taken_back_changes_nothing(post, said, a_correction):
    away = a_correction(post, ISSUE, after="other")
    undone = a_correction(post, ISSUE, "undo", undoes=away.key)
    assert corrected(post, said, live([away, undone])) == said
    assert ISSUE not in seen(post, said, away, undone, a_correction(post, ISSUE, "undo", undoes=undone.key))


def test_a_missed_passage_is_there_in_the_voice_of_whoever_wrote_it(post, said, a_correction):
    spoken = replace(post, comments=(Comment(Span(post.text.index("ขอบคุณ"), len(post.text)), "แดง"),))
    found = corrected(spoken, said, [a_correction(spoken, "ขอบคุณทุกคนที่มา", "add", "lesson")])[-1]
    assert (found.quote, found.label, found.voice, found.speaker, found.origin) == ("ขอบคุณทุกคนที่มา", "lesson", "commenter", "แดง", "reviewer")


def test_an_edge_moves_and_the_fields_stay(post, said, a_correction):
    moved = a_correction(post, ACTION, "span", further=["ลุงชื่นจะไปเบิกถังใหม่"])
    [*_, action] = corrected(post, said, [moved])
    assert (action.quote, action.label, action.action.what) == ("ลุงชื่นจะไปเบิกถังใหม่", "action", "เบิกถังใหม่")


def test_a_label_after_an_edge_has_moved_keeps_the_edge(post, said, a_correction):
    moved = a_correction(post, ACTION, "span", further=["ลุงชื่นจะไปเบิกถังใหม่"])
    assert "ลุงชื่นจะไปเบิกถังใหม่" in seen(post, said, moved, a_correction(post, ACTION, after="issue"))


def test_a_split_makes_two_and_each_can_be_labelled(post, a_passage, a_correction):
    whole = f"{ISSUE} {ACTION}"
    split = a_correction(post, whole, "split", further=[ISSUE, ACTION])
    labelled = a_correction(post, ACTION, after="action")
    assert seen(post, [a_passage(post, whole, "issue")], split, labelled) == {ISSUE: ("issue", "reviewer"), ACTION: ("action", "reviewer")}


def test_a_merge_makes_one(post, said, a_correction):
    merged = a_correction(post, LESSON, "merge", further=[f"{LESSON} {ISSUE}"])
    assert list(seen(post, said, merged)) == [f"{LESSON} {ISSUE}", ACTION]


def test_fields_of_an_action_are_set_and_a_lesson_has_none(post, said, a_correction):
    fields = [
        a_correction(post, ACTION, "who", [{"text": "ลุงชื่น"}]),
        a_correction(post, ACTION, "when", [{"text": "วันจันทร์", "first_day": "2026-01-12"}]),
        a_correction(post, ACTION, "where", "คลังเทศบาล"),
        a_correction(post, ACTION, "state", "planned"),
    ]
    action = corrected(post, said, fields)[-1].action
    assert (action.who, action.where, action.state, action.what) == ((Actor("ลุงชื่น"),), "คลังเทศบาล", "planned", "เบิกถังใหม่")
    assert action.when == (When("วันจันทร์", date(2026, 1, 12), date(2026, 1, 12), basis="reviewer"),)
    assert corrected(post, said, [*fields, a_correction(post, ACTION, after="lesson")])[-1].action is None


def test_phase_voice_and_speaker_are_the_reviewers_and_may_be_none(post, said, a_correction):
    one = [a_correction(post, LESSON, "phase", None), a_correction(post, LESSON, "voice", "quoted"), a_correction(post, LESSON, "speaker", "ลุงชื่น")]
    first, *others = corrected(post, said, one)
    assert (first.phase, first.phase_by, first.voice, first.speaker, first.origin) == (None, "reviewer", "quoted", "ลุงชื่น", "reviewer")
    assert others == said[1:]


def test_the_phase_of_a_post_is_that_of_all_its_passages_until_one_is_told_otherwise(post, said, a_correction):
    whole = a_correction(post, LESSON, "post-phase", "wide", anchor=None)
    assert {(one.phase, one.phase_by, one.origin) for one in corrected(post, said, [whole])} == {("wide", "reviewer", "model")}
    but = a_correction(post, ISSUE, "phase", "pilot")
    assert [one.phase for one in corrected(post, said, [whole, but])].count("pilot") == 1
    assert {one.phase for one in corrected(post, said, [whole, but, a_correction(post, LESSON, "post-phase", None, anchor=None)])} == {None}


def test_what_an_adjudicator_decided_stands_against_later_opinions(post, said, a_correction):
    decided = a_correction(post, ISSUE, after="issue", basis="adjudicated")
    assert seen(post, said, decided, a_correction(post, ISSUE, after="other"))[ISSUE] == ("issue", "reviewer")
    assert seen(post, said, decided, a_correction(post, ISSUE, after="action", basis="adjudicated"))[ISSUE] == ("action", "reviewer")


def test_another_model_that_cuts_otherwise_loses_nothing(post, said, a_passage, a_correction):
    confirmed = a_correction(post, ISSUE, after="issue")
    gone = a_correction(post, LESSON, after="other")
    other_model = [a_passage(post, "ต้องถามคนในซอยก่อน"), a_passage(post, "จึงจะวางท่อได้ตรงจุด"), a_passage(post, f"{ISSUE} ลุงชื่น")]
    assert seen(post, other_model, confirmed, gone) == {ISSUE: ("issue", "reviewer")}
    assert seen(post, [], confirmed) == {ISSUE: ("issue", "reviewer")}


def test_another_text_loses_nothing_and_what_is_gone_waits(post, a_post, said, a_correction):
    confirmed = a_correction(post, ISSUE, after="issue")
    longer = a_post(f"เพิ่มย่อหน้าใหม่ไว้ข้างบน\n\n{TEXT}")
    [found] = corrected(longer, [], [confirmed])
    assert (found.quote, found.span.of(longer.text)) == (ISSUE, ISSUE)
    [orphan] = held(a_post("บันทึกนี้เหลือแต่คำทักทาย"), [confirmed])
    assert (orphan.holding, orphan.span) == ("orphan", None)
    assert corrected(a_post("บันทึกนี้เหลือแต่คำทักทาย"), [], [confirmed]) == []
