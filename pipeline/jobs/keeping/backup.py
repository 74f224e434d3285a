"""Backup and restore: one file that holds the database as it is at one moment, the team's models and its settings.

Comes in: the order of a run, and a file. Goes out: the file, or the state that it holds. Refuses, as `SettingsError` or `StoreError`, a file that is
no whole backup, a database in use, a full disk, and PostgreSQL where its own programs are not at hand. Either is done wholly or not at all: a backup
takes its name when it is complete, and a restored database takes the place of the old one in one transaction.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError, StoreError, reason_th
from pipeline.jobs.files import open_made_store, open_store
from pipeline.jobs.keeping.erasing import finish_forgetting
from pipeline.store.copying import copy_sqlite, restore_sqlite, server_command, sqlite_file
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.forgotten import Forgotten
    from pipeline.jobs.run import RunOrder

DATABASE, DUMP, SETTINGS, MODELS, CONTENTS = "lessons.db", "lessons.dump", "lessons.toml", "models", "contents.json"
FORMAT = 1


def back_up(order: RunOrder, file: Path) -> Path:
    """Write a backup of everything that a run does not find again: runs may go on meanwhile."""
    open_made_store(order.database, order.out).close()  # brought up to date, and refused where it is none of ours
    with _told(file), _folder_beside(file) as folder:
        kept = _collect(order, folder)
        contents = {"format": FORMAT, "files": {name: _checksum(path) for name, path in kept.items()}}
        part = folder / "backup.part"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(CONTENTS, json.dumps(contents, ensure_ascii=False, sort_keys=True))
            for name, path in kept.items():
                made.write(path, name)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.chmod(0o600)  # posts, addresses and secrets of the team are in it
        part.replace(file)
    return file


def restore(order: RunOrder, file: Path) -> list[Path]:
    """Put back what a backup holds; return the files beside the database that were put back."""
    with _told(file):
        file.stat()  # where no backup is, no folder is made for what would stand in it
    with _told(file), _folder_beside(order.out / DATABASE) as folder:
        names = _unpack(file, folder)
        target, asked = sqlite_file(order.database), _forgotten(order)
        if (target is None) != (DUMP in names):
            raise SettingsError(
                f"{file}: must be restored into a database of its own kind. Got one of another kind. Name another with --database.",
                f"{file}: ต้องกู้คืนลงฐานข้อมูลชนิดเดียวกัน โปรดระบุฐานข้อมูลอื่นด้วย --database",
            )
        first = [name for name in names if name.count("/") > 1]  # models stand by themselves; what points to them follows the database
        put = [_put(folder / name, order, name) for name in first]
        if target:
            _forget_in(f"sqlite:///{folder / DATABASE}", asked)
            restore_sqlite(folder / DATABASE, target)
        else:
            _run(server_command("pg_restore", order.database), [str(folder / DUMP)])
            _forget_in(order.database, asked)
        put += [_put(folder / name, order, name) for name in names if name not in {DATABASE, DUMP, *first}]
    with open_store(order.database, order.out) as store:
        finish_forgetting(store, order.out, _models(order))
    return put


def _forgotten(order: RunOrder) -> list[Forgotten]:
    """Return what the team has asked to forget, as far as its database can still tell: an older state must not bring it back."""
    file = sqlite_file(order.database)
    if file and not file.is_file():
        return []
    with suppress(StoreError), open_store(order.database, order.out) as store:
        return store.forgetting.rows()
    return []


def _forget_in(database: str, asked: list[Forgotten]) -> None:
    """Let a restored database know what is to be forgotten."""
    if asked:
        with Store.open(database) as store:
            store.forgetting.remember(asked, datetime.now(UTC).replace(tzinfo=None))


def is_backup(file: Path) -> bool:
    """Tell whether a file is a backup of ours; nothing in it is looked at."""
    try:
        with zipfile.ZipFile(file) as packed:
            return CONTENTS in packed.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _collect(order: RunOrder, folder: Path) -> dict[str, Path]:
    """Return what goes into a backup, by name."""
    kept = {}
    if sqlite_file(order.database):
        copy_sqlite(order.database, folder / DATABASE)
        kept[DATABASE] = folder / DATABASE
    else:
        _run(server_command("pg_dump", order.database), ["--file", str(folder / DUMP)])
        kept[DUMP] = folder / DUMP
    if order.config:
        kept[SETTINGS] = order.config
    models = _models(order)
    return kept | {f"{MODELS}/{path.relative_to(models).as_posix()}": path for path in sorted(models.rglob("*")) if path.is_file()}


def _models(order: RunOrder) -> Path:
    """Return the folder of the team's own models: beside its database, or in its output folder where that is on a server."""
    database = sqlite_file(order.database)
    return (database.parent if database else order.out) / MODELS


