"""Anchors found again: where the words that a reviewer decided on stand in a post as it is now.

Comes in: an anchor (position, quote, context) and a text. Goes out: the stretch and a score from 0 to 1, or nothing. Refuses nothing: words that are
gone are not found. The same text gives the position; else the quote with its context counts, exact or nearly; blanks, invisible signs and the
spellings of sara am do not. Of two places that are equally good none is taken silently, nor one whose words were changed while another is likely.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.folding import Folded, distance, ends_of, fold
from pipeline.languages import nearest_border
from pipeline.records import Span, short_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.corrections import Anchor, Holding

SILENT = 0.90  # from here on a correction moves with its post unasked
ASKED = 0.75  # from here on a person confirms it; below it is an orphan
SAME = 0.5
QUOTE, PREFIX, SUFFIX, POSITION = 50.0, 20.0, 20.0, 2.0  # what speaks for a place, and how much
_MARGIN = 0.05  # by which the best of two places must be better
_MOST_ERRORS = 256
_GRAM = 4  # signs that an edited quote must share with its place
_MOST_PLACES = 40  # of one string of signs in a text
_MOST_STRETCHES = 5  # of a text that are compared sign by sign
_SNAP = 8  # signs of context that show where an edited passage begins or ends
_KEPT_TEXTS = 64


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand now, and how surely."""

    span: Span
    score: float

    @property
    def holding(self) -> Holding:
        """Return whether it holds silently, is to be confirmed, or holds no more."""
        return "kept" if self.score >= SILENT else "to confirm" if self.score >= ASKED else "orphan"


def shared(one: Span, other: Span) -> float:
    """Return how much of what two stretches cover together is covered by both, from 0 to 1; from `SAME` on they are one passage, cut otherwise.

    >>> shared(Span(0, 4), Span(2, 6)) < SAME
    True
    """
    both = one.overlap(other)
    return both / (one.end - one.start + other.end - other.start - both) if both else 0.0


def find(anchor: Anchor, text: str) -> Found | None:
    """Return where the words of an anchor stand in a text.

    >>> from pipeline.corrections import anchor_of
    >>> find(anchor_of("ฝนตก น้ำท่วมนา ข้าวเสีย", Span(5, 14)), "เมื่อวาน ฝนตก น้ำท่วมนา ข้าวเสีย").span
    Span(start=14, end=23)
    """
    if _hash(text) == anchor.text_hash:
        return Found(anchor.span, 1.0)
    folded, quote = fold(text), fold(anchor.exact).text
    if not quote:
        return None
    judge = _Judge(anchor, folded, len(text), quote)
    places = {place: judge.score(*place) for place in _exact_places(quote, folded.text)}
    if max(places.values(), default=0.0) < ASKED:  # words that stand there unchanged, with some of their context, are not looked for in other words
        places |= {place: judge.score(*place) for place in judge.near_places()}
    if not places:
        return None
    best = max(places, key=lambda place: (places[place], -place[0]))
    rival = max((score for place, score in places.items() if place[1] <= best[0] or place[0] >= best[1]), default=0.0)
    is_clear = places[best] - rival >= _MARGIN and (rival < ASKED or folded.text[slice(*best)] == quote)
    score = places[best] if is_clear else min(places[best], SILENT - 0.01)
    raw = folded.raw(*best)
    return Found(Span(nearest_border(text, raw.start, -1), nearest_border(text, raw.end, 1)), round(score, 4))


@lru_cache(maxsize=_KEPT_TEXTS)
def _hash(text: str) -> str:
    return short_hash(text)


@lru_cache(maxsize=_KEPT_TEXTS)
def _grams(text: str) -> dict[str, list[int]]:
    """Return where each string of signs stands in a text."""
    found: dict[str, list[int]] = {}
    for place in range(len(text) - _GRAM + 1):
        found.setdefault(text[place : place + _GRAM], []).append(place)
    return found


