"""How the work of people, the feeds and the database itself stand, in a few figures for those who watch.

Comes in: a connection, and since when. Goes out: counts. Refuses nothing. It asks indexes and counts rows; no text of a post is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select, text

from pipeline.store.correction_rows import utc
from pipeline.store.tables import feeds, reviewers
from pipeline.store.tables_of_review import corrections, queue

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What waits for reviewers, how many there are, how many of them decided how much lately, and when the last decision was."""

    waiting: int
    reviewers: int
    active: int
    decided: int
    last: datetime | None


def reviewing(connection: Connection, since: datetime) -> Reviewing:
    """Return how the reviewers stand; `active` and `decided` count from a moment on."""
    late = (corrections.c.at >= utc(since), corrections.c.field != "undo", corrections.c.key.like("%/0"))
    active, decided = connection.execute(select(func.count(distinct(corrections.c.reviewer)), func.count()).where(*late)).one()
    return Reviewing(
        connection.scalar(select(func.count()).select_from(queue).where(queue.c.open)) or 0,
        connection.scalar(select(func.count()).select_from(reviewers).where(reviewers.c.revoked_at.is_(None))) or 0,
        active,
        decided,
        connection.scalar(select(func.max(corrections.c.at))),
    )


def failing_feeds(connection: Connection, least: int) -> list[tuple[str, int]]:
    """Return the feeds that failed at least so often in a row, and how often."""
    question = select(feeds.c.url, feeds.c.failures).where(feeds.c.failures >= least).order_by(feeds.c.url)
    return [(row.url, row.failures) for row in connection.execute(question)]


def size(connection: Connection) -> int:
    """Return how many bytes the database takes: its file, or what the server says of it."""
    here = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    on_a_server = "SELECT pg_database_size(current_database())"
    return int(connection.scalar(text(here if connection.dialect.name == "sqlite" else on_a_server)) or 0)
