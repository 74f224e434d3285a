"""A forgotten name is found again by its hash, however it is written, and not inside other words."""

import pytest

from pipeline.errors import SettingsError
from pipeline.forgotten import Forgotten
from pipeline.privacy.forgetting import ForgottenNames, forget_name


def names(*words):
    return ForgottenNames([forget_name(one, "salt") for one in words])


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("สมหญิง ใจงาม", "พี่สมหญิง  ใจงามเล่า", "พี่▮▮▮▮▮▮▮▮▮▮▮▮▮เล่า"),
        ("สมหญิง ใจงาม", "สมหญิงใจงาม มา", "▮▮▮▮▮▮▮▮▮▮▮ มา"),
        ("ลุงน้ำ", "ลุงน\u0e4d\u0e49า กับลุงน้\u200bำ", "▮▮▮▮▮▮▮ กับ▮▮▮▮▮▮▮"),
        ("Malee", "MALEE and Malees, malee", "▮▮▮▮▮ and Malees, ▮▮▮▮▮"),
        ("Malee", "xMalee 9Malee Malee9", "xMalee 9Malee Malee9"),
        ("มาลี", "มาลีา มาลี่ มาลี", "มาลีา มาลี่ ▮▮▮▮"),
        ("สมหญิง ใจงาม", "พี่สมหญิง\nใจงาม", "พี่▮▮▮▮▮▮\n▮▮▮▮▮"),
        ("สมหญิง ใจงาม", "พี่สมหญิง\n\nใจงาม", "พี่สมหญิง\n\nใจงาม"),
        ("มาลี", "ไม่มีใครชื่อนี้", "ไม่มีใครชื่อนี้"),
        ("มาลีมา", "มาลีมาลีมา", "▮▮▮▮▮▮▮▮▮▮"),
    ],
)
def test_a_name_is_covered_sign_for_sign(name, text, kept):
    assert names(name).cover(text) == kept
    assert len(kept) == len(text)


def test_several_names_in_whatever_json_holds():
    value = {"who": [{"name": "ป้าแก้ว"}, None, 3], "what": "ลุงชมไปกับป้าแก้ว"}
    assert names("ป้าแก้ว", "ลุงชม").cover_in(value) == {"who": [{"name": "▮▮▮▮▮▮▮"}, None, 3], "what": "▮▮▮▮▮ไปกับ▮▮▮▮▮▮▮"}


def test_what_is_kept_of_a_name_does_not_hold_it():
    kept = forget_name("สมหญิง ใจงาม", "salt")
    assert "สมหญิง" not in repr(kept)
    assert kept != forget_name("สมหญิง ใจงาม", "other")
    assert not Forgotten("reader", "salt", kept.length, kept.digest).is_of("ใครอีกคนหนึ่ง")


@pytest.mark.parametrize("name", ["", " ก ", "นา"])
def test_a_name_that_would_be_found_everywhere_is_refused(name):
    with pytest.raises(SettingsError, match="must have 3 signs or more"):
        forget_name(name, "salt")


def test_long_texts_take_time_as_they_are_long(grows_with_the_text):
    assert grows_with_the_text(names("สมหญิง ใจงาม").cover, "นัดกันที่ศาลากับพี่สมหญิง ใจดี ")
