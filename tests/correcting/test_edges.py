"""Edges lie between words and never inside a sign, whatever stands in a post."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.correcting.edges import allowed, moved, word_borders
from pipeline.correcting.trials import TRAINED_AFTER, training_items
from pipeline.errors import CorrectionRefused
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.clusters import is_inside, nearest_border
from pipeline.records import Span

SIGNS = "กขนมรอเแโใไะาำิีุูัํ็่้๊๋์ๆฯ ab1.\r\n\t\u00a0\u200b\u200d\ufe0f😀👍🏽🇹🇭👩🌾é\u0301—"
texts = st.text(st.sampled_from(SIGNS), max_size=30)


def clusters(text):
    """Return where Unicode's own rules let a text be cut."""
    return {0, len(text), *(found.end() for found in regex.finditer(r"\X", text))}


@given(text=texts)
def test_no_cut_is_allowed_inside_a_sign(text):
    assert [offset for offset in range(len(text) + 1) if not is_inside(text, offset) and offset not in clusters(text)] == []


@pytest.mark.parametrize("text", ["น้ำใจคนบ้านกลาง", "ที่นี่ไม่มีปัญหา\r\nเราช่วยกัน", "ไป👍🏽กัน 🇹🇭🇱🇦", "นํ้า เเละ", "KM ครั้งที่ ๓"])
def test_every_cut_that_unicode_allows_in_prose_is_allowed(text):
    assert {offset for offset in range(len(text) + 1) if not is_inside(text, offset)} == clusters(text)


@given(text=texts)
def test_words_begin_and_end_between_signs(text):
    borders = word_borders(text)
    assert (borders[0], borders[-1]) == (0, len(text))
    assert set(borders) <= clusters(text)
    assert list(borders) == sorted(set(borders))


@given(text=texts, start=st.integers(0, 30), end=st.integers(0, 30))
def test_a_span_is_refused_or_can_be_cut_and_is_no_longer(text, start, end):
    start, end = sorted((start, end))
    try:
        span = allowed(text, Span(start, end))
    except CorrectionRefused:
        return
    assert {span.start, span.end} <= clusters(text)
    assert start <= span.start < span.end <= end


def test_an_edge_goes_on_and_back_by_words_and_stays_in_the_text():
    text = "นัดกันวันศุกร์"
    assert [moved(text, 6, step) for step in (1, 2, 3, 9, -1, -2, -9, 0)] == [9, 14, 14, 14, 3, 0, 0, 6]
    assert (moved(text, 14, 1), moved(text, 0, -1), moved(text, 4, 1), moved(text, 4, -1)) == (14, 0, 6, 3)
    assert (nearest_border("น้ำ", 1, 1), nearest_border("น้ำ", 1, -1)) == (3, 0)


def test_a_new_reviewer_is_trained_on_every_label_with_a_reason():
    items = training_items()
    assert len(items) >= TRAINED_AFTER
    assert {item.label for item in items[:TRAINED_AFTER]} == {*label_ids(), OTHER}
    assert len({item.id for item in items}) == len({item.text for item in items}) == len(items)
    assert all(item.why for item in items)
