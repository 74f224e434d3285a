"""The week: ``python -m tests.week [--model @fast] [--postgres]`` from the repository root, or ``make week``.

Comes in: which model reads. Goes out: what happened in a week with a crash, an outage of the mail server, a feed that was down and a late start, what
each reader received, and how it compares with the same week undisturbed. Ends with status 1 where anything was lost, doubled or other.
"""

import argparse
import logging
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.postgres import Cluster
from tests.week.simulation import Simulation
from tests.week.world import READERS


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.week", description="A week by a moved clock, with its troubles.")
    parser.add_argument("--model", default="@fast")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own instead of a file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = stack.enter_context(Cluster()) if asked.postgres else None
        calm, troubled = (
            Simulation(Path(folder) / name, asked.model, trouble=name == "troubled", database=server and server.fresh()).run()
            for name in ("calm", "troubled")
        )
    for moment, said in troubled.diary:
        _say(f"{moment}  {said}")
    received = troubled.received()
    for reader in READERS:
        _say(f"\n{reader}@example.org received {len(received.get(reader, ()))}")
        for day, subject, message in received.get(reader, ()):
            _say(f"  {day}  {subject}  ({len(message):,} bytes)")
    same_files, same_mail = calm.files == troubled.files, sorted(calm.box.taken) == sorted(troubled.box.taken)
    _say(f"\nas in the undisturbed week: {len(calm.files)} files {_yes(same_files)}, {len(calm.box.taken)} messages {_yes(same_mail)}")
    sys.exit(not (same_files and same_mail))


def _yes(same):
    return "all the same" if same else "NOT all the same"


def _say(line):
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    os.environ.setdefault("LESSONS_LANG", "en")
    logging.getLogger("lessons").addHandler(logging.NullHandler())
    main()
