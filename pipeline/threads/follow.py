"""Follow what was opened through later passages, and say what became of it.

Comes in: passages in the order of time, and a linker. Goes out: threads in the order in which they were opened; a doubtful link is a thread of
its own in the state "candidate". Refuses nothing. A passage can be news of several threads.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.followed import Thread, ThreadEvent
from pipeline.languages.th.dates.calendar import month_after
from pipeline.languages.th.dates.relative import shifted
from pipeline.records import short_hash
from pipeline.threads.evidence import evidence_of, other_ordinal
from pipeline.threads.index import Index, Opened
from pipeline.threads.openers import days_of, kind_opened
from pipeline.threads.relations import closes, dates_differ, event_of_link, falls_short, state_after
from pipeline.threads.said import Told, all_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.records import Passage, Post, When
    from pipeline.threads.linker import Linker
    from pipeline.threads.said import Said

_MOST = 3  # threads that one passage can be news of
_LONGEST_TITLE = 120  # code points of a passage that is its own title
_RAISED = frozenset({"issue", "question"})  # what is raised, unlike what is to be done
_WITHIN = "(?:ภายใน|ไม่เกิน|ให้ทัน)"
_UNITS = {"DAILY": "วัน", "WEEKLY": "สัปดาห์", "MONTHLY": "เดือน", "YEARLY": "ปี"}


def in_time(posts: Iterable[tuple[Post, date | None]], passages: Iterable[Passage]) -> list[Told]:
    """Return the passages in the order of their posts' days.

    A post without a day stands where the middle one of the days that it names does, and if it names none, behind the one before it in the collection.
    """
    every = list(passages)
    named: dict[str, list[date]] = {}
    for passage in every:
        named.setdefault(passage.post, []).extend(days_of(passage))
    order, last = [], date.min
    for number, (post, day) in enumerate(posts):
        days = sorted(named.get(post.id, ()))
        last = day or (days[len(days) // 2] if days else last)
        order.append((last, number, post.id, day))
    place = {post: (rank, day) for rank, (_, _, post, day) in enumerate(sorted(order, key=lambda row: row[:2]))}
    told = [Told(passage, *place[passage.post]) for passage in every if passage.post in place]
    return sorted(told, key=lambda one: (one.order, one.passage.span.start))


def follow(told: Sequence[Told], linker: Linker) -> list[Thread]:
    """Return what was opened, with all that became of it."""
    index, threads, doubtful = Index(), list[Opened](), list[Thread]()
    groups: set[tuple[str, str | None]] = set()
    for said in all_said(told):
        key = (said.told.passage.post, said.told.passage.group)
        if said.told.passage.group and key in groups:
            continue  # a lead or a comment that repeats is no news
        groups.add(key)
        ranked = _ranked(index.candidates(said), said, linker)
        news_of = [thread for thread, chance in ranked if _believed(thread, said, chance, linker)][:_MOST]
        doubted = next((thread for thread, chance in ranked if chance >= linker.maybe and thread not in news_of), None)
        if doubted and not news_of:
            doubtful.append(_candidate(doubted, said))
        opened = _opened(said, threads, news_of)
        for thread in news_of:
            _attach(thread, said)
            index.add(thread, said)
            _supersede(index, thread, said)
        if opened:
            threads.append(opened)
            index.add(opened, said)
            _supersede(index, opened, said)
    return [*map(_told, threads), *doubtful]


def _ranked(candidates: Sequence[Opened], said: Said, linker: Linker) -> list[tuple[Opened, float]]:
    """Return threads with the chance that a passage is news of them, by their passage that it is nearest to; the likeliest first."""
    pairs = [(thread, earlier) for thread in candidates for earlier in thread.said]
    best: dict[Opened, float] = {}
    for (thread, _), chance in zip(pairs, linker.chances(evidence_of([earlier for _, earlier in pairs], said)), strict=True):
        best[thread] = max(chance, best.get(thread, 0.0))
    return sorted(best.items(), key=lambda pair: -pair[1])


def _believed(thread: Opened, said: Said, chance: float, linker: Linker) -> bool:
    """Say whether a link is made without asking: one that would close must be surer than another, and neither day nor number may speak against it."""
    if chance < linker.sure or dates_differ(thread.said, said):
        return False
    return not closes(thread.kind, thread.due, said) or (chance >= linker.closes and not falls_short(thread.said, said))


def _attach(thread: Opened, said: Said) -> None:
    event = event_of_link(thread.kind, thread.due, said)
    thread.events.append(event)
    thread.hear(said)
    thread.state = state_after(thread.state, event)
    if event.relation == "moved":
        thread.due = date.fromisoformat(event.after) if event.after else None
    elif said.days and not thread.closed and not _is_done(said):
        thread.due = max(said.days)


def _is_done(said: Said) -> bool:
    return said.told.passage.action is not None and said.told.passage.action.state == "done"


def _supersede(index: Index, moved: Opened, said: Said) -> None:
    """Move what else was set for the day that has just been moved and is the same event: an old day is never told as current again."""
    change = moved.events[-1]
    if change.relation != "moved" or change.before is None or change.after is None:
        return
    old = date.fromisoformat(change.before)
    for thread in index.set_for(old):
        opener = thread.said[0]
        same_event = bool(opener.ordinals & said.ordinals or opener.words.keys() & said.words.keys()) and not other_ordinal(opener, said)
        if thread is not moved and thread.due == old and same_event:
            thread.events.append(change)
            thread.state, thread.due = "moved", date.fromisoformat(change.after)


def _candidate(thread: Opened, said: Said) -> Thread:
    """Return a doubtful link as a thread of its own, for a reviewer to decide."""
    opener = thread.events[0]
    id_ = short_hash("candidate", thread.id, said.told.passage.id)
    return Thread(
        id_, thread.kind, _title(opener.passage), "candidate", (opener, event_of_link(thread.kind, thread.due, said)), _owners(thread), thread.due
    )


def _opened(said: Said, before: Sequence[Opened], news_of: Sequence[Opened]) -> Opened | None:
    """Return the thread that a passage opens; news of a problem may be a plan of its own, news of a plan is no second plan."""
    passage = said.told.passage
    kind = kind_opened(passage)
    if kind is None or any((thread.kind in _RAISED) == (kind in _RAISED) for thread in news_of):
        return None
    thread = Opened(short_hash("thread", passage.id), kind, [said], [ThreadEvent(passage, "opens")], due=max(said.days, default=None))
    if kind == "schedule-change":
        old, new = min(said.days), max(said.days)
        thread.events.append(ThreadEvent(passage, "moved", old.isoformat(), new.isoformat()))
        thread.state, thread.due = "moved", new
    counted = passage.action and any(when.basis == "relative to text" for when in passage.action.when)
    if counted and before and before[-1].said[0].told.order == said.told.order:
        thread.depends_on = (before[-1].id,)
    return thread


def _told(thread: Opened) -> Thread:
    return Thread(
        thread.id,
        thread.kind,
        _title(thread.events[0].passage),
        thread.state,  # type: ignore[arg-type]  # one of the states
        tuple(thread.events),
        _owners(thread),
        _deadline(thread),
        _next_expected(thread) if thread.kind == "cadence" else None,
        thread.depends_on,
    )


def _title(passage: Passage) -> str:
    """Return the words that say what is followed: the passage itself, of a long one what shall be done."""
    if len(passage.quote) <= _LONGEST_TITLE:
        return passage.quote
    return (passage.action and passage.action.what) or passage.quote


def _owners(thread: Opened) -> tuple[str, ...]:
    action = thread.events[0].passage.action
    return tuple(actor.name or actor.text for actor in action.who) if action else ()


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
