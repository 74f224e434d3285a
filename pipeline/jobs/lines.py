"""Files of JSON lines of which most stand as they did: a line that is made of the same is taken over as it is.

Comes in: the rows of a file in their order, each with a key that is another where its row would be, and how to make it. Goes out: the file, and
beside it what each of its lines was made of. Refuses a folder that cannot be written. A file that is not as it was written, or of which nothing is
known, is made anew, line by line, and so is one of another program.
"""

from __future__ import annotations

import hashlib
import mmap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.jobs.files import line_of, write_pieces, write_text
from pipeline.jobs.unchanged import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Line = tuple[str, Callable[[], Mapping[str, Any]]]
    _Before = Callable[[str], bytes | None]


def write_known_lines(file: Path, lines: Iterable[Line]) -> None:
    """Write the rows, one a line; only those are made that the file does not hold already."""
    told, written = list[str](), hashlib.sha256()
    with _lines_before(file) as before:

        def pieces() -> Iterator[bytes]:
            for key, row in lines:
                line = before(key) or line_of(row())
                told.append(f"{key} {len(line)}\n")
                written.update(line)
                yield line

        write_pieces(file, pieces())
    write_text(_beside(file), _head(written.hexdigest()) + "".join(told))


@contextmanager
def _lines_before(file: Path) -> Iterator[_Before]:
    """Give the line of a key in the file as it stands; none where the file is not the one of which something is known."""
    places = _places(file)
    if not places:
        yield lambda _key: None
        return
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as held:
        yield lambda key: held[slice(*places[key])] if key in places else None


def _places(file: Path) -> dict[str, tuple[int, int]]:
    """Return where the line of each key begins and ends in a file."""
    try:
        with _beside(file).open(encoding="ascii") as known, file.open("rb") as opened:
            if next(known, None) != _head(hashlib.file_digest(opened, "sha256").hexdigest()):
                return {}
            places, start = dict[str, tuple[int, int]](), 0
            for told in known:
                key, _, length = told.partition(" ")
                places[key] = start, start + int(length)
                start += int(length)
            return places
    except (OSError, ValueError):
        return {}


def _head(written: str) -> str:
    return f"{program()} {written}\n"


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.lines")
