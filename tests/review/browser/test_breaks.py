"""Random breaks: servers that are killed, pages that are loaded anew, networks that go, two windows. No decision is lost, none is kept twice.

RUNS says how often (1,000 for a figure); each run is a few random steps, and at its end everything must be where it
belongs.
"""

import json
import os
import random
import sys
from contextlib import suppress

import pytest

from pipeline.corrections import QueueItem
from pipeline.records import Passage, Post, Span
from pipeline.review import deciding

RUNS = int(os.environ.get("RUNS", "12"))
STEPS = 5
HOOK = """
const keep = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (this === localStorage && key.startsWith('lessons-review:')) window.pressed(value);
  return keep.call(this, key, value);
};
"""


@pytest.fixture
def many(store):
    """Let enough wait for every press of every run."""
    posts, passages = [], []
    line = "ต้องถามคนในบ้านก่อนแล้วค่อยวางแผน"
    for number in range(max(8, RUNS * STEPS // 40)):
        text = "\n\n".join(f"{line}ข้อที่ {part}" for part in range(40))
        posts.append(Post(f"p{number:05}", f"{number:05}.txt", "", text, title="บันทึกยาว", body=(Span(0, len(text)),)))
        starts = [text.index(f"{line}ข้อที่ {part}") for part in range(40)]
        passages.append(
            [Passage(posts[-1].id, posts[-1].source, Span(start, start + len(line)), line, "lesson", 0.6, model="m1") for start in starts]
        )
    store.put_posts(posts)
    store.put_analysis("m1", "k1", list(zip(posts, passages, strict=True)))
    flat = [passage for found in passages for passage in found]
    store.queue.refill([QueueItem(one.id, "passage", one.post, "uncertain", 0.5, rank, one.span.start, one.label) for rank, one in enumerate(flat)])


@pytest.fixture
def refused(monkeypatch):
    """Return the keys of the decisions that the server refused, because the item was decided: a page that is loaded anew may miss its answer."""
    keys, tell = set(), deciding._already

    def told(asked, item, by):
        keys.add(asked.data["key"])
        return tell(asked, item, by)

    monkeypatch.setattr(deciding, "_already", told)
    return keys


class Breaker:
    """Two windows of one reviewer, and everything that may happen to them."""

    def __init__(self, page, served, refused, seed):
        self.context, self.served, self.dice = page.context, served, random.Random(seed)  # noqa: S311 - no secret
        self.pressed, self.refused = {}, refused
        self.context.expose_binding("pressed", lambda _, value: self.pressed.setdefault(json.loads(value)["key"], json.loads(value)))
        self.context.add_init_script(HOOK)
        self.pages = [page, self.context.new_page()]
        self.up = True
        for one in self.pages:
            one.goto("/")

    def step(self):
        page = self.dice.choice(self.pages)
        act = self.dice.choices(["press", "reload", "kill", "start", "offline", "online"], [10, 2, 2, 3, 1, 3])[0]
        if act == "press":
            page.keyboard.press(self.dice.choice(["1", "2", "4", "Space"]))
        elif act == "reload" and self.up:
            self.context.set_offline(False)
            self._reload(page, self.dice.choice(["commit", "load"]))
        elif act == "kill" and self.up:
            self.served.kill()
            self.up = False
        elif act == "start" and not self.up:
            self.served.start()
            self.up = True
        elif act in {"offline", "online"}:
            self.context.set_offline(act == "offline")

    @staticmethod
    def _reload(page, until):
        """Load the page anew; the driver complains where this comes while the last loading has not ended, which is one more break."""
        from playwright.sync_api import Error

        with suppress(Error):
            page.reload(wait_until=until)

    def settle(self):
        """Let everything come back, and wait until nothing is on its way."""
        if not self.up:
            self.served.start()
            self.up = True
        self.context.set_offline(False)
        first = self.pages[0]  # the other window stays as it is: both send what either keeps
        first.goto("/", wait_until="commit")
        first.wait_for_function("() => window.review && review.waiting().length === 0")


def counted(breaker, store):
    """Check that every press is where it belongs, and return what to tell."""
    every = list(store.corrections.every())
    kept = {one.key.rpartition("/")[0]: one for one in every}
    refused = breaker.refused
    assert {key for key in breaker.pressed if key not in kept and key not in refused} == set(), "a decision was lost"
    assert len({one.item for one in every}) == len(every), "an item was decided twice"
    assert {key for key, one in kept.items() if one.after != breaker.pressed[key]["label"]} == set(), "a decision was changed"
    return f"{len(breaker.pressed)} presses, {len(kept)} kept, {len(refused)} answered 'already decided', none lost, none kept twice"


def test_no_decision_is_lost_or_kept_twice(entered, served, store, many, refused):
    page = entered()
    page.context.set_default_timeout(60_000)
    breaker = Breaker(page, served, refused, seed=20260105)
    for run in range(1, RUNS + 1):
        for _ in range(STEPS):
            breaker.step()
        breaker.settle()
        if run % 50 == 0:
            sys.stdout.write(f"{run} runs: {counted(breaker, store)}\n")
            sys.stdout.flush()
    assert len(breaker.pressed) > RUNS
    counted(breaker, store)
