"""How a second run over unchanged posts stands to the first, and publishing to analysing.

Comes in: generated posts. Goes out: seconds and ratios. Refuses nothing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from tests.bench.table import row, section
from tests.bench.texts import write_posts
from tests.bench.whole_run import run_once

_ROUNDS = 3
_POSTS = 1_000
_PASSAGES = 1_000
_POSTS_OF_PASSAGES = 140  # about as many posts as hold so many passages


def bench(scale: float) -> None:
    """Print both comparisons."""
    _second_run(max(1, int(_POSTS * scale)))
    _digest(max(1, int(_POSTS_OF_PASSAGES * scale)))


def _second_run(count: int) -> None:
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        write_posts(posts, count)
        for number in range(_ROUNDS + 1):
            out = Path(folder) / f"out-{number}"
            pairs.append((run_once(posts, out).whole, run_once(posts, out).whole))
    first, second = zip(*pairs[1:], strict=True)  # the first pair warms up
    section(f"4 runs over the same {count:,} posts: seconds")
    row("first run", first)
    row("second run, nothing changed", second, ratio=median(b / a for a, b in pairs[1:]))


def _digest(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        write_posts(posts, count)
        taken = [run_once(posts, Path(folder) / f"out-{number}") for number in range(_ROUNDS + 1)][1:]
    section(f"5 digest: seconds for each {_PASSAGES:,} passages, measured on {taken[0].passages:,}")
    share = [_PASSAGES / run.passages for run in taken]
    row("analyse and keep", [run.analyse * part for run, part in zip(taken, share, strict=True)])
    ratio = median(run.publish / run.analyse for run in taken)
    row("publish in every form", [run.publish * part for run, part in zip(taken, share, strict=True)], ratio=ratio, target="0.10 or 10 s")
