"""The places of items in an order, as numbers between which others find room: what comes new moves nothing that stands.

Comes in: the numbers that items had, in the order in which they shall stand now. Goes out: a number for each, growing. Refuses nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LAST = 2**31 - 1  # the largest whole number of a column in PostgreSQL
_NONE = -1


def placed(before: Sequence[int | None]) -> list[int]:
    """Return growing numbers for items in their order; `before` are those that they had, None of what is new. As many as can keep theirs.

    Where no room is left between two that stay, all get new ones, as far from each other as there is room for twice as many.

    >>> placed([10, None, 20, 15]), placed([7, None, 8])
    ([10, 11, 12, 15], [268435455, 536870910, 805306365])
    """
    apart = _LAST // (2 * (len(before) + 1))
    numbers: list[int] = []
    start, low = 0, 0
    for end, high in chain(_growing(before), [(len(before), None)]):
        step = min(apart, ((_LAST if high is None else high) - low) // (end - start + 1))
        if step < 1:
            return [apart * place for place in range(1, len(before) + 1)]
        numbers += [low + step * place for place in range(1, end - start + 1)]
        if high is not None:
            numbers.append(high)
            start, low = end + 1, high
    return numbers


def _growing(numbers: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the most of the numbers that grow from one to the next, each with its place; of two that are equal one."""
    ends = array("q")  # the lowest number with which so many can end
    places = array("q")  # where it stands
    before = array("q", [_NONE]) * len(numbers)  # the place of the one before it
    for place, number in enumerate(numbers):
        if number is not None and 0 < number < _LAST:
            length = bisect_left(ends, number)
            before[place] = places[length - 1] if length else _NONE
            ends[length : length + 1] = array("q", [number])
            places[length : length + 1] = array("q", [place])
    last = places[-1] if places else _NONE
    found = array("q")
    while last != _NONE:
        found.append(last)
        last = before[last]
    return ((place, number) for place in reversed(found) if (number := numbers[place]) is not None)
