"""Posts, passages and corrections as short as a test needs them."""

from datetime import UTC, datetime

import pytest

from pipeline.corrections import Correction, anchor_of
from pipeline.records import Passage, Post, Span

DAY = datetime(2026, 1, 5, 3, tzinfo=UTC)


def at(text, words, nth=0):
    """Return where words stand in a text for the n-th time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


@pytest.fixture
def a_post():
    def make(text, **fields):
        return Post(id="1", source="1.txt", origin="/inbox/1.txt", text=text, **fields)

    return make


@pytest.fixture
def a_passage():
    def make(post, words, label="lesson", **fields):
        return Passage(post.id, post.source, at(post.text, words), words, label, **{"confidence": 0.6, "model": "m1", **fields})

    return make


@pytest.fixture
def a_correction():
    """Return a maker of corrections, each later than the one before."""
    made = []

    def make(post, words, field="label", after=None, *, further=(), **fields):
        span = words if isinstance(words, Span) else at(post.text, words)
        number = len(made) + 1
        known = {
            "item": f"{post.id} {span.start}",
            "anchor": anchor_of(post.text, span),
            "reviewer": "somchai",
            "at": DAY,
            "key": f"k{number}/0",
            "number": number,
        }
        anchors = tuple(anchor_of(post.text, one if isinstance(one, Span) else at(post.text, one)) for one in further)
        one = Correction(field=field, post=post.id, further=anchors, after=after, **{**known, **fields})
        made.append(one)
        return one

    return make
