"""The fields of a passage in Thai words: who shall do it, when, where, in what state; what caused a problem and what would help.

Comes in: a passage. Goes out: pairs of a name and what the text says, as a reader sees them. Refuses nothing: what the text does not say has no pair.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from pipeline.languages import level_of, stop_words
from pipeline.records import ChainPart
from pipeline.render.display import mask, on_one_line
from pipeline.render.words import day, period, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages import Level
    from pipeline.records import ActionFields, Actor, Passage, When

_RULE = re.compile(r"(?P<order>-?\d)?(?P<day>[A-Z]{2})")
_BRACKET = re.compile(r"[()]")
_ITEM = re.compile(r"(?:^|\s)(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?|[ก-ฮA-Za-z])$")  # what stands before the bracket of an item: 1) ก)
_SAYS_LEVEL = ("หมู่", "ม.", "บ้าน", "ต.", "ตำบล", "อ.", "อำเภอ", "จ.", "จังหวัด")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def field_pairs(passage: Passage) -> list[tuple[str, str]]:
    """Return what is known of a passage beside its words, each with its name."""
    return [*action_pairs(passage), *chain_pairs(passage)]


def action_pairs(passage: Passage) -> list[tuple[str, str]]:
    """Return who shall do it, when, where, and in what state it is."""
    return list(_action(passage, passage.action)) if passage.action else []


def place_written(passage: Passage) -> str:
    """Return where it is to be done, as written: what a calendar looks up on a map."""
    return _shown(passage, passage.action.where) if passage.action and passage.action.where else ""


def chain_pairs(passage: Passage) -> list[tuple[str, str]]:
    """Return the parts of a chain in their order: what set it off, why, what comes of it, what is suggested or would help.

    A part that the machine cut down to one word such as จะ or ไม่ says nothing, and is left out.
    """
    pairs = []
    for part in get_args(ChainPart):
        texts = [_whole_marks(_shown(passage, link.text)) for link in passage.chain if link.part == part and link.text not in stop_words()]
        if texts:
            pairs.append((word("chain_suggestion" if (part, passage.label) == ("remedy", "lesson") else f"chain_{part}"), " / ".join(texts)))
    return pairs


def _whole_marks(text: str) -> str:
    """Return a part without the quotation mark at its border whose twin stands outside it, and on the longer side of a bracket of which that holds.

    >>> _whole_marks("ทั้งตำบล)น้ำท่วมจนเดินทางไม่ได้"), _whole_marks("ปลูกใหม่ทั้งแปลง (รอพันธุ์")
    ('น้ำท่วมจนเดินทางไม่ได้', 'ปลูกใหม่ทั้งแปลง')
    """
    text = _longer_side(text)
    if text.count('"') % 2 and not text.startswith('"'):
        return text.removesuffix('"')
    return text.removeprefix('"') if text.count('"') % 2 else text


def _shown(passage: Passage, text: str) -> str:
    """Return a text of a passage as a page shows it; what is hidden in the passage is hidden in its part, though it be cut there."""
    place = passage.quote.find(text)
    return on_one_line(_masked(passage.quote)[place : place + len(text)] if place >= 0 else text)


@lru_cache(maxsize=2_048)  # a quotation has several parts
def _masked(quote: str) -> str:
    return mask(quote)


def _longer_side(text: str) -> str:
    """Return the longer side of each bracket whose twin is missing; behind a number or one letter it is the sign of an item.

    >>> _longer_side("ไม่มีน้ำ 1) ฝายพัง (ตั้งแต่ปีก่อน) 2) คลองตื้น")
    'ไม่มีน้ำ 1) ฝายพัง (ตั้งแต่ปีก่อน) 2) คลองตื้น'
    """
    opened: list[int] = []
    alone: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "(":
            opened.append(found.start())
        elif opened:
            opened.pop()
        elif not _ITEM.search(text, 0, found.start()):
            alone.append(found.start())
    borders = [-1, *sorted((*alone, *opened)), len(text)]
    return max((text[start + 1 : end] for start, end in pairwise(borders)), key=len).strip()


def _action(passage: Passage, action: ActionFields) -> Iterator[tuple[str, str]]:
    if action.who:
        yield word("who"), ", ".join(_actor(passage, actor) for actor in action.who)
    if times := _times(action):
        yield word("when"), times
    if action.where:
        yield word("where"), _place(_shown(passage, action.where), level_of(action.where))
    if action.state:
        state = word(f"state_{action.state}")
        firm = word(f"strength_{action.strength}") if action.strength and action.strength != action.state else ""
        yield word("state"), f"{state} ({firm})" if firm else state


def _place(shown: str, level: Level | None) -> str:
    """Return a place, with its level of administration where its own words do not open with it (พะเยา, อบต.นาดี).

    >>> _place("อบต.นาดี", "tambon"), _place("ต.นาดี", "tambon"), _place("หอประชุม", "venue")
    ('อบต.นาดี (ระดับตำบล)', 'ต.นาดี', 'หอประชุม')
    """
    told = level in {None, "venue"} or shown.startswith(_SAYS_LEVEL)
    return shown if told else word("at_level", place=shown, level=word(f"level_{level}"))


def _times(action: ActionFields) -> str:
    """Return the times of an action; of one that is put off from one day to another the old one only with what became of it."""
    moved = action.state == "postponed" and all(when.first_day and not when.repeats for when in action.when)
    times = sorted(action.when, key=lambda when: when.first_day or date.min) if moved else action.when
    return (" → " if moved else ", ").join(said for when in times if (said := when_words(when)))


def _actor(passage: Passage, actor: Actor) -> str:
    """Return who acts as written, with the full name where that says more."""
    written, name = _shown(passage, actor.text), on_one_line(actor.name or "")
    return f"{written} ({name})" if name and name != written else written


def when_words(when: When) -> str:
    """Return a time in full, with the year of the Buddhist era; empty where the text does not say which day.

    >>> from datetime import date
    >>> from pipeline.records import When
    >>> when_words(When("6 มี.ค.", date(2009, 3, 6), date(2009, 3, 6), "09:30/12:00"))
    '6 มีนาคม 2552 เวลา 09.30 ถึง 12.00 น.'
    >>> when_words(When("ทุกพุธแรก", repeats="FREQ=MONTHLY;BYDAY=1WE"))
    'ทุกเดือน วันพุธแรกของเดือน'
    """
    days = repeat_words(when.repeats) if when.repeats else period(when.first_day, when.last_day) if when.first_day else ""
    if when.time:
        hours = [part.replace(":", ".") for part in when.time.split("/")]
        clock = word("clock", time=_joined(hours))
        days = f"{days} {clock}".strip()
    if when.conflict == "weekday" and when.first_day:
        weekday = word("weekdays").split()[when.first_day.weekday()]
        days = f"{days} ({word('weekday_conflict', day=day(when.first_day), weekday=weekday)})"
    return days


def _joined(hours: list[str]) -> str:
    until = word("until")
    return f" {until} ".join(hours)


def repeat_words(rule: str) -> str:
    """Return an RFC 5545 rule in Thai.

    >>> repeat_words("FREQ=MONTHLY;INTERVAL=3"), repeat_words("FREQ=WEEKLY;BYDAY=MO,WE"), repeat_words("FREQ=MONTHLY;BYMONTHDAY=-1")
    ('ทุก 3 เดือน', 'ทุกสัปดาห์ วันจันทร์ วันพุธ', 'ทุกเดือน วันสิ้นเดือน')
    """
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    unit, count = word(f"unit_{parts['FREQ'].lower()}"), parts.get("INTERVAL", "1")
    said = [word("every", unit=unit) if count == "1" else word("every_n", n=int(count), unit=unit)]
    said += [_weekday(found["order"], found["day"]) for found in _RULE.finditer(parts.get("BYDAY", ""))]
    for number in filter(None, parts.get("BYMONTHDAY", "").split(",")):
        said.append(word("month_end") if number == "-1" else word("month_day", n=int(number)))
    if month := parts.get("BYMONTH"):
        said.append(word("in_month", month=word("months").split()[int(month) - 1]))
    return " ".join(said)


def _weekday(order: str | None, short: str) -> str:
    key = {None: "weekday", "1": "weekday_first", "-1": "weekday_last"}.get(order, "weekday_nth")
    return word(key, weekday=word("weekdays").split()[_DAYS.index(short)], n=order)