def _put(source: Path, order: RunOrder, name: str) -> Path:
    """Put a file back whole; settings that differ are kept as they are, and the old ones stand beside them."""
    if name == SETTINGS:
        target = order.config or order.out / SETTINGS
        if target.is_file() and target.read_bytes() != source.read_bytes():
            target = target.with_name("lessons.restored.toml")
    else:
        target = _models(order) / name.partition("/")[2]
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.replace(target)
    return target


def _unpack(file: Path, folder: Path) -> list[str]:
    """Unpack a backup beside its goal, and compare every file with its checksum before anything is touched."""
    try:
        with zipfile.ZipFile(file) as packed:
            contents = json.loads(packed.read(CONTENTS))
            names: dict[str, str] = contents["files"]
            sound = contents["format"] == FORMAT and set(packed.namelist()) == {CONTENTS, *names} and all(map(_is_ours, names))
            for name in names if sound else ():
                packed.extract(name, folder)
            sound = sound and all(_checksum(folder / name) == checksum for name, checksum in names.items())
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError):
        sound = False
    if not sound:
        raise SettingsError(
            f"{file}: must be a whole backup of this program. Got something else, or a damaged one. Nothing was changed; name another file.",
            f"{file}: ต้องเป็นไฟล์สำรองของโปรแกรมนี้ที่สมบูรณ์ แต่พบไฟล์อื่นหรือไฟล์ที่เสียหาย ไม่มีอะไรถูกเปลี่ยน โปรดระบุไฟล์อื่น",
        )
    return sorted(names)


def _is_ours(name: str) -> bool:
    """Tell whether a file of a backup has a place: names lead nowhere else."""
    parts = Path(name).parts
    sound = ".." not in parts and not Path(name).is_absolute() and "\\" not in name
    return sound and (name in {DATABASE, DUMP, SETTINGS} or (parts[0] == MODELS and len(parts) > 1))


def _checksum(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _run(called: tuple[list[str], dict[str, str]], arguments: list[str]) -> None:
    """Run a program of PostgreSQL, which must be at hand."""
    [program, *rest], environment = called
    found = shutil.which(program)
    if found is None:
        raise StoreError(
            f"{program}: must be installed to back up or restore a PostgreSQL database. It was not found. Install the PostgreSQL client programs.",
            f"{program}: ต้องติดตั้งโปรแกรมของ PostgreSQL ก่อนจึงสำรองหรือกู้คืนได้ แต่ไม่พบ โปรดติดตั้ง postgresql-client",
        )
    command_line, around = [found, *rest, *arguments], {**os.environ, **environment}
    done = subprocess.run(command_line, env=around, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise StoreError(
            f"{program}: must end well. It said: {said}. Nothing was changed; correct it.", f"{program}: ทำไม่สำเร็จ ({said}) ไม่มีอะไรถูกเปลี่ยน"
        )


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """Return a folder on the disk of a file, for the time of the block."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".lessons-keep-", dir=file.parent) as folder:
        yield Path(folder)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise StoreError(
            f"{file}: must be in a folder that can be read and written. Got {failure.strerror or failure}. Nothing was changed; correct it.",
            f"{file}: ต้องอยู่ในโฟลเดอร์ที่อ่านและเขียนได้ แต่{reason_th(failure)} ไม่มีอะไรถูกเปลี่ยน",
        ) from failure
