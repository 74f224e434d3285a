"""A whole run without a scheduler, and its parts: what the bench measures of `pipeline.jobs.run`.

Comes in: a folder of posts and one for the output. Goes out: seconds of each part. Refuses what a run refuses.
As a program (``python -m tests.bench.whole_run POSTS OUT``) it prints the most memory that its process ever held, in MiB.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from pipeline.jobs.run import RunOrder, open_run


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took, in seconds, and how many passages it found; `analysing` are seconds of the processor, the others by the clock."""

    whole: float
    analyse: float
    publish: float
    passages: int
    analysing: float


def run_once(posts: Path, out: Path) -> Taken:
    """Collect, analyse and publish."""
    start = perf_counter()
    order = RunOrder((posts,), out, f"sqlite:///{out / 'lessons.db'}")
    with open_run(order) as run:
        for files in run.file_batches():
            run.collect(files)
        collected, begun = perf_counter(), process_time()
        for batch in run.post_batches():
            run.analyse(batch, run.tokenize, run.classify)
        run.place_again()
        analysed, analysing = perf_counter(), process_time() - begun
        run.publish([run.digest(phase) for phase in run.phases()])
        end = perf_counter()
    return Taken(perf_counter() - start, analysed - collected, end - analysed, run.report.passages, analysing)


def peak_memory() -> float:
    """Return the most memory that this process ever held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # the kernel's own figure for this program; getrusage also counts what the parent held when it forked
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    run_once(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{peak_memory()}\n")
