"""A day is in doubt as long as unconfirmed news may have moved it."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.threads import follow
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said


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
