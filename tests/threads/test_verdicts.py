"""A doubtful link that a person confirms is news of its thread; one that is rejected is none, whatever the linker says."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.followed import Thread, ThreadEvent
from pipeline.threads.said import Told
from pipeline.threads.verdicts import Said, judged

OPENED = "ยายปุ้ยจะซ่อมหลังคาศาลาริมคลอง"
NEWS = "หลังคาศาลาริมคลองซ่อมเสร็จเรียบร้อย"
DUE = date(2009, 3, 6)


@pytest.fixture
def opener(passage):
    return passage(OPENED).passage


@pytest.fixture
def thread(opener):
    return Thread("t1", "action", OPENED, "open", (ThreadEvent(opener, "opens"),), due=DUE)


@pytest.fixture
def doubtful(opener, passage):
    news = ThreadEvent(passage(NEWS, 1, state="done").passage, "done")
    return Thread("c1", "action", OPENED, "candidate", (ThreadEvent(opener, "opens"), news))


def with_verdicts(threads, verdicts):
    """Return the threads as people see them, whose passages stand in the order of their posts."""
    events = [event for thread in threads for event in (*thread.events, *filter(None, [thread.day_doubt]))]
    passages = {event.passage.id: event.passage for event in events}.values()
    told = [Told(one, int(one.post.removeprefix("post-")), None) for one in passages]
    return judged(threads, sorted(told, key=lambda one: one.order), verdicts)


def verdict(thread, says):
    return {(thread.opened_by.id, thread.last.passage.id): Said(says, "สมชาย")}


def test_a_confirmed_link_closes_as_its_passage_says_and_names_who_confirmed(thread, doubtful):
    [told] = with_verdicts([thread, doubtful], verdict(doubtful, "confirm"))
    assert (told.id, told.state, told.last.relation, told.last.confirmed_by) == ("t1", "done", "done", "สมชาย")


def test_news_that_a_person_says_close_it_stand_once(thread, doubtful):
    going = replace(thread, state="progress", events=(*thread.events, replace(doubtful.last, relation="progress")))
    [told] = with_verdicts([going, doubtful], verdict(doubtful, "confirm"))
    assert (told.state, [event.relation for event in told.events]) == ("done", ["opens", "done"])


@pytest.mark.parametrize(
    ("says", "relations", "state"),
    [
        ("ongoing", ["opens", "progress", "done"], "done"),
        ("postponed", ["opens", "moved", "done"], "done"),
        ("done", ["opens", "done", "done"], "done"),
    ],
)
@pytest.mark.parametrize("made", ["by the machine", "by a person before"])
def test_news_stand_in_the_order_of_their_posts_whenever_they_are_confirmed(thread, passage, says, relations, state, made):
    end = ThreadEvent(passage(NEWS, 2, state="done").passage, "done")
    older = replace(
        thread, id="c1", state="candidate", events=(thread.events[0], ThreadEvent(passage("ยายปุ้ยไปดูหลังคา", 1, state=says).passage, relations[1]))
    )
    ended = replace(thread, id="c2", state="candidate", events=(thread.events[0], end))
    given = [replace(thread, state="done", events=(*thread.events, end)), older] if made == "by the machine" else [thread, ended, older]
    [told] = with_verdicts(given, {**verdict(older, "confirm"), **verdict(ended, "confirm")})
    assert ([event.relation for event in told.events], told.state) == (relations, state)


@pytest.mark.parametrize(
    ("relation", "confirmed", "state"), [("progress", False, "done"), ("progress", True, "progress"), ("problem", False, "open")]
)
def test_what_a_person_has_closed_is_opened_again_by_trouble_or_by_progress_that_a_person_confirmed(
    thread, passage, doubtful, relation, confirmed, state
):
    later = ThreadEvent(passage("หลังคาศาลาริมคลอง", 2).passage, relation)
    going = replace(thread, state="progress", events=(*thread.events, later))
    said = verdict(doubtful, "confirm") | (verdict(going, "confirm") if confirmed else {})
    [told] = with_verdicts([going, doubtful], said)
    assert ([event.relation for event in told.events], told.state) == (["opens", "done", relation], state)


@pytest.mark.parametrize(("post", "due"), [(1, date(2009, 4, 1)), (3, date(2009, 3, 20))])
def test_the_day_is_that_of_the_newest_move_not_of_the_one_that_was_confirmed_last(thread, passage, post, due):
    newest = ThreadEvent(passage(NEWS, 2, state="postponed").passage, "moved", "2009-03-06", "2009-04-01")
    other = ThreadEvent(passage("ซ่อมหลังคาเลื่อนไปวันที่ 20", post, state="postponed").passage, "moved", "2009-03-06", "2009-03-20")
    moved = replace(thread, state="moved", due=date(2009, 4, 1), events=(*thread.events, newest))
    offered = replace(thread, id="c1", state="candidate", events=(*thread.events, other))
    assert with_verdicts([moved, offered], verdict(offered, "confirm"))[0].due == due
    doubted = replace(thread, day_doubt=newest)
    assert with_verdicts([doubted, offered], verdict(offered, "confirm"))[0].day_doubt == (newest if post == 1 else None)


def test_a_rejected_link_is_gone_and_an_unsure_one_still_waits(thread, doubtful):
    assert with_verdicts([thread, doubtful], verdict(doubtful, "reject")) == [thread]
    assert with_verdicts([thread, doubtful], verdict(doubtful, "unsure")) == [thread, doubtful]
    assert with_verdicts([thread, doubtful], {}) == [thread, doubtful]


def test_a_rejected_link_stays_away_when_a_later_linker_is_sure_of_it(thread, doubtful):
    sure = replace(thread, state="done", events=(*thread.events, doubtful.last))
    assert with_verdicts([sure], verdict(doubtful, "reject")) == [thread]
    [told] = with_verdicts([sure], verdict(doubtful, "confirm"))
    assert (told.state, told.last.confirmed_by) == ("done", "สมชาย")


@pytest.mark.parametrize(("says", "events"), [("reject", ["opens"]), ("related", ["opens", "mentions"])])
def test_a_day_that_news_had_moved_is_set_back_where_a_person_says_that_they_do_not(thread, passage, says, events):
    moved = ThreadEvent(passage(NEWS, 1, state="postponed").passage, "moved", "2009-03-06", "2009-04-01")
    late = replace(thread, state="moved", due=date(2009, 4, 1), events=(*thread.events, moved))
    [told] = with_verdicts([late], verdict(late, says))
    assert (told.state, told.due, [event.relation for event in told.events], told.last.after) == ("open", DUE, events, None)
    [told] = with_verdicts([thread, replace(late, id="c2", state="candidate")], verdict(late, "confirm"))
    assert (told.state, told.due) == ("moved", date(2009, 4, 1))


def test_a_confirmed_link_of_what_opens_no_thread_any_more_is_a_thread(doubtful):
    [told] = with_verdicts([doubtful], verdict(doubtful, "confirm"))
    assert (told.state, len(told.events)) == ("done", 2)


def test_news_that_change_nothing_are_told_and_leave_the_matter_open(thread, doubtful):
    [told] = with_verdicts([thread, doubtful], verdict(doubtful, "related"))
    assert (told.state, told.last.passage.quote, told.last.relation, told.last.confirmed_by) == ("open", NEWS, "mentions", "สมชาย")
    assert with_verdicts([told], verdict(doubtful, "related")) == [told]  # it stays so


def test_news_that_were_taken_for_an_end_open_the_matter_again_where_a_person_says_that_nothing_changed(thread, doubtful):
    closed = replace(thread, state="done", events=(*thread.events, doubtful.last))
    [told] = with_verdicts([closed], verdict(doubtful, "related"))
    assert (told.state, told.last.relation) == ("open", "mentions")


def test_news_that_stand_as_progress_stay_so_where_a_person_says_that_they_end_nothing(thread, doubtful):
    going = replace(thread, state="progress", events=(*thread.events, replace(doubtful.last, relation="progress")))
    [told] = with_verdicts([going, doubtful], verdict(doubtful, "related"))
    assert (told.state, [event.relation for event in told.events], told.last.confirmed_by) == ("progress", ["opens", "progress"], "สมชาย")


@pytest.mark.parametrize(("says", "doubted"), [(None, False), ("confirm", False), ("related", True), ("reject", True)])
def test_what_a_person_opens_again_has_the_doubt_about_its_day_again(thread, passage, says, doubted):
    doubt = ThreadEvent(passage("ซ่อมหลังคาคงได้ราววันที่ 20", 1).passage, "moved", "2009-03-06", "2009-03-20")
    end = ThreadEvent(passage(NEWS, 2, state="done").passage, "done")
    closed = replace(thread, state="done", events=(*thread.events, end), day_doubt=doubt)
    [told] = with_verdicts([closed], verdict(closed, says) if says else {})
    assert (told.state, told.day_doubt) == (("open", doubt) if doubted else ("done", None))


@pytest.mark.parametrize("says", ["related", "reject"])
@pytest.mark.parametrize(("left_on", "doubted"), [("2009-03-06", True), ("2009-02-06", False)], ids=["the day that is set", "a day before that one"])
def test_a_day_stays_in_doubt_for_other_news_that_still_wait(thread, passage, says, left_on, doubted):
    first = ThreadEvent(passage("ซ่อมหลังคาเลื่อนไปวันที่ 20", 1, state="postponed").passage, "moved", left_on, "2009-03-20")
    second = ThreadEvent(passage("ซ่อมหลังคาเลื่อนไปเดือนหน้า", 2, state="postponed").passage, "moved", "2009-03-06", "2009-04-01")
    waiting, offered = (replace(thread, id=id_, state="candidate", events=(*thread.events, news)) for id_, news in (("c1", first), ("c2", second)))
    told, left = with_verdicts([replace(thread, day_doubt=second), waiting, offered], verdict(offered, says))
    assert (told.due, told.day_doubt, left) == (DUE, first if doubted else None, waiting)


def test_what_is_asked_of_a_meeting_whose_day_has_come_is_answered_once(passage):
    told = [passage("ประชุมใหญ่กลุ่มออมทรัพย์ที่ศาลาวัด", days=[DUE]), passage("กลุ่มออมทรัพย์มากันเก้าสิบคน ล้นศาลา", 1, label="lesson", days=[DUE])]
    told[1] = replace(told[1], day=DUE)
    meeting = Thread("t1", "plan", OPENED, "open", (ThreadEvent(told[0].passage, "opens"),), due=DUE)
    [_, asked] = judged([meeting], told, {})
    assert asked.state == "candidate"
    assert judged([meeting], told, verdict(asked, "reject")) == [meeting]
    [heard] = judged([meeting], told, verdict(asked, "confirm"))
    assert (heard.id, heard.last.passage, heard.last.confirmed_by) == ("t1", told[1].passage, "สมชาย")


@pytest.mark.parametrize(("says", "due"), [("confirm", date(2009, 3, 20)), ("reject", DUE), ("related", DUE)])
def test_a_day_is_no_longer_in_doubt_when_somebody_has_said_whether_it_was_moved(thread, passage, says, due):
    news = ThreadEvent(passage("ซ่อมหลังคาเลื่อนไปวันที่ 20", 1, state="postponed").passage, "moved", "2009-03-06", "2009-03-20")
    doubted, offered = replace(thread, day_doubt=news), replace(thread, id="c", state="candidate", events=(*thread.events, news))
    assert with_verdicts([doubted, offered], {}) == with_verdicts([doubted, offered], verdict(offered, "unsure")) == [doubted, offered]
    [told] = with_verdicts([doubted, offered], verdict(offered, says))
    assert (told.due, told.day_doubt) == (due, None)


@pytest.mark.parametrize(
    ("state", "after", "due"), [("done", None, DUE), ("postponed", "2009-04-01", date(2009, 4, 1))], ids=["it is done", "another day was set"]
)
def test_what_somebody_has_confirmed_settles_the_day_that_other_news_left_in_doubt(thread, passage, state, after, due):
    news = ThreadEvent(passage("ซ่อมหลังคาเลื่อนไปวันที่ 20", 1, state="postponed").passage, "moved", "2009-03-06", "2009-03-20")
    other = ThreadEvent(passage(NEWS, 2, state=state).passage, "moved" if after else "done", "2009-03-06" if after else None, after)
    doubted, waiting = replace(thread, day_doubt=news), replace(thread, id="c1", state="candidate", events=(*thread.events, news))
    offered = replace(thread, id="c2", state="candidate", events=(*thread.events, other))
    told, left = with_verdicts([doubted, waiting, offered], verdict(offered, "confirm"))
    assert (told.due, told.day_doubt) == (due, None)
    assert left == waiting
