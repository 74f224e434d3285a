"""Where the links and the states that readers marked are lost: nothing was opened, nothing compared, nothing likely, or offered and not made.

Comes in: the threads marked in series, those that were followed through them, and which passages were compared with which threads. Goes out: for each
marked link, and for each marked thread, the stage that it reached. Refuses nothing. Passages are those that readers marked: what the reading
loses comes on top.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.followed import Thread
    from pipeline.labelled import MarkedThread
    from pipeline.records import Passage, Span

    Place = tuple[str, Span]
    Pair = tuple[Place, Place]

MADE, OFFERED, RIGHT = "made", "offered", "right"
LINKS = (OFFERED, "unlikely", "not compared", "not opened")  # in which a link may end that is not made
STATES = ("not opened", "last link lost", "last link offered", "an earlier link lost", "a wrong link", "all links there")


def place_of(passage: Passage) -> Place:
    """Return what tells a passage from all others: its file and where it stands."""
    return passage.source, passage.span


def news_of(thread: Thread) -> list[Passage]:
    """Return the passages that a thread holds beside the one that opened it."""
    return [event.passage for event in thread.events[1:] if event.passage is not thread.opened_by]


class Reached(NamedTuple):
    """The stage that each marked link reached, counted by kind, and the one that each marked state did."""

    links: Mapping[str, Counter[str]]
    states: Counter[str]


def reached(marked: Iterable[MarkedThread], followed: Sequence[Thread], compared: AbstractSet[Pair]) -> Reached:
    """Return how far the marked links and states came."""
    told = {place_of(thread.opened_by): thread for thread in followed if thread.state != "candidate"}
    made, offered = (frozenset(_pairs(followed, offered=which)) for which in (False, True))
    opened = told.keys() | {opener for opener, _ in compared}
    links: dict[str, Counter[str]] = {}
    states = Counter[str]()
    for thread in marked:
        places = [(event.source, event.span) for event in thread.events]
        stages = ((MADE, made), (OFFERED, offered), ("unlikely", compared))
        counts = links.setdefault(thread.kind, Counter())
        for number, news in enumerate(places[1:], 1):
            found = next((name for name, pairs in stages if any((place, news) in pairs for place in places)), None)
            counts[found or ("not compared" if opened.intersection(places[:number]) else "not opened")] += 1
        states[_of_state(thread.state, places, told, offered)] += 1
    return Reached(links, states)


def _of_state(state: str, places: Sequence[Place], told: Mapping[Place, Thread], offered: AbstractSet[Pair]) -> str:
    """Return why a thread has another state than the marked one; what its last passage says is mostly its state."""
    thread = told.get(places[0])
    if thread is None or thread.state == state:
        return RIGHT if thread else "not opened"
    own = {place_of(passage) for passage in news_of(thread)}
    missing = [place for place in places[1:] if place not in own]
    if missing and missing[-1] == places[-1]:
        return "last link offered" if (places[0], places[-1]) in offered else "last link lost"
    return "an earlier link lost" if missing else "a wrong link" if own.difference(places) else "all links there"


def _pairs(followed: Iterable[Thread], *, offered: bool) -> Iterator[Pair]:
    for thread in followed:
        if (thread.state == "candidate") == offered:
            yield from ((place_of(thread.opened_by), place_of(passage)) for passage in news_of(thread))
