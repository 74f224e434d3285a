"""What was opened is followed to what became of it; nothing closes without a passage that shows it, and doubt waits for a person."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest

from pipeline.errors import ModelError
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import ActionFields, Actor, Passage, Post, Remarks, Span, When
from pipeline.threads import Linker, deciding, follow, in_time, load_linker
from pipeline.threads.decided import Decided, Decision
from pipeline.threads.evidence import FEATURES, evidence_of
from pipeline.threads.forest import Tree
from pipeline.threads.index import Opened
from pipeline.threads.linker import save_linker
from pipeline.threads.openers import kind_opened
from pipeline.threads.said import Told, all_said

# shared words decide: what shares half of its words is a link, what shares a little is doubtful
_STEPS = 20
LINKER = Linker(
    tuple(
        Tree((FEATURES.index(name), 0, 0), (step / _STEPS, 0.0, 0.0), (1, 1, 2), (2, 1, 2), (0.0, 0.0, 0.5))
        for name in ("shared words", "held by the shorter")
        for step in range(_STEPS)
    ),
    -5.0,
    0.8,
    0.8,
    0.3,
)
DAY = date(2009, 3, 6)


def when(day=DAY, **more):
    return When("", day, day, **more)


def said(quote, post=0, *, label="action", state="planned", days=(), voice="author", strength="assigned", today="", **more):
    whens = tuple(When(today, day, day) for day in days)
    action = ActionFields((Actor("ครูแดง"),), quote, whens, None, state, strength) if label == "action" else None
    start = more.pop("start", 0)
    passage = Passage(f"post-{post}", f"{post}.txt", Span(start, start + len(quote)), quote, label, 0.9, voice=voice, action=action, **more)
    return Told(passage, post, date(2009, 2 + post, 1))


def threads(*told) -> list[Thread]:
    return follow(told, LINKER)


OPENED = "ครูแดงจะซ่อมกังหันท้ายบ่อปลาให้กลุ่มเลี้ยงปลานิล"
NEWS = "กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลครูแดงซ่อมเสร็จ"


def test_what_was_done_closes_with_its_passage():
    [thread] = threads(said(OPENED, days=[DAY]), said(NEWS, 1, state="done"))
    assert (thread.kind, thread.state, thread.owners, thread.due) == ("action", "done", ("ครูแดง",), DAY)
    assert [(event.relation, event.passage.quote) for event in thread.events] == [("opens", OPENED), ("done", NEWS)]


OTHER_NEWS = [("ongoing", "progress", "progress"), ("planned", "progress", "progress"), ("cancelled", "problem", "dropped")]


@pytest.mark.parametrize(("state", "relation", "after"), OTHER_NEWS)
def test_other_news_do_not_close(state, relation, after):
    thread = threads(said(OPENED), said(NEWS, 1, state=state))[0]
    assert (thread.events[-1].relation, thread.state) == (relation, after)


@pytest.mark.parametrize("part", ["ได้แค่ครึ่งหนึ่ง", "สามบ่อจากห้าบ่อ", "ยังเหลือบ่อท้ายสวน", "แต่ไม่ครบทุกบ่อ"])
def test_what_is_done_in_part_does_not_close(part):
    [thread] = threads(said(OPENED), said(f"{NEWS}{part}", 1, state="done"))
    assert (thread.events[-1].relation, thread.state) == ("progress", "progress")


def test_a_practice_does_not_close_by_being_kept():
    opened = said(OPENED, state="ongoing")
    weekly = replace(opened.passage.action, when=(When("ทุกสัปดาห์", repeats="FREQ=WEEKLY"),))
    [thread] = threads(replace(opened, passage=replace(opened.passage, action=weekly)), said(NEWS, 1, state="done"))
    assert (thread.kind, thread.state) == ("cadence", "progress")


def test_a_moved_day_is_told_with_both_and_the_old_one_is_not_due():
    [thread] = threads(said(f"{OPENED} นัดประชุม", days=[DAY]), said(NEWS, 1, state="postponed", days=[date(2009, 3, 16)]))
    assert [(event.before, event.after) for event in thread.events[1:]] == [("2009-03-06", "2009-03-16")]
    assert (thread.state, thread.due) == ("moved", date(2009, 3, 16))


def test_a_done_matter_of_another_day_waits_for_a_person():
    told = threads(said(OPENED, days=[DAY]), said(NEWS, 1, state="done", days=[date(2009, 4, 20)]))
    assert sorted(thread.state for thread in told) == ["candidate", "open"]


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


def test_a_moved_schedule_opens_with_its_change():
    [thread] = threads(said("เลื่อนเวทีจากวันที่ 6 เป็นวันที่ 16", state="postponed", days=[DAY, date(2009, 3, 16)]))
    assert (thread.state, thread.due) == ("moved", date(2009, 3, 16))
    assert [(event.relation, event.before, event.after) for event in thread.events][1:] == [("moved", "2009-03-06", "2009-03-16")]


def test_a_matter_without_a_day_is_moved_by_the_days_of_its_news():
    [thread] = threads(said(OPENED), said(f"เลื่อน{NEWS}", 1, state="done", days=[DAY, date(2009, 3, 16)]))
    assert (thread.state, thread.due, thread.last.before, thread.last.after) == ("moved", date(2009, 3, 16), "2009-03-06", "2009-03-16")


def test_what_was_set_for_a_moved_day_moves_with_it():
    raised = said("เรื่องบัญชีปลายกไปคุยต่อในเวทีครั้งที่ 3 ที่วัด", days=[DAY])
    other = said("ครูแดงส่งรายชื่อเด็กให้อำเภอ", days=[DAY], start=500)
    change = said("เวทีครั้งที่ 3 เลื่อนจากวันที่ 6 เป็นวันที่ 16", 1, state="postponed", days=[DAY, date(2009, 3, 16)])
    dues = {thread.title: (thread.state, thread.due) for thread in threads(raised, other, change) if thread.state != "candidate"}
    assert dues[raised.passage.quote] == ("moved", date(2009, 3, 16))
    assert dues[other.passage.quote] == ("open", DAY)


def test_evidence_has_a_figure_for_each_feature():
    earlier, later = all_said([said(OPENED, days=[DAY]), said(NEWS, 1, state="done", days=[DAY], speaker="ครูแดง")])
    found = dict(zip(FEATURES, *evidence_of([earlier], later), strict=True))
    assert [found[name] for name in ("same day", "same owner", "owner named later", "posts between", "same speaker")] == [1, 1, 1, 1, 0]
    assert (found["days between"], found["days after due"], found["due between"]) == (28, -5, 0)  # told on 1 February and 1 March, due on 6 March
    assert (found["earlier: settled"], found["later: settled"], found["later: place in post"]) == (0, 1, 0)
    assert found["shared words"] == pytest.approx(1)


LOOP = {"feature": [0, 0], "bound": [0.5, 0.0], "left": [1, 0], "right": [1, 0], "value": [0.0, 1.0]}


def saved(folder, **changed):
    save_linker(LINKER, folder)
    return json.dumps({**json.loads((folder / "linker.json").read_text(encoding="utf-8")), **changed})


@pytest.mark.parametrize(("share", "steps"), [(0.0, 0), (0.05, 1), (0.3, 6), (1.0, 20)])
def test_a_chance_is_the_sum_of_what_the_trees_say(share, steps):
    row = [share if name == "shared words" else 0.0 for name in FEATURES]
    assert LINKER.chances([row, row]) == pytest.approx([1 / (1 + math.exp(5 - steps / 2))] * 2)
    assert LINKER.chances([]) == []


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


def test_a_day_put_off_without_a_new_one_is_no_longer_due():
    [thread] = threads(said(OPENED, days=[DAY]), said(f"{NEWS}เลื่อนไปก่อน", 1, state="postponed"))
    assert (thread.state, thread.due) == ("moved", None)


def test_what_closes_must_be_surer_else_it_is_progress_and_the_end_waits_for_a_person():
    told = follow([said(OPENED), said(NEWS, 1, state="done")], replace(LINKER, closes=1.0))
    assert [(thread.state, thread.last.relation) for thread in told] == [("progress", "progress"), ("candidate", "done")]


@pytest.mark.parametrize(
    ("opened", "news", "state"),
    [
        ("ทุกกลุ่ม", "ครบ 4 กลุ่ม", "progress"),
        ("แต่ละโรงเรียน", "ส่งแล้วสี่โรง", "progress"),
        ("ทุกกลุ่ม", "ครบทุกกลุ่มทั้ง 4 กลุ่ม", "done"),
        ("ทุกกลุ่ม", "ส่งด้วยรถบรรทุก 4 กลุ่ม", "progress"),  # a lorry, and no "all"
        ("ทุกกลุ่ม", "คลายทุกข์ 4 กลุ่ม", "progress"),
        ("รถบรรทุกคนงาน", "มีช่าง 4 คน", "done"),
        ("ทุกกลุ่ม", "ใช้ 4 วัน", "done"),
        ("สามกลุ่ม", "ครบ 3 กลุ่ม", "done"),
        ("7 ตัว", "ได้แล้ว 5 จาก 7 ตัว", "progress"),
        ("7 ตัว", "มาแล้ว 5 ตัว ทั้ง 7 ตัว", "progress"),
    ],
)
def test_some_of_what_each_was_to_do_does_not_close(opened, news, state):
    assert threads(said(f"{OPENED} {opened}"), said(f"{NEWS} {news}", 1, state="done"))[0].state == state


@pytest.mark.parametrize(
    ("news", "day", "linked"),
    [("วันนี้", DAY, True), ("วันนี้", date(2009, 3, 9), False), ("วันนี้", None, False), ("ทุกวันนี้", None, True)],
)
def test_a_today_that_is_not_known_to_be_the_day_that_was_set_waits_for_a_person(news, day, linked):
    told = threads(said(f"{OPENED} นัดประชุม", days=[DAY]), replace(said(f"{NEWS} {news}", 1, state="ongoing"), day=day))
    assert sorted(thread.state for thread in told) == (["progress"] if linked else ["candidate", "open", "open"])


def test_fewer_than_there_were_to_be_do_not_close():
    opened, news = (f"{words} 7 ตัว" for words in (OPENED, NEWS))
    told = threads(said(opened), said(f"{news} ใช้ได้ 5", 1, state="done"))
    assert sorted(thread.state for thread in told) == ["candidate", "progress"]
    assert [thread.state for thread in threads(said(opened), said(f"{news} ใช้ได้ 7", 1, state="done"))] == ["done"]


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


def test_an_old_day_of_which_the_number_alone_is_said_is_told_as_moved():
    planned = said("ประชุมกรรมการบ่อปลาครั้งที่ 3 ที่วัด", days=[DAY])
    [thread] = [
        one for one in threads(planned, said("ครั้งที่ 3 เลื่อนจากวันที่ 6 มาเป็นวันที่ 2 เมษายน", 1, state="done", days=[date(2009, 4, 2)])) if one.kind == "plan"
    ]
    assert (thread.state, thread.current_due, thread.last.before) == ("moved", date(2009, 4, 2), "2009-03-06")


def test_a_question_that_a_reply_passes_on_is_offered_as_referred_and_nothing_is_opened():
    asked = said("ค่าน้ำมันเบิกได้ไหมครับ", label="issue", voice="commenter", facets=("question",))
    told = threads(asked, said("เรื่องนี้ฝ่ายการเงินน่าจะให้ข้อมูลได้ละเอียดกว่า", voice="reply", start=500))
    assert [(thread.kind, thread.state, thread.last.relation) for thread in told] == [
        ("question", "open", "opens"),
        ("question", "candidate", "refers"),
    ]


def test_what_is_closed_hears_no_more():
    told = threads(said(OPENED), said(NEWS, 1, state="done"), said(NEWS, 2, state="done", start=900))
    assert [(thread.state, len(thread.events)) for thread in told] == [("done", 2)]


def test_the_linker_comes_back_from_disk_and_strangers_are_refused(tmp_path):
    save_linker(LINKER, tmp_path)
    assert load_linker(tmp_path) == LINKER
    for broken in ('{"features": []}', saved(tmp_path, features=["other"]), saved(tmp_path, trees=[]), saved(tmp_path, trees=[LOOP])):
        (tmp_path / "linker.json").write_text(broken, encoding="utf-8")
        with pytest.raises(ModelError, match="linker"):
            load_linker(tmp_path)


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


@pytest.mark.parametrize(
    ("quote", "written", "due"),
    [
        ("ครูแดงจะส่งบัญชีปลาให้ครบภายในเดือนมีนาคม", "เดือนมีนาคม", date(2009, 3, 31)),
        ("ครูแดงจะพาไปดูบ่อปลา 6-8 มีนาคม", "6-8 มีนาคม", DAY),
    ],
)
def test_what_is_to_be_done_within_a_time_is_due_on_its_last_day(quote, written, due):
    told = said(quote, days=[DAY])
    month = When(written, DAY, date(2009, 3, 31))
    action = replace(told.passage.action, when=(month,))
    [thread] = threads(replace(told, passage=replace(told.passage, action=action)))
    assert thread.due == due


def test_a_day_that_offered_news_would_move_is_in_doubt_until_something_sets_it():
    linker = replace(LINKER, sure=2.0, closes=2.0, maybe=0.02)
    planned, moves = said(f"{OPENED} นัดประชุม", days=[DAY]), said(f"เลื่อน{NEWS}", 1, state="postponed", days=[date(2009, 3, 16)])
    thread, _, offered = follow([planned, moves], linker)
    assert (thread.state, thread.due, thread.day_may_be, offered.last.relation) == ("open", DAY, date(2009, 3, 16), "moved")
    [told] = [one for one in follow([planned, moves], LINKER) if one.state != "candidate"]
    assert (told.due, told.day_doubt) == (date(2009, 3, 16), None)


def test_no_day_is_in_doubt_where_what_is_offered_names_an_earlier_one_or_moves_nothing():
    linker = replace(LINKER, sure=2.0, closes=2.0, maybe=0.02)
    for news in (said(f"เลื่อน{NEWS}", 1, state="postponed", days=[date(2009, 3, 2)]), said(NEWS, 1, state="ongoing")):
        thread = follow([said(f"{OPENED} นัดประชุม", days=[DAY]), news], linker)[0]
        assert (thread.due, thread.day_doubt) == (DAY, None)


@pytest.mark.parametrize(
    ("opened", "news"),
    [
        ("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", said("เลื่อนไปก่อน ได้ฤกษ์วันพระหน้า", 1, state="postponed", days=[date(2009, 3, 16)])),
        ("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", said("ได้มาพบกันจริงก็หลังเกี่ยวข้าว", 1, days=[date(2009, 3, 16)])),
        (f"{OPENED} นัดประชุม", said("เครื่องสูบน้ำของครูแดงซ่อมเสร็จ", 1, state="done", days=[date(2009, 3, 16)])),
        ("วงปลานิลครั้งที่ 4 ประชุมที่วัดหนองจอก", said("ประกาศวงปลานิลครั้งที่ 4 เชิญทุกท่าน", 1, days=[date(2009, 3, 16)])),
    ],
    ids=["put off, and not said what", "held on another day, and not said what", "done on another day", "the same number, another day"],
)
def test_a_day_is_in_doubt_where_anything_later_may_tell_another_and_a_person_is_asked(opened, news):
    linker = replace(LINKER, sure=2.0, closes=2.0, maybe=0.2)
    thread, *_, offered = follow([said(opened, days=[DAY]), news], linker)
    assert (thread.due, thread.day_may_be, offered.state, offered.last.passage) == (DAY, date(2009, 3, 16), "candidate", news.passage)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(day):
    news = replace(said("เลื่อนไปก่อน ได้ฤกษ์วันพระหน้า", 1, state="postponed"), day=day)
    assert len(follow([said("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", days=[DAY]), news], replace(LINKER, sure=2.0))) >= 1


@pytest.mark.parametrize("later", [{"post": 4}, {"days": [date(2009, 3, 2)]}], ids=["long after", "to an earlier day"])
def test_what_puts_something_off_far_from_a_day_leaves_it_alone(later):
    linker = replace(LINKER, sure=2.0, closes=2.0, maybe=0.2)
    news = said("เลื่อนไปก่อน ได้ฤกษ์วันพระหน้า", **{"post": 1, "state": "postponed", "days": [date(2009, 7, 16)], **later})
    assert follow([said("ทีมพัฒนาบ่อปลานัดประชุมที่วัดหนองจอก", days=[DAY]), news], linker)[0].day_doubt is None


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


def test_the_end_of_a_trouble_is_asked_unless_its_passage_says_that_it_is_gone():
    trouble = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลเสียมาสองเดือน", label="issue")
    mended = "กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลช่างเปลี่ยนสายพานให้"
    told = threads(trouble, said(mended, 1, state="done"))
    assert [(thread.state, thread.last.relation) for thread in told] == [("progress", "progress"), ("candidate", "done")]
    assert threads(trouble, said(f"{mended} หายแล้ว", 1, state="done"))[0].state == "done"


@pytest.mark.parametrize("news", ["เลื่อนเวทีครั้งที่ 3 จากวันที่ 6 เป็นวันที่ 16", "ครั้งที่ 3 ที่ว่าไว้เลื่อนจากวันที่ 6 ไปเป็นวันที่ 16 เพราะฝน"])
def test_who_names_the_same_number_moves_the_same_meeting_though_in_one_post(news):
    linker = replace(LINKER, sure=0.999, closes=0.999, maybe=0.0)
    held = said("เวทีครั้งที่ 3 ประชุมที่ศาลาบ้านหนองโพ")
    moves = said(news, start=500, state="done", days=[DAY, date(2009, 3, 16)])
    thread = follow([held, moves], linker)[0]
    assert (thread.state, thread.due) == ("moved", date(2009, 3, 16))
    other = follow([said("เวทีครั้งที่ 2 ประชุมที่ศาลาบ้านหนองโพ"), moves], linker)[0]
    assert other.state == "open"


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
