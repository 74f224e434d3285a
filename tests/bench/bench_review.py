"""How long a reviewer waits: a decision is kept, seen and followed by the next item, with a full queue and others at work.

Comes in: made posts in a fresh database. Goes out: rows of the table. Refuses nothing. Ten reviewers decide in threads, each twice a second, many
times as fast as people do; what is told is the time from the press to the next item, at the server, and what the processor works for it.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import quantiles
from time import perf_counter, process_time, sleep

from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.desk.filling import fill_queue
from pipeline.records import Passage, Post, Span
from pipeline.store.store import Store
from tests.bench.table import row, section

ITEMS = 20_000
_IN_POST = 20
_REVIEWERS = 10
_DECISIONS = 30  # of each reviewer
_PAUSE = 0.5  # seconds of a reviewer between two decisions
_LINE = "วันที่ {0} กลุ่มบ้านที่ {1} คุยกันเรื่องคลองส่งน้ำสายที่ {2} แล้วนัดกันไปขุดลอกวันเสาร์หน้า ก่อนฝนมา"


def bench(scale: float) -> None:
    """Print the milliseconds of a decision with the next item, for one reviewer alone and for ten at once."""
    items = int(ITEMS * scale)
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/lessons.db") as store:
        _fill(store, items)
        start = perf_counter()
        fill_queue(store)
        section(f"6 review: {items:,} items wait, SQLite; milliseconds from a decision to the next item, p95 at most 50")
        row("(a) the queue is made anew, seconds", [perf_counter() - start])
        begun = process_time()
        count = len(_decide(store, 1, "alone", pause=0.0))
        row("(b) a decision: processor alone", [1000 * (process_time() - begun) / count])
        for reviewers, name in ((1, "(c) one reviewer"), (_REVIEWERS, "(d) ten reviewers")):
            times = _decide(store, reviewers, name, pause=_PAUSE)
            row(f"{name}: all", times)
            row(f"{name}: p95", [quantiles(times, n=20)[-1]], target="50")


def _fill(store: Store, items: int) -> None:
    posts = []
    for number in range(items // _IN_POST):
        lines = [_LINE.format(number % 28, number, part) for part in range(_IN_POST)]
        posts.append(Post(str(number), f"{number}.txt", f"/inbox/{number}.txt", "\n\n".join(lines)))
    store.put_posts(posts)
    for start in range(0, len(posts), 200):
        store.put_analysis("m1", "k1", [(post, _passages(post)) for post in posts[start : start + 200]])


def _passages(post: Post) -> list[Passage]:
    found, start = [], 0
    for number, line in enumerate(post.text.split("\n\n")):
        label, sure = ("lesson", "issue", "action")[number % 3], 0.4 + (number * 7 + len(post.id)) % 60 / 100
        found.append(Passage(post.id, post.source, Span(start, start + len(line)), line, label, sure, second=("other", 1 - sure), model="m1"))
        start += len(line) + 2
    return found


def _decide(store: Store, reviewers: int, name: str, *, pause: float) -> list[float]:
    desk, now = Desk(store), datetime.now(UTC)

    def sit(reviewer: str) -> list[float]:
        times: list[float] = []
        [item, *_] = desk.next(reviewer, now)
        while len(times) < _DECISIONS:
            passage, post = desk.passage(item.item), store.posts_by_id([item.post])[item.post]
            assert passage
            start = perf_counter()
            anchor, lane = anchor_of(post.text, passage.span), desk.lane(item, reviewer)
            made = Correction(item.item, "label", reviewer, now, f"{reviewer} {item.item}/0", post.id, anchor, after="issue", lane=lane)
            desk.decide([made], store.corrections.version(item.item, lane))
            [item, *_] = desk.next(reviewer, now)
            times.append(1000 * (perf_counter() - start))
            sleep(pause)
        return times

    with ThreadPoolExecutor(reviewers) as pool:
        return [time for times in pool.map(sit, [f"{name} {number}" for number in range(reviewers)]) for time in times]
