"""Follow what was opened through later passages, and say what became of it.

Comes in: passages in the order of time, and a linker. Goes out: threads in the order in which they were opened; a doubtful link is a thread of
its own in the state "candidate". Refuses nothing. An index of rare words finds the threads that a passage can be news of, so that a new passage
costs as much as it has candidates, not as much as the archive is long.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.followed import Thread, ThreadEvent
from pipeline.languages.th.dates.calendar import month_after
from pipeline.languages.th.dates.relative import shifted
from pipeline.records import short_hash
from pipeline.threads.evidence import evidence, other_ordinal
from pipeline.threads.openers import kind_opened
from pipeline.threads.relations import CLOSED, dates_differ, event_of_link, state_after
from pipeline.threads.said import Said, Told, Weights, said_of, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.followed import ThreadKind
    from pipeline.records import Passage, Post, When
    from pipeline.threads.linker import Linker

_KEYS = 8  # rare words by which a thread is found again
_COMMON = 60  # a word by which more open threads would be found says nothing
_LONGEST_TITLE = 120  # code points of a passage that is its own title
_UNITS = {"DAILY": "วัน", "WEEKLY": "สัปดาห์", "MONTHLY": "เดือน", "YEARLY": "ปี"}


@dataclass(slots=True)
class _Open:
    """A thread while it is followed: the passages that are its events as they are compared."""

    id: str
    kind: ThreadKind
    said: list[Said]
    events: list[ThreadEvent]
    state: str = "open"
    due: date | None = None
    depends_on: tuple[str, ...] = ()


@dataclass(slots=True)
class _Index:
    """Which threads are found by which words, and by the days for which they were ever set."""

    by_word: dict[str, list[_Open]] = field(default_factory=dict)
    by_day: dict[date, list[_Open]] = field(default_factory=dict)

    def add(self, thread: _Open, said: Said) -> None:
        for day in said.days:
            self.by_day.setdefault(day, []).append(thread)
        for word in sorted(said.words, key=lambda one: -said.words[one])[:_KEYS]:
            self.by_word.setdefault(word, []).append(thread)

    def candidates(self, said: Said) -> list[_Open]:
        found: Counter[int] = Counter()
        threads: dict[int, _Open] = {}
        for word in said.words:
            listed = self.by_word.get(word, [])
            if len(listed) <= _COMMON:
                for thread in listed:
                    found[id(thread)] += 1
                    threads[id(thread)] = thread
        return [threads[key] for key, _ in found.most_common(_COMMON) if threads[key].state not in CLOSED]


def in_time(posts: Iterable[tuple[Post, date | None]], passages: Iterable[Passage]) -> list[Told]:
    """Return the passages in the order of their posts' days; a post without a day stands behind the one before it in the collection."""
    order, last = [], date.min
    for number, (post, day) in enumerate(posts):
        last = day or last
        order.append((last, number, post.id, day))
    place = {post: (rank, day) for rank, (_, _, post, day) in enumerate(sorted(order))}
    told = [Told(passage, *place[passage.post]) for passage in passages if passage.post in place]
    return sorted(told, key=lambda one: (one.order, one.passage.span.start))


def follow(told: Sequence[Told], linker: Linker) -> list[Thread]:
    """Return what was opened, with all that became of it."""
    words = [telling_words(one.passage.quote) for one in told]
    weights = Weights()
    for row in words:
        weights.add(set(row))
    index, threads, doubtful = _Index(), list[_Open](), list[Thread]()
    groups: set[tuple[str, str | None]] = set()
    for one, row in zip(told, words, strict=True):
        key = (one.passage.post, one.passage.group)
        if one.passage.group and key in groups:
            continue  # a lead or a comment that repeats is no news
        groups.add(key)
        said = said_of(one, row, weights)
        thread, chance = _best(index.candidates(said), said, linker)
        if thread and chance >= linker.sure and not dates_differ(thread.said, said):
            _attach(thread, said)
            index.add(thread, said)
            _supersede(index, thread, said)
            continue
        if thread and chance >= linker.maybe:
            doubtful.append(_candidate(thread, said))
        if opened := _opened(said, threads):
            threads.append(opened)
            index.add(opened, said)
            _supersede(index, opened, said)
    return [*map(_told, threads), *doubtful]


