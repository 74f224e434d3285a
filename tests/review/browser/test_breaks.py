"""Random breaks: servers that are killed, pages that are loaded anew, networks that go, two windows, presses taken back. No decision is lost, none is
kept twice, none that was taken back stands.

RUNS says how often (1,000 for a figure, SEED another draw); each run is a few random steps, and at its end everything must be where it
belongs: labels, the fields of actions, phases and voices, on passages and on what was nearly found.
"""

import json
import os
import random
import sys
from contextlib import suppress

import pytest

from pipeline.corrections import QueueItem, live
from pipeline.desk.deciding import decision_of
from pipeline.records import Passage, Post, Span
from pipeline.review import deciding

RUNS = int(os.environ.get("RUNS", "12"))
SEED = int(os.environ.get("SEED", "20260105"))
STEPS = 5
TELL = """() => {
  const set = {voice: 'quoted', speaker: 'ลุงชื่น', phase: 'all'};
  for (const [name, value] of Object.entries(set)) document.querySelectorAll(`#told [name=${name}]`).forEach((one) => { one.value = value; });
}"""
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
        labels = ("lesson", "action", "issue", "other")
        passages.append(
            [
                Passage(posts[-1].id, posts[-1].source, Span(start, start + len(line)), line, labels[part % 4], 0.6, model="m1")
                for part, start in enumerate(starts)
            ]
        )
    store.put_posts(posts)
    said = [[one for one in found if one.label != "other"] for found in passages]
    store.put_analysis("m1", "k1", list(zip(posts, said, strict=True)))
    flat = [passage for found in passages for passage in found]
    store.queue.refill([_waiting(one, rank) for rank, one in enumerate(flat)])


def _waiting(one, rank):
    nearly = {"end": one.span.end, "quote": one.quote, "chance": 0.6, "second": ["lesson", 0.3]} if one.label == "other" else None
    return QueueItem(one.id, "passage", one.post, "near" if nearly else "uncertain", 0.5, rank, one.span.start, one.label, details=nearly)


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
        self.pressed, self.taken, self.refused = {}, set(), refused
        self.context.expose_binding("pressed", lambda _, value: self._press(json.loads(value)))
        self.context.add_init_script(HOOK)
        self.pages = [page, self.context.new_page()]
        self.up = True
        for one in self.pages:
            one.goto("/")

    def _press(self, sent):
        if "verb" in sent:
            self.pressed.setdefault(sent["key"], sent)
        else:
            self.taken.add(sent["of"])

    def step(self):
        page = self.dice.choice(self.pages)
        act = self.dice.choices(["press", "tell", "undo", "reload", "kill", "start", "offline", "online"], [8, 2, 2, 2, 2, 3, 1, 3])[0]
        if act == "press":
            for key in self.dice.choice([["1"], ["2"], ["4"], ["Space"], ["3", self.dice.choice("12345"), "Enter"]]):
                page.keyboard.press(key)
        elif act == "tell":
            self._tell(page)
            page.keyboard.press(self.dice.choice(["1", "2"]))
        elif act == "undo":
            page.keyboard.press("u")
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
    def _tell(page):
        """Set whose words they are, and the phase; a page that is just being loaded has no item to set them on."""
        from playwright.sync_api import Error

        with suppress(Error):
            page.evaluate(TELL)

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
    kept, standing = {}, {}
    for one in every:
        if one.field != "undo":
            kept.setdefault(decision_of(one), {})[one.field] = one.after
    for one in live(every):
        standing.setdefault(one.item, set()).add(decision_of(one))
    lost = {key for key in breaker.pressed if key not in kept and key not in breaker.refused and key not in breaker.taken}
    assert lost == set(), "a decision was lost"
    twice = {item for item, decisions in standing.items() if len(decisions) > 1}
    assert [(one.item, one.version, one.field, one.key, one.undoes, one.at) for one in every if one.item in twice] == [], "an item was decided twice"
    assert breaker.taken & set().union(*standing.values()) == set(), "what was taken back stands"
    assert {key: one for key, one in kept.items() if one != _meant(breaker.pressed[key], one)} == {}, "a decision was changed"
    undone = sum(1 for one in every if one.field == "undo" and one.key.endswith("/0"))
    return (
        f"{len(breaker.pressed)} presses, {len(kept)} kept, {len(breaker.refused)} answered 'already decided', {undone} taken back after they "
        f"arrived and {len(breaker.taken)} before it was known, none lost, none kept twice"
    )


def _meant(sent, kept):
    """Return what a press says of the fields of a passage; a field that it leaves as it was is not kept."""
    said = {"label": sent["label"], **{name: value for name, value in sent.get("told", {}).items() if sent["label"] != "other"}}
    if "fields" in sent:
        said["state"] = sent["fields"]["state"]
    return {name: value for name, value in said.items() if name == "label" or name in kept or value is not None}


def test_no_decision_is_lost_or_kept_twice(entered, served, store, many, refused):
    page = entered()
    page.context.set_default_timeout(60_000)
    breaker = Breaker(page, served, refused, SEED)
    for _ in range(RUNS):
        for _ in range(STEPS):
            breaker.step()
        breaker.settle()
    assert len(breaker.pressed) > RUNS
    sys.stdout.write(f"{RUNS} runs: {counted(breaker, store)}\n")
