"""The likeliest tags of words in a row: none continues a kind that the tag before does not begin or continue.

Comes in: log-odds or log-probabilities, a row for each word and a column for each tag: 0 is outside, then 1 + 2n "begins" and 2 + 2n "continues"
for each kind n. Goes out: a tag for each word. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NEVER = -1e9
_APART = -1e6  # what it would cost a stretch to go on over the border of a piece
_HAIR = 1e-5  # sums round
_TOGETHER = 48  # words up to which rows are read side by side; a longer one alone


def best_tags(scores: NDArray[np.floating[Any]], starts: Sequence[int]) -> list[int]:
    """Return the `best_path` of each of some rows of words that stand one behind the other; `starts` says where each begins.

    Only where a stretch of two words or more could win anything is a path looked for: everywhere else each word has its own best tag.
    """
    free = scores[:, [0, *range(1, scores.shape[1], 2)]]
    best = free.argmax(axis=1)
    tags: list[int] = np.where(best == 0, 0, 2 * best - 1).tolist()
    won = scores - free.max(axis=1, keepdims=True).astype(np.float64)
    busy = _may_go_on(won[:, 1::2], won[:, 2::2], starts)
    opens = np.zeros(len(tags) + 1, bool)
    opens[[*starts, -1]] = True
    begins, ends = busy & (opens[:-1] | ~np.roll(busy, 1)), busy & (opens[1:] | ~np.roll(busy, -1))
    bounds = list(zip(np.flatnonzero(begins).tolist(), (np.flatnonzero(ends) + 1).tolist(), strict=True))
    for (first, last), path in zip(bounds, best_paths([scores[first:last] for first, last in bounds]), strict=True):
        tags[first:last] = path
    return tags


def _may_go_on(begins: NDArray[np.float64], goes_on: NDArray[np.float64], starts: Sequence[int]) -> NDArray[np.bool_]:
    """Say of each word whether a stretch of several words over it could win; the arguments are what beginning and going on win against the best."""
    goes_on[starts] = _APART
    won = goes_on.cumsum(axis=0)
    most = np.maximum.accumulate(won[::-1], axis=0)[::-1]
    ahead, reached = np.full_like(won, -np.inf), np.full_like(won, -np.inf)
    ahead[:-1] = most[1:] - won[:-1]
    reached[1:] = np.maximum.accumulate(begins - won, axis=0)[:-1] + won[1:]
    wins: NDArray[np.bool_] = np.maximum(begins + ahead, reached + np.maximum(ahead, 0.0)).max(axis=1) > -_HAIR
    return wins


def best_paths(rows: Sequence[NDArray[np.floating[Any]]]) -> list[list[int]]:
    """Return the `best_path` of each of some rows of words; short ones are read side by side."""
    found: list[list[int]] = [[] for _ in rows]
    short = sorted((number for number, row in enumerate(rows) if len(row) <= _TOGETHER), key=lambda number: -len(rows[number]))
    for number, row in enumerate(rows):
        if len(row) > _TOGETHER:
            found[number] = best_path(row)
    if short:
        for number, path in zip(short, _side_by_side([rows[number] for number in short]), strict=True):
            found[number] = path
    return found


def _side_by_side(rows: Sequence[NDArray[np.floating[Any]]]) -> list[list[int]]:
    """Return the best path of each of some rows, the longest first."""
    lengths = np.array([len(row) for row in rows])
    scores = np.zeros((lengths[0], len(rows), rows[0].shape[1]))
    for number, row in enumerate(rows):
        scores[: len(row), number] = row
    total = scores[0].copy()
    total[:, 2::2] = _NEVER
    back = np.zeros(scores.shape, np.intp)
    back[:] = np.arange(scores.shape[2])
    for place in range(1, lengths[0]):
        count = int(np.searchsorted(-lengths, -place))  # as many rows have a word there
        before, source = total[:count], back[place, :count]
        source[:, [0, *range(1, source.shape[1], 2)]] = before.argmax(axis=1)[:, None]
        source[:, 2::2] -= before[:, 2::2] < before[:, 1::2]
        total[:count] = np.take_along_axis(before, source, axis=1) + scores[place, :count]
    paths = np.zeros((lengths[0], len(rows)), np.intp)
    ends, numbers = total.argmax(axis=1), np.arange(len(rows))
    paths[lengths - 1, numbers] = ends
    for place in range(lengths[0] - 1, 0, -1):
        count = int(np.searchsorted(-lengths, -place))
        paths[place - 1, :count] = back[place, numbers[:count], paths[place, :count]]
    return [paths[:length, number].tolist() for number, length in enumerate(lengths.tolist())]


def best_path(scores: NDArray[np.floating[Any]]) -> list[int]:
    """Return the likeliest row of tags: none continues a kind that the tag before does not begin or continue.

    Tags are 0 for outside, then 1 + 2n "begins" and 2 + 2n "continues" for each kind n. Any tag may follow any other but for that, so that the best
    way to a tag that continues comes from two tags, and to all others from the best tag before.

    >>> best_path(np.array([[0.0, 0.1, 0.9], [0.0, 0.1, 0.9], [0.9, 0.0, 0.0]]))
    [1, 2, 0]
    """
    rows: list[list[float]] = scores.tolist()
    tags = range(len(rows[0]))
    total = [_NEVER if tag and tag % 2 == 0 else rows[0][tag] for tag in tags]
    back: list[list[int]] = []
    for row in rows[1:]:
        best = total.index(max(total))
        source = [best if tag == 0 or tag % 2 else tag if total[tag] >= total[tag - 1] else tag - 1 for tag in tags]
        total = [total[source[tag]] + row[tag] for tag in tags]
        back.append(source)
    path = [total.index(max(total))]
    for source in reversed(back):
        path.append(source[path[-1]])
    return path[::-1]
