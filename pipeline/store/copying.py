"""A database as one file, and back.

Comes in: an address of a database, and a file. Goes out: a copy as the database is at one moment, or the database as the copy has it. Refuses, as
`StoreError`, a copy that is damaged, and a database that another program keeps locked. Putting back is one transaction of the database itself: what
is killed in it leaves the old state, and who reads meanwhile sees the old state.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from pipeline.errors import StoreError
from pipeline.store.failures import told
from pipeline.store.opening import read_url
from pipeline.store.tables import metadata

_WAIT = 10.0  # seconds for a lock


def sqlite_file(database: str) -> Path | None:
    """Return the file of an SQLite database; None where it is on a server."""
    url = read_url(database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def copy_sqlite(database: str, target: Path) -> None:
    """Copy a database that may be in use."""
    source = sqlite_file(database)
    with (
        told(str(source)),
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=_WAIT)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        written.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def restore_sqlite(copy: Path, target: Path) -> None:
    """Make a database what its copy holds, in one transaction."""
    with told(str(target)), closing(sqlite3.connect(copy)) as read, closing(sqlite3.connect(target, timeout=_WAIT)) as written:
        tables = {name for (name,) in read.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        whole = read.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not whole or "posts" not in tables & set(metadata.tables):
            raise StoreError(
                f"{copy.name}: the database in the backup must be whole. It is damaged. Nothing was changed; name another backup.",
                f"{copy.name}: ฐานข้อมูลในไฟล์สำรองเสียหาย ไม่มีอะไรถูกเปลี่ยน โปรดใช้ไฟล์สำรองอื่น",
            )
        written.execute("BEGIN IMMEDIATE")  # waits for a writer; the copy itself would not
        written.rollback()
        read.backup(written)


def server_command(program: str, database: str) -> tuple[list[str], dict[str, str]]:
    """Return how PostgreSQL's own program is called, and the environment in which its password stands: arguments can be seen by others.

    >>> server_command("pg_dump", "postgresql://km:secret@db/lessons")
    (['pg_dump', '--format=custom', '--no-owner', '--dbname=postgresql://km@db/lessons'], {'PGPASSWORD': 'secret'})
    """
    url = read_url(database).set(drivername="postgresql")
    shown = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query).render_as_string()
    options = (
        ["--format=custom", "--no-owner"]
        if program == "pg_dump"
        else ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    )
    return [program, *options, f"--dbname={shown}"], {"PGPASSWORD": url.password} if url.password else {}
