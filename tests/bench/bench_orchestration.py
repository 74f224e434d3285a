"""What Prefect adds to a run against a server that runs already: the same posts through the flow and through the jobs alone.

Comes in: generated posts. Goes out: seconds of both by the clock and of the processor, the share, and how long the server takes to start. Refuses
nothing. Seconds of the processor leave out the server, and say more where others are at work, too.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from pipeline.jobs.run import RunOrder
from tests.bench.table import row, section
from tests.bench.texts import write_posts
from tests.night import night

_POSTS, _ROUNDS = 20_000, 3


class Taken(NamedTuple):
    """Seconds of a run by the clock, and of the processor."""

    clock: float
    own: float


def bench(scale: float) -> None:
    """Print the share of the orchestration."""
    count = max(50, int(_POSTS * scale))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PREFECT_HOME"] = f"{folder}/prefect"  # before anything imports Prefect, which reads it then
        from flows.nightly import nightly
        from flows.server import running_server

        write_posts(Path(folder) / "posts", count)
        start = perf_counter()
        with running_server():
            started = perf_counter() - start
            _seconds(lambda order: nightly(**order.as_parameters()), Path(folder), "warm")
            pairs = [
                (
                    _seconds(night, Path(folder), f"jobs-{number}"),
                    _seconds(lambda order: nightly(**order.as_parameters()), Path(folder), f"flow-{number}"),
                )
                for number in range(_ROUNDS)
            ]
    section(f"8 orchestration of a run over {count:,} posts against a running server: seconds")
    row("the server starts", [started])
    for name, title in (("clock", ""), ("own", ", of the processor")):
        both = [(getattr(jobs, name), getattr(flow, name)) for jobs, flow in pairs]
        row(f"through the jobs alone{title}", [jobs for jobs, _ in both])
        shares = [(flow - jobs) / flow for jobs, flow in both]
        row(f"through the flow, and the share of the orchestration{title}", [flow for _, flow in both], ratio=median(shares), target="below 0.05")


def _seconds(do, folder: Path, name: str) -> Taken:
    start, own = perf_counter(), process_time()
    do(RunOrder((folder / "posts",), folder / name, f"sqlite:///{folder / name / 'lessons.db'}", model="@fast"))
    return Taken(perf_counter() - start, process_time() - own)
