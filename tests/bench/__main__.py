"""The bench: ``python -m tests.bench [--quick] [--profile] [PART ...]`` from the repository root, or ``make bench``.

Comes in: which parts, and how large. Goes out: a table of ratios that were measured side by side. Never fails on a figure.
"""

from __future__ import annotations

import argparse

from tests.bench import (
    bench_formats,
    bench_forms,
    bench_memory,
    bench_nights,
    bench_orchestration,
    bench_review,
    bench_runs,
    bench_speed,
    bench_start,
    bench_threads,
)
from tests.bench.table import header, say

_PARTS = {
    "speed": bench_speed.bench,
    "formats": bench_formats.bench,
    "forms": bench_forms.bench,
    "memory": bench_memory.bench,
    "start": bench_start.bench,
    "runs": bench_runs.bench,
    "threads": bench_threads.bench,
    "review": bench_review.bench,
    "nights": bench_nights.bench,
    "orchestration": bench_orchestration.bench,
}
_QUICK = 0.1


def main() -> None:
    """Print the parts asked for, all of them unless some are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Ratios measured side by side.")
    parser.add_argument("part", nargs="*", help=f"one or more of {', '.join(_PARTS)}; all unless named")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--profile", action="store_true", help="only the 25 functions in which the analysis stays longest")
    asked = parser.parse_args()
    unknown = [part for part in asked.part if part not in _PARTS]
    if unknown:
        parser.error(f"a part must be one of {', '.join(_PARTS)}. Got {', '.join(unknown)}.")
    scale = _QUICK if asked.quick else 1.0
    say(header())
    if asked.profile:
        bench_speed.profile(scale)
        return
    for part in asked.part or _PARTS:
        _PARTS[part](scale)


if __name__ == "__main__":
    main()
