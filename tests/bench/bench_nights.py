"""What more processes gain, and what a night costs: ten new posts in a large archive beside ten posts alone.

Comes in: generated posts. Goes out: seconds and ratios. Refuses nothing. The reader is the fast one: what is read least shows best what everything
else costs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from pipeline.jobs.ahead import analyse_ahead, reading_processes
from pipeline.jobs.elsewhere import Posts
from pipeline.jobs.run import RunOrder, open_run
from tests.bench.table import row, section
from tests.bench.texts import write_posts

_ROUNDS = 3
_POSTS = 4_000
_ARCHIVE = 10_000
_NEW = 10


def bench(scale: float) -> None:
    """Print both comparisons."""
    _processes(max(200, int(_POSTS * scale)))
    _night(max(100, int(_ARCHIVE * scale)))


def _processes(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        write_posts(posts, count)
        one, two = zip(
            *(tuple(_analyse(posts, Path(folder) / f"{n}-{processes}", processes) for processes in (1, 2)) for n in range(_ROUNDS)), strict=True
        )
    section(f"6 analysis of {count:,} posts by the fast reader: seconds")
    row("one process", one)
    row("two processes, started before", two, ratio=median(a / b for a, b in zip(one, two, strict=True)), target="1.70")


def _analyse(posts: Path, out: Path, processes: int) -> float:
    """Return the seconds of the analysis alone; the processes have loaded their readers before."""
    with open_run(_order(posts, out)) as run, reading_processes(processes) as submit:
        for files in run.file_batches():
            run.collect(files)
        order = run.read_order()
        for ready in [submit(order, Posts(run.next_batch()[:20])) for _ in range(processes)]:
            ready.result()
        start = perf_counter()
        if processes > 1:
            list(analyse_ahead(run, submit, processes + 1))
        else:
            for batch in run.post_batches():
                run.analyse(batch, run.tokenize, run.classify)
        return perf_counter() - start


def _night(count: int) -> None:
    alone, among = [], []
    with tempfile.TemporaryDirectory() as folder:
        archive, few = Path(folder) / "archive", Path(folder) / "few"
        write_posts(archive, count)
        write_posts(few, _NEW)
        _run(archive, Path(folder) / "large")
        for number in range(_ROUNDS):
            alone.append(_run(few, Path(folder) / f"few-{number}"))
            _rename(few / "posts-000000.jsonl", archive / f"new-{number}.jsonl", number)
            among.append(_run(archive, Path(folder) / "large"))
    section(f"7 a night with {_NEW} new posts: seconds")
    row(f"{_NEW} posts alone", alone)
    row(f"{_NEW} new posts in an archive of {count:,}", among, ratio=median(b / a for a, b in zip(alone, among, strict=True)), target="at most 3.00")


def _rename(file: Path, copy: Path, number: int) -> None:
    """Write the same posts under other ids."""
    copy.write_text(file.read_text(encoding="utf-8").replace('"bench-', f'"night-{number}-'), encoding="utf-8")


def _run(posts: Path, out: Path) -> float:
    start = perf_counter()
    with open_run(_order(posts, out)) as run:
        for files in run.file_batches():
            run.collect(files)
        for batch in run.post_batches():
            run.analyse(batch, run.tokenize, run.classify)
        run.place_again()
        run.publish([run.digest(phase) for phase in run.phases()])
    return perf_counter() - start


def _order(posts: Path, out: Path) -> RunOrder:
    return RunOrder((posts,), out, f"sqlite:///{out / 'lessons.db'}", model="@fast")
