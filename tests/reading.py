"""The shipped reader, loaded once, and a factory of posts."""

import pytest

from pipeline.assets import asset
from pipeline.nlp.reader import cues_reader, load_reader
from pipeline.records import Comment, Post, Span


@pytest.fixture(scope="session")
def reader():
    return load_reader(asset("models"))


@pytest.fixture(scope="session")
def by_cues():
    return cues_reader()


@pytest.fixture(scope="session")
def make_post():
    """Return a factory: body and comments as texts, `comments` as pairs of author and text."""

    def make(body="", comments=(), *, author=None, lead=None, number=0):
        text = "ชื่อเรื่องสมมุติ\n\n"
        spans = []
        for part in (lead, body, *(written for _, written in comments)):
            spans.append(Span(len(text), len(text) + len(part or "")))
            text += f"{part or ''}\n\n"
        return Post(
            id=f"post-{number}",
            source=f"{number}.txt",
            origin=f"/inbox/{number}.txt",
            text=text,
            title="ชื่อเรื่องสมมุติ",
            author=author,
            lead=spans[0] if lead else None,
            body=(spans[1],),
            comments=tuple(Comment(span, name) for span, (name, _) in zip(spans[2:], comments, strict=True)),
        )

    return make
