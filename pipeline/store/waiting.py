"""The queue as the database keeps it: what waits for a reviewer, in its order, who has it before their eyes, and what is still wanted.

Comes in: what waits, and decisions. Goes out: the next items for a reviewer. Refuses nothing. The queue is derived: `refill` makes it anew from what
is there, and what was decided before stays decided.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, true, update

from pipeline.corrections import ADJUDICATION, live
from pipeline.store.correction_rows import correction_of, item_of, item_row, utc
from pipeline.store.statements import run
from pipeline.store.tables_of_review import corrections, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from pipeline.corrections import Correction, Filters, QueueItem

    Connecting = Callable[[], AbstractContextManager[Connection]]

LEASE = timedelta(minutes=10)  # for which the items of a post are kept for who reads it


class WaitingQueue:
    """The queue of a database."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def refill(self, items: Sequence[QueueItem]) -> None:
        """Make the queue of these items, whose ranks order it; what was decided on them counts."""
        known = {item.item for item in items}
        decided: dict[str, list[Correction]] = {}
        with self._writing() as connection:
            connection.execute(delete(queue))
            run(connection, insert(queue), [item_row(item) for item in items])
            for row in connection.execute(select(corrections).order_by(corrections.c.number)).mappings():
                if row["item"] in known:
                    decided.setdefault(row["item"], []).append(correction_of(row))
            for item, decisions in decided.items():
                settle(connection, item, decisions)

    def doubt(self, items: Collection[str]) -> None:
        """Let a second reader decide on items whose decision may be wrong, without seeing it."""
        with self._writing() as connection:
            for item in sorted(items):
                changed = {"double": True, "shown": False, "reason": "suspected"}
                connection.execute(update(queue).where(queue.c.item == item).values(**changed))
                rows = connection.execute(select(corrections).where(corrections.c.item == item).order_by(corrections.c.number)).mappings()
                settle(connection, item, [correction_of(row) for row in rows])

    def next(self, reviewer: str, now: datetime, *, limit: int = 2, filters: Filters | None = None, passing: Collection[str] = ()) -> list[QueueItem]:
        """Return the next items for a reviewer, best first, and keep their posts for them; `passing` are those that they skipped.

        What others have before their eyes comes only when nothing else is left.
        """
        free = or_(queue.c.leased_to.is_(None), queue.c.leased_to == reviewer, queue.c.leased_until < utc(now))
        wanted = [*_wanted_from(reviewer), *_fits(filters), queue.c.item.not_in(passing) if passing else true()]
        with self._writing() as connection:
            for condition in (free, true()):
                asked = select(queue).where(*wanted, condition).order_by(queue.c.rank).limit(limit)
                if rows := connection.execute(asked).mappings().all():
                    break
            else:
                return []
            ending = {row["post_id"] for row in rows if row["leased_to"] != reviewer or row["leased_until"] < utc(now + LEASE / 2)}
            if ending:
                kept = {"leased_to": reviewer, "leased_until": utc(now + LEASE)}
                connection.execute(update(queue).where(queue.c.post_id.in_(ending), queue.c.open).values(**kept))
        return [_asked(row) for row in rows]

    def item(self, item: str) -> QueueItem | None:
        """Return an item of the queue, also one that nobody needs to read any more."""
        with self._reading() as connection:
            row = connection.execute(select(queue).where(queue.c.item == item)).mappings().first()
        return item_of(row) if row else None

    def links(self) -> list[QueueItem]:
        """Return the links that wait, decided or not."""
        with self._reading() as connection:
            rows = connection.execute(select(queue).where(queue.c.kind == "thread").order_by(queue.c.rank)).mappings()
            return [item_of(row) for row in rows]

    def count(self, reviewer: str, filters: Filters | None = None) -> int:
        """Return how many items wait for a reviewer."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(queue).where(*_wanted_from(reviewer), *_fits(filters))) or 0


def settle(connection: Connection, item: str, decisions: Sequence[Correction]) -> None:
    """Keep how many readings of an item are still wanted, once these decisions stand; an adjudicated one wants none."""
    standing = [one for one in live(decisions) if one.counts]
    readers = list(dict.fromkeys(one.reviewer for one in standing))
    done = any(one.basis == ADJUDICATION for one in standing)
    double = connection.scalar(select(queue.c.double).where(queue.c.item == item))
    if double is None:
        return
    wanted = 0 if done else max(0, (2 if double else 1) - len(readers))
    connection.execute(update(queue).where(queue.c.item == item).values(wanted=wanted, open=wanted > 0, first_reader=readers[0] if readers else None))


def _asked(row: RowMapping) -> QueueItem:
    """Return an item as it is asked: that somebody has read it already is a reason of its own, unless what they said may be wrong."""
    item = item_of(row)
    return replace(item, reason="second") if row["first_reader"] and item.reason != "suspected" else item


def _wanted_from(reviewer: str) -> Iterator[ColumnElement[bool]]:
    yield queue.c.open
    yield or_(queue.c.first_reader.is_(None), queue.c.first_reader != reviewer)


def _fits(filters: Filters | None) -> Iterator[ColumnElement[bool]]:
    if filters is None:
        return
    for name in ("phase", "label", "place", "kind"):
        if (value := getattr(filters, name)) is not None:
            yield queue.c[name] == value
    if filters.post is not None:
        yield queue.c.post_id == filters.post
    if filters.first_day is not None:
        yield queue.c.day >= filters.first_day
    if filters.last_day is not None:
        yield queue.c.day <= filters.last_day
