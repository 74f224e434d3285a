"""Which passages of a collection tell how rare a word is: their number grows by steps, so that one more passage moves no weight.

Comes in: how many there are. Goes out: how many of them, from the first on, are counted, or which where not more than some thousands shall be held.
Refuses nothing.
"""

from __future__ import annotations

_ALL_COUNT = 1_024  # passages of a collection up to which all tell how rare a word is
_MOST = 32_768  # passages that are held to tell how rare a word is
_STEPS = 8  # at least so many steps a larger one takes until it is twice as large


def counted(passages: int) -> int:
    """Return how many of so many passages, from the first on, tell how rare a word is.

    Of few all do. Of many it grows by steps: between two of them new passages change the weight of none before, and what was decided stands.
    """
    step = 1 if passages <= _ALL_COUNT else (1 << passages.bit_length() - 1) // _STEPS
    return passages - passages % step


def sampled(passages: int) -> range:
    """Return which of so many passages tell how rare a word is where their words are held: of many every second, fourth … of those that are counted.

    >>> sampled(1_000), sampled(36_000), sampled(170_000)
    (range(0, 1000), range(0, 32768), range(0, 163840, 8))
    """
    count, apart = counted(passages), 1
    while count > _MOST * apart:
        apart *= 2
    return range(0, count, apart)
