"""How much a reviewer has done, counted by the database: what every page asks for must not read every decision.

Comes in: a reviewer, and from when. Goes out: numbers. Refuses nothing. What was taken back does not count as decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select

from pipeline.store.correction_rows import utc
from pipeline.store.tables_of_review import corrections, queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_MOST_PLACES = 300


class Tallies:
    """The counts of a database."""

    def __init__(self, reading: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading

    def decided_since(self, reviewer: str, moment: datetime) -> int:
        """Return how many items a reviewer has decided from a moment on, and not taken back."""
        row = corrections.c
        question = select(row.key, row.undoes, row.item, row.lane).where(row.reviewer == reviewer, row.at >= utc(moment)).order_by(row.number.desc())
        gone: set[str] = set()
        items: set[tuple[str, str]] = set()
        with self._reading() as connection:
            for key, undoes, item, lane in connection.execute(question):  # the newest first: a taking-back before what it takes
                if key in gone:
                    continue
                if undoes:
                    gone.add(undoes)
                elif key.endswith("/0"):  # of a decision that makes several corrections, such as a split, the first is of the item itself
                    items.add((item, lane))
        return len(items)

    def decisions(self, reviewer: str) -> int:
        """Return how many decisions a reviewer has made outside the training, also those taken back: each has one key that ends in /0."""
        row = corrections.c
        counted = (row.reviewer == reviewer, row.key.like("%/0"), row.queued != "training", row.field != "undo")
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(corrections).where(*counted)) or 0

    def places(self) -> list[str]:
        """Return the places by which the queue can be filtered, in their order."""
        question = select(distinct(queue.c.place)).where(queue.c.place.is_not(None)).order_by(queue.c.place).limit(_MOST_PLACES)
        with self._reading() as connection:
            return [place for place in connection.scalars(question) if place]

    def trained_on(self, reviewer: str) -> set[str]:
        """Return the training items that a reviewer has decided."""
        row = corrections.c
        with self._reading() as connection:
            return set(connection.scalars(select(distinct(row.item)).where(row.reviewer == reviewer, row.queued == "training", row.field != "undo")))
