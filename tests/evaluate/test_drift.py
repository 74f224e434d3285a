"""A month in which the model no longer keeps what it promised is told, and luck is not."""

from datetime import date

import pytest

from pipeline.evaluate.drift import Judged, Said, drift

MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
PLAIN = "ตกลงกันว่าจะล้างถังน้ำทุกวันเสาร์"


def said(month, quote=PLAIN, confidence=0.8, count=60):
    return [Said(month, quote, "action", confidence + 0.1 * (number % 2)) for number in range(count)]


def judged(overturned, count=40, confidence=0.8, month=MONTHS[0]):
    return [Judged(month, number < overturned, confidence) for number in range(count)]


@pytest.mark.parametrize(
    ("overturned", "count", "alarms"),
    [
        (8, 40, ()),  # one in five, as a confidence of 0.8 promises
        (12, 40, ()),  # may be luck
        (15, 40, ("overturned",)),
        (9, 10, ()),  # too few to say
    ],
)
def test_reviewers_may_overturn_as_much_as_the_confidence_promises(overturned, count, alarms):
    [month] = drift([], judged(overturned, count), 0.0)
    assert (month.decisions, month.alarms) == (count, alarms)


def test_the_known_error_of_the_promise_is_allowed():
    assert drift([], judged(15), 0.1)[0].alarms == ()


@pytest.mark.parametrize(
    ("changed", "alarm"),
    [
        ({"confidence": 0.6}, "confidence"),
        ({"quote": "ดอกไม้สีแดงในแจกันใบเก่า"}, "cued"),
        ({"quote": f"{PLAIN} ฮฟฎฐก ฌฒฬฮฟ ฎฐฌฒฬ ฬฮฟฎฐ"}, "unknown"),
    ],
)
def test_a_month_that_is_far_from_those_before_is_told(changed, alarm):
    same = [*said(MONTHS[0]), *said(MONTHS[1])]
    assert [month.alarms for month in drift([*same, *said(MONTHS[2])], [], 0.0)] == [(), (), ()]
    assert [month.alarms for month in drift([*same, *said(MONTHS[2], **changed)], [], 0.0)] == [(), (), (alarm,)]
    assert drift([*same, *said(MONTHS[2], count=20, **changed)], [], 0.0)[2].alarms == ()  # too few to say


def test_the_figures_of_a_month():
    [month] = drift(said(MONTHS[0]), judged(10), 0.0)
    assert (month.passages, month.confidence, month.cued, month.unknown) == (60, pytest.approx(0.85), 1.0, 0.0)
    assert (month.overturned, round(month.bound, 3)) == (0.25, 0.304)
