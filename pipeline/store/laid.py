"""Lines that are laid down on disk while something is worked out, so that they need not be held.

Comes in: lines by number. Goes out: the same. Refuses a disk that is full, in one sentence. They stand in a file without a name that nobody else can
open and that is gone with the mapping: there is nothing to keep right after a crash.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import closing, contextmanager

from pipeline.store.failures import told

_PLACE = "TMPDIR"  # names the folder where the system has such files


class Laid(MutableMapping[int, str]):
    """A mapping from numbers to lines whose lines are on disk, but for some megabytes at hand."""

    def __init__(self, file: sqlite3.Connection) -> None:
        """Take an empty file."""
        self._file = file
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("CREATE TABLE laid (number INTEGER PRIMARY KEY, line TEXT NOT NULL)")

    def __getitem__(self, number: int) -> str:
        """Return a line."""
        row = self._file.execute("SELECT line FROM laid WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return str(row[0])

    def __setitem__(self, number: int, line: str) -> None:
        """Lay a line down in place of the one that stands there."""
        self._file.execute("INSERT OR REPLACE INTO laid VALUES (?, ?)", (number, line))

    def __delitem__(self, number: int) -> None:
        """Take a line away."""
        if not self._file.execute("DELETE FROM laid WHERE number = ?", (number,)).rowcount:
            raise KeyError(number)

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers in their order."""
        return (int(row[0]) for row in self._file.execute("SELECT number FROM laid ORDER BY number"))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return int(self._file.execute("SELECT count(*) FROM laid").fetchone()[0])


@contextmanager
def laid_down() -> Iterator[Laid]:
    """Give a mapping whose lines are on disk as long as they are needed."""
    with told(_PLACE), closing(sqlite3.connect("", isolation_level=None)) as file:
        yield Laid(file)
