"""What was worked out of single posts before, so that a night works it out for the new ones alone.

Comes in: what it is, and of what it was made. Goes out: the values that were made of the same. Refuses nothing. All of it is derived: it stands
outside the migrations and may be dropped at any time; what belongs to a post that is no more is dropped with the next value that is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, MetaData, Table, bindparam, delete, inspect, select

from pipeline.store import statements
from pipeline.store.tables import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_known = Table(
    "known",
    MetaData(),
    Column("what", WORD, primary_key=True),
    Column("post_id", WORD, primary_key=True),
    Column("made_of", WORD, nullable=False),
    Column("value", JSON, nullable=False),
)


class Known:
    """What a database remembers of single posts."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def of(self, what: str, made_of: Mapping[str, str]) -> dict[str, Any]:
        """Return by post what was made of the same as it is made of now."""
        with self._reading() as connection:
            if not inspect(connection).has_table(_known.name):
                return {}
            rows = connection.execute(select(_known.c.post_id, _known.c.made_of, _known.c.value).where(_known.c.what == what)).tuples()
            return {post: value for post, before, value in rows if made_of.get(post) == before}

    def keep(self, what: str, made_of: Mapping[str, str], values: Mapping[str, Any]) -> None:
        """Keep the values of some posts, and forget those of posts that are not among `made_of`."""
        with self._writing() as connection:
            _known.create(connection, checkfirst=True)
            there = connection.scalars(select(_known.c.post_id).where(_known.c.what == what))
            gone = [{"gone": post} for post in there if post not in made_of]
            statements.run(connection, delete(_known).where(_known.c.what == what, _known.c.post_id == bindparam("gone")), gone)
            rows = [{"what": what, "post_id": post, "made_of": made_of[post], "value": value} for post, value in values.items()]
            statements.put(connection, _known, rows)
