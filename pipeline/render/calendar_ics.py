"""The days of what is followed from post to post, for the calendar of a telephone or a desk (RFC 5545).

Comes in: threads, the evidence of their passages, and the project's name and time zone. Goes out: the bytes of ``calendar.ics``, the same for the
same threads. Refuses nothing: settled matters and doubtful links have no day in it. A matter keeps its UID while it is followed; each move of its
day, and each doubt of it, raises SEQUENCE, so that the new day takes the place of the old one, and a matter that was dropped, or put off without a
new day, is cancelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from pipeline.render.citation import citation
from pipeline.render.display import on_one_line
from pipeline.render.fields import place_written
from pipeline.render.followed import doubted_day, ending, news_told
from pipeline.render.pages import web_address
from pipeline.render.recurrence import first_on, lasting
from pipeline.render.shorten import shortened
from pipeline.render.words import UNDATED, day, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.followed import Thread
    from pipeline.records import Evidence, Passage, When

_SUMMARY = 80  # code points of a quotation in a summary
_LEFT_OUT = frozenset({"done", "candidate"})
_A_DAY = timedelta(days=1)
_STAMP = re.compile(rb"\r\nDTSTAMP:\d{8}T\d{6}Z\r\n")
CALENDAR_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Slot:
    """When something is: the days, the hours where the text tells them, and how it repeats."""

    first_day: date
    last_day: date
    begins: time | None = None
    ends: time | None = None
    rule: str | None = None


def has_a_day(thread: Thread) -> bool:
    """Tell whether a thread stands in the calendar."""
    return thread.state not in _LEFT_OUT and (thread.next_expected or thread.own_day) is not None


def calendar_ics(project: str, zone: str, last_post: date | None, threads: Iterable[Thread], evidence: Callable[[Passage], Evidence]) -> bytes:
    """Return the bytes of ``calendar.ics``; it is stamped with the day of the last post."""
    events = (event_ics(thread, zone, last_post, evidence) for thread in by_day(threads))
    return b"".join((calendar_head(project, zone), *events, CALENDAR_END))


def calendar_head(project: str, zone: str) -> bytes:
    """Return the bytes of a calendar before its first event."""
    calendar = Calendar()
    calendar.add("prodid", "-//thai-lessons//calendar//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", word("calendar_name", project=on_one_line(project)))
    calendar.add("x-wr-timezone", zone)
    calendar.add_component(Timezone.from_tzid(zone))
    return bytes(calendar.to_ical()).removesuffix(CALENDAR_END)


def by_day(threads: Iterable[Thread]) -> list[Thread]:
    """Return the threads that stand in the calendar, in its order."""
    return sorted(filter(has_a_day, threads), key=lambda one: (one.next_expected or one.due or UNDATED, one.id))


def event_ics(thread: Thread, zone: str, last_post: date | None, evidence: Callable[[Passage], Evidence]) -> bytes:
    """Return the bytes of the event of a thread."""
    stamp = datetime.combine(last_post or UNDATED, time(), UTC)
    return bytes(_event(thread, ZoneInfo(zone), stamp, evidence).to_ical())


def stamped(event: bytes, last_post: date | None) -> bytes:
    """Return the bytes of an event with the stamp of another day, which is all that differs in it from one night to the next."""
    return _STAMP.sub(datetime.combine(last_post or UNDATED, time(), UTC).strftime("\r\nDTSTAMP:%Y%m%dT%H%M%SZ\r\n").encode(), event, count=1)


def _event(thread: Thread, zone: ZoneInfo, stamp: datetime, evidence: Callable[[Passage], Evidence]) -> Event:
    """Return a thread as an event."""
    opener = evidence(thread.opened_by)
    cited = citation(opener, 0, with_why=False)
    off = thread.state == "dropped" or not (thread.next_expected or thread.current_due)
    event = Event()
    event.add("uid", f"{thread.id}@thai-lessons")
    event.add("dtstamp", stamp)
    event.add("sequence", _sequence(thread))
    event.add("status", "CANCELLED" if off else "TENTATIVE" if thread.day_doubt else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    kind = word(f"kind_{thread.kind.replace('-', '_')}")
    event.add("summary", word("named", name=kind, text=shortened(cited.quote, _SUMMARY)))
    event.add("description", _description(thread, opener, evidence))
    if place := place_written(opener.passage):
        event.add("location", place)
    if address := web_address(on_one_line(opener.url or "")):
        event.add("url", address)
    _set_time(event, _slot(thread), zone)
    return event


def _sequence(thread: Thread) -> int:
    """Return a number that rises with all that a calendar must learn: a day that moved, one that came into doubt or out of it, an end.

    What is refused counts twice: with it may go a move, or an end, that had been counted.
    """
    settled = sum(one.relation == "moved" for one in thread.events) + 2 * thread.refused + (thread.state == "dropped")
    return 2 * settled + (thread.day_doubt is not None)


def _description(thread: Thread, opener: Evidence, evidence: Callable[[Passage], Evidence]) -> str:
    """Return the quotations and where they come from, a line each."""
    lines = _cited(opener)
    if thread.last.passage.id != opener.passage.id:
        lines += _cited(evidence(thread.last.passage), word(f"heard_{thread.last.relation}"))
    if thread.end_doubt:
        lines += _cited(evidence(thread.end_doubt.passage), ending(thread.kind, thread.end_doubt.relation).capitalize())
    return "\n".join([*lines, *(word("named", name=name, text=said) for name, said in _facts(thread))])


def _cited(mention: Evidence, heard: str = "") -> list[str]:
    """Return a quotation, who says it, where and when; `heard` is what it tells of the matter."""
    cited = citation(mention, 0, with_why=False)
    quote = word("quote", text=cited.quote)
    told = word("named", name=heard, text=quote) if heard else quote
    return [told, f"{cited.who} · {cited.title} · {cited.date}"]


def _facts(thread: Thread) -> list[tuple[str, str]]:
    """Return who owns it, how it stands, and from which day it was moved last."""
    facts = [(word("who"), ", ".join(map(on_one_line, thread.owners)))] if thread.owners else []
    facts.append((word("state"), news_told(thread)))
    moved = [one for one in thread.events if one.relation == "moved" and one.before and one.after]
    if moved:
        written = (str(moved[-1].before), str(moved[-1].after))
        facts.append((word("followed_moved"), " → ".join(day(date.fromisoformat(one)) for one in written)))
    if thread.day_doubt:
        facts.append((word("followed_due"), doubted_day(thread.due, thread.day_may_be)))
    return facts


def _slot(thread: Thread) -> Slot:
    """Return when a thread is due, or is expected again."""
    whens = [when for event in reversed(thread.events) if event.passage.action for when in event.passage.action.when]
    repeating = next((when for when in reversed(whens) if when.repeats), None)
    if thread.next_expected and repeating and repeating.repeats:
        rule = lasting(repeating.repeats, thread.next_expected)
        first = first_on(rule, thread.next_expected)
        return Slot(first, first, *_hours(repeating), rule)
    due = thread.next_expected or thread.due or UNDATED
    named = next((when for when in whens if when.first_day == due), None)
    return Slot(due, max(named.last_day or due, due), *_hours(named)) if named else Slot(due, due)


def _hours(when: When) -> tuple[time | None, time | None]:
    """Return when it begins and ends, as far as the text tells."""
    begins, _, ends = (when.time or "").partition("/")
    return (time.fromisoformat(begins) if begins else None), (time.fromisoformat(ends) if ends else None)


def _set_time(event: Event, slot: Slot, zone: ZoneInfo) -> None:
    """Give an event its time: hours on one day, else whole days, the last of which DTEND leaves out."""
    if slot.begins and slot.first_day == slot.last_day:
        event.add("dtstart", datetime.combine(slot.first_day, slot.begins, zone))
        if slot.ends and slot.ends > slot.begins:
            event.add("dtend", datetime.combine(slot.first_day, slot.ends, zone))
    else:
        event.add("dtstart", slot.first_day)
        event.add("dtend", slot.last_day + _A_DAY)
    if slot.rule:
        event.add("rrule", vRecur.from_ical(slot.rule))
