"""How much a reviewer has done, counted by the database: what every page asks for must not read every decision.

Comes in: a reviewer, and from when. Goes out: numbers. Refuses nothing. What was taken back does not count as decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, distinct, func, select

from pipeline.store.correction_rows import utc
from pipeline.store.tables_of_review import corrections, queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_MOST_PLACES = 300
_ROW = corrections.c
_MINE = _ROW.reviewer == bindparam("reviewer")
_SINCE = _ROW.at >= bindparam("since")
_TAKEN_BACK = select(_ROW.undoes).where(_MINE, _SINCE, _ROW.undoes.is_not(None))
# of a decision that makes several corrections, such as a split, the first is of the item itself
_ITEMS = select(_ROW.item, _ROW.lane).where(_MINE, _SINCE, _ROW.undoes.is_(None), _ROW.key.like("%/0"), _ROW.key.not_in(_TAKEN_BACK)).distinct()
_DECIDED = select(func.count()).select_from(_ITEMS.subquery())
_DECISIONS = select(func.count()).select_from(corrections).where(_MINE, _ROW.key.like("%/0"), _ROW.queued != "training", _ROW.field != "undo")
_TRAINED_ON = select(distinct(_ROW.item)).where(_MINE, _ROW.queued == "training", _ROW.field != "undo")


class Tallies:
    """The counts of a database."""

    def __init__(self, reading: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading

    def decided_since(self, reviewer: str, moment: datetime) -> int:
        """Return how many items a reviewer has decided from a moment on, and not taken back."""
        with self._reading() as connection:
            return connection.scalar(_DECIDED, {"reviewer": reviewer, "since": utc(moment)}) or 0

    def decisions(self, reviewer: str) -> int:
        """Return how many decisions a reviewer has made outside the training, also those taken back: each has one key that ends in /0."""
        with self._reading() as connection:
            return connection.scalar(_DECISIONS, {"reviewer": reviewer}) or 0

    def places(self) -> list[str]:
        """Return the places by which the queue can be filtered, in their order."""
        question = select(distinct(queue.c.place)).where(queue.c.place.is_not(None)).order_by(queue.c.place).limit(_MOST_PLACES)
        with self._reading() as connection:
            return [place for place in connection.scalars(question) if place]

    def trained_on(self, reviewer: str) -> set[str]:
        """Return the training items that a reviewer has decided."""
        with self._reading() as connection:
            return set(connection.scalars(_TRAINED_ON, {"reviewer": reviewer}))
