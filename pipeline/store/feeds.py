"""What is remembered of the feeds that are collected from.

Comes in: the address of a feed, or how the last asking went. Goes out: `FeedState`. Refuses, as `StoreError`, a database that cannot be read or
written.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline.store import statements
from pipeline.store.tables import feeds
from pipeline.subscribed import FeedState

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]


class FeedMemory:
    """The feeds of a store; it borrows the store's connections."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to read and how to write."""
        self._reading = reading
        self._writing = writing

    def state(self, url: str) -> FeedState:
        """Return what is known of a feed, nothing but its address the first time."""
        with self._reading() as connection:
            row = connection.execute(select(feeds).where(feeds.c.url == url)).mappings().first()
        return FeedState(**row) if row else FeedState(url)

    def keep(self, state: FeedState) -> None:
        """Keep how an asking went."""
        with self._writing() as connection:
            statements.put(connection, feeds, [asdict(state)])
