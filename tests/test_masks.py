"""What nothing ever shows: hits and near misses, and time that grows with the text."""

from __future__ import annotations

import pytest

from pipeline.masks import ID_NUMBER, NETWORK, as_one, mask, never_shown, private_in


def kinds(text):
    return [found.kind for found in private_in(text, never_shown)]


@pytest.mark.parametrize(
    "text",
    [
        "IP: 203.0.113.87",
        "ip address : host-7.example.net",
        "เข้าจาก 198.51.100.4",
        "2001:db8::8a2e:370:7334",
        "๒๐๓.๐.๑๑๓.๘๗",
        "00-1b-44-11-3a-b7",
        "xxx.0.113.87",
    ],
)
def test_network_addresses(text):
    assert kinds(text) == [NETWORK]


@pytest.mark.parametrize(
    "text",
    [
        "1101700230708",
        "บัตรประชาชน 1-1017-00230-70-8",
        "เลขประจำตัว ๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘ ครับ",
        "1 1017 00230 70 8",
        "1101700-230708",
        "1–1017–00230–70–8",
        "110170\u200b0230708",
        "ลุงสี1101700230708",
        "(1101700230708)",
    ],
)
def test_id_numbers(text):
    assert kinds(text) == [ID_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "1101700230709",  # 13 digits, the last of which does not check
        "9786161234567",  # a book
        "ISBN 978-616-12-3456-7",
        "0101700230703",  # a telephone number with more behind it
        "A1101700230708",
        "11017002307081",
        "1101700230708-1",
        "งบ 1 2 3 4 5 6 7 8 9 0 1 2 1",
        "โครงการ 2 400 หมู่บ้าน ปี 2550 2551 2552 5",
        "ข้อ 1.2.3.4",
        "หัวข้อ 3.1.2.1",
        "รุ่น 300.400.500.600",
        "เวลา 08:30:15 ถึง 10:45:00",
        "26.02.2550",
        "คะแนน 3:2:1",
        "ZIP: 80000",
        "1,101,700,230,708 บาท",
    ],
)
def test_near_misses(text):
    assert mask(text) == text


def test_of_what_overlaps_all_is_masked():
    text = "IP: ::ffff:203.0.113.87 ครับ"
    assert as_one(mask(text)) == "IP: ▮ ครับ"


@pytest.mark.parametrize("piece", ["a:", "1.", "1-", "IP: ", "1101700230708 ", "203.0.113.87 ", "x.", "f:f:g "])
def test_time_grows_with_the_text(piece, grows_with_the_text):
    assert grows_with_the_text(mask, piece)
