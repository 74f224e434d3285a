"""A store in a fresh file and in a fresh database of a PostgreSQL server, and posts and passages as short as a test needs them."""

from datetime import datetime

import pytest

from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return f"sqlite:///{tmp_path}/lessons.db" if request.param == "sqlite" else request.getfixturevalue("postgres").fresh()


@pytest.fixture
def store(url):
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def a_post():
    def make(post_id="1", text="ต้องคุยกันก่อน แล้วค่อยลงมือ", **fields):
        known = {"source": f"{post_id}.txt", "origin": f"/inbox/{post_id}.txt", "posted_at": datetime(2550, 2, 26, 17, 5)}  # noqa: DTZ001 - local to the page
        return Post(id=post_id, text=text, **{**known, **fields})

    return make


@pytest.fixture
def a_passage():
    def make(post, start=0, end=5, **fields):
        known = {"label": "lesson", "confidence": 0.9, "quote": post.text[start:end]}
        return Passage(post=post.id, source=post.source, span=Span(start, end), **{**known, **fields})

    return make


@pytest.fixture
def analyse(store, a_passage):
    """Put posts into the store, each with the passages whose fields are given."""

    def put(*rows, model="m1", phases_key="k1"):
        store.put_posts([post for post, _ in rows])
        found = [
            (post, [a_passage(post, **{"start": i, "end": i + 5, **fields}) for i, fields in enumerate(all_fields)]) for post, all_fields in rows
        ]
        store.put_analysis(model, phases_key, found)

    return put
