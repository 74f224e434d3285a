"""A page as lines and paragraphs with their offsets.

Comes in: the text of a page. Goes out: `Line` records, the white space at their edges left out. Refuses nothing. Every blank sign counts
as white space: pages are indented with non-breaking spaces and set apart by lines that hold nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.records import Span
from pipeline.sources.decoding import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space at its edges; `start` is where its text starts, `indent` how far from the left, `row` its number from 0."""

    row: int
    start: int
    text: str
    indent: int = 0

    @property
    def end(self) -> int:
        """Return where its text ends."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> Line:
        """Return a piece of the line, given by places in its text, again without white space at the edges."""
        text = self.text[start:end]
        left = text.lstrip(BLANK)
        return Line(self.row, self.start + start + len(text) - len(left), left.rstrip(BLANK), self.indent if start == 0 else 0)


def read_lines(text: str) -> list[Line]:
    r"""Return the lines of a text, blank ones included.

    >>> [(line.start, line.text, line.indent) for line in read_lines("ก \r\n  ข") if line.text]
    [(0, 'ก', 0), (6, 'ข', 2)]
    """
    lines = []
    for row, found in enumerate(_LINE.finditer(text)):
        written = found[1]
        left = written.lstrip(BLANK)
        space = written[: len(written) - len(left)]
        lines.append(Line(row, found.start() + len(space), left.rstrip(BLANK), len(space) + (TAB - 1) * space.count("\t")))
    return lines


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank ones."""
    for blank, run in groupby(lines, key=lambda line: not line.text):
        if not blank:
            yield list(run)


def span_of(lines: Sequence[Line]) -> Span:
    """Return the span from the first line to the last one, which must not be blank."""
    return Span(lines[0].start, lines[-1].end)
