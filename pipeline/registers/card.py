"""The after-action card: what was expected, what went beyond it, what fell short, and what people go back to do.

Comes in: a part of a post. Goes out: sightings for the four boxes: words of expectation, headings of the card with the lines under them,
and targets that are told with what came of them, the difference worked out. Refuses nothing: what no words tell leaves its box empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.figures import TARGET, find_figures
from pipeline.languages.th.registers import boxes
from pipeline.registers.sighting import CARD, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.registers.sighting import Part

EXPECTED, ABOVE, BELOW, NEXT = BOXES = ("expected", "above", "below", "next")
_MOST_LINES = 6  # under a heading
_HEADING = 30  # code points: a shorter line heads what follows and says nothing itself
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def find_card(part: Part) -> Iterator[Sighting]:
    """Yield what a part of a post tells for the card."""
    taken: list[tuple[int, int]] = []
    for figure in find_figures(part.text):
        if figure.kind == TARGET and figure.second is not None:
            label = ABOVE if figure.second > figure.first else BELOW if figure.second < figure.first else EXPECTED
            facts = (
                ("target", f"{figure.first} {figure.unit}"),
                ("came", f"{figure.second} {figure.unit}"),
                ("difference", f"{figure.second - figure.first:+d}"),
            )
            taken.append((figure.start, figure.end))
            yield Sighting(CARD, label, "", part.passage(figure.start, figure.end), facts)
    headings = sorted((found.start(), found.end(), box.name) for box in boxes() for found in box.heading.finditer(part.text))
    for place, (start, end, name) in enumerate(headings):
        stop = headings[place + 1][0] if place + 1 < len(headings) else len(part.text)
        for first, last in _lines(part.text, end, stop):
            taken.append((start, last))
            yield Sighting(CARD, name, "", part.passage(first, last))
    for box in boxes():
        for found in box.words.finditer(part.text):
            passage = part.passage(*found.span())
            if len(passage.quote) >= _HEADING and not any(start <= found.start() < end for start, end in taken):
                yield Sighting(CARD, box.name, "", passage)


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the rest of a heading's line, or the lines under it up to the first blank one."""
    end = text.find("\n", start, stop)
    rest = text[start : end if end >= 0 else stop]
    if rest.strip():
        yield start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip())
        return
    end = text.find("\n\n", start + len(rest) + 1, stop)
    for line in list(_LINE.finditer(text, start, min(stop, end if end >= 0 else stop)))[:_MOST_LINES]:
        yield line.start() + len(line[0]) - len(line[0].lstrip()), line.start() + len(line[0].rstrip())
