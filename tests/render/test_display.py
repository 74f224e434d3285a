"""What of a scraped text may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.display import display, mask, on_one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("IP: 203.0.113.87", "IP: ▮"),
        ("IP:xxx.0.113.87 เขียนว่า", "IP:▮ เขียนว่า"),
        ("บ้าน203.0.113.87", "บ้าน▮"),
        ("ครับ...203.0.113.87.", "ครับ...▮."),
        ("บ้านfe80::1ff:fe23:4567:890aครับ", "บ้าน▮ครับ"),
        ("IP Address: host-7.example", "IP Address: ▮"),
        ("มาจาก ๒๐๓.๐.๑๑๓.๘๗", "มาจาก ▮"),
        ("203.0.\u200b113.87", "▮"),
        ("http://203.0.113.87/blog", "http://▮/blog"),
        ("fe80::1ff:fe23:4567:890a", "▮"),
        ("::ffff:203.0.113.87", "▮"),
        ("00:1B:44:11:3A:B7", "▮"),
        ("บัตร 1-1017-00230-70-8", "บัตร ▮"),
        ("บัตร 1101700230708 ครับ", "บัตร ▮ ครับ"),
    ],
)
def test_network_addresses_and_id_numbers_are_masked(text, shown):
    assert display(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "เวลา 14:08:30 น.",
        "วันที่ 26.02.2550",
        "ข้อ 1.2.3",
        "หมายเลข 1101700230709",
        "โทร 081-234-5678",
        "ดังนี้ :: ก",
        "ZIP: 80000",
        "น้ำ\u200bที่ปั๊ม",
        "👩\u200d🌾",
        "บรรทัด\nใหม่",
    ],
)
def test_other_words_and_numbers_stay(text):
    assert display(text) == text


@given(st.text(alphabet=st.sampled_from("0123456789.:-xX IPก\u200b\u202e\x00\ud800fe")))
def test_masking_keeps_every_offset_and_twice_is_once(text):
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(after in {before, "▮"} for before, after in zip(text, masked, strict=True))
    assert mask(masked) == masked


@given(st.text())
def test_one_line_is_one_line(text):
    assert len(on_one_line(text).splitlines()) <= 1
