"""The open threads as they are compared, and the index that finds those that a passage can be news of.

Comes in: threads as they are opened and the passages that are news of them. Goes out: for a passage, the few threads worth comparing. Refuses
nothing. A word and a day keep the numbers of the latest of their threads only, and what is closed is forgotten: a new passage costs as much as it has
candidates, however long the archive is.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from itertools import filterfalse, islice
from typing import TYPE_CHECKING, Protocol

from pipeline.followed import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.followed import ThreadEvent, ThreadKind
    from pipeline.records import Passage
    from pipeline.threads.said import Said

_LONGEST_TITLE = 120  # code points of a passage that is its own title
_LOOSE_END = re.compile(r"(?<!\s)\s+(?:และ|กับ|หรือ|โดย|ซึ่ง|เพื่อ)$")  # joins on what is left out
RAISED = frozenset({"issue", "question"})  # what is raised, unlike what is to be done
_LATEST = 40  # threads that a word or a day still finds
_COMPARED = 30  # threads with which a passage is compared
_EVENTS = 3  # passages of a thread that are compared: the one that opened it, and the last
_NEAR = 16  # threads of the same post that need no shared word


@dataclass(slots=True, eq=False)
class Opened:
    """A thread while it is followed; `said` are those of its passages that are still compared, the one that opened it first.

    `number` is its place in the order of opening, `offered` counts what a person was asked about. `numbers` are the places in the collection of the
    passages of its events, by their ids.
    """

    id: str
    kind: ThreadKind
    said: list[Said]
    events: list[ThreadEvent]
    number: int
    state: str = "open"
    due: date | None = None
    depends_on: tuple[str, ...] = ()
    day_doubt: ThreadEvent | None = None
    offered: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Say what is followed, in the words of the passage that opened it: told of few of those that are compared."""
        return title_of(self.events[0].passage)

    @property
    def owners(self) -> tuple[str, ...]:
        """Say who shall act, by that passage."""
        return owners_of(self.events[0].passage)

    @property
    def closed(self) -> bool:
        """Say whether nothing more is expected of it."""
        return self.state in SETTLED

    @property
    def day_may_be(self) -> date | None:
        """Return the later day for which it may be set by now."""
        return date.fromisoformat(self.day_doubt.after) if self.day_doubt and self.day_doubt.after else None

    def hear(self, said: Said) -> None:
        """Remember a passage as news, and forget what was heard long before."""
        self.said = [self.said[0], *[*self.said[1:], said][1 - _EVENTS :]]

    def hear_of(self, said: Said) -> None:
        """Remember where a passage stands that is the last event of it, or leaves its day in doubt."""
        passage = said.told.passage
        if self.events[-1].passage is passage or (self.day_doubt and self.day_doubt.passage is passage):
            self.numbers[passage.id] = said.number


class Numbered(Protocol):
    """Threads by their number."""

    def __getitem__(self, number: int, /) -> Opened:
        """Return a thread."""
        ...

    def closed(self, number: int) -> bool:
        """Say whether nothing more is expected of a thread."""
        ...


@dataclass(slots=True)
class Index:
    """Which threads are found by which words, by the days for which they were ever set, and by their post."""

    threads: Numbered
    by_word: dict[str, array[int]] = field(default_factory=dict)
    by_day: dict[date, array[int]] = field(default_factory=dict)
    post: str | None = None
    near: deque[int] = field(default_factory=lambda: deque(maxlen=_NEAR))

    def add(self, thread: Opened, said: Said) -> None:
        """Let a thread be found by one of its passages."""
        self._enter(said)
        self.near.append(thread.number)
        for day in said.days:
            _enter_latest(self.by_day.setdefault(day, array("I")), thread)
        for word in said.keys:
            _enter_latest(self.by_word.setdefault(word, array("I")), thread)

    def candidates(self, said: Said) -> list[Opened]:
        """Return the open threads worth comparing with a passage, the likeliest first."""
        self._enter(said)
        found: dict[int, float] = {}
        for numbers, weight in self._reached(said):
            for number in numbers:
                found[number] = found.get(number, 0.0) + weight
        likeliest = sorted(found, key=found.__getitem__, reverse=True)
        return [self.threads[number] for number in islice(filterfalse(self.threads.closed, likeliest), _COMPARED)]

    def set_for(self, day: date) -> list[Opened]:
        """Return the open threads that were ever set for a day."""
        return [self.threads[number] for number in _latest(self.by_day.get(day, ())) if not self.threads.closed(number)]

    def set_near(self, day: date, before: int, after: int) -> list[Opened]:
        """Return the open threads that were ever set for a day, for one of so many before it or of so many after it."""
        first, last = max(1, day.toordinal() - before), min(date.max.toordinal(), day.toordinal() + after)
        return [thread for number in range(first, last + 1) for thread in self.set_for(date.fromordinal(number))]

    def asked_before(self, said: Said) -> Opened | None:
        """Return what a commenter last asked in the post of a passage, else the last problem that one told there."""
        self._enter(said)
        near = (self.threads[number] for number in self.near)
        raised = [thread for thread in near if thread.said[0].told.passage.voice == "commenter" and thread.kind in RAISED and not thread.closed]
        return next((thread for thread in reversed(raised) if thread.kind == "question"), raised[-1] if raised else None)

    def _reached(self, said: Said) -> Iterator[tuple[Iterable[int], float]]:
        for word, weight in said.words.items():
            yield _latest(self.by_word.get(word, ())), weight
        for day in sorted(said.days):
            yield _latest(self.by_day.get(day, ())), 1.0
        yield self.near, 0.2

    def _enter(self, said: Said) -> None:
        if self.post != said.told.passage.post:
            self.post = said.told.passage.post
            self.near.clear()


def _latest(numbers: Sequence[int]) -> Iterable[int]:
    """Return the latest of some threads, each once."""
    return dict.fromkeys(numbers[-_LATEST:])


def _enter_latest(numbers: array[int], thread: Opened) -> None:
    numbers.append(thread.number)
    if len(numbers) > 2 * _LATEST:
        del numbers[:-_LATEST]


def owners_of(passage: Passage) -> tuple[str, ...]:
    """Return who shall act, by the passage that opened what is followed."""
    return tuple(actor.name or actor.text for actor in passage.action.who) if passage.action else ()


def title_of(passage: Passage) -> str:
    """Return the words that say what is followed: the passage itself, of a long one what shall be done."""
    if len(passage.quote) <= _LONGEST_TITLE:
        return passage.quote
    return _LOOSE_END.sub("", (passage.action and passage.action.what) or "") or passage.quote
