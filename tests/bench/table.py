"""The table of the bench, and the clock: callables in, one line for each figure out.

Comes in: what to measure, side by side. Goes out: lines of plain text. Refuses nothing and judges nothing: machines differ, a person reads.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_PACKAGES = ("spacy", "nlpo3", "pythainlp", "scikit-learn", "numpy", "prefect", "sqlalchemy")


def rounds(measured: Mapping[str, Callable[[], object]], count: int, clock: Callable[[], float] = perf_counter) -> dict[str, list[float]]:
    """Return the seconds that each took in each round, after a warm-up; all take turns, so that a busy machine slows all alike."""
    for run in measured.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(count):
        for name, run in measured.items():
            start = clock()
            run()
            seconds[name].append(clock() - start)
    return seconds


def header() -> str:
    """Return the line that says what was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.machine()}, {packages}"


def section(title: str) -> None:
    """Begin a part of the table."""
    say(f"\n{title}\n{'':44}{'median':>12}{'min - max':>24}{'ratio':>8}  target")


def row(name: str, figures: Sequence[float], *, ratio: float | None = None, target: str = "", form: str = ",.2f") -> None:
    """Print one figure: its median, least and most, and beside it the ratio and what it should be."""
    spread = f"{min(figures):{form}} - {max(figures):{form}}"
    shown = "" if ratio is None else f"{ratio:.2f}"
    say(f"{name:44}{median(figures):>12{form}}{spread:>24}{shown:>8}  {target}".rstrip())


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
