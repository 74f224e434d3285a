"""One run that says aloud which step it is in, so that it is known where it was killed.

Comes in: ``python -m tests.chaos.child POSTS OUT DATABASE MODEL jobs|flow``. Goes out: the name of each step on standard output, before it begins.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def say(step: str) -> None:
    os.write(1, f"{step}\n".encode())


def through_jobs(posts: Path, out: Path, database: str, model: str) -> None:
    """Do what the flow does, without a scheduler."""
    from pipeline.jobs.run import RunOrder
    from tests.night import night

    night(RunOrder((posts,), out, database, model=model), say=say)


def through_flow(posts: Path, out: Path, database: str, model: str) -> None:
    """Run the flow, with a Prefect server of its own."""
    say("starting Prefect")
    from flows.nightly import PROGRESS, nightly

    told: set[str] = set()

    def tell(step: str, _done: int, _of: int) -> None:
        if step not in told:
            told.add(step)
            say(f"flow:{step}")

    PROGRESS.set(tell)
    nightly(sources=[str(posts)], out=str(out), database=database, model=model)
    say("closing")


if __name__ == "__main__":
    _, posts_, out_, database_, model_, way = sys.argv
    say("loading")
    {"jobs": through_jobs, "flow": through_flow}[way](Path(posts_), Path(out_), database_, model_)
