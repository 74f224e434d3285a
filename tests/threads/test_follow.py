"""What was opened is followed to what became of it; nothing closes without a passage that shows it, and doubt waits for a person."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.followed import ThreadEvent
from pipeline.records import Post, Remarks, Span, When
from pipeline.threads import deciding, follow, in_time
from pipeline.threads.decided import Decided, Decision
from pipeline.threads.index import Opened
from pipeline.threads.openers import kind_opened
from pipeline.threads.said import all_said
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said, threads


def test_a_doubtful_link_is_offered_and_closes_nothing():
    doubtful = "กังหันที่บ่อปลาของโรงเรียนเด็กช่วยกันทาสีใหม่"
    linker = replace(LINKER, sure=0.99, maybe=0.02)
    told = follow([said(OPENED), said(doubtful, 1, state="done")], linker)
    assert {thread.state for thread in told} == {"open", "candidate"}
    assert all(len(thread.events) == 2 for thread in told if thread.state == "candidate")


def test_what_shares_nothing_is_no_news():
    told = threads(said(OPENED), said("แม่บ้านจะทอเสื่อกกขายที่ตลาดนัด", 1))
    assert [(thread.state, len(thread.events)) for thread in told] == [("open", 1), ("open", 1)]


def test_a_repeat_in_one_post_is_no_news():
    told = threads(said(OPENED, group="g"), said(OPENED, group="g", start=500))
    assert [len(thread.events) for thread in told] == [1]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (said("น้ำในคลองเน่าเสียมาสามเดือน", label="issue"), "issue"),
        (said("น้ำเน่าแล้วใครจะแก้", label="issue", facets=("question",)), "question"),
        (said("ตั้งเป้า 40 คน มา 55 คน", facets=("expectation",)), "target"),
        (said("แล้วจะเล่าให้ฟังต่อ"), "promise"),
        (said("วันนี้เล่าแค่นี้ บันทึกหน้าจะเล่าให้ฟังต่อ", days=[DAY], today="วันนี้"), "promise"),
        (said("วัตถุประสงค์ของวงวันนี้คือจะรายงานผลการขายให้ทุกกลุ่มทราบ"), "action"),
        (said("บันทึกหน้าจะเล่าต่อว่าวัตถุประสงค์ของวงคืออะไร"), "promise"),
        (said("ประชุมกันที่วัด", days=[DAY]), "plan"),
        (said("เลื่อนเวทีจากวันที่ 6 เป็นวันที่ 16", state="postponed", days=[DAY, date(2009, 3, 16)]), "schedule-change"),
        (said("ย้ายวันเวทีจากวันที่ 6 มาเป็นวันที่ 16 แล้ว", state="done", days=[DAY, date(2009, 3, 16)]), "schedule-change"),
        (said("ใช้งานประจำเป็นตัวเดินเรื่อง", strength="resolved", remarks=Remarks(item=2)), "commitment"),
        (said("หวังว่าจะมีคนมาช่วย", strength="wish"), None),
        (said("ซ่อมแล้ว", state="done"), None),
        (said("ต้องฟังก่อนพูด", label="lesson"), None),
    ],
)
def test_what_opens_a_thread(told, kind):
    assert kind_opened(told.passage) == kind


@pytest.mark.parametrize(
    ("answer", "relation", "after"),
    [("เรื่องกังหันบ่อปลาปลานิลต้องถามช่างที่ตลาด", "refers", "referred"), ("กังหันบ่อปลาปลานิลซ่อมได้ด้วยสายพานเก่า", "answers", "done")],
)
def test_a_question_is_answered_or_referred(answer, relation, after):
    asked = said("กังหันบ่อปลาปลานิลใครจะซ่อม", label="issue", facets=("question",))
    thread = threads(asked, said(answer, 1, label="lesson"))[0]
    assert (thread.kind, thread.last.relation, thread.state) == ("question", relation, after)


def test_a_practice_is_expected_again():
    meeting = said("ประชุมกันทุกเดือน", state="ongoing")
    monthly = replace(meeting.passage.action, when=(When("ทุกเดือน", repeats="FREQ=MONTHLY"),))
    [thread] = follow([replace(meeting, passage=replace(meeting.passage, action=monthly))], LINKER)
    assert (thread.kind, thread.next_expected) == ("cadence", date(2009, 3, 1))


def test_a_passage_can_be_news_of_a_problem_and_open_a_plan_of_its_own():
    problem = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลเสียมาสองเดือน", label="issue")
    plan = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลครูแดงจะซ่อม", 1)
    told = threads(problem, plan)
    assert [(thread.kind, [event.relation for event in thread.events]) for thread in told] == [
        ("issue", ["opens", "progress"]),
        ("action", ["opens"]),
    ]


def test_two_tasks_that_one_post_puts_side_by_side_are_two():
    linker, beside = replace(LINKER, closes=1.0), f"{OPENED}อีกกลุ่ม"
    assert [thread.state for thread in follow([said(OPENED), said(beside, start=500)], linker)] == ["open", "open"]
    quoted = said(beside, start=500, voice="quoted")
    assert [thread.state for thread in follow([said(OPENED), quoted], linker)] == ["open", "open", "candidate"]
    assert [thread.state for thread in follow([said(OPENED), said(beside, 1)], linker)] == ["progress"]


@pytest.mark.parametrize("voice", ["commenter", "reply"])
def test_who_takes_up_a_task_in_a_comment_tells_of_it_and_proposes_something_all_the_same(voice):
    linker, taken_up = replace(LINKER, closes=1.0), said(f"{OPENED}อีกกลุ่ม", start=500, voice=voice)
    assert [(one.state, len(one.events)) for one in follow([said(OPENED), taken_up], linker)] == [("progress", 2), ("open", 1)]


def test_what_one_voice_goes_on_to_say_needs_twice_as_much_to_be_offered():
    told = said(OPENED), said(f"{OPENED}ไม่ทัน", label="issue", start=500)
    first, second = all_said(told)
    [chance] = LINKER.weigh([first], second)
    for voice, offered in (("author", False), ("reply", True)):
        speaks = replace(told[1], passage=replace(told[1].passage, voice=voice))
        found = follow([told[0], speaks], replace(LINKER, sure=2.0, closes=2.0, maybe=chance / 1.5))
        assert any(one.state == "candidate" for one in found) is offered


def test_a_coming_meeting_on_another_day_needs_twice_as_much_to_be_offered():
    planned = said(f"{OPENED} นัดประชุม", days=[DAY])
    for days, offered in (([date(2009, 4, 20)], False), ([DAY], True)):
        told = planned, said("กลุ่มเลี้ยงปลานิลประชุมที่วัด", 1, days=days)
        first, second = all_said(told)
        [chance] = LINKER.weigh([first], second)
        found = follow(told, replace(LINKER, sure=2.0, closes=2.0, maybe=chance / 1.5))
        assert any(one.state == "candidate" for one in found) is offered


def test_a_day_for_a_meeting_that_was_put_off_without_one_is_no_other_meeting():
    planned = said(f"{OPENED} นัดประชุม", days=[DAY])
    first, news = all_said([planned, said("กลุ่มเลี้ยงปลานิลประชุมที่วัด", 1, days=[date(2009, 4, 20)])])
    thread = Opened("t", "plan", [first], [ThreadEvent(planned.passage, "opens")], 0, due=None)
    assert not deciding._is_another_meeting(thread, news)
    assert deciding._is_another_meeting(replace(thread, due=DAY), news)


class AsDecided(Decided):
    """What was decided of each passage, by its quote."""

    def known(self, told, _place):
        return {f"{NEWS} แล้ว": Decision((0,), (0,), (1,))}.get(told.passage.quote, Decision((), (), ()))


def test_of_one_link_a_person_is_asked_once():
    planned = said(OPENED, days=[DAY])
    again = said(f"{OPENED}อีกครั้ง", days=[DAY], start=400)
    done = said(f"{NEWS} แล้ว", 1, state="done", days=[date(2009, 3, 16)])
    ids = [thread.id for thread in follow([planned, again, done], LINKER, AsDecided())]
    assert len(ids) == len(set(ids)) == 4


def test_a_meeting_of_those_held_every_month_is_a_plan_of_its_own():
    held = said("ประชุมกรรมการบ่อปลาที่วัดทุกเดือน", state="ongoing")
    monthly = replace(held.passage.action, when=(When("ทุกเดือน", repeats="FREQ=MONTHLY"),))
    next_one = said("ประชุมกรรมการบ่อปลาที่วัดทุกเดือน ครั้งที่ 4", 1)
    told = threads(replace(held, passage=replace(held.passage, action=monthly)), next_one)
    assert [(thread.kind, thread.state) for thread in told] == [("cadence", "progress"), ("action", "open")]


def test_a_passage_can_be_news_of_several_threads():
    told = threads(
        said("กังหันท้ายบ่อปลาปลานิลเสีย", label="issue"), said("ครูแดงจะซ่อมกังหันท้ายบ่อปลาปลานิล", 1), said("ครูแดงซ่อมกังหันท้ายบ่อปลาปลานิลเสร็จ", 2, state="done")
    )
    made = [(thread.kind, thread.last.relation) for thread in told if thread.state != "candidate"]
    assert made == [("issue", "progress"), ("action", "done")]


@pytest.mark.parametrize(
    ("news", "relation"),
    [
        (said("ให้ทุกกลุ่มซ่อมกังหันท้ายบ่อปลานิลก่อนหน้าฝน", 1), "progress"),
        (said("กังหันท้ายบ่อปลานิลซ่อมกันก่อนหน้าฝน", 1, label="lesson"), "corroborates"),
    ],
)
def test_a_lesson_is_told_where_something_uses_it(news, relation):
    lesson = said("กังหันท้ายบ่อปลานิลซ่อมกันเองก่อนหน้าฝนจะอยู่ได้นาน", label="lesson")
    assert threads(lesson) == []
    found = threads(lesson, news)[0]
    assert (found.kind, found.last.relation, found.due) == ("reuse", relation, None)


def test_a_question_that_a_reply_passes_on_is_offered_as_referred_and_nothing_is_opened():
    asked = said("ค่าน้ำมันเบิกได้ไหมครับ", label="issue", voice="commenter", facets=("question",))
    told = threads(asked, said("เรื่องนี้ฝ่ายการเงินน่าจะให้ข้อมูลได้ละเอียดกว่า", voice="reply", start=500))
    assert [(thread.kind, thread.state, thread.last.relation) for thread in told] == [
        ("question", "open", "opens"),
        ("question", "candidate", "refers"),
    ]


def test_a_post_without_a_day_stands_where_the_days_that_it_names_do():
    posts = [(Post(f"post-{number}", "", "", ""), day) for number, day in ((1, None), (2, date(2008, 1, 1)), (3, date(2010, 1, 1)))]
    passages = [said("ประชุมกัน", number, days=[DAY] if number == 1 else []).passage for number in (1, 2, 3)]
    assert [(one.passage.post, one.day) for one in in_time(posts, passages)] == [
        ("post-2", date(2008, 1, 1)),
        ("post-1", None),
        ("post-3", date(2010, 1, 1)),
    ]


def test_no_posts_no_threads():
    assert threads() == []


def test_the_more_is_offered_of_a_thread_the_likelier_the_next_must_be():
    linker = replace(LINKER, sure=2.0, closes=2.0, maybe=0.2)
    alike = "กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลมีคนมาดูคณะที่"
    told = [said(OPENED), *(said(f"{alike} {number}", number, state="done", label="lesson") for number in range(1, 9))]
    news = [one.last.passage.post for one in follow(told, linker) if one.state == "candidate" and one.kind == "action"]
    assert 3 <= len(news) < 8
    assert news[:3] == ["post-1", "post-2", "post-3"]


def test_what_a_post_only_shows_is_no_plan_for_the_days_in_it():
    shown = said("เอารูปตอนเตรียมงานวันศุกร์เพื่อเวทีวันที่ 6 มี.ค. มาฝากทุกคน", days=[DAY])
    promised = said("จะเอารูปเวทีวันที่ 6 มี.ค. มาฝากทุกคน", days=[DAY])
    assert (kind_opened(shown.passage), kind_opened(promised.passage)) == (None, "plan")


@pytest.mark.parametrize(
    ("quote", "text", "kind", "due"),
    [
        ("เมื่อเช้าวันเสาร์ที่ 6 มี.ค. พี่อ้อยพากรรมการไปประชุมดูแปลงผัก", "วันเสาร์ที่ 6 มี.ค.", None, None),
        ("กลุ่มแม่บ้านไปดูงานโรงสีเมื่อวันที่ 6 มีนาคม", "วันที่ 6 มีนาคม", None, None),
        ("เมื่อวันที่ 6 มีนาคม กรรมการตกลงกันว่าจะขุดบ่อเพิ่มท้ายหมู่บ้าน", "วันที่ 6 มีนาคม", "action", None),
        ("ถึงวันที่ 6 มีนาคม กรรมการจะขุดบ่อเพิ่มท้ายหมู่บ้าน", "วันที่ 6 มีนาคม", "action", DAY),
    ],
)
def test_what_is_told_as_gone_by_is_no_plan_and_sets_no_day(quote, text, kind, due):
    told = said(quote, state="planned", days=[DAY], today=text)
    assert kind_opened(told.passage) == kind
    assert [thread.due for thread in threads(told)] == ([due] if kind else [])


def test_who_asks_about_a_trouble_waits_for_an_answer():
    trouble = said("กังหันท้ายบ่อปลาหมุนไม่แรงพอให้กลุ่มเลี้ยงปลานิล", label="issue", voice="commenter")
    asks = said("กังหันท้ายบ่อปลาหมุนไม่แรงพอให้กลุ่มเลี้ยงปลานิลหรือเปล่า", label="issue", voice="commenter", start=500, facets=("question",))
    assert [(thread.kind, len(thread.events)) for thread in threads(trouble, asks)] == [("issue", 2), ("question", 1)]
    again = replace(asks, passage=replace(asks.passage, span=Span(900, 960)))
    assert [(thread.kind, len(thread.events)) for thread in threads(asks, again)] == [("question", 2)]


def test_a_title_ends_with_no_word_that_joins_on_what_is_left_out():
    long = said("ครูแดงจะซ่อมกังหันท้ายบ่อปลาก่อน และวันที่ 8 มกราคมจะลงไปดูโรงเพาะเห็ดที่หมู่ 8 กับลุงคำและป้าศรีซึ่งรอกันมาตั้งแต่ต้นปีแล้วแต่ฝนตกไม่หยุดเลยสักวัน")
    action = replace(long.passage.action, what="ซ่อมกังหันท้ายบ่อปลาก่อน และ")
    [thread] = threads(replace(long, passage=replace(long.passage, action=action)))
    assert thread.title == "ซ่อมกังหันท้ายบ่อปลาก่อน"


def test_a_title_costs_steps_by_its_length_not_by_its_square():
    """Many blanks would take minutes if the search began anew at each."""
    long = said(f"ครูแดงจะซ่อมกังหัน{' ' * 100_000}ท้ายบ่อปลา")
    action = replace(long.passage.action, what=long.passage.quote)
    [thread] = threads(replace(long, passage=replace(long.passage, action=action)))
    assert thread.title == long.passage.quote
