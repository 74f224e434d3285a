"""The table of areas: which place has which lessons, actions and open issues.

Comes in: a part of a post, and what became of the passages that opened a thread. Goes out: a sighting for each place that a passage speaks of;
one that names none belongs to the place whose heading it stands under. Refuses nothing: what names no place is in no line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.followed import SETTLED
from pipeline.languages.th.places import find_places
from pipeline.registers.sighting import AREAS, Sighting
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.languages.th.places import Place
    from pipeline.records import Passage
    from pipeline.registers.sighting import Part

LESSON, ISSUE = "lesson", "issue"
STATES = (LESSON, ISSUE, "planned", "ongoing", "postponed", "done")
QUIET = "quiet"  # a place of which nothing is heard any more
_BY_THREAD = {"progress": "ongoing", "moved": "postponed", "done": "done", "dropped": "done"}
_HEADING_AT_MOST = 40  # code points of a line that heads what follows
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[-•*]|\(?[0-9๐-๙]{1,2}[.)])")


def find_areas(part: Part, threads: Mapping[str, str]) -> Iterator[Sighting]:
    """Yield what was learnt, what is done and what is in the way at each place; `threads` has the state of a thread by the passage that opened it."""
    headings = list(_headings(part.text))
    for passage in part.passages:
        state = _state(passage, threads.get(passage.id))
        if state:
            own = list(find_places(clean(passage.quote).text))
            for name, sure in _names(own, _under(part, passage, headings)):
                yield Sighting(AREAS, state, name, passage, sure=sure)


def _state(passage: Passage, thread: str | None) -> str | None:
    """Return the column of a passage; None for issues that were solved."""
    if passage.label == LESSON:
        return LESSON
    if passage.label == ISSUE:
        return None if thread in SETTLED else ISSUE
    if passage.action is None:
        return None
    said = passage.action.state or "planned"
    return "postponed" if said == "cancelled" else _BY_THREAD.get(thread or "", said)


def _names(places: list[Place], heading: str | None) -> Iterator[tuple[str, bool]]:
    """Yield the names of places, each once; a หมู่ belongs to the tambon beside it, else to that of the heading."""
    rest = {place.name: place.sure for place in places if place.level != "หมู่"}
    numbers = list(dict.fromkeys(place.name for place in places if place.level == "หมู่"))
    if not rest and heading:
        rest = {heading: True}
    tambons = [name for name in rest if name.startswith("ต.")]
    if tambons:
        rest = {name: sure for name, sure in rest.items() if not name.startswith("อ.")}  # the tambon says more than its district
    if len(tambons) == 1 and numbers:
        sure = rest.pop(tambons[0])
        yield from ((f"{tambons[0]} {number}", sure) for number in numbers)
    yield from rest.items()


def _headings(text: str) -> Iterator[tuple[int, str | None]]:
    """Yield where a heading ends, and the place that it is; None where another heading ends what stands under the place."""
    for line in _LINE.finditer(text):
        words = line[0].strip().rstrip(":：")
        if not words or len(words) > _HEADING_AT_MOST or _ITEM.match(line[0]):
            continue
        place = next(find_places(words), None)
        yield line.end(), place.name if place and place.level != "หมู่" and place.start == 0 and place.end == len(words) else None


def _under(part: Part, passage: Passage, headings: list[tuple[int, str | None]]) -> str | None:
    """Return the place whose heading stands last before a passage."""
    start = part.clean.from_raw(passage.span.start - part.start, passage.span.end - part.start).start
    return next((place for end, place in reversed(headings) if end <= start), None)
