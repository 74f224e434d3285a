"""How fast the server answers reviewers: a decision and the next item, as ten reviewers ask for them at once, over 20,000 waiting items.

    python -m tests.bench.review_on_server [postgresql]

Goes out: a line for each figure. The server stands in a process of its own, over a real socket, as `lessons review` starts it; every post is another.
What the clock says depends on what else the machine does, so the work of the server's processor is told beside it.
"""

import http.client
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from pipeline.correcting.queue import FIRST_BY_CHANCE, Facts, passage_items, ranked
from pipeline.correcting.worth import Known
from pipeline.records import Passage, Post, Span
from pipeline.review.passwords import hashed
from pipeline.review.serving import serve
from pipeline.review.site import Site
from pipeline.reviewers import Reviewer
from pipeline.settings import read_settings
from pipeline.store.store import Store
from tests.bench.texts import sample_sentences
from tests.postgres import Cluster

ITEMS, REVIEWERS, EACH, PAUSE = 20_000, 10, 40, 1.0
A_POST = 20
PORT = 8793
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "four words of ours"  # of a database that lives for a minute


def fill(store):
    """Put posts of twenty passages, each waiting, and the reviewers."""
    chance, sentences = random.Random(2549), sample_sentences()  # noqa: S311 - nothing secret is drawn
    analysed = [_post(number, chance, sentences) for number in range(ITEMS // A_POST)]
    store.put_posts([post for post, _ in analysed])
    for start in range(0, len(analysed), 200):
        store.put_analysis("m", "k", analysed[start : start + 200])
    passages = [passage for _, found in analysed for passage in found]
    store.queue.refill(ranked(passage_items(passages, Facts({}), Known()), FIRST_BY_CHANCE))
    secret = hashed(PASSWORD)
    for number in range(REVIEWERS):
        store.reviewers.add(Reviewer(f"r{number}", f"r{number}", "adjudicator"), secret, int(time.time()))


def _post(number, chance, sentences):
    paragraphs = [chance.choices(sentences, k=4) for _ in range(A_POST)]
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    post = Post(f"p{number:05}", f"{number:05}.txt", f"/{number}", text, title="บันทึก", body=(Span(0, len(text)),))
    found, start = [], 0
    for place, paragraph in enumerate(paragraphs):
        span, sure = Span(start, start + len(paragraph[0])), 0.4 + chance.random() * 0.6
        label = ("lesson", "issue", "action")[place % 3]
        found.append(Passage(post.id, post.source, span, paragraph[0], label, sure, second=("other", 1 - sure), model="m"))
        start += len(" ".join(paragraph)) + 2
    return post, found


def serve_in(url, folder):
    """Serve a database, until the process ends."""
    with Store.open(url) as store:
        serve(Site(store, read_settings(None), ("k" * 43,), BASE, Path(folder)), "127.0.0.1", PORT)


class Reader:
    """A reviewer's browser, as far as the server sees one."""

    def __init__(self, name):
        """Enter."""
        self.name = name
        self._line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self._cookie = ""
        answer, _ = self.ask("POST", "/enter", urlencode({"name": name, "password": PASSWORD}), "application/x-www-form-urlencoded")
        self._cookie = answer.headers["set-cookie"].partition(";")[0]
        self._token = re.search(r'data-token="([0-9a-f]{64})"', self.ask("GET", "/")[1])[1]
        self._line.close()  # until it reviews: a server ends lines on which nobody speaks

    def ask(self, method, address, body=None, kind=None):
        """Return the answer and its text."""
        headers = {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin"}
        headers |= {"Content-Type": kind} if kind else {}
        headers |= {"X-Form-Token": self._token} if kind == "application/json" else {}
        self._line.request(method, address, body, headers)
        answer = self._line.getresponse()
        return answer, answer.read().decode()

    def send(self, sent):
        """Send a decision."""
        answer, said = self.ask("POST", "/decide", json.dumps(sent), "application/json")
        assert answer.status == 200, said


def review(reader, took, pause):
    """Decide and ask for the next item, again and again, with the pause that a fast reader needs."""
    _, shown = reader.ask("GET", "/next")
    time.sleep(random.random() * pause)  # noqa: S311 - people do not start at one stroke
    for _ in range(EACH):
        about = dict(re.findall(r' data-(item|version|mark)="([^"]*)"', shown))
        sent = {"key": f"{reader.name}-{about['item']}", "item": about["item"], "version": int(about["version"]), "mark": about["mark"]}
        begun = time.perf_counter()
        reader.send({**sent, "verb": "label", "label": "issue"})
        decided = time.perf_counter()
        _, shown = reader.ask("GET", "/next")
        took.append((decided - begun, time.perf_counter() - decided))
        time.sleep(pause)


def worked(process):
    """Return the seconds that the processor has worked for a process."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    """Print the figures of one reviewer, and of ten at once."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        on_server = sys.argv[1:] == ["postgresql"]
        url = closing.enter_context(Cluster(hasty=False)).fresh() if on_server else f"sqlite:///{folder}/lessons.db"
        with Store.open(url) as store:
            fill(store)
        server = multiprocessing.get_context("spawn").Process(target=serve_in, args=(url, folder))
        server.start()
        try:
            _wait()
            readers = [Reader(f"r{number}") for number in range(REVIEWERS)]
            for some, pause in ((readers[:1], 0.25), (readers, PAUSE)):
                _measure(server, some, pause)
        finally:
            server.terminate()
            server.join()


def _measure(server, readers, pause):
    before, took = worked(server), []
    threads = [threading.Thread(target=review, args=(reader, took, pause)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    each = 1000 * (worked(server) - before) / len(took)
    sys.stdout.write(f"{len(readers)} at once, {len(took)} decisions: the server's processor works {each:.1f} ms for each\n")
    for what, some in (("decide", [one for one, _ in took]), ("next", [one for _, one in took]), ("decide and next", [sum(one) for one in took])):
        sys.stdout.write(f"  {what}: median {1000 * median(some):.0f} ms, p95 {1000 * quantiles(some, n=20)[-1]:.0f} ms\n")


def _wait():
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).request("GET", "/enter")
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = "The server did not start."
    raise RuntimeError(message)


if __name__ == "__main__":
    main()
