"""Clean text and the way back: repairs are a view, the source is never changed.

Comes in: raw text as scraped. Goes out: `CleanText`, the repaired text with a map between its offsets and those of the raw text, both in
code points. Refuses nothing: what no repair knows stays as it is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.languages import REPAIRS, needs_repair
from pipeline.records import Span

if TYPE_CHECKING:
    from pipeline.languages import Repair


class _Side:
    """Where the edits of one repair lie, on one side of it: before or after."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts = array("q")
        self.ends = array("q")


@dataclass(frozen=True, slots=True)
class _Edits:
    """What one repair changed. A sign that another single sign replaced keeps its place and needs no entry."""

    before: _Side
    after: _Side


def _carry(span: Span, here: _Side, there: _Side) -> Span:
    """Return the smallest span on the other side that holds what `span` holds; an edit is carried whole."""
    if not here.starts:
        return span
    edit = bisect_right(here.starts, span.start) - 1
    start = span.start
    if edit >= 0:
        inside = span.start < here.ends[edit]
        start = there.starts[edit] if inside else there.ends[edit] + span.start - here.ends[edit]
    if span.start == span.end:
        return Span(start, start)
    last = span.end - 1
    edit = bisect_right(here.starts, last) - 1
    end = span.end
    if edit >= 0:
        end = there.ends[edit] if last < here.ends[edit] else there.ends[edit] + span.end - here.ends[edit]
    return Span(start, max(start, end))


@dataclass(frozen=True, slots=True)
class CleanText:
    """Repaired text and the map back to the raw text; built by `clean`."""

    raw: str
    text: str
    _edits: tuple[_Edits, ...] = ()

    def to_raw(self, start: int, end: int) -> Span:
        """Return the raw span behind a span of the clean text, without removed signs at its edges.

        The whole of the clean text stands for the whole of the raw text.

        >>> clean("ไป\u200bบา้น").to_raw(2, 6)
        Span(start=3, end=7)
        """
        if start == 0 and end == len(self.text):
            return Span(0, len(self.raw))
        span = Span(start, end)
        for edits in reversed(self._edits):
            span = _carry(span, edits.after, edits.before)
        return span

    def from_raw(self, start: int, end: int) -> Span:
        """Return the span of the clean text that stands for a raw span; empty where all of it was removed.

        >>> clean("ไป\u200bบา้น").from_raw(3, 7)
        Span(start=2, end=6)
        """
        span = Span(start, end)
        for edits in self._edits:
            span = _carry(span, edits.before, edits.after)
        return span


def clean(raw: str) -> CleanText:
    """Return the text with Thai spelling repaired and the way back; plain text costs one look.

    >>> clean("เเละเพือ่ปี ๒๕๔๙").text
    'และเพื่อปี 2549'
    """
    text = raw
    done: list[_Edits] = []
    for repair in REPAIRS:
        if not needs_repair(text):
            break
        text, edits = _repair(text, repair)
        if edits.before.starts:
            done.append(edits)
    return CleanText(raw, text, tuple(done))


def _repair(text: str, repair: Repair) -> tuple[str, _Edits]:
    """Return the text after one repair, and what it changed."""
    before, after = _Side(), _Side()
    pieces: list[str] = []
    done, shift = 0, 0
    for found in repair.pattern.finditer(text):
        start, end = found.span()
        meant = repair.meant(found)
        pieces += (text[done:start], meant)
        done = end
        if end - start == len(meant) == 1:
            continue
        before.starts.append(start)
        before.ends.append(end)
        after.starts.append(start + shift)
        shift += len(meant) - (end - start)
        after.ends.append(end + shift)
    pieces.append(text[done:])
    return "".join(pieces), _Edits(before, after)
