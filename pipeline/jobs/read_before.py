"""Files that were read before and are as they were: what came of them is known, so that a night reads new and changed files alone.

Comes in: files, the store, and what is to be forgotten. Goes out: for each file that stands as it was read what came of it. Refuses nothing: a file
of which anything was set aside, or whose posts the store has otherwise by now, is read again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.jobs.unchanged import program
from pipeline.records import Note, short_hash
from pipeline.store.known import OF_A_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.privacy import Counted
    from pipeline.sources import SourceFile
    from pipeline.store.store import Store


@dataclass(slots=True)
class Came:
    """What came of one file: content hash and source of each post by id, remarks on the reading, and how much was masked."""

    posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    masked: Counted = field(default_factory=Counter)


class ReadBefore:
    """What came of some files when they were last read."""

    def __init__(self, files: Sequence[SourceFile], store: Store, forgotten: str) -> None:
        """Look the files up; `forgotten` stands for all that the team has asked to forget."""
        self._store = store
        self._made_of = {file.origin: short_hash(program(), file.name, forgotten, digest) for file in files if (digest := _digest(file))}
        rows = store.known.of(OF_A_FILE, self._made_of)
        self._came = {origin: _came(row) for origin, row in rows.items()}
        self._standing = store.standing([post for came in self._came.values() for post in came.posts])
        self._new: dict[str, Any] = {}

    def of(self, file: SourceFile, seen: Sequence[Mapping[str, object]]) -> Came | None:
        """Return what came of a file, where it would be the same again; posts that were `seen` in another file are looked at anew."""
        came = self._came.get(file.origin)
        if came is None or any(self._standing.get(post) != place for post, place in came.posts.items()):
            return None
        return None if any(post in posts for post in came.posts for posts in seen) else came

    def keep(self, file: SourceFile, came: Came) -> None:
        """Remember what came of a file."""
        if file.origin in self._made_of:
            self._new[file.origin] = _row(came)

    def close(self) -> None:
        """Write down what is remembered."""
        self._store.known.keep(OF_A_FILE, self._made_of, self._new)


def _digest(file: SourceFile) -> str | None:
    try:
        with file.path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None  # whoever reads it says so


def _row(came: Came) -> dict[str, Any]:
    return {
        "posts": [[post, *place] for post, place in came.posts.items()],
        "notes": [[source, note.en, note.th] for source, note in came.notes],
        "masked": [[*what, count] for what, count in came.masked.items()],
    }


def _came(row: dict[str, Any]) -> Came:
    return Came(
        {post: (content, source) for post, content, source in row["posts"]},
        [(source, Note(en, th)) for source, en, th in row["notes"]],
        Counter({(kind, place): count for kind, place, count in row["masked"]}),
    )
