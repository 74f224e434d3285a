"""How fast the server answers reviewers: a decision and the next item, as ten reviewers ask for them at once, over 20,000 waiting items.

    python -m tests.bench.review_on_server

Goes out: a line for each figure, through the whole app: guard, gate, session, store, template.
"""

import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from pipeline.corrections import QueueItem
from pipeline.records import Passage, Post, Span
from pipeline.review.passwords import hashed
from pipeline.review.site import Site
from pipeline.reviewers import Reviewer
from pipeline.settings import read_settings
from pipeline.store.store import Store
from tests.review.conftest import Browser

ITEMS, REVIEWERS, EACH, PAUSE = 20_000, 10, 40, 1.0
A_POST = 20
LINE = "ต้องถามคนในบ้านก่อนแล้วค่อยวางแผน ไม่อย่างนั้นไม่มีใครมา ข้อที่ {n}"
PASSWORD = "four words of ours"  # of a database that lives for a minute


def fill(store):
    """Put posts of twenty passages, each waiting."""
    quote = LINE.partition(" ข้อที่")[0]
    text = "\n\n".join(LINE.format(n=n) for n in range(A_POST))
    starts = [text.index(LINE.format(n=n)) for n in range(A_POST)]
    posts = [Post(f"p{number:05}", f"{number:05}.txt", "", text, title="บันทึก", body=(Span(0, len(text)),)) for number in range(ITEMS // A_POST)]
    found = [[Passage(post.id, post.source, Span(start, start + len(quote)), quote, "issue", 0.6, model="m") for start in starts] for post in posts]
    store.put_posts(posts)
    store.put_analysis("m", "k", list(zip(posts, found, strict=True)))
    flat = [passage for passages in found for passage in passages]
    store.queue.refill([QueueItem(one.id, "passage", one.post, "uncertain", 0.4, rank, one.span.start, "issue") for rank, one in enumerate(flat)])


def review(site, name, took):
    """Decide and ask for the next item, again and again, with the pause that a fast reader needs."""
    browser = Browser(site)
    browser.enter(name, PASSWORD)
    answer = browser.get("/next")
    for number in range(EACH):
        about = dict(re.findall(r' data-(item|version|mark)="([^"]*)"', answer.text))
        sent = {
            "key": f"{name}-{number:016}",
            "item": about["item"],
            "version": int(about["version"]),
            "mark": about["mark"],
            "verb": "label",
            "label": "issue",
        }
        begun = time.perf_counter()
        assert browser.send("/decide", sent).status_code == 200
        decided = time.perf_counter()
        answer = browser.get("/next")
        took.append((decided - begun, time.perf_counter() - decided))
        time.sleep(PAUSE)


def main():
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/lessons.db") as store:
        fill(store)
        secret = hashed(PASSWORD)
        site = Site(store, read_settings(None), ("k" * 43,), "http://127.0.0.1:8765", Path(folder))
        names = [f"r{number}" for number in range(REVIEWERS)]
        for name in names:
            store.reviewers.add(Reviewer(name, name, "adjudicator"), secret, int(time.time()))
        took = []
        threads = [threading.Thread(target=review, args=(site, name, took)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for what, some in (("decide", [one for one, _ in took]), ("next", [one for _, one in took]), ("decide and next", [sum(one) for one in took])):
        sys.stdout.write(f"{what}: median {1000 * median(some):.0f} ms, p95 {1000 * quantiles(some, n=20)[-1]:.0f} ms of {len(some)}" + "\n")


if __name__ == "__main__":
    main()
