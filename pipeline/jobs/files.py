"""Open what a run writes to: the store, and files of the output folder, each written whole or not at all.

Comes in: text, bytes, or lines of JSON. Goes out: a file under its name, replaced in one step. Refuses a folder that cannot be written, in one
sentence. A file that already holds the same text is left alone.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.errors import SettingsError, StoreError, reason_th
from pipeline.store.copying import sqlite_file
from pipeline.store.opening import read_url
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

PAGES = "posts"  # the folder, inside the output folder, of the cited posts' pages
_PART = ".lessons-*.part"  # a file while it is written
encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: `json.dumps` would make one a row
_LEFT_BEHIND = 3600.0  # seconds without a change after which nobody writes it any more


def open_store(database: str, out: Path) -> Store:
    """Return the store at the database URL; the output folder, where it stands by default, is made and swept first.

    Raises:
        SettingsError: when the URL is of no kind we know; nothing has been made then.
    """
    _prepare(database, out)
    return Store.open(database)


def _prepare(database: str, out: Path) -> None:
    """Make and sweep the output folder, once the address is one of a database."""
    read_url(database)
    with told_of_files(out):
        out.mkdir(parents=True, exist_ok=True)
        for pattern in (_PART, f"*/{_PART}"):
            for part in out.glob(pattern):
                _sweep(part)


def check_database(database: str, out: Path) -> None:
    """Refuse a database that a run could not use; one that is yet to be made is not made: as long as there is none, no run was."""
    _prepare(database, out)
    file = sqlite_file(database)
    if file is None or file.exists() or not os.access(file.parent, os.W_OK | os.X_OK):
        Store.open(database).close()


def is_made(database: str) -> bool:
    """Say whether a run may have made a database: of one on a server only that is known."""
    file = sqlite_file(database)
    return file is None or file.is_file()


def made_database(database: str) -> str:
    """Return the address of a database that a run has made; where there is none, none is made.

    Raises:
        SettingsError: when there is none.
    """
    if not is_made(database):
        file = sqlite_file(database)
        raise SettingsError(
            f"{file}: a run must have made the database. There is none. Run first, or name it with --database or --out.",
            f"{file}: ยังไม่มีฐานข้อมูล โปรดสั่ง lessons run ก่อน หรือระบุด้วย --database หรือ --out",
        )
    return database


def open_made_store(database: str, out: Path) -> Store:
    """Return the store that a run has made.

    Raises:
        SettingsError: when there is none.
    """
    return open_store(made_database(database), out)


def remove_file(file: Path) -> None:
    """Remove a file, unless another run has done so."""
    with told_of_files(file):
        file.unlink(missing_ok=True)


def remove_folder(folder: Path, names: Collection[str]) -> None:
    """Remove a folder that holds files of these names and nothing else."""
    with told_of_files(folder), suppress(FileNotFoundError):
        if all(file.is_file() and file.name in names for file in folder.iterdir()):
            shutil.rmtree(folder)


def write_text(file: Path, text: str) -> None:
    """Write `text` as UTF-8, unless the file holds it already."""
    write_bytes(file, text.encode("utf-8"))


def write_bytes(file: Path, data: bytes) -> None:
    """Write `data`, unless the file holds it already."""
    with told_of_files(file):
        if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
            return
    with replacing(file) as opened:
        opened.write(data)


def write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, without holding them all in memory."""
    with replacing(file) as opened:
        opened.writelines(map(line_of, rows))


def line_of(row: Mapping[str, Any]) -> bytes:
    """Return a JSON object as a line."""
    return encoded(row).encode("utf-8") + b"\n"


@contextmanager
def replacing(file: Path) -> Iterator[IO[bytes]]:
    """Give a new file that takes the place of the one of this name once it is whole."""
    with told_of_files(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".lessons-", suffix=".part", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                yield opened
                opened.flush()
                os.fsync(opened.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _sweep(part: Path) -> None:
    """Remove what a killed run left half written; what is young may be another run's at work."""
    with suppress(FileNotFoundError):
        if time.time() - part.stat().st_mtime > _LEFT_BEHIND:
            part.unlink()


@contextmanager
def told_of_files(file: Path) -> Iterator[None]:
    """Turn what the system says of a file into an error of ours."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            en=f"{file}: the output folder must be writable. Got {error.strerror or error}. Free the disk or name another folder with --out.",
            th=f"{file}: เขียนไฟล์ผลลัพธ์ไม่ได้ ({reason_th(error)}) เพิ่มที่ว่างในดิสก์ หรือระบุโฟลเดอร์อื่นด้วย --out",
        ) from error
