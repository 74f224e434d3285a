"""The journal: a line for each run, when it began and ended, and what it did.

Comes in: moments in UTC, the outcome and figures of a run. Goes out: the last runs. Refuses, as `StoreError`, a database that cannot be read or
written. A run that was cut off has no end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from pipeline.outgoing import Ran
from pipeline.store.tables import journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

KEPT = 400  # runs: a year and more of nights


class Journal:
    """The runs of a store; it borrows the store's connections."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to read and how to write."""
        self._reading = reading
        self._writing = writing

    def begin(self, now: datetime) -> int:
        """Keep that a run begins; return its number."""
        with self._writing() as connection:
            row = {"began": now, "outcome": "running", "counts": {}}
            number: int = connection.execute(insert(journal).values(row).returning(journal.c.number)).scalar_one()
            connection.execute(delete(journal).where(journal.c.number <= number - KEPT))
        return number

    def end(self, number: int, now: datetime, outcome: str, counts: Mapping[str, int]) -> None:
        """Keep how a run ended and what it did."""
        with self._writing() as connection:
            connection.execute(update(journal).where(journal.c.number == number).values(ended=now, outcome=outcome, counts=dict(counts)))

    def last(self, limit: int) -> list[Ran]:
        """Return the last runs, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(select(journal).order_by(journal.c.number.desc()).limit(limit)).mappings()
            return [Ran(**row) for row in rows]
