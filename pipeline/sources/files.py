"""Find the files of the sources and open them.

Comes in: the files and folders that a person named. Goes out: `SourceFile`, in name order, each once. Refuses a source that does not
exist, and anything that is not a plain file; passes over hidden files, settings, databases, pictures and our own output folders.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pipeline.errors import SettingsError
from pipeline.sources.decoding import decode_name
from pipeline.sources.refusals import no_post, refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

OUTPUT_FILES = ("passages.jsonl", "posts.jsonl")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `name` is relative to the source that was named, with forward slashes."""

    path: Path
    name: str

    @property
    def ending(self) -> str:
        """Return the ending in small letters, with its dot."""
        return self.path.suffix.lower()

    @property
    def origin(self) -> str:
        r"""Return the absolute path, with forward slashes; bytes that are no UTF-8 stand as numbers (\xe9), so that no two files have the same.

        A name that has the signs of such a number itself has its backslash as a number, too.
        """
        return os.fsencode(self.path.absolute().as_posix()).replace(rb"\x", rb"\x5cx").decode("utf-8", "backslashreplace")


def walk(sources: Sequence[Path], endings: Collection[str]) -> Iterator[SourceFile]:
    """Yield the files of the sources in name order; a file that is named itself comes whatever its ending."""
    for source in sources:
        if not source.exists():
            message = f"{_readable(str(source))}: POSTS must be a file or a folder. Got nothing of that name. Check the spelling of the path."
            thai = f"{_readable(str(source))}: ที่เก็บบันทึกต้องเป็นไฟล์หรือโฟลเดอร์ที่มีอยู่ แต่ไม่พบชื่อนี้ โปรดตรวจการสะกดที่อยู่ไฟล์"
            raise SettingsError(message, thai)
    seen: set[tuple[int, int]] = set()
    for source in sources:
        found = _walk_folder(source, source, endings, seen) if source.is_dir() else iter([SourceFile(source, _readable(source.name))])
        for file in found:
            if _is_folder(file.path) or _first_time(file.path, seen):  # a folder comes only where it cannot be listed
                yield file


def _walk_folder(folder: Path, source: Path, endings: Collection[str], seen: set[tuple[int, int]]) -> Iterator[SourceFile]:
    """Yield the files below a folder; a folder that cannot be listed comes as a file, so that reading it says why."""
    if not _first_time(folder, seen):
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield SourceFile(folder, _name_in(source, folder))
        return
    if set(OUTPUT_FILES) <= {entry.name for entry in entries}:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if _is_folder(entry):
            yield from _walk_folder(entry, source, endings, seen)
        elif entry.suffix.lower() in endings:
            yield SourceFile(entry, _name_in(source, entry))


def _is_folder(path: Path) -> bool:
    """Say whether an entry is a folder; what may not be looked at is read as a file, so that reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _first_time(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Say whether a file or folder was not met before, also under another name; what has vanished counts as new."""
    try:
        status = path.stat()
    except OSError:
        return True
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _name_in(source: Path, path: Path) -> str:
    """Return the path relative to its source, or the folder's own name for the source itself."""
    return _readable(source.name if path == source else path.relative_to(source).as_posix())


def _readable(path: str) -> str:
    """Return a path as text that can be written to any file; each name in it may be in an encoding of its own."""
    return "/".join(map(decode_name, os.fsencode(path).split(b"/")))


def open_file(file: SourceFile, largest: int | None = None) -> BinaryIO:
    """Open a plain file for reading bytes; refuse folders, devices, empty files and files over `largest` bytes.

    Raises:
        SourceError: when it is no file to read posts from.
        OSError: when the system does not open it.
    """
    status = file.path.stat()
    if not stat.S_ISREG(status.st_mode):
        is_folder = stat.S_ISDIR(status.st_mode)
        if is_folder:
            next(file.path.iterdir(), None)  # the usual reason is the system's: permission denied
        found = ("a folder", "โฟลเดอร์") if is_folder else ("a device or a pipe", "อุปกรณ์หรือไปป์")
        raise refusal(
            file.name,
            f"a source must be a plain file. Got {found[0]} instead. Save the posts as files.",
            f"แหล่งข้อมูลต้องเป็นไฟล์ธรรมดา แต่พบ{found[1]} โปรดบันทึกเนื้อหาเป็นไฟล์",
        )
    if status.st_size == 0:
        raise no_post(file.name)
    if largest is not None and status.st_size > largest:
        megabytes, most = status.st_size / 1e6, largest / 1e6
        raise refusal(
            file.name,
            f"a file must be {most:.0f} MB at most. Got {megabytes:.1f} MB. Divide its posts among several files.",
            f"ไฟล์ต้องมีขนาดไม่เกิน {most:.0f} MB แต่พบ {megabytes:.1f} MB โปรดแบ่งบันทึกเป็นหลายไฟล์",
        )
    return file.path.open("rb")
