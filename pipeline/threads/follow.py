"""Follow what was opened through later passages, and say what became of it.

Comes in: passages in the order of time, and a linker. Goes out: threads in the order in which they were opened; a doubtful link is a thread of
its own in the state "candidate". Refuses nothing. A passage can be news of several threads.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.followed import Thread, ThreadEvent
from pipeline.languages.th.dates.calendar import month_after
from pipeline.languages.th.dates.relative import shifted
from pipeline.records import short_hash
from pipeline.threads.decided import Decided
from pipeline.threads.deciding import decide
from pipeline.threads.doubts import may_move, other_day, same_event
from pipeline.threads.index import RAISED, Index, Opened
from pipeline.threads.openers import days_of, kind_opened, moved_days, set_days
from pipeline.threads.relations import event_of_link, state_after
from pipeline.threads.resting import Doubtful, Resting
from pipeline.threads.rivals import Rivals
from pipeline.threads.said import Told, all_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.followed import ThreadKind
    from pipeline.records import Passage, Post, When
    from pipeline.threads.decided import Decision
    from pipeline.threads.linker import Linker
    from pipeline.threads.resting import Lines
    from pipeline.threads.rivals import Watch
    from pipeline.threads.said import Said

_TALK = frozenset({"commenter", "reply"})
_WITHIN = "(?:ภายใน|ไม่เกิน|ให้ทัน)"
_UNITS = {"DAILY": "วัน", "WEEKLY": "สัปดาห์", "MONTHLY": "เดือน", "YEARLY": "ปี"}


def in_time(posts: Iterable[tuple[Post, date | None]], passages: Iterable[Passage]) -> list[Told]:
    """Return the passages in the order of their posts' days.

    A post without a day stands where the middle one of the days that it names does, before the posts of that day: it mostly announces it. If it names
    none, it stands behind the one before it in the collection.
    """
    every = list(passages)
    named: dict[str, list[date]] = {}
    for passage in every:
        named.setdefault(passage.post, []).extend(days_of(passage))
    order, last = [], date.min
    for number, (post, day) in enumerate(posts):
        days = sorted(named.get(post.id, ()))
        last = day or (days[len(days) // 2] if days else last)
        order.append((last, bool(day or not days), number, post.id, day))
    place = {post: (rank, day) for rank, (*_, post, day) in enumerate(sorted(order, key=lambda row: row[:3]))}
    told = [Told(passage, *place[passage.post]) for passage in every if passage.post in place]
    return sorted(told, key=lambda one: (one.order, one.passage.span.start))


def follow(
    told: Sequence[Told], linker: Linker, decided: Decided | None = None, watch: Watch | None = None, lines: Lines | None = None
) -> list[Thread]:
    """Return what was opened, with all that became of it; what was decided before is not decided again, and what is decided now is kept.

    `watch` is shown all that was compared, as learning is. What is not at hand is laid down in `lines`.
    """
    return list(follow_each(told, linker, decided, watch, lines))


def follow_each(
    told: Sequence[Told], linker: Linker, decided: Decided | None = None, watch: Watch | None = None, lines: Lines | None = None
) -> Iterator[Thread]:
    """Yield the same one by one, so that no more is held than is at hand."""
    decided = decided or Decided()
    threads = Resting(told, {} if lines is None else lines)
    index, rivals, doubtful = Index(threads), Rivals(watch), Doubtful(threads)
    groups, post, place = set[str](), None, 0
    for said in all_said(told):
        passage = said.told.passage
        post, place, groups = (post, place, groups) if passage.post == post else (passage.post, -1, set())
        if passage.group and passage.group in groups:
            continue  # a lead or a comment that repeats is no news
        groups |= {passage.group} if passage.group else set()
        place += 1
        decision = decided.known(said.told, place)
        if decision is None:
            decision = decide(index, rivals, said, linker)
            decided.keep(said.told, decision)
        _hear(index, doubtful, said, decision)
        threads.rest(said)
    yield from (_told(thread) for thread in threads if thread.kind != "reuse" or len(thread.events) > 1)
    yield from doubtful


def _hear(index: Index, doubtful: Doubtful, said: Said, decision: Decision) -> None:
    """Let the threads hear of a passage as was decided, and open the one that it opens."""
    threads = doubtful.threads
    news_of, unsure, doubted = ([threads[number] for number in numbers] for numbers in decision)
    _doubt(doubtful, (*unsure, *doubted), said)
    _offer(index, doubted, said)
    opened = _opened(said, threads, news_of)
    for thread in news_of:
        _attach(thread, said, closes_it=thread not in unsure)
        index.add(thread, said)
        _supersede(index, thread, said)
    for thread in news_of:
        if thread not in unsure and thread.day_doubt and thread.day_doubt.passage is said.told.passage:  # of the others a person is asked already
            doubtful.add(_candidate(thread, said.told.passage, thread.day_doubt), thread.said[0], said)
    if opened:
        threads.add(opened)
        index.add(opened, said)
        _supersede(index, opened, said)


def _attach(thread: Opened, said: Said, *, closes_it: bool) -> None:
    """Add a passage to a thread; where it is not sure enough to close it, as progress."""
    event = event_of_link(thread.kind, thread.due, said, thread.events[0].passage)
    event = event if closes_it else replace(event, relation="progress")
    thread.events.append(event)
    thread.hear(said)
    thread.state = state_after(thread.state, event)
    if event.relation == "moved":
        thread.due, thread.day_doubt = date.fromisoformat(event.after) if event.after else None, None
    elif said.days and thread.kind != "reuse" and not thread.closed and not _is_done(said):
        _name_day(thread, said)


def _name_day(thread: Opened, said: Said) -> None:
    """Take the day that news name, where none stands against it; of what is to be done once a later one is doubtful, as no word moves it."""
    day, once = max(said.days), thread.kind not in RAISED and thread.kind != "cadence"
    if thread.due in said.days or any(event.before == day.isoformat() for event in thread.events):
        return  # said again, or left before
    if once and thread.due and day != thread.day_may_be:
        if day > thread.due:
            thread.day_doubt = ThreadEvent(said.told.passage, "moved", thread.due.isoformat(), day.isoformat())
        return
    thread.due, thread.day_doubt = day, None


def _offer(index: Index, threads: Iterable[Opened], said: Said) -> None:
    """Count what is offered, and doubt the days that it would move: an old day must not be told as current while somebody has to say.

    What else was set for such a day and can be the same event is in doubt with it.
    """
    moves = may_move(said)
    for thread in threads:
        thread.offered += 1
        doubt = other_day(thread, said) if moves else None
        beside = index.set_for(thread.due) if doubt and thread.due else ()
        for other in (one for one in beside if one is not thread and one.due == thread.due and same_event(one.said[0], thread.said[0])):
            other.day_doubt = other_day(other, said) or other.day_doubt
        thread.day_doubt = doubt or thread.day_doubt


def _is_done(said: Said) -> bool:
    return said.told.passage.action is not None and said.told.passage.action.state == "done"


def _supersede(index: Index, moved: Opened, said: Said) -> None:
    """Move what else was set for the day that has just been moved and is the same event: an old day is never told as current again."""
    change = moved.events[-1]
    if change.relation != "moved" or change.before is None or change.after is None:
        return
    old = date.fromisoformat(change.before)
    for thread in index.set_for(old):
        if thread is not moved and thread.due == old and same_event(thread.said[0], said):
            thread.events.append(change)
            thread.state, thread.due, thread.day_doubt = "moved", date.fromisoformat(change.after), None


def _doubt(doubtful: Doubtful, threads: Iterable[Opened], said: Said) -> None:
    """Add the doubtful links of a passage; of all threads of a kind that are set for a day it is the same news, but of each question its own."""
    news: dict[tuple[ThreadKind, date | None, str], ThreadEvent] = {}
    for thread in threads:
        asked = thread.events[0].passage if thread.kind == "question" else None
        key = (thread.kind, thread.due, asked.id if asked else "")
        event = news.get(key) or news.setdefault(key, event_of_link(thread.kind, thread.due, said, asked))
        doubtful.add(_candidate(thread, said.told.passage, event), thread.said[0], said)


def _candidate(thread: Opened, passage: Passage, event: ThreadEvent) -> Thread:
    """Return a doubtful link, or the event of which one is in doubt, as a thread of its own, for a reviewer to decide."""
    id_ = short_hash("candidate", thread.id, passage.id)
    return Thread(id_, thread.kind, thread.title, "candidate", (thread.events[0], event), thread.owners, thread.due)


def _opened(said: Said, before: Resting, news_of: Sequence[Opened]) -> Opened | None:
    """Return the thread that a passage opens; news of a problem may be a plan of its own, news of a plan is no second plan.

    Who takes up a task in a comment proposes or promises something all the same. A lesson waits for what uses it, and is told where something does.
    """
    passage = said.told.passage
    kind = kind_opened(passage) or ("reuse" if passage.label == "lesson" else None)
    one_of_many = bool(said.days or said.ordinals)  # a meeting of those that are held every month is a plan of its own
    told = [thread for thread in news_of if not ((thread.kind == "cadence" and one_of_many) or _taken_up(thread, passage))]
    told = [thread for thread in told if (thread.kind, kind) != ("issue", "question")]  # who asks about a trouble waits for an answer
    if kind is None or any(_same_sort(thread.kind, kind) for thread in told):
        return None
    due = None if kind == "promise" else max(set_days(passage), default=None)  # a promise names the day on which it is given at most
    thread = Opened(short_hash("thread", passage.id), kind, [said], [ThreadEvent(passage, "opens")], len(before), due=due)
    if kind == "schedule-change":
        old, new = moved_days(passage) or (min(said.days), max(said.days))
        thread.events.append(ThreadEvent(passage, "moved", old.isoformat(), new.isoformat()))
        thread.state, thread.due = "moved", new
    counted = passage.action and any(when.basis == "relative to text" for when in passage.action.when)
    last = before[len(before) - 1] if counted and before else None
    if last and last.said[0].told.order == said.told.order:
        thread.depends_on = (last.id,)
    return thread


def _taken_up(thread: Opened, passage: Passage) -> bool:
    """Say whether a comment takes up a task of another voice of its post."""
    opener = thread.events[0].passage
    return opener.label == passage.label == "action" and opener.post == passage.post and passage.voice in _TALK and opener.voice != passage.voice


def _same_sort(one: ThreadKind, other: ThreadKind) -> bool:
    """Say whether both are raised, both to be done, or both lessons."""
    return (one in RAISED, one == "reuse") == (other in RAISED, other == "reuse")


def _told(thread: Opened) -> Thread:
    return Thread(
        thread.id,
        thread.kind,
        thread.title,
        thread.state,  # type: ignore[arg-type]  # one of the states
        tuple(thread.events),
        thread.owners,
        _deadline(thread),
        _next_expected(thread) if thread.kind == "cadence" else None,
        thread.depends_on,
        day_doubt=thread.day_doubt,  # of what is closed, too: a person may open it again
    )


def _deadline(thread: Opened) -> date | None:
    """Return the day by which it is due: of a time within which something shall be done (ภายในเดือนมกราคม) the last, of another the first."""
    for said in reversed(thread.said):
        for when in _whens(said):
            if when.first_day == thread.due and when.last_day and not when.repeats:
                within = re.search(rf"{_WITHIN}\S{{0,4}}\s?{re.escape(when.text)}", said.told.passage.quote) or re.match(_WITHIN, when.text)
                return when.last_day if within else thread.due
    return thread.due


def _next_expected(thread: Opened) -> date | None:
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
