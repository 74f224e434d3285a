"""Decide: a reviewer's press becomes corrections that are kept, shown, and can be taken back.

Comes in: a store, and decisions. Goes out: the corrections as kept, and the next items. Refuses, as `CorrectionRefused`, what is no correction, and
as `AlreadyDecided` what somebody else has decided since it was shown. One decision (a label with its fields) is one list of corrections, kept whole
or not at all; their keys are ``KEY/0``, ``KEY/1`` …, so that taking it back takes all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.correcting.apply import corrected, held
from pipeline.correcting.checks import checked
from pipeline.corrections import Correction, Filters, live
from pipeline.errors import AlreadyDecided

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from pipeline.corrections import Held, QueueItem
    from pipeline.records import Passage, Post
    from pipeline.store.store import Store


class Desk:
    """What reviewers do, on one store; times come in as arguments."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self.store = store

    def decide(self, decision: Sequence[Correction], expected: int = 0, shown: Post | None = None) -> list[Correction]:
        """Keep a decision and bring what readers see up to date; `expected` is the version of its item that the reviewer saw, `shown` its post.

        Raises:
            CorrectionRefused: when it is none that can be.
            AlreadyDecided: when somebody has decided on the item since.
        """
        known = {shown.id: shown} if shown else {}
        posts = known | self.store.posts_by_id(sorted({one.post for one in decision if one.post} - known.keys()))
        return self.store.corrections.add([checked(posts.get(one.post or ""), one) for one in decision], expected, corrected)

    def take_back(self, reviewer: str, key: str, now: datetime, decision: str | None = None) -> list[Correction]:
        """Take back the last decision of a reviewer that stands, or the one of this key, and return its corrections; none where nothing is left.

        `key` is that of the taking-back: sent twice, it takes back once. It is never refused for what others have decided since: theirs stands.
        """
        for _ in range(_TRIES):
            taken = self._taken_back(reviewer, key, now, decision)
            if taken is not None:
                return taken
        return []

    def _taken_back(self, reviewer: str, key: str, now: datetime, decision: str | None) -> list[Correction] | None:
        """Take back once; None where another window has taken it back or decided on its item since it was looked at."""
        book = self.store.corrections
        if sent := book.keys([f"{key}/{number}" for number in range(_MOST_AT_ONCE)]):
            last = book.by(reviewer, _LOOKED_BACK)
            gone = {one.undoes for one in last if one.key in sent}
            return [one for one in last if one.key in gone]
        standing = self._standing(reviewer)
        asked = decision or (decision_of(standing[-1]) if standing else "")
        taken = [one for one in standing if decision_of(one) == asked]
        if not taken:
            return []
        undoing = [_undo(one, f"{key}/{number}", now) for number, one in enumerate(reversed(taken))]
        decisions = book.of_item(undoing[0].item)  # what stands and its version in one look: nothing comes between
        version = max((one.version for one in decisions if one.lane == undoing[0].lane), default=0)
        if undoing[0].undoes not in {one.key for one in live(decisions)}:
            return None
        try:
            book.add(undoing, version, corrected)
        except AlreadyDecided:
            return None
        return taken

    def _standing(self, reviewer: str) -> list[Correction]:
        """Return the last corrections of a reviewer that stand, those of the newest decision whole."""
        limit = _LOOKED_BACK
        while True:
            found = self.store.corrections.by(reviewer, limit)
            standing = live(found)
            if len(found) < limit or len({decision_of(one) for one in standing}) > 1:
                return standing
            limit *= 4

    def next(self, reviewer: str, now: datetime, *, limit: int = 2, filters: Filters | None = None, passing: Collection[str] = ()) -> list[QueueItem]:
        """Return the next items for a reviewer; `passing` are those that they skipped in this sitting."""
        return self.store.queue.next(reviewer, now, limit=limit, filters=filters, passing=passing)

    @staticmethod
    def lane(item: QueueItem, reviewer: str) -> str:
        """Return the lane of a reviewer's decision on an item: one of their own where others must not be seen."""
        return f"gold {reviewer}" if item.reason == "gold" else reviewer if item.double else ""

    def passage(self, item: str) -> Passage | None:
        """Return the passage of an item as a reader sees it now; None where it is none any more."""
        return self.store.passage(item)

    def held(self, post_id: str) -> list[Held]:
        """Return the standing corrections of a post with where they find their words now: those to be confirmed and the orphans among them."""
        post = self.store.posts_by_id([post_id])[post_id]
        return held(post, live(self.store.corrections.of_post(post_id)))


_TRIES = 5  # of a taking-back that other windows overtake
_MOST_AT_ONCE = 12  # corrections of one decision
_LOOKED_BACK = 500  # corrections of a reviewer among which the last decision is looked for first


def decision_of(correction: Correction) -> str:
    """Return the key of the decision that a correction is part of.

    >>> from datetime import UTC, datetime
    >>> decision_of(Correction("i", "undo", "somchai", datetime(2026, 1, 5, tzinfo=UTC), "a7/0"))
    'a7'
    """
    return correction.key.rpartition("/")[0] or correction.key


def _undo(one: Correction, key: str, now: datetime) -> Correction:
    return Correction(
        one.item, "undo", one.reviewer, now, key, post=one.post, undoes=one.key, lane=one.lane, queued=one.queued, guideline=one.guideline
    )
