"""Files of which most stands as it did: a line of JSON, or an event of the calendar, that is made of the same is taken over as it is.

Comes in: the pieces of a file in their order, each with a key that is another where it would be, and how to make it. Goes out: the file, and beside
it what each of its pieces was made of. Refuses a folder that cannot be written. A file that is not as it was written, or of which nothing is known,
is made anew, piece by piece, and so is one of another program.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.jobs.files import line_of, replacing, write_bytes
from pipeline.jobs.unchanged import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Line = tuple[str, Callable[[], Mapping[str, Any]]]
    Piece = tuple[str, Callable[[], bytes]]


def write_known_lines(file: Path, lines: Iterable[Line]) -> None:
    """Write rows, one a line; only those are made that the file does not hold already."""
    write_known_pieces(file, ((key, partial(_made, row)) for key, row in lines))


def _made(row: Callable[[], Mapping[str, Any]]) -> bytes:
    return line_of(row())


def write_known_pieces(file: Path, pieces: Iterable[Piece], taken_over: Callable[[bytes], bytes] = bytes) -> None:
    """Write the pieces of a file; those that it holds already are taken over as `taken_over` returns them."""
    with keeping_pieces(file) as keep:
        for key, make in pieces:
            keep(key, make, taken_over)


@contextmanager
def keeping_pieces(file: Path) -> Iterator[Callable[..., bytes]]:
    """Give a function that returns the piece of a key, as the file holds it or as it is made now; the pieces asked for make the file anew."""
    told, written = bytearray(), hashlib.sha256()
    with _pieces_before(file) as before, replacing(file) as opened:

        def keep(key: str, make: Callable[[], bytes], taken_over: Callable[[bytes], bytes] = bytes) -> bytes:
            known = before(key)
            piece = make() if known is None else taken_over(known)
            told.extend(f"{key} {len(piece)}\n".encode("ascii"))
            written.update(piece)
            opened.write(piece)
            return piece

        yield keep
    write_bytes(beside(file), _head(written.hexdigest()).encode("ascii") + told)


def beside(file: Path) -> Path:
    """Return the file that says of what the pieces of another are made."""
    return file.with_name(f".{file.name.lstrip('.')}.pieces")


@contextmanager
def _pieces_before(file: Path) -> Iterator[Callable[[str], bytes | None]]:
    """Give the piece of a key in the file as it stands; none where the file is not the one of which something is known."""
    places = _places(file)
    if not places:
        yield lambda _key: None
        return
    with file.open("rb") as opened:

        def piece(key: str) -> bytes | None:
            if key not in places:
                return None
            start, end = places[key]
            opened.seek(start)
            return opened.read(end - start)

        yield piece


def _places(file: Path) -> dict[str, tuple[int, int]]:
    """Return where the piece of each key begins and ends in a file."""
    try:
        with beside(file).open(encoding="ascii") as known, file.open("rb") as opened:
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
