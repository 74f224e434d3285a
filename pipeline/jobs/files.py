"""Open what a run writes to: the store, and files of the output folder, each written whole or not at all.

Comes in: text, or lines of JSON. Goes out: a file under its name, replaced in one step. Refuses a folder that cannot be written, in one
sentence. A file that already holds the same text is left alone.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def open_store(database: str, out: Path) -> Store:
    """Return the store at the database URL; the output folder, where it stands by default, is made first."""
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
    return Store.open(database)


def write_text(file: Path, text: str) -> None:
    """Write `text` as UTF-8, unless the file holds it already."""
    data = text.encode("utf-8")
    with _told(file):
        if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
            return
    with _replacing(file) as opened:
        opened.write(data)


def write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, without holding them all in memory."""
    with _replacing(file) as opened:
        for row in rows:
            opened.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")


@contextmanager
def _replacing(file: Path) -> Iterator[IO[bytes]]:
    with _told(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
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


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            en=f"{file}: the output folder must be writable. Got {error.strerror or error}. Free the disk or name another folder with --out.",
            th=f"{file}: เขียนไฟล์ผลลัพธ์ไม่ได้ ({error.strerror or error}) เพิ่มที่ว่างในดิสก์ หรือระบุโฟลเดอร์อื่นด้วย --out",
        ) from error
