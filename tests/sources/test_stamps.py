"""Stamps in either calendar, in Thai or Arabic digits; days that do not exist are no stamps."""

from datetime import datetime

import pytest

from pipeline.sources.stamps import read_iso, read_stamp


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("เขียนเมื่อ 9 มิถุนายน 2549 07:30 น. ()", (2006, 6, 9, 7, 30)),
        ("9 มิ.ย. 2006 07.30 น.", (2006, 6, 9, 7, 30)),
        ("๙ มิย ๒๕๔๙", (2006, 6, 9, 0, 0)),
        ("29 ก.พ. 2551", (2008, 2, 29, 0, 0)),
        ("31 เมษายน 2550", None),
        ("9 มิถุนายน 2549 27:61", None),
        ("เมื่อวานนี้", None),
    ],
)
def test_thai_stamps(written, moment):
    assert read_stamp(written) == (datetime(*moment) if moment else None)  # noqa: DTZ001 -- pages name no zone


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2006-06-09", (2006, 6, 9, 0, 0)),
        ("2549-06-09 07:30", (2006, 6, 9, 7, 30)),
        ("2551-02-29", (2008, 2, 29, 0, 0)),
        ("2006-06-09T00:30:00+00:00", (2006, 6, 9, 7, 30)),
        ("20060609", None),
        ("2006-W23-5", None),
        ("0000-01-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_iso_dates(written, moment):
    assert read_iso(written) == (datetime(*moment) if moment else None)  # noqa: DTZ001
