"""What one more post costs when threads are followed through few posts and through a hundred times as many.

Comes in: the marked passages of our own corpus, mixed into posts of generated series. Goes out: milliseconds a post, the peak of memory, and their
ratios. Refuses nothing. Passages are given, so that only the following is measured.
"""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.jobs.threads import linker_of
from pipeline.records import Span
from pipeline.sources.marked import read_corpus
from pipeline.threads import follow
from pipeline.threads.said import Told
from tests.bench.table import row, section
from tests.bench.texts import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Passage
    from pipeline.threads import Linker

_POSTS, _TIMES, _ROUNDS = 100, 100, 3
_FIRST_DAY = date(2006, 1, 2)


def bench(scale: float) -> None:
    """Print the cost of a post for both sizes."""
    linker = linker_of(asset("models"), None)
    if linker is None:
        return
    own = [list(labelled.passages) for labelled in read_corpus(ROOT / "corpora" / "posts") if labelled.passages]
    many = int(_POSTS * _TIMES * scale)
    section("6 threads: what one more post costs")
    few, lots = _archive(own, _POSTS), _archive(own, many)
    _seconds(few, linker)  # warms up
    small = [1000 * _seconds(few, linker) / _POSTS for _ in range(_ROUNDS)]
    row(f"milliseconds a post, of {_POSTS:,}", small)
    large = 1000 * _seconds(lots, linker) / many
    row(f"milliseconds a post, of {many:,}", [large], ratio=large / sorted(small)[_ROUNDS // 2], target="at most 3.00")
    row(f"peak of following {many:,} posts, MiB", [_peak(lots, linker)], form=".0f")


def _seconds(told: Sequence[Told], linker: Linker) -> float:
    start = perf_counter()
    follow(told, linker)
    return perf_counter() - start


def _peak(told: Sequence[Told], linker: Linker) -> float:
    tracemalloc.start()
    follow(told, linker)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _archive(own: Sequence[Sequence[Passage]], count: int) -> list[Told]:
    """Return the passages of `count` posts: those of a post of ours, each with its second half from another, so that none is told twice."""
    chance = random.Random(2549)  # noqa: S311 - nothing secret is drawn
    every = [passage for passages in own for passage in passages]
    told = []
    for number in range(count):
        for place, passage in enumerate(chance.choice(own)):
            quote = passage.quote[: len(passage.quote) // 2] + (other := chance.choice(every).quote)[len(other) // 2 :]
            span = Span(1_000 * place, 1_000 * place + len(quote))
            mixed = replace(passage, post=f"bench-{number}", quote=quote, span=span, group=None)
            told.append(Told(mixed, number, _FIRST_DAY + timedelta(days=number // 4)))
    return told
