"""Meetings whose day has come: what a post of that day tells, or a later one of the same office on another day, is offered as news of them.

Comes in: threads, and the passages in the order of time. Goes out: the threads, and a doubtful one for each meeting that is still open and of which
nothing was heard since its day. Refuses nothing: a post that shares no word with the meeting is not offered, nor one of several that share as
many, and nothing closes: a person says whether it is the same.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pipeline.followed import SETTLED, Thread, ThreadEvent
from pipeline.languages.th.names import find_names
from pipeline.records import short_hash
from pipeline.threads.openers import days_of
from pipeline.threads.said import telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from pipeline.followed import Relation
    from pipeline.records import Passage
    from pipeline.threads.said import Told
    from pipeline.threads.topics import TextOf

_WRITTEN_UP = 3  # days after which a meeting is written up at the latest: later posts tell of other things, too
_HELD = 3  # words of a meeting in the text of a post of its day, of which no passage shares one
_PUT_OFF = 45  # days within which one with the same office, told of another day, may be the same
_MEETINGS = frozenset({"plan", "schedule-change"})
_TELLS = frozenset({"done", "ongoing"})


_HEADS = re.compile("ผู้ว่า(?!จ้าง)|นายอำเภอ|นายก(?!รัฐ)|ปลัด|ผู้อำนวยการ|กำนัน")  # however their offices are written


class _Post(NamedTuple):
    order: int
    told: Sequence[Told]


def happened(threads: Sequence[Thread], told: Sequence[Told], text_of: TextOf | None = None) -> list[Thread]:
    """Return the threads, and for meetings of which a post of their time may tell the passage that shares most with them, as a doubtful link.

    `text_of` gives the text of a post by its id: that it is of the same meeting may be told where no passage is.
    """
    waiting = [one for one in threads if one.kind in _MEETINGS and one.state != "candidate" and one.state not in SETTLED and one.due]
    openers = {one.opened_by.id for one in waiting}
    of_them = [one for one in threads if one.opened_by.id in openers]
    by_day = _by_day(told)
    place = {one.passage.id: one.order for one in told}
    heard: dict[str, int] = {}  # of each opening passage, the last post that was heard of it or may have been
    for thread in of_them:
        heard[thread.opened_by.id] = max(heard.get(thread.opened_by.id, 0), place[thread.last.passage.id])
    day_of = {post.order: day for day, posts in by_day.items() for post in posts}
    answered = {thread.opened_by.id for thread in of_them if _is_heard(thread, lambda passage: day_of.get(place[passage.id]))}
    found = []
    for thread in waiting:
        if thread.due and thread.opened_by.id not in answered:
            news = _news(thread, thread.due, heard[thread.opened_by.id], by_day, text_of)
            found += [_offered(thread, *news)] if news else []
    return [*threads, *found]


def _is_heard(thread: Thread, day_of: Callable[[Passage], date | None]) -> bool:
    """Say whether anything was heard of a thread, or may have been, since the day that is set for it."""
    days = filter(None, (day_of(event.passage) for event in thread.events[1:]))
    return thread.due is not None and max(days, default=date.min) >= thread.due


def _by_day(told: Sequence[Told]) -> dict[date, list[_Post]]:
    """Return the posts by their days; one without a day stands on the first that it names."""
    posts: dict[int, list[Told]] = {}
    for one in told:
        posts.setdefault(one.order, []).append(one)
    by_day: dict[date, list[_Post]] = {}
    for order, rows in posts.items():
        day = rows[0].day or min((day for one in rows for day in days_of(one.passage)), default=None)
        if day:
            by_day.setdefault(day, []).append(_Post(order, rows))
    return by_day


def _news(thread: Thread, due: date, heard: int, by_day: Mapping[date, Sequence[_Post]], text_of: TextOf | None) -> tuple[Passage, Relation] | None:
    """Return what shares most words with a meeting, of the first day after it on which one post does, and what it would say of it.

    A post of its day shows that it was held, one that names its office may be about another.
    """
    words, offices = set(telling_words(thread.opened_by.quote)), _offices(thread.opened_by)
    for days in range((_PUT_OFF if offices else _WRITTEN_UP) + 1):
        posts = [post for post in by_day.get(due + timedelta(days=days), ()) if post.order > heard]
        told = [(post.order, one.passage) for post in posts for one in post.told if _tells(one.passage)]
        telling = [(order, passage) for order, passage in told if days <= _WRITTEN_UP or _names(passage, offices)]
        shared = [len(words & set(telling_words(passage.quote))) for _, passage in telling]
        most = [one for one, count in zip(telling, shared, strict=True) if count == max(shared)] if any(shared) else []
        if len({order for order, _ in most}) == 1:
            return most[0][1], "done" if days <= _WRITTEN_UP else "mentions"
        if days == 0 and text_of and (passage := _of_its_day(words, posts, text_of)):
            return passage, "done"
    return None


def _of_its_day(words: Collection[str], posts: Sequence[_Post], text_of: TextOf) -> Passage | None:
    """Return the first telling passage of the post of a meeting's day whose text holds most of its words, though none of its passages does."""
    first = {post.order: passage for post in reversed(posts) for one in reversed(post.told) if _tells(passage := one.passage)}
    held = {order: sum(word in text for word in words) for order, passage in first.items() if (text := text_of(passage.post))}
    most = [order for order, count in held.items() if count >= _HELD and count == max(held.values())]
    return first[most[0]] if len(most) == 1 else None


def _offices(passage: Passage) -> frozenset[str]:
    """Return the agencies of a passage as it writes them and by their full names, and the heads of offices."""
    quote = passage.quote
    agencies = [name for name in find_names(quote, range(len(quote))) if name.kind == "agency"]
    return frozenset([*_HEADS.findall(quote), *(name.full for name in agencies), *(quote[name.start : name.end] for name in agencies)])


def _names(passage: Passage, offices: Collection[str]) -> bool:
    return any(office in passage.quote for office in offices)


def _tells(passage: Passage) -> bool:
    """Say whether a passage tells what the author saw: what came, what was done or goes on, or what was learnt."""
    return passage.voice != "commenter" and (passage.action is None or passage.action.state in _TELLS)


def _offered(thread: Thread, news: Passage, relation: Relation) -> Thread:
    events = (thread.events[0], ThreadEvent(news, relation))
    return Thread(short_hash("happened", thread.id, news.id), thread.kind, thread.title, "candidate", events, thread.owners, thread.due)
