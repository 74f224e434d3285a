"""How fast the review app is in a real browser: from a press to the next item, over many presses; and how heavy its first page is.

    python -m tests.bench.review_in_browser

Goes out: a line for each figure. Needs Chromium and playwright.
"""

import gzip
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

import uvicorn
from playwright.sync_api import sync_playwright

from pipeline.corrections import QueueItem
from pipeline.records import Passage, Post, Span
from pipeline.review.app import make_app
from pipeline.review.passwords import hashed
from pipeline.review.site import Site
from pipeline.reviewers import Reviewer
from pipeline.settings import read_settings
from pipeline.store.store import Store

PRESSES = 300
PORT = 8791
PASSWORD = "four words of ours"  # of a database that lives for a minute
LINE = "ต้องถามคนในบ้านก่อนแล้วค่อยวางแผน ไม่อย่างนั้นไม่มีใครมา ข้อที่ {n}"
PRESS = """() => new Promise((done) => {
  const desk = document.getElementById('desk'), before = desk.firstElementChild, begun = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  }).observe(desk, {childList: true});
  document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit1', bubbles: true, cancelable: true}));
})"""


def fill(store):
    """Put posts of twenty passages, each waiting."""
    rank = 0
    items, analysed = [], []
    for number in range(PRESSES // 20 + 2):
        text = "\n\n".join(LINE.format(n=n) for n in range(20))
        post = Post(f"p{number:04}", f"{number:04}.txt", "", text, title="บันทึก", body=(Span(0, len(text)),))
        starts = [text.index(LINE.format(n=n)) for n in range(20)]
        quote = LINE.partition(" ข้อที่")[0]
        passages = [Passage(post.id, post.source, Span(start, start + len(quote)), quote, "issue", 0.6, model="m") for start in starts]
        analysed.append((post, passages))
        for passage in passages:
            items.append(QueueItem(passage.id, "passage", post.id, "uncertain", 0.4, rank, passage.span.start, "issue"))
            rank += 1
    store.put_posts([post for post, _ in analysed])
    store.put_analysis("m", "k", analysed)
    store.queue.refill(items)


def weighed(page):
    """Return the bytes of the first page and of everything that it loads, as they travel when gzipped."""
    html = page.request.get("/").text()
    names = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    css = next(page.request.get(name).text() for name in names if "fonts.css" in name)
    names += [f"/static/{name}" for name in re.findall(r"url\(([^)]+)\)", css)]
    bodies = [html.encode(), *(page.request.get(name).body() for name in names)]
    return [min(len(gzip.compress(body, 9)), len(body)) for body in bodies]


def main():
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/lessons.db") as store:
        fill(store)
        store.reviewers.add(Reviewer("bench", "bench", "adjudicator"), hashed(PASSWORD), int(time.time()))
        site = Site(store, read_settings(None), ("k" * 43,), f"http://127.0.0.1:{PORT}", Path(folder))
        server = uvicorn.Server(uvicorn.Config(make_app(site), port=PORT, log_level="critical", access_log=False))
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"])
            page = browser.new_context(base_url=site.base_url).new_page()
            page.goto("/enter")
            page.fill("[name=name]", "bench")
            page.fill("[name=password]", PASSWORD)
            page.click("button.primary")
            page.wait_for_load_state("networkidle")
            files = weighed(page)
            item = page.request.get("/next").body()
            sys.stdout.write(f"first page with scripts, styles, fonts: {sum(files) / 1000:.1f} kB gzip; an item {len(item) / 1000:.1f} kB\n")
            took = []
            for _ in range(PRESSES):
                took.append(page.evaluate(PRESS))
                page.wait_for_timeout(60)  # faster than anybody reads
            p95 = quantiles(took, n=20)[-1]
            sys.stdout.write(
                f"decision to next item painted, {PRESSES} presses: median {median(took):.0f} ms, p95 {p95:.0f} ms, most {max(took):.0f} ms" + "\n"
            )
            page.wait_for_function("() => review.waiting().length === 0")
            sys.stdout.write(f"kept: {sum(1 for _ in store.corrections.every())} of {PRESSES}" + "\n")
            browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
