"""The review app over a store in a fresh file: a post of our own, a queue of its passages, reviewers, and a client that behaves like a browser.

With REVIEW_ON=postgresql in the environment the store is a fresh database of a PostgreSQL server.
"""

import os
import re
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from pipeline.corrections import QueueItem
from pipeline.records import Comment, Passage, Post, Span
from pipeline.review.app import make_app
from pipeline.review.passwords import hashed
from pipeline.review.site import Site
from pipeline.reviewers import Reviewer
from pipeline.settings import read_settings
from pipeline.store.store import Store

BASE = "http://127.0.0.1:8765"
PASSWORD = "ปลูกผักหลังวัด"
TEXT = (
    "เล่าจากวงคุยกลุ่มผัก\n\nเช้านี้ฝนตกหนัก คนมาน้อย\n\nต้องถามคนในบ้านก่อนแล้วค่อยวางแผน ไม่อย่างนั้นไม่มีใครมา แต่ตอนนี้ยังขาดคนพาคุย\n\n"
    "ให้ป้าแดงนัดประชุมวันที่ 6 มี.ค. ที่ศาลาวัด 😀 แล้วพบกันใหม่\n\nขอบคุณทุกคน\n\nเห็นด้วยค่ะ ที่บ้านเราน้ำไม่พอ"
)
PARTS = [
    ("ต้องถามคนในบ้านก่อนแล้วค่อยวางแผน", "lesson"),
    ("แต่ตอนนี้ยังขาดคนพาคุย", "issue"),
    ("ให้ป้าแดงนัดประชุมวันที่ 6 มี.ค. ที่ศาลาวัด", "action"),
    ("ที่บ้านเราน้ำไม่พอ", "issue"),
]


@pytest.fixture
def post():
    cut = TEXT.index("เห็นด้วย")
    return Post(
        "1", "1.txt", "/inbox/1.txt", TEXT, title="วงคุยกลุ่มผัก", author="ครูแดง", posted_at=datetime(2009, 3, 1),  # noqa: DTZ001 - local to the page
        body=(Span(0, cut),), comments=(Comment(Span(cut, len(TEXT)), "น้องฟ้า"),),
    )  # fmt: skip


@pytest.fixture
def passages(post):
    found = []
    for number, (quote, label) in enumerate(PARTS):
        start = post.text.index(quote)
        second = ("other", 0.3)
        found.append(Passage(post.id, post.source, Span(start, start + len(quote)), quote, label, 0.6 + number / 100, model="m1", second=second))
    return found


@pytest.fixture
def url(request, tmp_path):
    on_server = os.environ.get("REVIEW_ON") == "postgresql"
    return request.getfixturevalue("postgres").fresh() if on_server else f"sqlite:///{tmp_path}/lessons.db"


@pytest.fixture
def store(url, post, passages):
    with Store.open(url) as opened:
        opened.put_posts([post])
        opened.put_analysis("m1", "k1", [(post, passages)])
        opened.queue.refill([queued(passage, rank=rank) for rank, passage in enumerate(passages)])
        for name, role in (("somsri", "reviewer"), ("somchai", "reviewer"), ("wipa", "adjudicator")):
            opened.reviewers.add(Reviewer(name, f"คุณ{name}", role), _hash(), 0)
        yield opened


def queued(passage, **fields):
    known = {"reason": "uncertain", "value": 1 - passage.confidence, "start": passage.span.start, "label": passage.label}
    return QueueItem(passage.id, "passage", passage.post, **{**known, **fields})


_HASHES = []


def _hash():
    if not _HASHES:
        _HASHES.append(hashed(PASSWORD))  # slow by intention: once for all tests
    return _HASHES[0]


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site(store, tmp_path, clock):
    (tmp_path / "lessons.toml").write_text("[review]\ntraining = false\n", encoding="utf-8")
    return Site(store, read_settings(tmp_path / "lessons.toml"), ("k" * 43,), BASE, tmp_path, clock=clock)


class Browser:
    """A browser as far as the app sees one: it keeps cookies, tells where a request comes from, and sends back the form token of the page."""

    def __init__(self, site):
        self.client = TestClient(
            make_app(site), base_url=site.base_url, follow_redirects=False, raise_server_exceptions=False, client=("127.0.0.1", 50_000)
        )
        self.token = ""

    def get(self, address, **headers):
        answer = self.client.get(address, headers=headers)
        if found := re.search(r'(?:data-token|name="form_token" value)="([0-9a-f]{64})"', answer.text):
            self.token = found[1]
        return answer

    def post(self, address, form=None, **headers):
        return self.client.post(address, data={"form_token": self.token, **(form or {})}, headers={"Sec-Fetch-Site": "same-origin", **headers})

    def send(self, address, data, **headers):
        return self.client.post(address, json=data, headers={"Sec-Fetch-Site": "same-origin", "X-Form-Token": self.token, **headers})

    def enter(self, name="somsri", password=PASSWORD):
        answer = self.post("/enter", {"name": name, "password": password})
        self.get("/")
        return answer


@pytest.fixture
def stranger(site):
    return Browser(site)


@pytest.fixture
def browser(site):
    made = Browser(site)
    assert made.enter().status_code == 303
    return made


@pytest.fixture
def another(site):
    def make(name):
        made = Browser(site)
        assert made.enter(name).status_code == 303
        return made

    return make


@pytest.fixture
def decision(passages):
    """Return a decision as the page sends it: a label on the first passage unless told otherwise."""
    count = iter(range(1000))

    def make(passage=None, verb="label", **fields):
        known = {"key": f"key-{next(count):016d}", "item": (passage or passages[0]).id, "verb": verb, "version": 0, "milliseconds": 4000}
        return {**known, **({"label": "lesson"} if verb == "label" else {}), **fields}

    return make


def shown(answer):
    """Return what an item on a page says of itself."""
    return dict(re.findall(r' data-(item|version|kind|suggested|mark|start|end)="([^"]*)"', answer.text.split("<article")[1].split(">")[0]))


def kept(store, passage):
    return [(one.field, one.before, one.after, one.basis) for one in store.corrections.of_item(passage.id)]


def span_of(words):
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def quotes(store, post):
    return {passage.quote: passage.label for passage in store.passages_of([post.id])[post.id]}
