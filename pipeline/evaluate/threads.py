"""How well threads are followed: links and closings against those that readers marked in series.

Comes in: the threads marked in series, the passages of the series, the threads that were followed through them, and what was compared. Goes out:
counts as lines of text. Refuses nothing. A link is right where a reader put both passages into one thread; a closing is wrong where the reader's
thread was not done; a day is old where a passage that a reader marked as moving it names a later one. Passages are those that readers marked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pipeline.evaluate.fields import Found
from pipeline.evaluate.lost import LINKS, MADE, OFFERED, RIGHT, STATES, news_of, place_of, reached
from pipeline.followed import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.evaluate.lost import Pair, Place
    from pipeline.followed import Thread
    from pipeline.labelled import MarkedThread
    from pipeline.records import Passage


def thread_numbers(marked: Sequence[MarkedThread]) -> Mapping[Place, frozenset[int]]:
    """Return the numbers of the marked threads that each passage belongs to."""
    found: dict[Place, set[int]] = defaultdict(set)
    for number, thread in enumerate(marked):
        for event in thread.events:
            found[event.source, event.span].add(number)
    return {place: frozenset(numbers) for place, numbers in found.items()}


def right_links(marked: Sequence[MarkedThread], followed: Iterable[Thread], *, offered: bool) -> tuple[int, int]:
    """Return how many links were made, or offered, and how many of them readers made too."""
    numbers = thread_numbers(marked)
    links = [
        bool(_numbers(numbers, thread.opened_by) & _numbers(numbers, passage))
        for thread in followed
        if (thread.state == "candidate") == offered
        for passage in news_of(thread)
    ]
    return len(links), sum(links)


def right_closings(marked: Sequence[MarkedThread], followed: Iterable[Thread]) -> tuple[int, int]:
    """Return how many threads were closed, and how many of them readers saw done too."""
    numbers = thread_numbers(marked)
    closed = [_numbers(numbers, thread.opened_by) for thread in followed if thread.state == "done"]
    return len(closed), sum(any(marked[number].state == "done" for number in own) for own in closed)


def judge_threads(
    marked: Sequence[MarkedThread], passages: Iterable[Passage], followed: Sequence[Thread], compared: AbstractSet[Pair] = frozenset()
) -> str:
    """Return links and states by kind and where they are lost, candidates, wrong closings, and days told as current that were moved.

    `compared` are the pairs of an opening passage and a later one of which the linker said how likely they are.
    """
    numbers = thread_numbers(marked)
    told = [thread for thread in followed if thread.state != "candidate"]
    made, right = Counter[str](), Counter[str]()
    for thread in told:
        opener = _numbers(numbers, thread.opened_by)
        made[thread.kind] += len(news_of(thread))
        right[thread.kind] += sum(bool(opener & _numbers(numbers, passage)) for passage in news_of(thread))
    came = reached(marked, followed, compared)
    every = sum(came.links.values(), Counter[str]())
    lines = [f"threads in {len({thread.series for thread in marked})} series: {every.total()} links marked, {made.total()} made"]
    lines.append(_line("all", made.total(), right.total(), every))
    lines += [_line(kind, made[kind], right[kind], came.links.get(kind, Counter())) for kind in sorted({*came.links, *made})]
    offered, good_offers = right_links(marked, followed, offered=True)
    closed, well = right_closings(marked, followed)
    held = every[MADE] + every[OFFERED]
    lines.append(f"offered to a reviewer: {offered}, {good_offers} of them right; closed {closed}, {closed - well} of them wrongly")
    lines.append(f"made or offered: {held} of {every.total()} links marked ({held / max(1, every.total()):.3f})")
    lost = ", ".join(f"{name} {came.states[name]}" for name in STATES)
    lines += [_states(marked, told), f"states of all {len(marked)} threads marked: {came.states[RIGHT]} right; {lost}"]
    return "\n".join([*lines, _old_days(marked, passages, told)])


def _states(marked: Sequence[MarkedThread], told: Sequence[Thread]) -> str:
    """Return in how many of the marked threads of each kind the thread that their first passage opened ended in the state that was marked."""
    opened = {place_of(thread.opened_by): thread.state for thread in told}
    known, right = Counter[str](), Counter[str]()
    for thread in marked:
        state = opened.get((thread.events[0].source, thread.events[0].span))
        known[thread.kind] += state is not None
        right[thread.kind] += state == thread.state
    by_kind = ", ".join(f"{kind} {right[kind]} of {known[kind]}" for kind in sorted(known) if known[kind])
    return f"states right: {sum(right.values())} of {sum(known.values())} threads opened: {by_kind}"


def _old_days(marked: Sequence[MarkedThread], passages: Iterable[Passage], told: Sequence[Thread]) -> str:
    """Return how many threads whose day readers saw moved still stand at a day from before."""
    days = {place_of(passage): frozenset(when.first_day for when in passage.action.when if when.first_day) for passage in passages if passage.action}
    due = {place_of(thread.opened_by): thread.own_day for thread in told if thread.state not in SETTLED and thread.day_doubt is None}
    doubted = {place_of(thread.opened_by) for thread in told if thread.state not in SETTLED and thread.day_doubt}
    moves = shown = rightly = 0
    for thread in marked:
        places = [(event.source, event.span) for event in thread.events]
        moved = [place for place, event in zip(places, thread.events, strict=True) if event.relation == "moved" and days.get(place)]
        if not moved:
            continue
        moves += 1
        new = max(days[moved[-1]])
        old = {day for place in places[: places.index(moved[-1]) + 1] for day in days.get(place, ())} - {new}
        shown += due.get(places[0]) in old
        rightly += places[0] in doubted
    return (
        f"days that were moved: {moves} threads, {shown} of them told with the old day as current; "
        f"days in doubt: {len(doubted)}, {rightly} of them were moved"
    )


def _numbers(numbers: Mapping[Place, frozenset[int]], passage: Passage) -> frozenset[int]:
    return numbers.get(place_of(passage), frozenset())


def _line(name: str, made: int, right: int, came: Counter[str]) -> str:
    """Return the precision of the links that were made of a kind, how many of those marked were found, and where the others were lost."""
    found = Found(came.total(), made, right)
    lost = ", ".join(f"{stage} {came[stage]}" for stage in LINKS)
    return f"{name:18} precision {found.precision:.3f} ({made} made)   recall {came[MADE] / max(1, found.marked):.3f} ({found.marked} marked; {lost})"
