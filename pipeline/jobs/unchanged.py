"""Whether the files of an output folder tell what the store holds already, so that a run without news writes nothing.

Comes in: all that the files are made of, and the folder. Goes out: yes or no; after publishing, a mark beside the files. Refuses nothing: what it
does not know to be the same is written again. A file that was changed or removed is not the same, and neither is another version of the program.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.jobs.files import PAGES, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = ".published"
_PROGRAM = Path(__file__).parents[1]
_SOURCES = frozenset({".py", ".toml", ".csv", ".txt", ".html", ".xml", ".css", ".json", ".woff2"})
_BESIDE = (".books", ".*.pieces", ".*.rows")  # what the next run takes over of the files
_TOGETHER = ("posts.jsonl", "passages.jsonl", "threads.jsonl", "rejected.jsonl", "register.xlsx", "calendar.ics", "index.html", "masked.json")


def is_published(out: Path, made_of: Iterable[object], phases: Iterable[str]) -> bool:
    """Tell whether the files of the folder are made of this and stand as they were written."""
    mark = out / MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == _mark(out, made_of, phases)


def mark_published(out: Path, made_of: Iterable[object], phases: Iterable[str]) -> None:
    """Remember of what the files of the folder are made, and how they stand."""
    write_text(out / MARK, _mark(out, made_of, phases))


def _mark(out: Path, made_of: Iterable[object], phases: Iterable[str]) -> str:
    digest = hashlib.sha256(program().encode())
    for part in made_of:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
    for file in _files(out, phases):
        digest.update(file.relative_to(out).as_posix().encode())
        with file.open("rb") as opened:  # what many posts tell is a long file
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return f"{digest.hexdigest()}\n"


def _files(out: Path, phases: Iterable[str]) -> Iterator[Path]:
    yield from (out / name for name in _TOGETHER if (out / name).is_file())
    yield from sorted(out.glob("register-*.xlsx"))
    yield from (file for phase in phases for file in sorted((out / phase).glob("digest*")) if file.is_file())
    yield from sorted((out / PAGES).glob("*.html"))
    yield from (file for file in sorted((out / "outside").rglob("*")) if file.is_file())


def published_files(out: Path) -> Iterator[Path]:
    """Yield all that runs have written into the folder for people and programs, also for phases that are no more."""
    yield from (out / MARK,) if (out / MARK).is_file() else ()
    yield from sorted(file for pattern in _BESIDE for file in out.glob(pattern))
    yield from _files(out, sorted({file.parent.name for file in out.glob("*/digest*")}))


@lru_cache(maxsize=1)
def program() -> str:
    """Return the hash of the program and of its data."""
    digest = hashlib.sha256()
    for file in sorted(_PROGRAM.rglob("*")):
        if file.suffix in _SOURCES and "_assets" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()
