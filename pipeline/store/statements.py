"""The statements that write, and the one way to run them over many rows.

Comes in: a connection inside a transaction, and rows. Goes out: nothing but the change. Refuses nothing: the transaction's owner does.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.store.tables import analyses, passages, posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Executable, Table

_ROWS_AT_ONCE = 1_000  # of which the database is told together: all of them, as it takes them, would stand in memory several times
RETIRE = update(posts).where(posts.c.id == bindparam("missing")).values(retired=True)
MOVE_PASSAGES = update(passages).where(passages.c.post_id == bindparam("post")).values(source=bindparam("new_source"))
DROP_ANALYSIS = delete(analyses).where(analyses.c.post_id == bindparam("post"))
DROP_MODEL_PASSAGES = delete(passages).where(passages.c.post_id == bindparam("post"), passages.c.origin == "model")
ADD_PASSAGE = insert(passages)
SET_PHASE = update(passages).where(passages.c.id == bindparam("passage")).values(phase=bindparam("new_phase"), phase_by=bindparam("new_by"))
SET_GROUP = update(passages).where(passages.c.id == bindparam("passage")).values(group_id=bindparam("new_group"))
SET_PHASES_KEY = (
    update(analyses)
    .where(analyses.c.post_id == bindparam("post"), analyses.c.content_hash == bindparam("read_hash"))
    .values(phases_key=bindparam("new_key"))
)


def run(connection: Connection, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
    """Run the statement once for each row, some at a time as they come: without a row not at all."""
    left = iter(rows)
    while some := list(islice(left, _ROWS_AT_ONCE)):
        connection.execute(statement, some)


def put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows, or replace those that are there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    kept = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    run(connection, statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=kept), rows)
