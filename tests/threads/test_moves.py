"""A day that was moved is told with both, and the old one is never told as due."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import When
from pipeline.threads import follow
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said, threads


def test_a_moved_day_is_told_with_both_and_the_old_one_is_not_due():
    [thread] = threads(said(f"{OPENED} นัดประชุม", days=[DAY]), said(NEWS, 1, state="postponed", days=[date(2009, 3, 16)]))
    assert [(event.before, event.after) for event in thread.events[1:]] == [("2009-03-06", "2009-03-16")]
    assert (thread.state, thread.due) == ("moved", date(2009, 3, 16))


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


def test_a_day_put_off_without_a_new_one_is_no_longer_due():
    [thread] = threads(said(OPENED, days=[DAY]), said(f"{NEWS}เลื่อนไปก่อน", 1, state="postponed"))
    assert (thread.state, thread.due) == ("moved", None)


def test_an_old_day_of_which_the_number_alone_is_said_is_told_as_moved():
    planned = said("ประชุมกรรมการบ่อปลาครั้งที่ 3 ที่วัด", days=[DAY])
    [thread] = [
        one for one in threads(planned, said("ครั้งที่ 3 เลื่อนจากวันที่ 6 มาเป็นวันที่ 2 เมษายน", 1, state="done", days=[date(2009, 4, 2)])) if one.kind == "plan"
    ]
    assert (thread.state, thread.current_due, thread.last.before) == ("moved", date(2009, 4, 2), "2009-03-06")


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


@pytest.mark.parametrize("news", ["เลื่อนเวทีครั้งที่ 3 จากวันที่ 6 เป็นวันที่ 16", "ครั้งที่ 3 ที่ว่าไว้เลื่อนจากวันที่ 6 ไปเป็นวันที่ 16 เพราะฝน"])
def test_who_names_the_same_number_moves_the_same_meeting_though_in_one_post(news):
    linker = replace(LINKER, sure=0.999, closes=0.999, maybe=0.0)
    held = said("เวทีครั้งที่ 3 ประชุมที่ศาลาบ้านหนองโพ")
    moves = said(news, start=500, state="done", days=[DAY, date(2009, 3, 16)])
    thread = follow([held, moves], linker)[0]
    assert (thread.state, thread.due) == ("moved", date(2009, 3, 16))
    other = follow([said("เวทีครั้งที่ 2 ประชุมที่ศาลาบ้านหนองโพ"), moves], linker)[0]
    assert other.state == "open"
