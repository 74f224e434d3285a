"""The things to know first: what many say, what is new and what is due; few where little is worth it, and no two about the same."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pipeline.digest.top import highlights
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import ActionFields, DigestItem, Evidence, Passage, Span

TODAY = date(2009, 5, 1)
LESSONS = (
    "ปลูกผักรวมกันก่อนแล้วค่อยแบ่งแปลง ทำให้คนใหม่กล้าลองลงมือ",
    "ให้เด็กเป็นคนสอนปู่ย่าใช้โทรศัพท์ ทั้งสองฝ่ายจึงอยากมาทุกสัปดาห์",
    "บัญชีที่ติดไว้หน้าร้านค้าชุมชนลดข้อสงสัยได้ดีกว่าการประกาศเสียงตามสาย",
)


def mention(quote, label="lesson", *, post="1", at=0, days_ago=100, **facts):
    passage = Passage(post, f"{post}.txt", Span(at, at + len(quote)), quote, label, **({"confidence": 0.9, "group": f"g{quote[:9]}"} | facts))
    return Evidence(passage, "บันทึก", "สมใจ", datetime.combine(TODAY - timedelta(days=days_ago), datetime.min.time()), None)


def item(quote, label="lesson", **facts):
    return DigestItem(label, (mention(quote, label, **facts),))


def thread(one, *, due=None, state="open"):
    opener = one.evidence[0].passage
    return Thread("t" + opener.id, "action", "", state, (ThreadEvent(opener, "opens"),), due=due)


def named(*items, new=(), threads=()):
    return [one.item for one in highlights(items, new, threads, TODAY)]


def test_what_several_posts_say_stands_before_what_one_says():
    often = DigestItem("lesson", (mention(LESSONS[1], post="1"), mention(LESSONS[1], post="2"), mention(LESSONS[1], post="3")))
    assert named(item(LESSONS[0], confidence=0.99), often)[0] is often


def test_a_pull_quote_and_its_body_are_one_voice():
    twice = DigestItem("lesson", (mention(LESSONS[0], at=0), mention(LESSONS[0], at=500)))
    assert twice.sources == 1
    assert DigestItem("lesson", (mention(LESSONS[0]), mention(LESSONS[0], voice="commenter", speaker="ละมัย"))).sources == 2


def test_what_the_last_digest_did_not_have_stands_first_and_says_so():
    old, fresh = item(LESSONS[0], confidence=0.95), item(LESSONS[1], confidence=0.7)
    [first, second] = highlights([old, fresh], {fresh.evidence[0].passage.group}, [], TODAY)
    assert (first.item, first.new, second.new) == (fresh, True, False)


@pytest.mark.parametrize(
    ("due", "first"), [(TODAY + timedelta(days=3), True), (TODAY - timedelta(days=3), True), (TODAY - timedelta(days=900), False)]
)
def test_what_is_due_or_late_is_pressing_until_nobody_waits_any_more(due, first):
    task = item("ขอให้ทุกตำบลส่งรายชื่อผู้เข้าอบรมตามกำหนด", "action", confidence=0.61, action=ActionFields())
    assert (named(item(LESSONS[0], confidence=0.95), task, threads=[thread(task, due=due)])[0] is task) is first


def test_what_is_settled_or_doubtful_or_leans_on_others_is_not_named():
    done = item("ส่งรายชื่อผู้เข้าอบรมครบทุกตำบลเรียบร้อย", "action")
    doubtful = item(LESSONS[0], confidence=0.45)
    leaning = item("และทำให้ทุกคนอยากกลับมาประชุมอีกในเดือนถัดไป")
    assert named(done, doubtful, leaning, threads=[thread(done, state="done")]) == []


def test_a_post_of_mood_alone_names_nothing():
    assert highlights([], (), (), None) == ()


def test_a_day_that_was_moved_is_told_before_one_that_stands():
    set_, moved = (item(f"ประชุมกรรมการน้ำที่{place}ช่วงบ่าย ขอให้มาพร้อมกันทุกคน", "action", confidence=0.9) for place in ("วัดดอนแก้ว", "โรงเรียนบ้านโคก"))
    later = thread(moved, due=TODAY + timedelta(days=9))
    later = replace(later, events=(*later.events, replace(later.events[0], relation="moved")))
    assert named(set_, moved, threads=[thread(set_, due=TODAY + timedelta(days=9)), later])[0] is moved


def test_a_meeting_whose_day_is_over_is_not_late():
    held = item("ประชุมกรรมการน้ำที่วัดดอนแก้ว ขอให้มาพร้อมกันทุกคน", "action", confidence=0.9)
    task = item("ขอให้ทุกตำบลส่งรายชื่อผู้เข้าอบรมตามกำหนด", "action", confidence=0.9)
    days = [replace(thread(held, due=TODAY - timedelta(days=2)), kind="plan"), thread(task, due=TODAY - timedelta(days=9))]
    assert named(held, task, threads=days)[0] is task


@pytest.mark.parametrize("late", [timedelta(days=-3), timedelta(days=3)], ids=["late", "soon"])
def test_what_may_be_done_already_presses_less_and_says_so(late):
    settled, waits = (item(f"ขอให้{who}ส่งรายชื่อผู้เข้าอบรมตามกำหนดด้วย", "action", action=ActionFields()) for who in ("โรงเรียนบ้านโคก", "ตำบลดอนแก้ว"))
    days = [thread(one, due=TODAY + late) for one in (settled, waits)]
    assert named(settled, waits, threads=days)[0] is settled
    days[0] = replace(days[0], end_doubt=ThreadEvent(days[0].opened_by, "done"))
    assert named(settled, waits, threads=days)[0] is waits
    assert highlights([waits], (), days, TODAY)[0].may_end is None
    assert highlights([settled], (), days, TODAY)[0].may_end == ("action", "done")


def test_at_most_three_and_one_of_each_label_when_they_weigh_about_the_same():
    lessons = [item(quote, confidence=0.95) for quote in LESSONS]
    issue = item("ถนนเข้าหมู่บ้านขาดทุกหน้าฝน รถรับส่งคนไข้เข้าไม่ถึง", "issue", confidence=0.8)
    action = item("มอบให้ผู้ช่วยแก้วไปคุยกับแขวงทางหลวงเรื่องซ่อมสะพาน", "action", confidence=0.8)
    assert sorted(one.label for one in named(*lessons, issue, action)) == ["action", "issue", "lesson"]


def test_two_about_the_same_never_stand_together():
    one = item(LESSONS[0])
    same = item("ในหมู่บ้านเรา " + LESSONS[0], "issue")
    assert len(named(one, same)) == 1


def test_the_order_of_the_items_does_not_matter():
    items = [item(quote, at=100 * place) for place, quote in enumerate(LESSONS)]
    assert named(*items) == named(*reversed(items))


@pytest.mark.parametrize("voice", ["commenter", "reply"])
def test_one_comment_alone_is_named_only_where_a_day_presses(voice):
    said = item(LESSONS[0], confidence=0.95, voice=voice)
    task = item("ขอให้ทุกตำบลส่งรายชื่อผู้เข้าอบรมตามกำหนด", "action", confidence=0.7, voice=voice, action=ActionFields())
    assert named(said, task, threads=[thread(task, due=TODAY + timedelta(days=3))]) == [task]


def test_small_talk_is_never_named():
    thanks = item("ขอบคุณทุกท่านที่มาช่วยกันจัดเวทีจนงานสำเร็จไปได้ด้วยดี", confidence=0.99)
    assert named(thanks, item(LESSONS[0], confidence=0.7))[0].evidence[0].passage.quote == LESSONS[0]
    assert named(thanks) == []


def test_what_can_still_be_done_is_named_before_what_is_late():
    late, coming = (item(f"ขอให้{who}ส่งรายชื่อผู้เข้าอบรมตามกำหนดด้วย", "action", action=ActionFields()) for who in ("ตำบลดอนแก้ว", "โรงเรียนบ้านโคก"))
    days = [thread(late, due=TODAY - timedelta(days=5)), thread(coming, due=TODAY + timedelta(days=40))]
    assert named(late, coming, threads=days)[0] is coming


def test_where_no_post_is_dated_a_day_lifts_nothing_that_is_doubtful():
    told = item("บ่ายวันศุกร์เราแวะคุยกันที่สวนของลุงมาเรื่องท่อน้ำ", "action", confidence=0.55, action=ActionFields())
    waits = [thread(told, due=TODAY)]
    assert highlights([told], (), waits, None) == ()
    assert [one.item for one in highlights([told], (), waits, TODAY)] == [told]
