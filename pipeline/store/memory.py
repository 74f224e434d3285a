"""The memory of digests: of each phase the last one, and the last that was other.

Comes in: a connection, a phase and what shall be remembered. Goes out: what was remembered, the newest first. Refuses nothing. Keeping the same
matters again changes nothing, so that a run that is repeated, or was killed before or after it kept them, compares with the same digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from pipeline.remembered import Remembered, Standing
from pipeline.store import statements
from pipeline.store.tables import digests

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

KEPT = 2


def remembered(connection: Connection, phase: str) -> list[tuple[int, Remembered]]:
    """Return the last digests of a phase with their numbers, the newest first."""
    rows = connection.execute(select(digests).where(digests.c.phase == phase).order_by(digests.c.number.desc()).limit(KEPT)).mappings()
    return [(row["number"], _read(row)) for row in rows]


def remember(connection: Connection, phase: str, now: Remembered) -> None:
    """Keep a digest unless the newest one holds the same matters; forget what nothing is compared with any more."""
    known = remembered(connection, phase)
    number, newest = known[0] if known else (0, None)
    if newest and newest.is_same(now):
        return
    matters = {"groups": sorted(now.groups), "threads": {name: list(now.threads[name]) for name in sorted(now.threads)}}
    row = {"phase": phase, "number": number + 1, "model": now.model, "posts": now.posts, "last_post": now.last_post, "matters": matters}
    statements.put(connection, digests, [row])
    connection.execute(delete(digests).where(digests.c.phase == phase, digests.c.number <= number + 1 - KEPT))


def _read(row: RowMapping) -> Remembered:
    matters = row["matters"]
    threads = {name: Standing(*told) for name, told in matters["threads"].items()}
    return Remembered(row["model"], row["posts"], row["last_post"], frozenset(matters["groups"]), threads)
