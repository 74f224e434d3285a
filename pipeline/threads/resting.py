"""Threads while they are followed: the latest that anything was heard of are at hand, the others rest as a line of numbers.

Comes in: threads as they are opened, and somewhere to lay lines down. Goes out: a thread by its number, as it was left; in the end all of them, and
what is doubtful, one by one. Refuses nothing. What is held does not grow with the archive; a line names passages by their place in the collection,
so that nothing of them is kept twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Any, cast

from pipeline.followed import Thread, ThreadEvent
from pipeline.threads.index import Opened, owners_of, title_of
from pipeline.threads.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from pipeline.followed import Relation, ThreadKind
    from pipeline.records import Passage
    from pipeline.threads.said import Rarity, Told

    Lines = MutableMapping[int, str]  # by the number of a thread; those of what is doubtful are below nothing

_AT_HAND = 2_048  # threads at hand, and as many doubtful links
_AT_ONCE = 256  # threads that are laid down together, at least


@dataclass(slots=True)
class Resting:
    """The threads of a collection by number; those that a passage concerns are one object each until it is told (`rest`)."""

    told: Sequence[Told]
    lines: Lines
    taken: dict[int, Opened] = field(default_factory=dict)
    at_hand: dict[int, Opened] = field(default_factory=dict)
    is_closed: bytearray = field(default_factory=bytearray)  # of those that rest
    rarity: Rarity | None = None

    def __len__(self) -> int:
        """Return how many were opened."""
        return len(self.is_closed)

    def __getitem__(self, number: int) -> Opened:
        """Return a thread by its number."""
        found = self.taken.get(number)
        if found is None:
            found = self.taken[number] = self.at_hand.pop(number) if number in self.at_hand else self._read(number)
        return found

    def __iter__(self) -> Iterator[Opened]:
        """Yield all threads in the order of opening, without taking them to hand."""
        return (self.taken.get(number) or self.at_hand.get(number) or self._read(number) for number in range(len(self)))

    def add(self, thread: Opened) -> None:
        """Take a thread that has just been opened; its number is the next one."""
        self.is_closed.append(False)
        self.taken[thread.number] = thread

    def closed(self, number: int) -> bool:
        """Say whether nothing more is expected of a thread."""
        found = self.taken.get(number) or self.at_hand.get(number)
        return found.closed if found else bool(self.is_closed[number])

    def rest(self, said: Said) -> None:
        """Let go of what a passage concerned, and lay down what was not heard of for the longest time."""
        self.rarity = said.rarity
        for thread in self.taken.values():
            thread.hear_of(said)
        self.at_hand |= self.taken
        self.taken.clear()
        if len(self.at_hand) >= _AT_HAND + _AT_ONCE:
            for number in list(islice(self.at_hand, len(self.at_hand) - _AT_HAND)):
                thread = self.at_hand.pop(number)
                self.lines[number] = _line(thread)
                self.is_closed[number] = thread.closed

    def _read(self, number: int) -> Opened:
        return _opened(number, json.loads(self.lines[number]), self)

    def passage(self, number: int) -> Passage:
        """Return a passage of the collection by its place."""
        return self.told[number].passage


@dataclass(slots=True)
class Doubtful:
    """Doubtful links in the order in which they were found: the first ones at hand."""

    threads: Resting
    at_hand: list[Thread] = field(default_factory=list)
    laid: int = 0

    def add(self, link: Thread, opener: Said, news: Said) -> None:
        """Take a doubtful link of two passages."""
        if len(self.at_hand) < _AT_HAND:
            self.at_hand.append(link)
            return
        self.laid += 1
        change = link.last
        due = link.due and link.due.toordinal()
        row = [link.id, link.kind, due, opener.number, change.relation, news.number, change.before, change.after]
        self.threads.lines[-self.laid] = _written(row)

    def __iter__(self) -> Iterator[Thread]:
        """Yield all of them; what several of one matter, or of one passage, have in common is one object."""
        yield from self.at_hand
        matters: dict[int, tuple[ThreadEvent, str, tuple[str, ...]]] = {}
        told, place = dict[tuple[Any, ...], ThreadEvent](), None
        for number in range(1, self.laid + 1):
            id_, kind, due, opener, *news = json.loads(self.threads.lines[-number])
            if opener not in matters:
                passage = self.threads.passage(opener)
                matters[opener] = ThreadEvent(passage, "opens"), title_of(passage), owners_of(passage)
            opens, title, owners = matters[opener]
            told, place = (told, place) if news[1] == place else ({}, news[1])
            event = told.get(tuple(news)) or told.setdefault(tuple(news), _event(news, self.threads))
            yield Thread(id_, cast("ThreadKind", intern(kind)), title, "candidate", (opens, event), owners, _day(due))


def _line(thread: Opened) -> str:
    doubt = _row(thread.day_doubt, thread) if thread.day_doubt else None
    events = [_row(event, thread) for event in thread.events]
    said = [(one.number, one.in_post) for one in thread.said]
    due = thread.due and thread.due.toordinal()
    return _written([thread.id, thread.kind, thread.state, said, events, due, thread.depends_on, doubt, thread.offered])


def _row(event: ThreadEvent, thread: Opened) -> tuple[Any, ...]:
    return event.relation, thread.numbers[event.passage.id], event.before, event.after


def _written(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _opened(number: int, row: list[Any], threads: Resting) -> Opened:
    id_, kind, state, said, events, due, depends_on, doubt, offered = row
    heard = [Said(threads.told[place], place, in_post, threads.rarity) for place, in_post in said] if threads.rarity else []
    numbers = {threads.passage(event[1]).id: event[1] for event in ([*events, doubt] if doubt else events)}
    told = [_event(event, threads) for event in events]
    day_doubt = _event(doubt, threads) if doubt else None
    return Opened(id_, kind, heard, told, number, state, _day(due), tuple(depends_on), day_doubt, offered, numbers)


def _event(row: list[Any], threads: Resting) -> ThreadEvent:
    relation, place, before, after = row
    return ThreadEvent(threads.passage(place), cast("Relation", intern(relation)), before, after)


@lru_cache(maxsize=1_024)  # many are due on the same
def _day(number: int | None) -> date | None:
    return date.fromordinal(number) if number else None
