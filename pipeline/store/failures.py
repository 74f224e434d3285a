"""What a database refuses, said so that a person can mend it.

Comes in: an exception of a database driver and the place it was about. Goes out: a `StoreError` with one clear sentence in English and in
Thai. Refuses nothing: a failure that nobody foresaw is passed on in the driver's own words.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

# A sentence for each kind of failure, found by the beginning of SQLite's name for it or of PostgreSQL's SQLSTATE.
_SENTENCES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("SQLITE_NOTADB", "SQLITE_CORRUPT", "XX001", "XX002"),
        "{place} must be a database of this program. Got no database, or a damaged one, instead. Restore it from a backup, or set --database.",
        "{place} ต้องเป็นฐานข้อมูลของโปรแกรมนี้ แต่พบไฟล์ที่ไม่ใช่ฐานข้อมูลหรือเป็นฐานข้อมูลที่เสียหาย โปรดกู้คืนจากสำเนาสำรอง หรือระบุที่อยู่อื่นด้วย --database",
    ),
    (
        ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
        "{place} must be a file in a folder that exists and can be written to. It cannot be opened there. Create the folder or set --database.",
        "{place} ต้องเป็นไฟล์ในโฟลเดอร์ที่มีอยู่จริงและเขียนได้ แต่เปิดหรือสร้างไฟล์ตรงนั้นไม่ได้ โปรดสร้างโฟลเดอร์หรือขอสิทธิ์เขียน หรือระบุที่อยู่อื่นด้วย --database",
    ),
    (
        ("SQLITE_READONLY", "25006"),
        "{place} must be writable. It can only be read. Ask for the right to write to the file and its folder, or set --database.",
        "{place} ต้องเขียนได้ แต่ตอนนี้อ่านได้อย่างเดียว โปรดขอสิทธิ์เขียนทั้งไฟล์และโฟลเดอร์ หรือระบุที่อยู่อื่นด้วย --database",
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01"),
        "{place} must be free to write to. Another program kept it locked for longer than the waiting time. Wait for it, or close it, and try again.",
        "{place} ต้องว่างให้เขียนได้ แต่มีโปรแกรมอื่นใช้งานและล็อกไว้นานเกินเวลาที่รอได้ โปรดรอหรือปิดโปรแกรมนั้น แล้วสั่งงานใหม่อีกครั้ง",
    ),
    (
        ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100"),  # the second where not even the file beside the database finds room
        "{place} must have room to grow. The disk is full, and nothing of this step was kept. Free some space and run the command again.",
        "{place} ต้องมีเนื้อที่ให้เขียนเพิ่ม แต่ดิสก์เต็ม งานในขั้นนี้จึงไม่ถูกบันทึก โปรดเพิ่มเนื้อที่ว่างแล้วสั่งงานใหม่อีกครั้ง",
    ),
    (
        ("SQLITE_IOERR", "58030"),
        "{place} must stand on a disk that can be read and written. The disk is full, or it fails. Free some space, check the disk, and try again.",
        "{place} ต้องอยู่บนดิสก์ที่อ่านและเขียนได้ แต่ดิสก์เต็มหรือขัดข้อง โปรดเพิ่มเนื้อที่ว่างและตรวจว่าดิสก์ใช้งานได้ปกติ แล้วสั่งงานใหม่อีกครั้ง",
    ),
)
_OTHERWISE = (
    "{place} must be a database that can be read and written. The database said: {said}. Check the place and the rights, and run the command again.",
    "{place} ต้องเป็นฐานข้อมูลที่อ่านและเขียนได้ แต่ฐานข้อมูลแจ้งว่า: {said} โปรดตรวจสอบที่อยู่และสิทธิ์การใช้งาน แล้วสั่งงานใหม่อีกครั้ง",
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn a failure of the database at `place` into a `StoreError`.

    >>> with told("lessons.db"):  # doctest: +ELLIPSIS
    ...     raise sqlite3.OperationalError("no such table: posts")
    Traceback (most recent call last):
    pipeline.errors.StoreError: lessons.db must be ... The database said: no such table: posts. Check ...
    """
    try:
        yield
    except DBAPIError as failure:
        raise _store_error(place, failure.orig or failure) from failure
    except sqlite3.Error as failure:
        raise _store_error(place, failure) from failure


def _store_error(place: str, cause: BaseException) -> StoreError:
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    said = str(cause).strip().partition("\n")[0].rstrip(".")
    en, th = next(((en, th) for codes, en, th in _SENTENCES if code.startswith(codes)), _OTHERWISE)
    return StoreError(en.format(place=place, said=said), th.format(place=place, said=said))
