"""How many passages of a collection tell how rare a word is: a number that grows by steps, so that one more passage moves no weight.

Comes in: how many there are. Goes out: how many of them, from the first on, are counted. Refuses nothing.
"""

from __future__ import annotations

_ALL_COUNT = 1_024  # passages of a collection up to which all tell how rare a word is
_STEPS = 8  # at least so many steps a larger one takes until it is twice as large


def counted(passages: int) -> int:
    """Return how many of so many passages, from the first on, tell how rare a word is.

    Of few all do. Of many it grows by steps: between two of them new passages change the weight of none before, and what was decided stands.
    """
    step = 1 if passages <= _ALL_COUNT else (1 << passages.bit_length() - 1) // _STEPS
    return passages - passages % step
