"""The passages that one run has read, each made of its row once: every step asks for them again.

Comes in: rows of passages, their JSON as text. Goes out: records, the same one for the same row, and a mark of each that is another where its row is.
Refuses nothing. A run asks to have them kept, and so many are that memory stays bounded; otherwise a record is made each time.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Text, cast

from pipeline.store.rows import OF_A_PASSAGE, named, passage_of, passage_told
from pipeline.store.tables import passages

if TYPE_CHECKING:
    from sqlalchemy import Row

    from pipeline.records import Passage

_PLACED = 3  # columns at the end: what other posts and settings decide
SEEN = [cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column for column in (passages.c[name] for name in OF_A_PASSAGE)]
MOST = 250_000  # records that a run keeps in memory: whatever is followed stands there once in any case, and read again it would stand there twice


class KeptPassages:
    """The passages of a run by their ids; nothing is kept before somebody asks for it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.keeps = False
        self._made: dict[str, tuple[int, bytes, Passage | None]] = {}

    def of(self, row: Row[Any]) -> Passage:
        """Return the passage of a row that begins with the columns `SEEN`."""
        if not self.keeps:
            return passage_of(named(row))
        values = row[: len(SEEN)]
        mark = hash(values)
        made = self._made.get(values[0])
        if made and made[0] == mark and made[-1]:
            return made[-1]
        passage = passage_told(values)
        keeps = len(self._made) < MOST or (made and made[-1])
        self._made[passage.id] = mark, _mark(values[:-_PLACED]), passage if keeps else None
        return passage

    def mark(self, passage: Passage) -> str:
        """Return a hash of all that is known of a passage, but its phase and its group."""
        made = self._made.get(passage.id)
        return (made[1] if made else _mark(replace(passage, phase=None, phase_by="default", group=None))).hex()


def _mark(told: object) -> bytes:
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=8).digest()
