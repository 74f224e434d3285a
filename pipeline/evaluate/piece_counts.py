"""The counts of one reading after another of the same pieces: what a piece can win or lose is found once, then a reading is counted in milliseconds.

Comes in: posts cut into pieces that do not overlap, with their marks; then a label for each piece, as often as one likes. Goes out: the counts that
`count_post` gives for each post. Refuses nothing.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.evaluate.scores import SAME_PLACE, overlap_share
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.labelled import GoldSpan
    from pipeline.records import Span

_NUMBERS = {label: number for number, label in enumerate((*label_ids(), OTHER))}
_KINDS = len(label_ids())
_ANY = _KINDS  # the row of a piece whatever its label


class CutPost(NamedTuple):
    """A text, the spans of its pieces, and its marks."""

    text: str
    spans: Sequence[Span]
    marks: Sequence[GoldSpan]


class PieceCounts:
    """Pieces of posts beside the marks of these posts."""

    def __init__(self, posts: Sequence[CutPost]) -> None:
        """Find what each piece can win or lose."""
        sizes = [len(post.spans) for post in posts]
        self._posts = len(posts)
        self._post = np.repeat(np.arange(len(posts)), sizes)
        signs = [_signs(post) for post in posts]
        self._signs = np.vstack([np.zeros((0, _ANY + 2), np.int64), *(of_pieces for of_pieces, _ in signs)])
        self._gold = np.array([of_post for _, of_post in signs], np.int64).reshape(-1, _ANY + 1, 2)
        self._given = np.array([not _in_disputed(span, post.marks) for post in posts for span in post.spans], bool)
        firsts = accumulate(sizes, initial=0)
        first_marks = accumulate((len(post.marks) for post in posts), initial=0)
        pairs = [pair for post, *firsts_of in zip(posts, firsts, first_marks, strict=False) for pair in _pairs(post, *firsts_of)]
        self._pairs = np.array([pair[1:] for pair in sorted(pairs, reverse=True)], np.int64).reshape(-1, 3)
        rivals = [np.bincount(self._pairs[:, column])[self._pairs[:, column]] > 1 for column in (0, 1)] if pairs else [np.zeros(0, bool)] * 2
        self._rivals = rivals[0] | rivals[1]

    def of(self, labels: Sequence[str]) -> NDArray[np.int64]:
        """Return the counts of each post under these labels of its pieces: post x label, any label last x what `count_post` counts."""
        said = np.array([_NUMBERS[label] for label in labels], np.int64)
        counts = np.zeros((self._posts, _ANY + 1, 6), np.int64)
        counts[:, :, 2], counts[:, :, 5] = self._gold[:, :, 0], self._gold[:, :, 1]
        for row in range(_ANY + 1):
            found = (said < _KINDS) if row == _ANY else (said == row)
            counts[:, row, 0] = self._sum(self._signs[:, row] * found)
            counts[:, row, 1] = self._sum(self._signs[:, -1] * found)
            counts[:, row, 3] = self._sum(self._matched(found & self._given, row))
            counts[:, row, 4] = self._sum(found & self._given)
        return counts

    def _sum(self, of_pieces: NDArray[np.generic]) -> NDArray[np.int64]:
        return np.bincount(self._post, weights=of_pieces, minlength=self._posts).astype(np.int64)

    def _matched(self, found: NDArray[np.bool_], row: int) -> NDArray[np.bool_]:
        """Return the pieces that stand in the place of a mark of their own; the greatest overlap is served first."""
        standing = found[self._pairs[:, 0]] & ((row == _ANY) | (self._pairs[:, 2] == row))
        matched = np.zeros(len(found), bool)
        matched[self._pairs[standing & ~self._rivals, 0]] = True
        taken: set[int] = set()
        for piece, mark, _ in self._pairs[standing & self._rivals]:
            if not matched[piece] and mark not in taken:
                matched[piece] = True
                taken.add(mark)
        return matched


def _signs(post: CutPost) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each piece the characters in marks of each label, in any mark, and all; and of the post by label the characters and the marks."""
    firm = [mark for mark in post.marks if not mark.disputed]
    counted = np.array([not sign.isspace() for sign in post.text], bool)
    for mark in post.marks:
        if mark.disputed:
            counted[mark.span.start : mark.span.end] = False
    wanted = np.zeros((len(post.text), _ANY + 1), bool)
    for mark in firm:
        wanted[mark.span.start : mark.span.end, [_NUMBERS[mark.label], _ANY]] = True
    wanted &= counted[:, None]
    before = np.vstack([np.zeros((1, _ANY + 2), np.int64), np.cumsum(np.column_stack([wanted, counted]), axis=0)])
    inside = before[[span.end for span in post.spans]] - before[[span.start for span in post.spans]]
    marks = np.bincount([_NUMBERS[mark.label] for mark in firm], minlength=_ANY)
    return inside, np.column_stack([before[-1, :-1], [*marks, len(firm)]])


def _in_disputed(span: Span, marks: Sequence[GoldSpan]) -> bool:
    return any(mark.disputed and overlap_share(span, mark.span) >= SAME_PLACE for mark in marks)


def _pairs(post: CutPost, first: int, first_mark: int) -> Iterator[tuple[float, int, int, int]]:
    """Yield each piece and mark that stand in the same place: how much they share, their numbers, and the label."""
    for place, span in enumerate(post.spans):
        for number, mark in enumerate(post.marks):
            shared = max(overlap_share(span, own) for own in (mark.span, mark.also) if own)
            if shared >= SAME_PLACE and not mark.disputed:
                yield shared, first + place, first_mark + number, _NUMBERS[mark.label]
