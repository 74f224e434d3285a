"""How much memory a whole run needs, for few posts and for ten times as many: it should hardly grow.

Comes in: generated posts. Goes out: the peak of a fresh process each, and the ratio. Refuses nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import row, section
from tests.bench.texts import ROOT, write_posts

_POSTS = 1_000
_TIMES = 10


def bench(scale: float) -> None:
    """Print the peak for both sizes."""
    few = max(1, int(_POSTS * scale))
    section("2 memory: peak of a whole run, MiB")
    small = _peak(few)
    row(f"{few:,} posts", [small], form=".0f")
    large = _peak(few * _TIMES)
    row(f"{few * _TIMES:,} posts", [large], ratio=large / small, target="at most 1.30", form=".0f")


def _peak(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        write_posts(posts, count)
        command = [sys.executable, "-m", "tests.bench.whole_run", str(posts), str(Path(folder) / "out")]
        return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1])
