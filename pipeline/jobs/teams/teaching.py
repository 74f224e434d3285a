"""What of the corrections may teach: nothing of the test, and not too much of one reviewer.

Comes in: posts with what reviewers said of them, and the posts of the test. Goes out: those that may teach, and what was left out and why. Refuses
nothing: what is left out is told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.records import short_hash
from pipeline.sources.splits import copies
from pipeline.train.snapshot import count_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.labelled import Taught, TaughtPost
    from pipeline.records import Post

MOST_OF_ONE = 0.4  # share of all new rows that one reviewer may give
_ENOUGH_REVIEWERS = 3  # with fewer, no division keeps everybody under the share


class Admitted(NamedTuple):
    """What may teach, and how many rows were left out: of posts of the test, of reviewers who were named, above the share of one reviewer."""

    posts: tuple[TaughtPost, ...]
    of_test: int = 0
    of_named: int = 0
    above_share: int = 0


def admit(taught: Sequence[TaughtPost], test: Sequence[Post], without: Collection[str] = ()) -> Admitted:
    """Return what may teach: no post of the test or a near-duplicate of one, nobody in `without`, at most so much of one reviewer."""
    frozen = {source for source, _ in copies([row.labelled.post for row in taught], test)} | {post.source for post in test}
    clean = [row for row in taught if row.labelled.post.source not in frozen]
    trusted = [replace(row, taught=tuple(one for one in row.taught if one.reviewer not in without)) for row in clean]
    kept = _within_share(trusted)
    posts = tuple(row for row in kept if row.taught)
    return Admitted(posts, count_rows(taught) - count_rows(clean), count_rows(clean) - count_rows(trusted), count_rows(trusted) - count_rows(kept))


def _within_share(posts: Sequence[TaughtPost]) -> list[TaughtPost]:
    """Return the posts without what one reviewer gave above the share; which rows stay depends on the rows alone."""
    given = Counter(one.reviewer for row in posts for one in row.taught)
    if len(given) < _ENOUGH_REVIEWERS:
        return list(posts)
    allowed = {reviewer: _allowed(count, given.total() - count) for reviewer, count in given.items()}
    ranked: dict[str, list[tuple[str, str, Taught]]] = {}
    for row in posts:
        for one in row.taught:
            place = short_hash(row.labelled.post.id, str(one.span.start), str(one.span.end))
            ranked.setdefault(one.reviewer, []).append((place, row.labelled.post.id, one))
    kept = {(post, one) for reviewer, rows in ranked.items() for _, post, one in sorted(rows, key=lambda row: row[:2])[: allowed[reviewer]]}
    return [replace(row, taught=tuple(one for one in row.taught if (row.labelled.post.id, one) in kept)) for row in posts]


def _allowed(own: int, others: int) -> int:
    """Return how many rows of a reviewer stay beside those of all others.

    >>> _allowed(90, 60), _allowed(10, 90)
    (40, 10)
    """
    return own if own <= MOST_OF_ONE * (own + others) else int(others * MOST_OF_ONE / (1 - MOST_OF_ONE))