def _exact_places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    for _ in range(_MOST_PLACES):
        if start < 0:
            return
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


class _Judge:
    """What speaks for a place of one anchor in one text."""

    def __init__(self, anchor: Anchor, folded: Folded, length: int, quote: str) -> None:
        self._text = folded.text
        self._quote = quote
        self._prefix, self._suffix = fold(anchor.prefix).text, fold(anchor.suffix).text
        self._from = bisect_left(folded.starts, anchor.span.start)
        self._length = max(length, anchor.span.end, 1)

    def score(self, start: int, end: int) -> float:
        """Return how surely the words of the anchor stand here."""
        before = self._text[max(0, start - len(self._prefix)) : start]
        after = self._text[end : end + len(self._suffix)]
        parts = (
            QUOTE * _likeness(self._quote, self._text[start:end]),
            PREFIX * _likeness(self._prefix, before),
            SUFFIX * _likeness(self._suffix, after),
            POSITION * max(0.0, 1 - abs(start - self._from) / self._length),
        )
        return sum(parts) / (QUOTE + PREFIX + SUFFIX + POSITION)

    def near_places(self) -> Iterator[tuple[int, int]]:
        """Yield the places where nearly the words of the quote stand."""
        for low, high in self._stretches():
            stretch = self._text[low:high]
            errors = ends_of(self._quote, stretch)
            fewest = min(errors)
            if fewest > min(_MOST_ERRORS, len(self._quote) // 2):
                continue
            end = len(errors) - 1 - errors[::-1].index(fewest)
            back = ends_of(self._quote[::-1], stretch[: end + 1][::-1])
            start = end - (len(back) - 1 - back[::-1].index(min(back)))
            yield self._snapped(low + start, low + end + 1)

    def _stretches(self) -> list[tuple[int, int]]:
        """Return the stretches of the text that share most strings of signs with the quote and its context, in the same order."""
        width = max(16, len(self._quote) // 4)
        votes: dict[int, int] = {}
        grams = _grams(self._text)
        whole = self._prefix + self._quote + self._suffix
        for place in range(len(whole) - _GRAM + 1):
            for found in grams.get(whole[place : place + _GRAM], ())[:_MOST_PLACES]:
                bin_ = (found - place + len(self._prefix)) // width
                votes[bin_] = votes.get(bin_, 0) + 1
        best = sorted(votes, key=lambda bin_: (-(votes[bin_] + votes.get(bin_ + 1, 0)), bin_))[:_MOST_STRETCHES]
        last = len(self._text)
        return [(max(0, (bin_ - 1) * width), min(last, (bin_ + 3) * width + len(self._quote))) for bin_ in best if (bin_ - 1) * width < last]

    def _snapped(self, start: int, end: int) -> tuple[int, int]:
        """Return a place with its ends where the context ends and begins, if that stands near them: an edit at an end would else be cut off."""
        reach = max(_SNAP, len(self._quote) // 4)
        before, after = self._prefix[-_SNAP:], self._suffix[:_SNAP]
        if len(before) == _SNAP:
            near = [at for at in _around(self._text, before, start - len(before), reach) if at + len(before) < end]
            start = min(near, key=lambda at: abs(at + len(before) - start)) + len(before) if near else start
        if len(after) == _SNAP:
            near = [at for at in _around(self._text, after, end, reach) if at > start]
            end = min(near, key=lambda at: abs(at - end)) if near else end
        return start, end


def _around(text: str, words: str, at: int, reach: int) -> Iterator[int]:
    """Yield where words stand in a text, no farther than `reach` from a place."""
    found = text.find(words, max(0, at - reach))
    while 0 <= found <= at + reach:
        yield found
        found = text.find(words, found + 1)


def _likeness(one: str, other: str) -> float:
    """Return how alike a text is to the one that is looked for, from 0 to 1; where none is looked for, anything is."""
    return max(0.0, 1 - distance(one, other) / len(one)) if one else 1.0
