"""What people say of links: a doubtful one that is confirmed is news of its thread, one that is rejected is none, however sure the model is.

Comes in: threads, and verdicts on pairs of an opening passage and one that may be news of it. Goes out: threads. Refuses nothing: a verdict on a
pair that is no link changes nothing. What a confirmed link closes is closed by a named person; one that is said to be of the matter and to change
nothing is told as a mention of it, or as the progress as which it stands there already. News stand in the order of time, whenever somebody confirmed
them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipeline.followed import SETTLED
from pipeline.threads.happened import happened
from pipeline.threads.relations import state_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.followed import Thread, ThreadEvent
    from pipeline.threads.said import Told
    from pipeline.threads.topics import TextOf

CONFIRMED, REJECTED, RELATED = "confirm", "reject", "related"
_HEARD = frozenset({CONFIRMED, RELATED})
_ADDS = frozenset({"progress", "corroborates"})  # news that neither end, refer nor move a matter


class Said(NamedTuple):
    """A verdict and who gave it."""

    verdict: str
    reviewer: str


def judged(threads: Sequence[Thread], told: Sequence[Told], verdicts: Mapping[tuple[str, str], Said], text_of: TextOf | None = None) -> list[Thread]:
    """Return the threads as people see them, with what is asked of meetings whose day has come: of none that is closed, and nothing answered.

    The day of what is closed is not in doubt; that of what a person opens again is as it was.
    """
    place = {one.passage.id: number for number, one in enumerate(told)}
    seen = _with_verdicts(happened(_with_verdicts(threads, verdicts, place), told, text_of), verdicts, place)
    return [replace(one, day_doubt=None) if one.day_doubt and one.state in SETTLED else one for one in seen]


def _with_verdicts(threads: Sequence[Thread], verdicts: Mapping[tuple[str, str], Said], place: Mapping[str, int]) -> list[Thread]:
    """Return the threads as people see them; verdicts are by the ids of the opening passage and of the news, `place` is that of a passage in time."""
    if not verdicts:
        return list(threads)
    doubtful = [thread for thread in threads if thread.state == "candidate"]
    confirmed: dict[str, list[ThreadEvent]] = {}
    refused = Counter(opener for (opener, _), said in verdicts.items() if said.verdict == REJECTED)
    left = []
    for thread in doubtful:
        said = verdicts.get(_pair(thread, thread.last))
        if said and said.verdict in _HEARD:
            confirmed.setdefault(thread.opened_by.id, []).append(_as_said(thread.last, said))
        elif not said or said.verdict != REJECTED:
            left.append(thread)
    sure = [
        _judged(replace(_without_doubt(thread, left, verdicts), refused=refused[opener]), confirmed.get(opener, ()), verdicts, place)
        for thread in threads
        if thread.state != "candidate" and (opener := thread.opened_by.id)
    ]
    opened = {thread.opened_by.id for thread in sure}
    own = {thread.opened_by.id: thread for thread in doubtful if thread.opened_by.id in confirmed.keys() - opened}
    alone = [_told(replace(thread, state="open", events=_in_time((thread.events[0], *confirmed[id_]), place))) for id_, thread in own.items()]
    return [*sure, *alone, *left]


def _judged(thread: Thread, more: Sequence[ThreadEvent], verdicts: Mapping[tuple[str, str], Said], place: Mapping[str, int]) -> Thread:
    """Return a thread with the links that were confirmed and without those that were rejected."""
    kept = []
    for event in thread.events:
        said = verdicts.get(_pair(thread, event)) if event.relation != "opens" else None
        if said is None or said.verdict != REJECTED:
            kept.append(_as_said(event, said) if said and said.verdict in _HEARD else event)
    standing = {event.passage.id for event in kept}
    more = [event for event in more if event.relation != "mentions" or event.passage.id not in standing]
    if not more and [event.relation for event in kept] == [event.relation for event in thread.events]:
        return replace(thread, events=tuple(kept))
    settled = {event.passage.id for event in more}  # news of which a person says that they close it, too
    events = _in_time([*(event for event in kept if event.passage.id not in settled), *more], place)
    told = _told(replace(thread, events=events), before=thread)
    moves = [event.passage.id for event in more if event.relation == "moved"]
    is_set = thread.day_doubt is not None and any(place[id_] > place[thread.day_doubt.passage.id] for id_ in moves)
    return replace(told, day_doubt=None) if is_set else told


def _in_time(events: Sequence[ThreadEvent], place: Mapping[str, int]) -> tuple[ThreadEvent, ...]:
    """Return the events of a thread in the order of their passages."""
    return tuple(sorted(events, key=lambda event: place[event.passage.id]))


def _as_said(event: ThreadEvent, said: Said) -> ThreadEvent:
    """Return news as a person says that they are."""
    heard = replace(event, relation="mentions", before=None, after=None) if said.verdict == RELATED and event.relation not in _ADDS else event
    return replace(heard, confirmed_by=said.reviewer)


def _without_doubt(thread: Thread, left: Sequence[Thread], verdicts: Mapping[tuple[str, str], Said]) -> Thread:
    """Return a thread whose day is no longer in doubt for news of which somebody has said whether they move it, but for others that still wait."""
    said = verdicts.get(_pair(thread, thread.day_doubt)) if thread.day_doubt else None
    if not said or said.verdict not in {*_HEARD, REJECTED}:
        return thread
    due = thread.due.isoformat() if thread.due else None
    links = [link.last for link in left if (link.opened_by.id, link.kind) == (thread.opened_by.id, thread.kind)]
    return replace(thread, day_doubt=next((news for news in reversed(links) if news.relation == "moved" and news.before == due and news.after), None))


def _pair(thread: Thread, event: ThreadEvent) -> tuple[str, str]:
    return thread.opened_by.id, event.passage.id


def _told(thread: Thread, before: Thread | None = None) -> Thread:
    """Return a thread in the state that its events show, due on the day that was set last.

    What somebody has closed is not opened again by later progress that nobody has confirmed.
    """
    state = "open"
    for event in thread.events:
        if not (state in SETTLED and event.relation in _ADDS and event.confirmed_by is None):
            state = state_after(state, event)
    moves = [event for event in thread.events if event.relation == "moved"]
    gone = [event for event in before.events if event.relation == "moved" and event not in thread.events] if before else []
    set_last = moves[-1].after if moves else gone[0].before if gone else None
    return replace(thread, state=state, due=date.fromisoformat(set_last) if set_last else thread.due)  # type: ignore[arg-type]  # one of the states
