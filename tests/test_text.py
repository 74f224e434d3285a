"""Offsets survive every repair: there and back, on any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Span
from pipeline.text import clean

HOSTILE = st.text(alphabet="กขอเแาำะิีืุู็ัํ่้๊๋์ฺ\u200b\ufeff\u00a0๙\uf701\uf70a\uf718uv ", max_size=40)
ANY = st.one_of(HOSTILE, st.text(max_size=40))


@given(ANY)
def test_cleaning_is_idempotent(raw):
    once = clean(raw).text
    assert clean(once).text == once


@given(ANY)
def test_the_whole_stands_for_the_whole(raw):
    cleaned = clean(raw)
    assert cleaned.raw == raw
    assert cleaned.to_raw(0, len(cleaned.text)) == Span(0, len(raw))
    assert cleaned.from_raw(0, len(raw)) == Span(0, len(cleaned.text))


@given(ANY)
def test_the_way_back_is_monotone_and_leaves_no_sign_out(raw):
    cleaned = clean(raw)
    signs = range(1, len(cleaned.text) - 1)
    spans = [cleaned.to_raw(i, i + 1) for i in signs]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    assert all(span.start < span.end for span in spans)


@given(ANY, st.data())
def test_there_and_back_holds_at_least_the_same(raw, data):
    cleaned = clean(raw)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    back = cleaned.from_raw(*_pair(cleaned.to_raw(start, end)))
    if start < end:
        assert back.start <= start
        assert back.end >= end


@given(st.text(alphabet="กข 12ab\r\n", max_size=10), st.text(alphabet="กข 12ab\r\n", max_size=10))
def test_signs_outside_a_repair_map_to_themselves(before, after):
    raw = f"{before}น\u200bํ้าxเเ{after}"
    cleaned = clean(raw)
    for place in range(len(before)):
        assert cleaned.to_raw(place, place + 1) == Span(place, place + 1)
    for back in range(1, len(after) + 1):
        assert cleaned.to_raw(len(cleaned.text) - back, len(cleaned.text) - back + 1) == Span(len(raw) - back, len(raw) - back + 1)


@pytest.mark.parametrize(
    ("raw", "word", "written"),
    [
        ("ขอ\u200bบ\u200bท\u200bเรียน", "บทเรียน", "บ\u200bท\u200bเรียน"),
        ("\ufeffดื่มนํ้าทุกวัน", "น้ำ", "นํ้า"),
        ("พบคุณอำนวยu ที่วัด", "คุณอำนวย❶", "คุณอำนวยu"),
        ("เเม่เเละลูก", "และ", "เเละ"),
    ],
)
def test_a_word_leads_back_to_how_it_was_written(raw, word, written):
    cleaned = clean(raw)
    start = cleaned.text.index(word)
    assert cleaned.to_raw(start, start + len(word)).of(raw) == written
    place = raw.index(written)
    assert cleaned.from_raw(place, place + len(written)).of(cleaned.text) == word


def test_an_empty_span_stays_empty():
    cleaned = clean("ก\u200bข\u200bค")
    assert cleaned.to_raw(1, 1) == Span(2, 2)
    assert cleaned.from_raw(1, 2) == Span(1, 1)


@pytest.mark.parametrize("piece", ["่", "่้", "ีี่", "\u200b", "เ", "ํ", "ืออ่", "๙", "คุณกิจ ", "u", "า่", "\u00a0 "])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(clean, piece)


def _pair(span):
    return span.start, span.end
