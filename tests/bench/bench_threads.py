"""What one more post costs when threads are followed through few posts and through a hundred times as many.

Comes in: the marked passages of our own corpus, mixed into posts of generated series. Goes out: milliseconds a new post and the pairs that are
compared for it, seconds to follow again what was decided before, the peak of memory of a night with some new posts, and their ratios. Refuses
nothing. Passages are given, so that only the following is measured; what the posts before opened is open and linked to nothing, which leaves more to
compare than in an archive whose matters end. The clock runs from the first new passage to the last within one following: seconds of two that are
taken from each other tell more of the machine than of the post.
"""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.jobs.threads import linker_of
from pipeline.records import Span
from pipeline.sources.marked import read_corpus
from pipeline.store.laid import laid_down
from pipeline.threads import follow, follow_each
from pipeline.threads.decided import Decided, Decision
from pipeline.threads.said import Told
from tests.bench.table import row, section
from tests.bench.texts import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Passage
    from pipeline.threads import Linker
    from pipeline.threads.index import Opened
    from pipeline.threads.said import Said

_POSTS, _TIMES, _NEW, _ROUNDS = 100, (1, 10, 100), 50, 3
_FIRST_DAY = date(2006, 1, 2)


def bench(scale: float) -> None:
    """Print the cost of a post for each size."""
    linker = linker_of(asset("models"), None)
    if linker is None:
        return
    own = [list(labelled.passages) for labelled in read_corpus(ROOT / "corpora" / "posts") if labelled.passages]
    section("6 threads: what one more post costs")
    first = first_peak = None
    for times in _TIMES:
        count = max(_POSTS, int(_POSTS * times * scale))
        told = _archive(own, count)
        pairs = _pairs(told, linker)  # and words are cut once
        each = [_milliseconds(told, linker) for _ in range(_ROUNDS)]
        first = first or median(each)
        row(f"milliseconds for a new post, of {count:,}", each, ratio=median(each) / first, target="at most 3.00")
        row(f"pairs compared for a new post, of {count:,}", [pairs])
        row(f"seconds to follow {count:,} decided posts again", [_seconds_again(told, linker)])
        peak = _peak(told, linker)
        first_peak = first_peak or peak
        row(f"peak with {_NEW} new posts, MiB, of {count:,}", [peak], ratio=peak / first_peak, form=".1f")


@dataclass(frozen=True, slots=True)
class _Clocked(Decided):
    """Decisions, and when the first of those was asked for that are not known."""

    began: list[float] = field(default_factory=list)

    def known(self, told: Told, place: int) -> Decision | None:
        found = Decided.known(self, told, place)
        if found is None and not self.began:
            self.began.append(process_time())
        return found


def _decided(told: Sequence[Told], new: int) -> Decided:
    """Return that nothing was news in all posts but the last few."""
    counts = Counter(one.passage.post for one in told)
    before = list(counts)[: len(counts) - new]
    return Decided({post: [Decision((), (), ())] * counts[post] for post in before})


def _milliseconds(told: Sequence[Told], linker: Linker) -> float:
    """Return what one of the new posts takes: the first thread is told when all passages have been gone through."""
    clocked = _Clocked(_decided(told, _NEW).before)
    next(follow_each(told, linker, clocked))
    return 1000 * (process_time() - clocked.began[0]) / _NEW


def _pairs(told: Sequence[Told], linker: Linker) -> float:
    compared = 0

    def watch(thread: Opened, _said: Said, _figures: tuple[float, ...]) -> None:
        nonlocal compared
        compared += len(thread.said)

    follow(told, linker, _decided(told, _NEW), watch)
    return compared / _NEW


def _seconds_again(told: Sequence[Told], linker: Linker) -> float:
    decided = _decided(told, 0)
    start = process_time()
    follow(told, linker, decided)
    return process_time() - start


def _peak(told: Sequence[Told], linker: Linker) -> float:
    decided = _decided(told, _NEW)
    tracemalloc.start()
    with laid_down() as lines:
        for _ in follow_each(told, linker, decided, lines=lines):
            pass
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
