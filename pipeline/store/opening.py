"""Opens a database, and brings it up to date.

Comes in: an address such as ``sqlite:///out/lessons.db`` or ``postgresql://km@host/lessons``. Goes out: an engine whose tables are those of
`pipeline.store.tables`. Refuses: an address of another kind, a database that another program or a newer version of this one made.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.errors import SettingsError, StoreError
from pipeline.store.tables import REVISION, REVISION_TABLE, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
as_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # as a database of ours holds it
_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 727_548_100  # any number, the same in every process: who migrates on PostgreSQL holds it


def read_url(written: str) -> URL:
    """Return the address of a database of a kind we know; refuse any other.

    >>> read_url("postgres://km@db.example.org/lessons").drivername
    'postgresql+psycopg'
    """
    try:
        url = make_url(written)
    except (ArgumentError, ValueError) as failure:
        raise _wrong_address(written) from failure
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None or not url.database or ":memory:" in url.database:
        raise _wrong_address(written)
    return url.set(drivername=driver)


def place_of(url: URL) -> str:
    """Return how to name the database to people: the file, or the address without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def make_engine(url: URL, timeout: float) -> Engine:
    """Return an engine that waits at most `timeout` seconds for a lock and, with the option ``writing``, takes the lock at once."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": timeout}, json_serializer=as_json)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    waiting = {"connect_timeout": max(2, round(timeout)), "options": f"-c lock_timeout={round(timeout * 1000)}"}
    try:
        return create_engine(url, connect_args=waiting, json_serializer=as_json)
    except ModuleNotFoundError as failure:
        raise StoreError(
            f"{place_of(url)} needs the package {failure.name}, which is not installed. Install psycopg[binary], or use sqlite:///FILE.",
            f"{place_of(url)} ต้องใช้แพ็กเกจ {failure.name} ซึ่งยังไม่ได้ติดตั้ง โปรดติดตั้ง psycopg[binary] หรือใช้ sqlite:///ชื่อไฟล์ แทน",
        ) from failure


def bring_up_to_date(engine: Engine, place: str, timeout: float) -> None:
    """Create or migrate the tables; two processes may do so at the same moment."""
    with engine.connect() as connection:
        current = revision_of(connection) == REVISION
        refuse_foreign(connection, place)
    if engine.dialect.name == "sqlite":
        _use_wal(engine, timeout)
    if current:
        return
    with engine.execution_options(writing=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATION_LOCK})
        _migrate(connection, place)  # nothing is left to do where another process was faster


def _wrong_address(written: str) -> SettingsError:
    shown = written.rpartition("@")[2]  # what stands before it may hold a password
    return SettingsError(
        f"The database must be named by an address such as sqlite:///lessons.db or postgresql://USER@HOST/NAME. Got {shown!r} instead. "
        "Correct --database.",
        f"ที่อยู่ของฐานข้อมูลต้องเป็นแบบ sqlite:///lessons.db หรือ postgresql://USER@HOST/NAME แต่ได้รับ {shown!r} โปรดแก้ไขค่า --database",
    )


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own: `_begin_sqlite` does
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that first reads and then asks for the lock would fail at once instead of waiting.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def _use_wal(engine: Engine, timeout: float) -> None:
    # Readers and one writer side by side. SQLite does not wait for a lock when it changes the journal, so we do.
    until = time.monotonic() + timeout
    raw = engine.raw_connection()
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as failure:
                if failure.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    raise
                time.sleep(0.02)
            else:
                return
    finally:
        raw.close()


def revision_of(connection: Connection) -> str | None:
    """Return the migration that a database has, None where it has no tables of ours."""
    if not inspect(connection).has_table(REVISION_TABLE):
        return None
    found: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {REVISION_TABLE}").scalar()  # noqa: S608 - a constant of ours
    return found


def refuse_foreign(connection: Connection, place: str) -> None:
    """Refuse the database of another program."""
    there = set(inspect(connection).get_table_names())  # one look: another process may be making the tables just now
    if REVISION_TABLE in there:
        return
    # A file is ours alone; a PostgreSQL schema may be shared, as long as our names are free.
    taken = sorted(there if connection.dialect.name == "sqlite" else there & set(metadata.tables))
    if taken:
        raise StoreError(
            f"{place} must be empty or a database of this program. Got the table {taken[0]!r} of another program instead. "
            "Name another database with --database.",
            f"{place} ต้องเป็นฐานข้อมูลว่างหรือฐานข้อมูลของโปรแกรมนี้ แต่พบตาราง {taken[0]!r} ของโปรแกรมอื่น โปรดระบุฐานข้อมูลอื่นด้วย --database",
        )


def _migrate(connection: Connection, place: str) -> None:
    with _quiet_alembic():
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        found = revision_of(connection)
        if found not in {None, *(script.revision for script in ScriptDirectory.from_config(config).walk_revisions())}:
            raise StoreError(
                f"{place} must be made by this version of the program or an older one (up to {REVISION}). Got {found!r}, which a newer version made. "
                "Install the newer version, or name another database with --database.",
                f"{place} ต้องสร้างโดยโปรแกรมรุ่นนี้หรือรุ่นเก่ากว่า (ไม่เกิน {REVISION}) แต่พบ {found!r} ซึ่งโปรแกรมรุ่นใหม่กว่าสร้างไว้ "
                "โปรดติดตั้งโปรแกรมรุ่นใหม่ หรือระบุฐานข้อมูลอื่นด้วย --database",
            )
        command.upgrade(config, "head")


@contextmanager
def _quiet_alembic() -> Iterator[None]:
    logger = logging.getLogger("alembic")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