def _best(candidates: Sequence[_Open], said: Said, linker: Linker) -> tuple[_Open | None, float]:
    best: tuple[_Open | None, float] = (None, 0.0)
    for thread in candidates:
        chance = max(linker.chance(evidence(earlier, said)) for earlier in (thread.said[0], thread.said[-1]))
        if chance > best[1]:
            best = thread, chance
    return best


def _attach(thread: _Open, said: Said) -> None:
    event = event_of_link(thread.kind, thread.due, said)
    thread.events.append(event)
    thread.said.append(said)
    thread.state = state_after(thread.state, event)
    if said.days and thread.state not in CLOSED:
        thread.due = max(said.days)


def _supersede(index: _Index, moved: _Open, said: Said) -> None:
    """Move what else was set for the day that has just been moved and is the same event: an old day is never told as current again."""
    change = moved.events[-1]
    if change.relation != "moved" or change.before is None or change.after is None:
        return
    old = date.fromisoformat(change.before)
    for thread in index.by_day.get(old, []):
        opener = thread.said[0]
        same_event = bool(opener.ordinals & said.ordinals or opener.words.keys() & said.words.keys()) and not other_ordinal(opener, said)
        if thread is not moved and thread.due == old and same_event:
            thread.events.append(change)
            thread.state, thread.due = "moved", date.fromisoformat(change.after)


def _candidate(thread: _Open, said: Said) -> Thread:
    """Return a doubtful link as a thread of its own, for a reviewer to decide."""
    opener = thread.events[0]
    id_ = short_hash("candidate", thread.id, said.told.passage.id)
    return Thread(
        id_, thread.kind, _title(opener.passage), "candidate", (opener, event_of_link(thread.kind, thread.due, said)), _owners(thread), thread.due
    )


def _opened(said: Said, before: Sequence[_Open]) -> _Open | None:
    passage = said.told.passage
    kind = kind_opened(passage)
    if kind is None:
        return None
    thread = _Open(short_hash("thread", passage.id), kind, [said], [ThreadEvent(passage, "opens")], due=max(said.days, default=None))
    if kind == "schedule-change":
        old, new = min(said.days), max(said.days)
        thread.events.append(ThreadEvent(passage, "moved", old.isoformat(), new.isoformat()))
        thread.state, thread.due = "moved", new
    counted = passage.action and any(when.basis == "relative to text" for when in passage.action.when)
    if counted and before and before[-1].said[0].told.order == said.told.order:
        thread.depends_on = (before[-1].id,)
    return thread


def _told(thread: _Open) -> Thread:
    return Thread(
        thread.id,
        thread.kind,
        _title(thread.events[0].passage),
        thread.state,  # type: ignore[arg-type]  # one of the states
        tuple(thread.events),
        _owners(thread),
        thread.due,
        _next_expected(thread) if thread.kind == "cadence" else None,
        thread.depends_on,
    )


def _title(passage: Passage) -> str:
    """Return the words that say what is followed: the passage itself, of a long one what shall be done."""
    if len(passage.quote) <= _LONGEST_TITLE:
        return passage.quote
    return (passage.action and passage.action.what) or passage.quote


def _owners(thread: _Open) -> tuple[str, ...]:
    action = thread.events[0].passage.action
    return tuple(actor.name or actor.text for actor in action.who) if action else ()


def _next_expected(thread: _Open) -> date | None:
    """Return the day on which a standing practice should next be heard of, counted from the last day on which it was."""
    last = next((said.told.day for said in reversed(thread.said) if said.told.day), None)
    rule = next((when.repeats for said in thread.said for when in _whens(said) if when.repeats), None)
    if last is None or rule is None:
        return None
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    count = int(parts.get("INTERVAL", "1"))
    return month_after(last, count) if parts["FREQ"] == "MONTHLY" else shifted(last, count, _UNITS[parts["FREQ"]])


def _whens(said: Said) -> Iterator[When]:
    yield from said.told.passage.action.when if said.told.passage.action else ()
