"""The fuzzer: ``python -m tests.fuzz [--count 100000]`` from the repository root, or ``make fuzz``.

Comes in: how many damaged files to read over all formats. Goes out: a table of what came of them, and exit status 1 with the file kept where a
reader crashed, hung or did not explain itself.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from tests.fuzz.mutate import FORMATS, mutation
from tests.fuzz.oracle import check_file

COUNT = 100_000
HUNG = 120  # seconds after which the interpreter shows where it stands and stops
KEPT = Path("fuzz-failures")


def main() -> int:
    """Read the damaged files of every format; return how many failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Damaged files of every format through their readers.")
    parser.add_argument("--count", type=int, default=COUNT, help="how many files over all formats")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    asked = parser.parse_args()
    each = -(-asked.count // len(FORMATS))
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            begun = perf_counter()
            counts = Counter({"posts": 0, "rejects": 0, "failures": 0})
            for number in range(asked.first, asked.first + each):
                counts.update(_try(Path(folder), name, number))
            failures += counts["failures"]
            line = f"{name:6} {each:8,} files {counts['posts']:10,} posts {counts['rejects']:10,} rejects {counts['failures']:4} failures"
            sys.stdout.write(f"{line} {perf_counter() - begun:8.0f} s\n")
            sys.stdout.flush()
    sys.stdout.write(f"{each * len(FORMATS):,} files read, {failures} failures\n")
    return failures


def _try(folder: Path, name: str, number: int) -> dict[str, int]:
    data = mutation(name, number)
    endings = FORMATS[name]
    path = folder / f"a{endings[number % len(endings)]}"
    path.write_bytes(data)
    faulthandler.dump_traceback_later(HUNG, exit=True)
    try:
        posts, rejects = check_file(path)
    except Exception as error:  # noqa: BLE001 - any of them is what we look for
        KEPT.mkdir(exist_ok=True)
        kept = KEPT / f"{name}-{number}{path.suffix}"
        kept.write_bytes(data)
        sys.stdout.write(f"{kept}: {type(error).__name__}: {str(error)[:300]}\n")
        return {"failures": 1}
    finally:
        faulthandler.cancel_dump_traceback_later()
    return {"posts": posts, "rejects": rejects}


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
