"""A store in a fresh file, and posts and passages as short as a test needs them.

Tests that ask for `both` run on PostgreSQL too, in a database of their own, where TEST_POSTGRESQL names a server, as in
``postgresql://km@127.0.0.1/lessons``.
"""

import os
import uuid
from datetime import datetime

import pytest
from sqlalchemy import create_engine, text

from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/lessons.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request, tmp_path):
    """Return the address of a fresh database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/lessons.db"
        return
    server = os.environ.get("TEST_POSTGRESQL")
    if not server:
        pytest.skip("TEST_POSTGRESQL names no server")
    name = f"test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.rpartition("/")[0] + f"/{name}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


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
