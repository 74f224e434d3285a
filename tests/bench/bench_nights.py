"""What more processes gain, and what a night costs: ten new posts in a large archive beside ten posts alone.

Comes in: generated posts. Goes out: seconds and ratios. Refuses nothing. The reader is the fast one: what is read least shows best what everything
else costs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from pipeline.jobs.ahead import analyse_ahead, reading_processes
from pipeline.jobs.elsewhere import Posts
from pipeline.jobs.run import RunOrder, open_run
from tests.bench.table import row, section
from tests.bench.texts import ROOT, write_posts
from tests.night import night

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
    """Print what it costs to read the archive, a night of few posts alone, and the same night in the archive: seconds of the processor.

    Each night is a process of its own, as it is where a scheduler starts it.
    """
    section(f"7 a night with {_NEW} new posts: seconds of the processor")
    with tempfile.TemporaryDirectory() as folder:
        archive, few = Path(folder) / "archive", Path(folder) / "few"
        write_posts(few, _NEW, behind=count)
        alone = [_run(few, Path(folder) / f"few-{number}") for number in range(_ROUNDS)]
        row(f"{_NEW} posts alone", alone)
        write_posts(archive, count)
        row(f"the archive of {count:,} for the first time", [_run(archive, Path(folder) / "large")])
        for number in range(_ROUNDS):
            write_posts(archive, _NEW, behind=count + number * _NEW)
            taken = _run(archive, Path(folder) / "large")
            row(f"{_NEW} new posts in the archive, night {number + 1}", [taken], ratio=taken / median(alone), target="at most 3.00")


def _run(posts: Path, out: Path) -> float:
    """Return the seconds of the processor that a night takes from the start of its process to its end."""
    before = getrusage(RUSAGE_CHILDREN)
    program = "import sys; from pathlib import Path; from tests.bench.bench_nights import one_night; one_night(*map(Path, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", program, str(posts), str(out)], cwd=ROOT, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def one_night(posts: Path, out: Path) -> None:
    """Read and publish what is in a folder."""
    night(_order(posts, out))


def _order(posts: Path, out: Path) -> RunOrder:
    return RunOrder((posts,), out, f"sqlite:///{out / 'lessons.db'}", model="@fast")
