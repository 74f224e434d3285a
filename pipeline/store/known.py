"""What was worked out of single posts before, so that a night works it out for the new ones alone.

Comes in: what it is, and of what it was made. Goes out: the values that were made of the same. Refuses nothing. All of it is derived: it stands
outside the migrations and may be dropped at any time; what belongs to a post that is no more is forgotten.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, MetaData, Table, bindparam, delete, inspect, select

from pipeline.store import statements
from pipeline.store.queries import IDS
from pipeline.store.reading import by_ids
from pipeline.store.tables import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection, Select

    Connecting = Callable[[], AbstractContextManager[Connection]]

_ROWS_AT_ONCE = 200  # in memory while they come
OF_A_FILE = "file"  # what came of a file stands under its place, everything else under the id of a post

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
        return dict(self.each_of(what, made_of))

    def each_of(self, what: str, made_of: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        """Yield the same post by post, so that of a long archive all need not stand in memory."""
        with self._reading() as connection:
            if inspect(connection).has_table(_known.name):
                rows = by_ids(connection, _of_posts(what), list(made_of))
                yield from ((row["post_id"], row["value"]) for row in rows if made_of[row["post_id"]] == row["made_of"])

    def every(self, what: str) -> Iterator[tuple[str, str, Any]]:
        """Yield each post, of what it was made, and the value, whether it would be the same now or not."""
        with self._reading() as connection:
            if inspect(connection).has_table(_known.name):
                rows = select(_known.c.post_id, _known.c.made_of, _known.c.value).where(_known.c.what == what)
                yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(rows).tuples()

    def keep(self, what: str, made_of: Mapping[str, str], values: Mapping[str, Any]) -> None:
        """Keep the values of some posts."""
        self.keep_each(what, ((post, made_of[post], value) for post, value in values.items()))

    def keep_each(self, what: str, values: Iterable[tuple[str, str, Any]]) -> None:
        """Keep values as they come, each with its post and of what it was made; all of them or none."""
        rows = ({"what": what, "post_id": post, "made_of": made_of, "value": value} for post, made_of, value in values)
        first = next(rows, None)
        if first is None:
            return
        with self._writing() as connection:
            _known.create(connection, checkfirst=True)
            statements.put(connection, _known, chain([first], rows))

    def forget_other_posts(self, posts: Collection[str]) -> None:
        """Forget what was worked out of posts that are not among these."""
        self._forget_others(_known.c.what != OF_A_FILE, posts)

    def forget_other_files(self, files: Collection[str]) -> None:
        """Forget what came of files that are not among these."""
        self._forget_others(_known.c.what == OF_A_FILE, files)

    def _forget_others(self, kind: ColumnElement[bool], there: Collection[str]) -> None:
        with self._writing() as connection:
            if inspect(connection).has_table(_known.name):
                known = connection.scalars(select(_known.c.post_id).where(kind).distinct())
                gone = [{"gone": one} for one in known if one not in there]
                statements.run(connection, delete(_known).where(kind, _known.c.post_id == bindparam("gone")), gone)


def _of_posts(what: str) -> Select[tuple[Any, ...]]:
    return select(_known.c.post_id, _known.c.made_of, _known.c.value).where(_known.c.what == what, _known.c.post_id.in_(IDS))
