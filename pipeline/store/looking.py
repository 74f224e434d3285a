"""A look at a database that changes nothing in it: is it there, is it ours, which migration does it have.

Comes in: an address. Goes out: the number of its migration. Refuses, as `StoreError`, a database that cannot be opened, is damaged or belongs to
another program.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.store.failures import told
from pipeline.store.opening import make_engine, place_of, read_url, refuse_foreign, revision_of
from pipeline.store.tables import REVISION


def revision_at(written: str, timeout: float = 5.0) -> str | None:
    """Return the migration that a database has; None where there is no database yet, or an empty one."""
    url = read_url(written)
    place = place_of(url)
    if url.get_backend_name() == "sqlite" and not Path(place).is_file():
        return None
    engine = make_engine(url, timeout)
    try:
        with told(place), engine.connect() as connection:
            refuse_foreign(connection, place)
            if engine.dialect.name == "sqlite" and (damage := connection.scalar(text("PRAGMA quick_check(1)"))) != "ok":
                raise StoreError(
                    f"{place} must be whole. The database says: {damage}. Restore it from a backup with lessons restore.",
                    f"{place} เสียหาย ฐานข้อมูลแจ้งว่า: {damage} โปรดกู้คืนจากไฟล์สำรองด้วย lessons restore",
                )
            return revision_of(connection)
    finally:
        engine.dispose()


def is_current(revision: str) -> bool:
    """Tell whether a database with this migration is opened as it is; a run brings an older one up to date."""
    return revision == REVISION


def is_newer(revision: str) -> bool:
    """Tell whether a migration is one that only a newer version of the program knows.

    >>> is_newer(REVISION), is_newer("9999")
    (False, True)
    """
    return revision > REVISION
