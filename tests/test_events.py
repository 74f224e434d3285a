"""What a post tells of its event: which one, when, where, who came; what it does not tell stays empty."""

from datetime import date, datetime

import pytest

from pipeline.events import PostEvent, event_of
from pipeline.records import Post, Span


def post(body, title="เวทีเรียนรู้", posted=None):
    text = f"{title}\n\n{body}"
    return Post("1", "1.txt", "/1.txt", text, title=title, posted_at=posted, body=(Span(len(title) + 2, len(text)),))


def test_a_meeting_is_told_with_all_its_facts():
    body = "วันนี้ 14 มีนาคม 2551 จัดเวทีครั้งที่ 3 ที่ห้องประชุมชั้น 2 เทศบาลบ้านสวน มีผู้เข้าร่วมประมาณ 45 คน โดยกลุ่มแม่บ้านทุ่งนาเป็นเจ้าภาพ ปิดด้วย AAR"
    event = event_of(post(body, posted=datetime.fromisoformat("2008-03-15T20:01")))
    assert event == PostEvent(
        what="เวทีเรียนรู้",
        ordinal=3,
        day=date(2008, 3, 14),
        last_day=date(2008, 3, 14),
        basis="written",
        where="ห้องประชุมชั้น 2 เทศบาลบ้านสวน",
        host="กลุ่มแม่บ้านทุ่งนา",
        headcount=45,
        about=True,
        stage="AAR",
    )


def test_a_target_is_kept_beside_what_came_of_it():
    event = event_of(post("เชิญไว้ 30 หมู่บ้าน เอาเข้าจริง 41 หมู่บ้าน"))
    assert (event.expected, event.actual, event.unit) == (30, 41, "หมู่บ้าน")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("ครั้งหน้านัดวันที่ 5 เมษายน 2551", None),  # lies ahead
        ("เมื่อวันที่ 1 มกราคม 2545 ผมยังเด็ก", None),  # lies long ago
        ("เมื่อวันที่ 9 มี.ค. ไปเยี่ยมกลุ่ม ครั้งหน้า 9 เม.ย.", date(2008, 3, 9)),
        ("เมื่อวานนี้ประชุมกันที่วัด", date(2008, 3, 14)),
    ],
)
def test_the_day_is_one_on_which_it_can_have_been(body, day):
    assert event_of(post(body, posted=datetime.fromisoformat("2008-03-15"))).day == day


def test_what_is_not_told_stays_empty():
    assert event_of(post("อากาศดี")) == PostEvent(what="เวทีเรียนรู้")
