"""The numbers in many ranges at once.

Comes in: where each range starts and how long it is. Goes out: one array with the numbers of all of them. Refuses nothing: a range may be empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = Sequence[int] | NDArray[np.int64]


def ranges(starts: Numbers, lengths: Numbers) -> NDArray[np.int64]:
    """Return all numbers of the ranges, one range behind the other.

    >>> ranges([3, 9, 1], [2, 0, 3]).tolist()
    [3, 4, 1, 2, 3]
    """
    if not len(starts):
        return np.empty(0, np.int64)
    ends = np.cumsum(lengths)
    offsets = np.asarray(starts) - np.concatenate(([0], ends[:-1]))
    numbers: NDArray[np.int64] = np.arange(ends[-1]) + np.repeat(offsets, lengths)
    return numbers
