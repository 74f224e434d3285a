"""What a calendar program reads in the calendar; an independent reader reads it here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import vobject

from pipeline.followed import ThreadEvent
from pipeline.records import Span, When
from pipeline.render import calendar_ics
from pipeline.render.calendar_ics import event_ics, stamped
from pipeline.render.recurrence import first_on, lasting
from pipeline.threads.said import Told
from pipeline.threads.verdicts import REJECTED, Said, judged
from tests.render.test_hostile import ATTACKS, HIDDEN, MASKED, turned

ZONE = "Asia/Bangkok"


@pytest.fixture(name="written")
def _written(here):
    return lambda *threads, project="กองทุน", last_post=date(2007, 3, 29): calendar_ics(project, ZONE, last_post, threads, here)


@pytest.fixture(name="events")
def _events(written):
    return lambda *threads: vobject.readOne(written(*threads).decode()).contents.get("vevent", [])


def told_in(*events):
    return [Told(event.passage, order, None) for order, event in enumerate(events)]


def repeating(thread, rule: str, next_expected: date, time: str | None = None):
    opener = thread.opened_by
    every = replace(opener, action=replace(opener.action, when=(When("", repeats=rule, time=time),)))
    return replace(thread, kind="cadence", events=(ThreadEvent(every, "opens"),), due=None, next_expected=next_expected)


def test_a_day_with_hours_is_an_event_in_the_teams_time(events, training):
    [event] = events(training(18))
    assert event.dtstart.value.astimezone(UTC) == datetime(2007, 4, 18, 2, 30, tzinfo=UTC)
    assert event.dtend.value.astimezone(UTC) == datetime(2007, 4, 18, 5, 0, tzinfo=UTC)
    assert event.summary.value.startswith("กำหนดการ: จะนัดฝึกทำบัญชี")
    assert event.location.value == "ศาลากลางบ้าน"
    assert "ใคร: ครูจินดา" in event.description.value
    assert "อรุณ สายชล (ผู้เขียน) · กติกาของคนหนองกุ่ม · 26 กุมภาพันธ์ 2550" in event.description.value
    assert (event.status.value, event.sequence.value, event.url.value) == ("CONFIRMED", "0", "https://blog.example.org/posts/51204")


@pytest.mark.parametrize("last_post", [date(2007, 5, 1), None])
def test_an_event_that_stands_is_stamped_with_the_new_day_and_nothing_else(here, training, last_post):
    opener = training(18).opened_by
    quoting = replace(training(18), events=(ThreadEvent(replace(opener, quote=f"DTSTAMP:20070329T000000Z {opener.quote}"), "opens"),))
    before = event_ics(quoting, ZONE, date(2007, 3, 29), here)
    assert stamped(before, last_post) == event_ics(quoting, ZONE, last_post, here) != before


def test_a_place_stands_as_it_is_written(events, training):
    thread = training(18)
    opener = replace(thread.opened_by, action=replace(thread.opened_by.action, where="อบต.นาดี"))
    [event] = events(replace(thread, events=(ThreadEvent(opener, "opens"),)))
    assert event.location.value == "อบต.นาดี"  # without the level that a page tells beside it


def test_a_moved_day_takes_the_place_of_the_old_one(events, training):
    [before], [after] = events(training(11)), events(training(11, 18))
    assert before.uid.value == after.uid.value
    assert int(before.sequence.value) < int(after.sequence.value)
    assert after.dtstart.value == date(2007, 4, 18)  # the news tells no hour
    assert "เลื่อนกำหนด: 11 เมษายน 2550 → 18 เมษายน 2550" in after.description.value
    assert "2007041" not in after.serialize().replace("20070418", "").replace("20070419", "")


def test_what_is_dropped_or_put_off_without_a_day_is_cancelled(events, training):
    plain = training(11)
    dropped = replace(plain, state="dropped")
    put_off = replace(plain, state="moved", events=(*plain.events, ThreadEvent(plain.opened_by, "moved", "2007-04-11", None)))
    assert put_off.current_due is None
    for thread in (dropped, put_off):
        [event] = events(thread)
        assert (event.status.value, event.uid.value, event.sequence.value) == ("CANCELLED", f"{plain.id}@thai-lessons", "2")


def test_a_day_that_unconfirmed_news_would_move_is_tentative(events, training):
    plain = training(11)
    [event] = events(replace(plain, day_doubt=ThreadEvent(plain.opened_by, "moved", "2007-04-11", "2007-04-25")))
    assert (event.status.value, event.dtstart.value.day) == ("TENTATIVE", 11)
    assert "กำหนด: 11 เมษายน 2550 หรือ 25 เมษายน 2550 (อาจเลื่อน รอคนยืนยัน)" in event.description.value


def test_what_may_have_settled_it_is_told_with_its_words(events, training):
    plain = training(11)
    news = ThreadEvent(replace(plain.opened_by, span=Span(0, 5), quote="อบรมกันครบแล้ว"), "done")
    [event] = events(replace(plain, end_doubt=news))
    told = event.description.value.splitlines()
    assert "สถานะ: ยังไม่มีข่าวแน่ชัด (อาจทำแล้ว รอคนยืนยัน)" in told
    assert "อาจทำแล้ว รอคนยืนยัน: “อบรมกันครบแล้ว”" in told


def test_the_sequence_rises_with_each_doubt_and_with_each_answer_to_it(events, training):
    plain = training(11)
    news = ThreadEvent(replace(plain.opened_by, span=Span(0, 5)), "moved", "2007-04-11", "2007-04-25")
    doubted = replace(plain, day_doubt=news)
    [refused] = judged([doubted], told_in(doubted.events[0], news), {(plain.opened_by.id, news.passage.id): Said(REJECTED, "มาลี")})
    moved = replace(training(11, 25), refused=1)
    steps = [event.sequence.value for thread in (plain, doubted, refused, moved) for event in events(thread)]
    assert steps == sorted(set(steps), key=int)
    assert refused.day_doubt is None


def test_the_sequence_rises_where_a_move_is_refused(events, training):
    moved = training(11, 25)
    [back] = judged([moved], told_in(*moved.events), {(moved.opened_by.id, moved.last.passage.id): Said(REJECTED, "มาลี")})
    assert back.due == date(2007, 4, 11)
    assert [event.sequence.value for thread in (moved, back) for event in events(thread)] == ["2", "4"]


@pytest.mark.parametrize("change", [{"state": "done"}, {"state": "candidate"}, {"due": None}])
def test_what_is_settled_doubtful_or_without_a_day_has_no_event(events, training, change):
    assert events(replace(training(18), **change)) == []


def test_several_days_are_whole_days_and_the_end_is_the_day_after(events, training):
    thread = training(18)
    opener = thread.opened_by
    days = replace(opener, action=replace(opener.action, when=(When("", date(2007, 4, 18), date(2007, 4, 20), "09:30"),)))
    [event] = events(replace(thread, events=(ThreadEvent(days, "opens"),)))
    assert (event.dtstart.value, event.dtend.value) == (date(2007, 4, 18), date(2007, 4, 21))


@pytest.mark.parametrize(
    ("rule", "expected", "first"),
    [
        ("FREQ=MONTHLY;BYDAY=2WE", date(2007, 4, 26), date(2007, 5, 9)),
        ("FREQ=MONTHLY;BYDAY=-1SA", date(2007, 4, 2), date(2007, 4, 28)),
        ("FREQ=WEEKLY;BYDAY=MO,TH", date(2007, 4, 3), date(2007, 4, 5)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2007, 2, 3), date(2007, 2, 28)),
        ("FREQ=YEARLY;BYMONTH=10", date(2007, 4, 3), date(2007, 10, 1)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2007, 4, 3), date(2007, 4, 3)),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", date(2007, 4, 3), date(2007, 4, 3)),  # a day that no calendar has
    ],
)
def test_a_practice_repeats_from_the_first_day_that_its_rule_has(events, training, rule, expected, first):
    assert first_on(rule, expected) == first
    [event] = events(repeating(training(18), rule, expected))
    assert (event.dtstart.value, event.rrule.value.split(";")[0]) == (first, rule.split(";")[0])


def test_a_monthly_practice_of_the_31st_leaves_no_month_out(events, training):
    [event] = events(repeating(training(18), "FREQ=MONTHLY", date(2007, 5, 31), "13:00"))
    assert event.rrule.value == "FREQ=MONTHLY;BYMONTHDAY=-1"
    assert event.dtstart.value.date() == date(2007, 5, 31)
    assert lasting("FREQ=MONTHLY", date(2007, 5, 28)) == "FREQ=MONTHLY"


def test_lines_are_folded_by_octets_and_no_sign_is_cut(written, training):
    lines = written(training(11, 18)).split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines)
    assert b"\n" not in b"".join(lines)


def test_a_calendar_without_days_is_a_calendar(written):
    calendar = vobject.readOne(written(last_post=None).decode())
    assert [each.tzid.value for each in calendar.vtimezone_list] == [ZONE]
    assert "vevent" not in calendar.contents


def test_the_same_threads_make_the_same_bytes(written, training, monkeypatch):
    first = written(training(11, 18), replace(training(25), id="1a"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert written(replace(training(25), id="1a"), training(11, 18)) == first
    assert b"DTSTAMP:20070329T000000Z" in first


@pytest.mark.parametrize("attack", [*ATTACKS.values(), "x\r\nATTENDEE:mailto:all@example.org\r\nEND:VEVENT", "a;b,c\\n:d"])
def test_no_scraped_text_makes_a_line_of_its_own(training, here, attack):
    thread = training(11, 18)
    hostile = replace(thread, title=attack, owners=(attack,))
    data = calendar_ics(attack, ZONE, None, [hostile], lambda said: turned(here(turned(said, attack)), attack)).decode()
    harmless = calendar_ics("ครับ", ZONE, None, [thread], here).decode()
    names = [[line.split(":")[0].split(";")[0] for line in text.replace("\r\n ", "").splitlines()] for text in (data, harmless)]
    assert [name for name in names[0] if name != "URL"] == [name for name in names[1] if name != "URL"]
    assert not set(HIDDEN + "\ud800") & set(data)
    assert not [private for private in MASKED if private in data.replace("\r\n ", "")]
    [event] = vobject.readOne(data).vevent_list
    assert " ".join(attack.split())[:1] in event.description.value or not attack.isprintable()
