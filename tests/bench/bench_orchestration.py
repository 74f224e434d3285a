"""What Prefect adds to a run against a server that runs already: the same posts through the flow and through the jobs alone.

Comes in: generated posts. Goes out: seconds of both, the share, and how long the server takes to start. Refuses nothing.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from pipeline.jobs.run import RunOrder
from tests.bench.table import row, section
from tests.bench.texts import write_posts
from tests.night import night

_POSTS, _ROUNDS = 20_000, 3


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
    row("through the jobs alone", [jobs for jobs, _ in pairs])
    shares = [(flow - jobs) / flow for jobs, flow in pairs]
    row("through the flow, and the share of the orchestration", [flow for _, flow in pairs], ratio=median(shares), target="below 0.05")


def _seconds(do, folder: Path, name: str) -> float:
    start = perf_counter()
    do(RunOrder((folder / "posts",), folder / name, f"sqlite:///{folder / name / 'lessons.db'}", model="@fast"))
    return perf_counter() - start
