"""Pieces that are counted by what each can win or lose are counted as any other reading is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.piece_counts import CutPost, PieceCounts
from pipeline.evaluate.scores import count_post
from pipeline.labelled import GoldSpan
from pipeline.labels import OTHER, label_ids
from pipeline.records import Span

SAID = st.sampled_from((*label_ids(), OTHER))
PLACE = st.tuples(st.integers(0, 50), st.integers(1, 30)).map(lambda row: Span(row[0], row[0] + row[1]))
MARK = st.builds(GoldSpan, PLACE, st.sampled_from(label_ids()), st.none() | PLACE, st.booleans())


@st.composite
def posts(draw):
    """Draw a post of some words, its pieces one after the other with gaps, what is said of each, and marks that may overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 80), max_size=10)))
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    text = "".join(draw(st.lists(st.sampled_from("กข \n"), min_size=80, max_size=80)))
    return CutPost(text, spans, draw(st.lists(MARK, max_size=5))), [draw(SAID) for _ in spans]


@given(st.lists(posts(), max_size=3))
def test_they_are_counted_as_any_other_reading(drawn):
    expected = [
        count_post(post.text, post.marks, [(span, label) for span, label in zip(post.spans, said, strict=True) if label != OTHER])
        for post, said in drawn
    ]
    found = PieceCounts([post for post, _ in drawn]).of([label for _, said in drawn for label in said])
    assert len(found) == len(expected)
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))
