"""Each repair on words of the trade, what no repair may touch, and that no repair is missed by the first look."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th.spelling import REPAIRS, needs_repair
from pipeline.text import clean

HOSTILE = st.text(alphabet="กอเแาำะิีืุู็ัํ่้๊๋์ฺ\u200b\ufeff\u00a0๙\uf701\uf70a\uf718uv อ", max_size=24)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ต\u00a0บ้านนา\u3000หมู่ 2", "ต บ้านนา หมู่ 2"),
        ("บท\u200bเรียน\ufeff", "บทเรียน"),
        ("นํ้า", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("ทํางาน", "ทำงาน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ท\u0e35\u0e35\u0e48", "ที่"),
        ("ท\u0e48\u0e35\u0e48", "ที่"),
        ("หม\u0e39\u0e38\u0e48บ้าน", "หมู่บ้าน"),
        ("เพือ่เรียนรู้เรือ่งนี้", "เพื่อเรียนรู้เรื่องนี้"),
        ("บา้น", "บ้าน"),
        ("นำ้", "น้ำ"),
        ("เเละเเม่", "และแม่"),
        ("คุณอำนวยu กับคุณเอื้อ v", "คุณอำนวย❶ กับคุณเอื้อ ❷"),
        ("๑๒ มี.ค. ๒๕๕๐", "12 มี.ค. 2550"),
        ("ท\uf702\uf70a", "ที่"),
        ("ก\uf718", "กุ"),
        ("ฝ\uf710น", "ฝัน"),
    ],
)
def test_repairs_what_pages_get_wrong(written, meant):
    assert clean(written).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "มากกกกก 5555 จ้าาา",
        "สิทธิ์ พันธุ์ ก็ ศูนย์",
        "มืออ่อน ถืออ่าง ปีย้อนหลัง",
        "คุณกิจ university และ u v",
        "แลเห็นๆ ฯลฯ",
        "ทู่ที่หนู่นี่",
        "line one\r\n\tline two",
    ],
)
def test_leaves_the_rest_alone(text):
    assert clean(text).text == text


@given(HOSTILE)
def test_first_look_misses_no_repair(text):
    if any(repair.pattern.search(text) for repair in REPAIRS):
        assert needs_repair(text)


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.name)
def test_every_repair_says_why(repair):
    assert isinstance(repair.pattern, re.Pattern)
    assert len(repair.why) > 20
