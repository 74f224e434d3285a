"""A reply that says yes or no to a question in its words answers it; what only begins so does not."""

from dataclasses import replace

import pytest

from pipeline.followed import ThreadEvent
from pipeline.threads import deciding, follow
from pipeline.threads.answers import answers_plainly
from pipeline.threads.index import Opened
from pipeline.threads.relations import event_of_link
from pipeline.threads.rivals import Ranked
from pipeline.threads.said import all_said
from tests.threads.linked import LINKER, said

DEAF = replace(LINKER, sure=2.0, closes=2.0, maybe=2.0)
ASKED = "ที่ตลาดนัดเห็นว่าแม่ค้าเยอะ ตอนจัดร้านเกิดการทะเลาะกันหรือเปล่าครับ"


def question(quote=ASKED, start=0, **more):
    return said(quote, label="issue", voice="commenter", facets=("question",), start=start, **more)


def reply(quote, *, label="issue", start=900, **more):
    return said(quote, label=label, voice="reply", start=start, **more)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ASKED, "ไม่มีทะเลาะเลยครับ จับฉลากกันทุกร้าน"),
        ("เครื่องชั่งของกลุ่มมีคนดูแลไหมคะ", "มีค่ะ ป้าน้อยดูให้"),
        ("ส่งแบบสำรวจกันแล้วหรือยังครับ", "ยังไม่ส่งครับ รอหมู่ 4"),
        ("ขอไปนั่งฟังด้วยได้มั้ยคะ", "ได้เลยค่ะ"),
        ("กรรมการเคยไปดูที่อื่นบ้างไหมครับ", "ครับ เคยครับ ไปมาสองที่"),
    ],
)
def test_a_plain_yes_or_no_is_the_answer_and_opens_no_trouble(asked, answer):
    [thread] = follow([question(asked), reply(answer)], DEAF)
    assert (thread.kind, thread.state) == ("question", "done")
    assert [event.relation for event in thread.events] == ["opens", "answers"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ASKED, "ไม่มีเวลาจัดร้านเลยครับ"),  # takes up no word of what is asked
        (ASKED, "ร้านจับฉลากกันครับ"),
        (ASKED, "ไม่มีทะเลาะครับ แต่แย่งที่จอดรถกันทุกเช้า"),  # and leaves something open
        (ASKED, "ไม่มีครับ"),  # nobody asked whether there is any
        ("เครื่องชั่งของกลุ่มมีคนดูแลไหมคะ", "มีถังน้ำด้วยค่ะ"),
        ("จะเปิดตลาดไหมครับ", "ไม่เปิดเผยชื่อครับ"),  # another word
        ("กลุ่มมีคนทอผ้าไหม", "มีครับ"),  # silk
        ("ป้ามีวิธีอย่างไรคะ", "มีค่ะ"),  # asks how
        ("ใครเก็บกุญแจโรงสี พอทราบไหมครับ", "ไม่ทราบครับ"),  # does not know
        ("รู้ไหมคะว่าใครเก็บกุญแจ พอรู้ไหมคะ", "ไม่รู้เลยค่ะ"),
        ("ตอนแบ่งน้ำมีทะเลาะกันไหมครับ", "มีครับ ทะเลาะกันทุกปี"),  # yes, there is a trouble
        ("ที่บ่อมีน้ำไหมคะ", "มีน้ำไม่พอทั้งหมู่ค่ะ"),
    ],
)
def test_what_only_looks_like_an_answer_is_none(asked, answer):
    assert not answers_plainly(asked, answer)
    assert [thread.state for thread in follow([question(asked), reply(answer)], DEAF)] == ["open", "open"]


def test_what_may_answer_two_questions_answers_none():
    two = [question("เครื่องชั่งมีคนดูแลไหมคะ"), question("แล้วบัญชีมีคนตรวจไหมครับ", 300)]
    assert [thread.state for thread in follow([*two, reply("มีครับ")], DEAF)] == ["open", "open", "open"]


def test_only_a_reply_in_its_post_answers_and_passing_on_is_no_answer():
    for other in (reply("ไม่มีทะเลาะครับ ต้องถามประธานตลาดครับ"), said("ไม่มีทะเลาะครับ", label="issue", voice="commenter", start=900)):
        assert "done" not in {thread.state for thread in follow([question(), other], DEAF)}
    assert "done" not in {thread.state for thread in follow([question(), reply("ไม่มีทะเลาะครับ", start=0, post=1)], DEAF)}


@pytest.mark.parametrize(
    ("answer", "relation"),
    [
        (reply("ไม่มีทะเลาะครับ ต้องถามประธานตลาดครับ"), "refers"),
        (said("ไม่มีทะเลาะครับ", 1, label="issue"), "mentions"),
        (reply("ไม่มีทะเลาะครับ", start=0, post=1), "mentions"),
        (reply("ไม่มีทะเลาะครับ"), "answers"),
    ],
)
def test_what_is_linked_to_a_question_answers_it_only_as_a_reply_in_its_post_that_passes_nothing_on(answer, relation):
    first, second = all_said([question(), answer])
    assert event_of_link("question", None, second, first.told.passage).relation == relation


@pytest.mark.parametrize(("nearest", "may"), [(LINKER.closes - 0.01, False), (LINKER.closes, True)])
def test_a_plain_answer_that_only_the_linker_gives_to_a_question_must_be_as_sure_as_any_end(nearest, may):
    asked, answer = all_said([question(), reply("ไม่มีทะเลาะครับ")])
    thread = Opened("asked", "question", [asked], [ThreadEvent(asked.told.passage, "opens")], 0)
    assert deciding._may_close(Ranked(thread, 1.0, nearest), answer, LINKER) is may


def test_a_plain_answer_that_waits_for_a_person_is_told_as_an_answer():
    two = [question("เครื่องชั่งมีคนดูแลไหมคะ"), question("แล้วบัญชีมีคนตรวจไหมครับ", 300)]
    offered = follow([*two, reply("มีครับ")], replace(LINKER, sure=2.0, closes=2.0, maybe=0.0))
    asked = [thread.last for thread in offered if thread.state == "candidate" and thread.kind == "question" and thread.last.passage.voice == "reply"]
    assert {event.relation for event in asked} == {"answers"}
