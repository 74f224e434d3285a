"""How well threads are followed: links and closings against those that readers marked in series.

Comes in: marked posts of series, the threads marked in them, and the threads that were followed through the same passages. Goes out: counts as
lines of text. Refuses nothing. A link is right where a reader put both passages into one thread; a closing is wrong where the reader's thread was
not done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pipeline.evaluate.fields import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.followed import Thread
    from pipeline.labelled import MarkedThread
    from pipeline.records import Passage, Span

    Place = tuple[str, Span]


def place_of(passage: Passage) -> Place:
    """Return what tells a passage from all others: its file and where it stands."""
    return passage.source, passage.span


def thread_numbers(marked: Sequence[MarkedThread]) -> Mapping[Place, frozenset[int]]:
    """Return the numbers of the marked threads that each passage belongs to."""
    found: dict[Place, set[int]] = defaultdict(set)
    for number, thread in enumerate(marked):
        for event in thread.events:
            found[event.source, event.span].add(number)
    return {place: frozenset(numbers) for place, numbers in found.items()}


def judge_threads(marked: Sequence[MarkedThread], followed: Iterable[Thread]) -> str:
    """Return links by kind, candidates, and wrong closings."""
    numbers = thread_numbers(marked)
    none: frozenset[int] = frozenset()
    made, right, offered, good_offers = Counter[str](), Counter[str](), 0, 0
    found: set[tuple[int, Place]] = set()
    closed = wrong = 0
    for thread in followed:
        opener = numbers.get(place_of(thread.opened_by), none)
        news = [event.passage for event in thread.events[1:] if event.passage is not thread.opened_by]
        linked = [(place_of(passage), opener & numbers.get(place_of(passage), none)) for passage in news]
        if thread.state == "candidate":
            offered, good_offers = offered + len(linked), good_offers + sum(bool(both) for _, both in linked)
            continue
        for place, both in linked:
            made[thread.kind] += 1
            right[thread.kind] += bool(both)
            found |= {(number, place) for number in both}
        if thread.state == "done":
            closed += 1
            wrong += not any(marked[number].state == "done" for number in opener)
    asked = [(number, thread.kind, (event.source, event.span)) for number, thread in enumerate(marked) for event in thread.events[1:]]
    lines = [f"threads in {len({thread.series for thread in marked})} series: {len(asked)} links marked, {sum(made.values())} made"]
    lines.append(_line("all", Found(len(asked), sum(made.values()), sum(right.values())), sum((n, place) in found for n, _, place in asked)))
    for kind in sorted({kind for _, kind, _ in asked} | set(made)):
        own = [(number, place) for number, of, place in asked if of == kind]
        lines.append(_line(kind, Found(len(own), made[kind], right[kind]), sum(pair in found for pair in own)))
    lines.append(f"offered to a reviewer: {offered}, {good_offers} of them right; closed {closed}, {wrong} of them wrongly")
    return "\n".join(lines)


def _line(name: str, found: Found, recalled: int) -> str:
    recall = recalled / found.marked if found.marked else 0.0
    return f"{name:18} precision {found.precision:.3f} ({found.read} made)   recall {recall:.3f} ({found.marked} marked)"
