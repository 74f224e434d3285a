"""What was asked to be forgotten goes: files first, then what the database keeps, then what is left of it in the database's free pages.

Comes in: a store that knows by hashes what is to go, the output folder and the folder of the team's models. Goes out: nothing but the change.
Refuses, as `StoreError`, files that cannot be removed and a database that cannot be written. Nothing is done where nothing was asked; everything may
be done again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.jobs.files import remove_file, told_of_files, write_text
from pipeline.jobs.keeping.eraser import Erasure, erasure_of
from pipeline.jobs.unchanged import published_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.forgotten import Erased
    from pipeline.store.store import Store

MAIL = "mail"
FEEDS = "feeds"  # as `jobs.collecting` calls its folder, which loads what asks other machines
_DERIVED = frozenset({"shadow.md", "suspects.jsonl"})  # reports on a team's model that quote posts
_LINES = frozenset({".jsonl", ".json", ".md"})


def finish_forgetting(store: Store, out: Path, team: Path) -> None:
    """Do what was asked and is not wholly done; files go before the database, which alone knows where they came from."""
    if not store.forgetting.is_open():
        return
    erasure = erasure_of(store)
    erased = store.forgetting.look(erasure)
    for file in files_of(out, erasure, erased):
        remove_file(file)
    for file in (*(_taught(team) if erasure.kinds - {"reader"} else ()), *collected_files(erased)):
        _rewrite(file, erasure)
    store.forgetting.erase(erasure)
    store.forgetting.scrub()
    store.forgetting.finish()


def files_of(out: Path, erasure: Erasure, erased: Erased) -> Iterator[Path]:
    """Yield the files of ours that go: all that tells of posts, where a post or a name goes; the messages of a reader, where only that one goes."""
    if erased.posts or erased.passages or erased.corrections:
        yield from published_files(out)
        yield from sorted((out / MAIL).glob("*.eml"))
    elif "reader" in erasure.kinds:
        yield from (file for file in sorted((out / MAIL).glob("*.eml")) if erasure.forgets_reader(_recipient(file)))


def _recipient(file: Path) -> str:
    """Return to whom a message goes."""
    with file.open("rb") as opened:
        head = next((line for line in opened if line.lower().startswith(b"to:")), b"")
    return head.partition(b":")[2].strip().decode("ascii", "replace")


def _taught(team: Path) -> list[Path]:
    """Return the files beside a team's models in which posts are quoted."""
    return sorted(file for file in team.glob("*/*") if file.suffix in _LINES)


def collected_files(erased: Erased) -> list[Path]:
    """Return the files that `lessons collect` has written, among those in which the posts stood."""
    files = {file_of(origin) for origin in erased.origins}
    return sorted(file for file in files if file.parent.name == FEEDS and file.suffix == ".jsonl" and file.is_file())


def file_of(origin: str) -> Path:
    """Return the file of an origin, which may name a line of it."""
    file, _, line = origin.rpartition(":")
    return Path(file if file and line.isdecimal() else origin)


def _rewrite(file: Path, erasure: Erasure) -> None:
    """Write a file of lines anew without what is forgotten; what is derived of posts goes."""
    if file.name in _DERIVED:
        remove_file(file)
        return
    with told_of_files(file):
        text = file.read_text(encoding="utf-8")
    lines = [kept for line in text.split("\n") if (kept := _line(line, file.suffix, erasure)) is not None]
    if "\n".join(lines) != text:
        write_text(file, "\n".join(lines))


def _line(line: str, suffix: str, erasure: Erasure) -> str | None:
    """Return a line as it may stay."""
    if suffix == ".jsonl":
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if isinstance(row, dict) and erasure.forgets_post(str(row.get("id") or row.get("post") or ""), row.get("url")):
            return None
    covered: str = erasure.cover_in(line)
    return covered
