"""A desk over a store with posts and passages of a model."""

from datetime import UTC, datetime

import pytest

from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


def made_post(number, words="เล่าเรื่องท่อน้ำของซอย"):
    lines = [f"บันทึกที่ {number} {words} ตอนที่ {part}" for part in range(5)]
    return Post(str(number), f"{number}.txt", f"/inbox/{number}.txt", "\n\n".join(lines))


def said_of(post):
    found, start = [], 0
    for number, line in enumerate(post.text.split("\n\n")):
        label = ("lesson", "issue", "action")[number % 3]
        found.append(
            Passage(post.id, post.source, Span(start, start + len(line)), line, label, 0.6, second=("other", 0.3), model="m1", group=f"g{line}")
        )
        start += len(line) + 2
    return found


@pytest.fixture
def desk(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        posts = [made_post(number) for number in range(8)]
        store.put_posts(posts)
        store.put_analysis("m1", "k1", [(post, said_of(post)) for post in posts])
        yield Desk(store)


@pytest.fixture
def press(desk):
    """Return a function that decides on an item as a reviewer's key does."""

    def decide(item, reviewer="somchai", after="issue", **fields):
        post = desk.store.posts_by_id([item.post])[item.post]
        shown = next(one for one in desk.store.said_by_model() if one.id == item.item)
        lane = desk.lane(item, reviewer)
        key = f"{reviewer} {item.item} {after} {item.reason}/0"
        known = {
            "post": post.id,
            "anchor": anchor_of(post.text, shown.span),
            "before": shown.label,
            "after": after,
            "queued": item.reason,
            "lane": lane,
        }
        made = Correction(item.item, "label", reviewer, NOW, key, **{**known, "suggestion_shown": item.shown, "milliseconds": 2_000, **fields})
        return desk.decide([made], desk.store.corrections.version(item.item, lane))

    return decide
