"""Whether anything of which the digests tell is other than before: a hash of what the database holds.

Comes in: a connection, and the keys of the passages as they are told. Goes out: 64 hex digits. Refuses nothing. Texts of posts stand in it by their
hash, passages by the keys that a run has of them; what only runs, mails and the entries of reviewers need is left out; every other table counts, so
that one more is never forgotten.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Text, select, type_coerce

from pipeline.store.tables import metadata, passages, posts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_BESIDE = frozenset(
    {
        "feeds",
        "outbox",
        "addresses",
        "secrets",
        "journal",
        "runs",
        "queue",
        "near_misses",
        "forgotten",
        "reviewers",
        "review_links",
        "review_sessions",
    }
)
_ROWS_AT_ONCE = 1_000


def fingerprint(connection: Connection, told: Iterable[str]) -> str:
    """Return the hash of the keys of all passages and of the rows of all other tables, in the order of theirs."""
    digest = hashlib.sha256()
    for key in told:
        digest.update(key.encode())
    for table in sorted(metadata.tables.values(), key=lambda one: one.name):
        if table is passages or table.name in _BESIDE:
            continue
        columns = [type_coerce(column, Text) if isinstance(column.type, JSON) else column for column in table.c if column is not posts.c.text]
        rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(*columns).order_by(*table.primary_key.columns))
        digest.update(table.name.encode())
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
