"""The records of what is followed from post to post (เรื่องสืบเนื่อง).

Comes in: nothing. Goes out: frozen records of threads and their events. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Evidence, Followed, Passage

ThreadKind = Literal["carried-topic", "schedule-change", "action", "commitment", "cadence", "plan", "promise", "question", "issue", "target", "reuse"]
ThreadState = Literal["open", "progress", "moved", "done", "dropped", "referred", "candidate"]
SETTLED = frozenset({"done", "dropped"})  # states after which nothing more is waited for
ENDS = frozenset({"done", "answers", "refers"})  # relations of news after which nobody waits any more
MATTERS = 40  # of one digest that its forms tell
MEETINGS = frozenset({"plan", "schedule-change", "cadence"})  # whose day goes by without anybody being late
Relation = Literal["opens", "progress", "problem", "moved", "done", "mentions", "answers", "refers", "corroborates", "disputes"]
AskedOf = Literal["progress", "problem", "tool", "content"]
Kept = Literal["kept", "not kept", "no news"]


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    """A passage that is news of a thread; `before` and `after` are the old and the new value of a change, as ISO days.

    `confirmed_by` is the reviewer who said that it is news of it, where somebody did.
    """

    passage: Passage
    relation: Relation
    before: str | None = None
    after: str | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the next meeting asks of a topic: how far it is, what is in the way, which tool or content to add; answers only from passages."""

    question: AskedOf
    answers: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """What is followed: it is opened by the first of its events and in the state that the last one shows.

    `depends_on` names threads that must be done first; `next_expected` is the day on which a standing practice should be heard of again, and
    `unheard_since` the day on which it last was, where the posts after the expected one are silent. `asks` are those of a carried topic.
    `day_doubt` is news that nobody has confirmed yet and that would move the day: as long as it stands, the day is not told as the current one.
    `end_doubt` is the last news that nobody has confirmed yet and that would settle the matter.
    `refused` counts what a person said to be no news of it.
    """

    id: str
    kind: ThreadKind
    title: str
    state: ThreadState
    events: tuple[ThreadEvent, ...]
    owners: tuple[str, ...] = ()
    due: date | None = None
    next_expected: date | None = None
    depends_on: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    unheard_since: date | None = None
    day_doubt: ThreadEvent | None = None
    end_doubt: ThreadEvent | None = None
    refused: int = field(default=0, compare=False)

    @property
    def last(self) -> ThreadEvent:
        """Return the last that was heard of it."""
        return self.events[-1]

    @property
    def opened_by(self) -> Passage:
        """Return the passage that opened it."""
        return self.events[0].passage

    @property
    def own_day(self) -> date | None:
        """Return the day that is set for the matter itself: in the news of a trouble or a question it is that of what is to be done."""
        return None if self.kind in _DAY_OF_ANOTHER else self.due

    @property
    def current_due(self) -> date | None:
        """Return the day that is set now: none where it was put off without another."""
        moves = [event for event in self.events if event.relation == "moved"]
        day = self.own_day
        put_off = bool(moves and day and moves[-1].after is None and moves[-1].before == day.isoformat())
        return None if put_off else day

    @property
    def day_may_be(self) -> date | None:
        """Return the later day for which it may be set by now; None where there is no doubt, or news that name no day."""
        return date.fromisoformat(self.day_doubt.after) if self.day_doubt and self.day_doubt.after else None

    @property
    def kept(self) -> Kept | None:
        """Return whether a commitment is kept, as far as the last passage that tells it; None of other kinds and of doubtful links."""
        if self.kind != "commitment" or self.state == "candidate":
            return None
        told = next((event.relation for event in reversed(self.events) if event.relation in _TELLS_KEPT), None)
        return _TELLS_KEPT[told] if told else "no news"


_DAY_OF_ANOTHER = frozenset({"issue", "question"})  # what is to be done about them is followed itself
_TELLS_KEPT: dict[Relation, Kept] = {"progress": "kept", "done": "kept", "corroborates": "kept", "problem": "not kept"}


def evidence_in(line: Followed) -> Iterator[Evidence]:
    """Yield every passage that a line of a digest quotes."""
    yield line.opener
    yield from (line.last,) if line.last else ()
    yield from (line.may_end[1],) if line.may_end else ()
    yield from line.disputes
    for _, answers in line.asks:
        yield from answers
