"""Threads that compete for a passage: how likely it is news of each, beside the others and beside what its post has said so far.

Comes in: threads worth comparing, a passage, and a linker. Goes out: the threads with their chances, the likeliest first. Refuses nothing. A pair is
weighed by itself first; then each thread among its rivals: most passages are news of few, and what a post tells of one matter stands together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.threads.relations import closes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.threads.index import Opened
    from pipeline.threads.linker import Linker
    from pipeline.threads.said import Said

    Watch = Callable[[Opened, Said, tuple[float, ...]], None]

_KINDS = ("carried-topic", "schedule-change", "action", "commitment", "cadence", "plan", "promise", "question", "issue", "target", "reuse")
_STATES = ("open", "progress", "moved", "referred")


class _Compared(NamedTuple):
    """A thread with the chances of its passages, the one that opened it first, and the best of them."""

    thread: Opened
    chances: Sequence[float]
    best: float


class Ranked(NamedTuple):
    """A thread, how likely a passage is news of it among its rivals, and how likely its nearest pair is a link by itself."""

    thread: Opened
    chance: float
    nearest: float


@dataclass(slots=True)
class Rivals:
    """What the post that is read has said so far of each thread: the best chance, and that of the passage right before."""

    watch: Watch | None = None
    post: str | None = None
    best: dict[int, float] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)

    def ranked(self, candidates: Sequence[Opened], said: Said, linker: Linker) -> list[Ranked]:
        """Return threads with the chance that a passage is news of them, the likeliest first."""
        if self.post != said.told.passage.post:
            self.post, self.best, self.last = said.told.passage.post, {}, {}
        compared = _compared(candidates, said, linker)
        rows = self._figures(compared, said) if linker.rivals or self.watch else []
        if self.watch:
            for one, row in zip(compared, rows, strict=True):
                self.watch(one.thread, said, row)
        self.last = {one.thread.number: one.best for one in compared}
        self.best |= {number: max(best, self.best.get(number, 0.0)) for number, best in self.last.items()}
        chances = linker.rivals.chances(rows) if linker.rivals else [one.best for one in compared]
        ranked = [Ranked(one.thread, chance, one.best) for one, chance in zip(compared, chances, strict=True)]
        return sorted(ranked, key=lambda one: -one.chance)

    def _figures(self, compared: Sequence[_Compared], said: Said) -> list[tuple[float, ...]]:
        """Return the figures of each thread in the order of `OF_RIVALS`."""
        falling = sorted((one.best for one in compared), reverse=True)
        total = sum(falling)
        rows: list[tuple[float, ...]] = []
        ends: dict[str, bool] = {}  # many are of one kind
        for one in compared:
            if one.thread.kind not in ends:
                ends[one.thread.kind] = closes(one.thread.kind, said)
            thread, others = one.thread, falling[1:2] if one.best == falling[0] else falling[:1]
            rows.append(
                (
                    one.best,
                    sum(one.chances) / len(one.chances),
                    one.chances[0],
                    others[0] if others else 0.0,
                    float(falling.index(one.best)),
                    total,
                    one.best / total if total else 0.0,
                    self.best.get(thread.number, 0.0),
                    self.last.get(thread.number, 0.0),
                    float(len(thread.events)),
                    float(_KINDS.index(thread.kind)),
                    float(_STATES.index(thread.state)) if thread.state in _STATES else -1.0,
                    float(thread.said[0].told.passage.post == self.post),
                    float(said.told.order - thread.said[-1].told.order),
                    float(ends[thread.kind]),
                )
            )
        return rows


def _compared(candidates: Sequence[Opened], said: Said, linker: Linker) -> list[_Compared]:
    """Return each thread as its passages are weighed one by one."""
    chances = iter(linker.weigh([earlier for thread in candidates for earlier in thread.said], said))
    found = ((thread, [next(chances) for _ in thread.said]) for thread in candidates)
    return [_Compared(thread, weighed, max(weighed)) for thread, weighed in found]
