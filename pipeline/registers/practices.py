"""The register of good practice: showcase areas, case studies, learning sites, and practices that are kept up.

Comes in: a part of a post. Goes out: a sighting for each place or thing that is shown to others; a list of them ("4 กรณีศึกษา ได้แก่ …") is
split into its items where their number is the one that is told, or where each has its own mark. Refuses nothing: a showcase without a place
is told in its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import arabic
from pipeline.languages.th.places import find_places
from pipeline.languages.th.registers import wording
from pipeline.registers.sighting import NOTED, PRACTICES, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.registers.sighting import Part

SHOWCASE, CASE, STANDING = KINDS = ("showcase", "case", "standing")
_KEPT_UP = "practice"  # the facet of a standing practice
_NEAR = 60  # code points in which the place of a showcase stands
_LIST_WITHIN = 160  # code points behind the words in which a list of cases begins
_COUNT = re.compile(r"[0-9๐-๙]{1,2}")
_MARKED = re.compile(r"\(?[0-9๐-๙]{1,2}[.)]\s?")
_GAP = re.compile(r"(?<![0-9๐-๙\s])\s+(?![0-9๐-๙])(?:และ(?!คณะ)|กับ)?|,\s*(?:และ)?")
_ITEM = range(4, 90)  # code points of an item
_MOST_ITEMS = 20
_LONGEST_LIST = 1_500  # code points


def find_practices(part: Part) -> Iterator[Sighting]:
    """Yield what is shown to others, and what is kept up."""
    told: set[str] = set()
    for found in (*wording("practices", "showcase").finditer(part.text), *wording("practices", "visit").finditer(part.text)):
        items = list(_items(part.text, found)) if "กรณีศึกษา" in found[0] else []
        if items:
            for start, end in items:
                place = next((one.name for one in find_places(part.text[start:end]) if one.sure), "")
                facts = (("place", place),) if place else ()
                yield Sighting(PRACTICES, CASE, part.raw(start, end), part.passage(start, end), facts)
            continue
        near = _line(part.text, found)
        place = next((one.name for one in find_places(near) if one.sure and one.level != "หมู่"), "")
        facts = (("place", place),) if place else ()
        passage = part.passage(*found.span())
        name = f"{part.raw(*found.span()).strip()} {place}".strip()
        if passage.id in told:
            continue
        told.add(passage.id)
        yield Sighting(PRACTICES, SHOWCASE, name, passage, facts, sure=bool(place) or passage.label != NOTED)
    for passage in part.passages:
        if _KEPT_UP in passage.facets:
            yield Sighting(PRACTICES, STANDING, "", passage)


def _line(text: str, found: re.Match[str]) -> str:
    """Return the words around a find, as far as its line goes."""
    near = max(0, found.start() - _NEAR)
    start = max(near, text.rfind("\n", near, found.start()) + 1)
    return text[start : found.end() + _NEAR].split("\n", 1)[0]


def _items(text: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the items of the list behind the words: as many as are told, or each with its own mark."""
    told = _COUNT.match(found[0])
    line_end = text.find("\n", found.end(), found.end() + _LONGEST_LIST)
    end = line_end if line_end >= 0 else min(len(text), found.end() + _LONGEST_LIST)
    opens = wording("practices", "list_opens").search(text, found.end(), min(end, found.end() + _LIST_WITHIN))
    if opens is None:
        return
    marks = list(_MARKED.finditer(text, opens.end(), end))
    if len(marks) > 1:
        ends = [*(mark.start() for mark in marks[1:]), end]
        pieces = [(mark.end(), _trimmed(text, mark.end(), stop)) for mark, stop in zip(marks, ends, strict=True)]
        yield from (piece for piece in pieces[:_MOST_ITEMS] if piece[1] - piece[0] in _ITEM)
    elif told:
        count = int(arabic(told[0]))
        gaps = list(_GAP.finditer(text, opens.end(), end))
        starts = [opens.end(), *(gap.end() for gap in gaps)]
        ends = [*(gap.start() for gap in gaps), end]
        pieces = list(zip(starts, ends, strict=True))[:count]
        if (
            1 < count <= _MOST_ITEMS
            and len(pieces) == count
            and all(last - first in _ITEM for first, last in pieces)
            and _closes(text, pieces[-1][0])
        ):
            yield from pieces


def _closes(text: str, start: int) -> bool:
    """Say whether the last item follows an "and", as the last of a list does."""
    return text.endswith(("และ", "กับ"), 0, start)


def _trimmed(line: str, start: int, end: int) -> int:
    words = line[start:end].rstrip(" ,;")
    return start + len(words.removesuffix("และ").rstrip())
