"""Numbered lists whose items are nearly all to be done: the items among them that the model passed over are, too.

Comes in: a text and its pieces with their labels. Goes out: the pieces, those of such items as actions. Refuses nothing: a list of fewer than four
items says too little. Of 544 items in posts that teach or validate, of whose neighbours three in four are marked as actions, 539 are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.dates.calendar import arabic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.nlp.pieces import Piece

ACTION = "action"
SURE = 0.5  # what the model passed over is less sure than what is marked at large
_ITEM = re.compile(r"^[ \t]*\(?(?P<number>[0-9๐-๙]{1,2})[.)][ \t]{0,3}(?P<words>\S.*)$", re.MULTILINE)
_LEAST = 4  # items
_MOST_OF_OTHERS = 0.75
_APART = 2  # line ends from one item to the next at most


class _Item(NamedTuple):
    number: int
    start: int
    end: int


def with_listed(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with those as actions that are passed over among the actions of a list."""
    found = list(pieces)
    order = sorted(range(len(pieces)), key=lambda place: pieces[place].start)
    starts = [pieces[place].start for place in order]
    for items in _lists(text) if len(pieces) >= _LEAST else ():
        own = [order[bisect_left(starts, item.start) : bisect_left(starts, item.end)] for item in items]
        done = [any(pieces[place].label == ACTION for place in places) for places in own]
        many = sum(done)
        for number, places in enumerate(own):
            others = many - done[number]
            if others >= _MOST_OF_OTHERS * (len(items) - 1) and not any(pieces[place].label for place in places):
                for place in places:
                    found[place] = pieces[place]._replace(label=ACTION, confidence=SURE, why=(f"{items[number].number}.",), second=None)
    return found


def _lists(text: str) -> Iterator[list[_Item]]:
    """Yield the lists of a text, whose items count on line by line."""
    items: list[_Item] = []
    for line in _ITEM.finditer(text):
        item = _Item(int(arabic(line["number"])), line.start("words"), line.end())
        if not (items and item.number == items[-1].number + 1 and text.count("\n", items[-1].end, line.start()) <= _APART):
            if len(items) >= _LEAST:
                yield items
            items = []
        items.append(item)
    if len(items) >= _LEAST:
        yield items
