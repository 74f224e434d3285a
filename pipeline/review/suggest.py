"""What an action may be filled with: people, days and places that its words name, and what was found before.

Comes in: a passage of a post and the day of the post. Goes out: choices, what stands in the passage already first. Refuses nothing: a day that
cannot be read is kept as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.correcting.edges import word_borders
from pipeline.languages import find_dates, find_names, find_places, full_name, people_in, role_in, stop_words
from pipeline.render.words import short_day
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pipeline.languages import Dated
    from pipeline.records import Passage, Post, When

_MOST = 6
_WHO = frozenset({"agency", "role", "group"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a field may hold: its words, how it is shown, and whether it stands there already."""

    value: str
    shown: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields of an action may hold."""

    who: tuple[Choice, ...]
    when: tuple[Choice, ...]
    where: tuple[Choice, ...]
    state: str | None


def choices(post: Post, passage: Passage) -> Choices:
    """Return what the fields of the passage may hold."""
    action, quote = passage.action, passage.quote
    borders = [border - passage.span.start for border in word_borders(post.text) if passage.span.start <= border <= passage.span.end]
    who = [actor.text for actor in action.who] if action else []
    names = [quote[name.start : name.end] for name in find_names(quote, borders, frozenset(borders)) if name.kind in _WHO]
    people = [person.named for person in people_in(quote)] + list(_titled(quote, borders))
    days = [(when.text, told(when)) for when in action.when] if action else []
    cleaned = clean(quote)
    dates = find_dates(cleaned.text, post.posted_at.date() if post.posted_at else None)
    found = [(cleaned.to_raw(one.start, one.end).of(quote), told(one)) for one in dates]
    where = [action.where] if action and action.where else []
    places = [quote[place.start : place.end] for place in find_places(quote)]
    return Choices(
        who=_choices(((text, text) for text in who), ((text, text) for text in [*people, *names])),
        when=_choices(days, found),
        where=_choices(((text, text) for text in where), ((text, text) for text in places)),
        state=action.state if action else None,
    )


def _titled(quote: str, borders: Sequence[int]) -> Iterator[str]:
    """Yield each title with the word behind it, such as ป้าแดง."""
    for name in find_names(quote, borders):
        behind = next((border for border in borders if border > name.end), len(quote))
        own = quote[name.end : behind]
        if name.kind == "title" and own.strip() == own != "" and own not in stop_words():
            yield quote[name.start : behind]


def told(when: When | Dated) -> str:
    """Return a time in both calendars, or nothing where it has no day.

    >>> from datetime import date
    >>> from pipeline.records import When
    >>> told(When("6 มี.ค. 52", date(2009, 3, 6), date(2009, 3, 6)))
    '6 มี.ค. 2552 (2009-03-06)'
    """
    if when.first_day is None:
        return ""
    first = f"{short_day(when.first_day)} ({when.first_day.isoformat()})"
    if when.last_day is None or when.last_day == when.first_day:
        return first
    return f"{first} – {short_day(when.last_day)} ({when.last_day.isoformat()})"


def who_value(written: str) -> dict[str, Any]:
    """Return an owner as corrections keep it."""
    role = role_in(written)
    return {"text": written, "name": full_name(written) or (None if role else written), "role": role}


def when_value(written: str, posted: date | None, known: Iterable[When]) -> dict[str, Any]:
    """Return a time as corrections keep it: as it was found before, else as our own dates read it, else only as written."""
    before = next((when for when in known if when.text == written), None)
    read = before or next(iter(find_dates(written, posted)), None)
    if read is None:
        return {"text": written}
    days = {"first_day": read.first_day and read.first_day.isoformat(), "last_day": read.last_day and read.last_day.isoformat()}
    return {"text": written, **days, "time": read.time, "repeats": read.repeats}


def _choices(there: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    chosen = dict.fromkeys(there)
    every = {value: (shown, True) for value, shown in chosen if value}
    for value, shown in found:
        if value and not any(value in other or other in value for other in every):
            every[value] = (shown, False)
    return tuple(Choice(value, f"{value} = {shown}" if shown and shown != value else value, there) for value, (shown, there) in every.items())[:_MOST]
