"""How long a digest of a thousand passages takes to become every form, for every kind of reader, beside the time that analysing them took.

Comes in: generated posts. Goes out: seconds for each form and for all of them, and for all that a run writes for a team with each cut, both languages
and readers outside.
Refuses nothing.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from pipeline.digest.digest import make_digest
from pipeline.jobs.run import RunOrder, open_run
from pipeline.privacy import Leaving
from pipeline.records import Evidence
from pipeline.render import FORMATS, calendar_ics, documents, index_page, register_xlsx
from pipeline.render.calendar_ics import has_a_day
from pipeline.render.register_xlsx import Entry
from pipeline.settings import EVERYTHING, Privacy
from pipeline.store.store import Store
from tests.bench.table import row, section
from tests.bench.texts import write_posts
from tests.bench.whole_run import run_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.followed import Thread
    from pipeline.records import Digest

_ROUNDS = 3
_PASSAGES, _POSTS = 1_000, 140  # about as many posts as hold so many passages
_READERS = (
    'cut = "executive"',
    'cut = "host"\nagency = "กศน."',
    'cut = "agency"\nagency = "กศน."',
    'cut = "facilitator"\nroles = ["คุณอำนวย"]',
    'cut = "pre-meeting"',
    'lang = "en"',
    "outside = true",
)


def bench(scale: float) -> None:
    """Print a row for each form, then one for all files of a team."""
    with tempfile.TemporaryDirectory() as name:
        posts, out = Path(name) / "posts", Path(name) / "out"
        write_posts(posts, max(1, int(_POSTS * scale)))
        taken = run_once(posts, out)
        share = _PASSAGES / taken.passages
        database = f"sqlite:///{out / 'lessons.db'}"
        with Store.open(database) as store:
            digest = _whole(store)
        section(f"forms: seconds of the processor for each {_PASSAGES:,} passages, all of them shown, measured on {taken.passages:,}")
        row("analysing them", [taken.analysing * share])
        sums = [0.0] * _ROUNDS
        for title, make in _forms(digest, _threads(RunOrder((posts,), out, database))).items():
            seconds = [_processor(make) * share for _ in range(_ROUNDS)]
            sums = [one + other for one, other in zip(sums, seconds, strict=True)]
            row(title, seconds)
        row("all forms", sums, ratio=median(sums) / (taken.analysing * share), target="0.10 or 10 s")
        config = Path(name) / "lessons.toml"
        config.write_text("".join(f'[[reader]]\nemail = "r{number}@example.org"\n{how}\n' for number, how in enumerate(_READERS)), encoding="utf-8")
        seconds = [_published(RunOrder((posts,), Path(name) / f"files-{number}", database, config)) for number in range(_ROUNDS)]
        section("all that a run writes for a team of seven readers, pages of posts included: seconds of the processor")
        row("5 cuts, 2 languages, outside", [one * share for one in seconds], ratio=median(seconds) / taken.analysing)


def _whole(store: Store) -> Digest:
    """Return a digest that shows every passage of a store."""
    summary = store.phase_summary(EVERYTHING.id, 0.5)
    groups = {label: list(store.groups(EVERYTHING.id, label, 10 * _PASSAGES)) for label in summary.totals}
    facts = {name: getattr(summary, name) for name in ("totals", "posts", "authors", "passages", "unsure", "first_post", "last_post")}
    return make_digest("โครงการ", EVERYTHING, groups=groups, model="", **facts)


def _threads(order: RunOrder) -> list[Thread]:
    """Return what is followed in a store."""
    with open_run(order) as run:
        return [thread for thread in run._found.threads if has_a_day(thread)]


def _forms(digest: Digest, threads: Sequence[Thread]) -> dict[str, Callable[[], object]]:
    """Return what makes each form of a digest."""

    def entries(label: str) -> list[Entry]:
        items = next((one.items for one in digest.sections if one.label == label), ())
        return [Entry(digest.phase.name, item, None, has_page=True) for item in items]

    makers: dict[str, Callable[[], object]] = {title: partial(make, digest) for title, (_, make) in FORMATS.items()}
    makers |= {title: partial(make_bytes, digest) for title, (_, make_bytes) in documents().items()}
    makers["xlsx"] = partial(register_xlsx, digest.project, digest.last_post, entries)
    evidence = partial(Evidence, title="", author=None, posted_at=None, url=None)
    makers["ics"] = partial(calendar_ics, digest.project, "Asia/Bangkok", digest.last_post, threads, evidence)
    makers["index"] = partial(index_page, digest.project, [digest], [], [])
    makers["masked for outside"] = lambda: Leaving([digest], Privacy("mask")).digest(digest)
    return makers


def _processor(make: Callable[[], object]) -> float:
    """Return the seconds of the processor that something takes: by the clock, others on the machine would count."""
    start = process_time()
    make()
    return process_time() - start


def _published(order: RunOrder) -> float:
    """Return how long all files of a team take to be made and written."""
    with open_run(order) as run:
        return _processor(lambda: run.publish([run.digest(phase) for phase in run.phases()]))
