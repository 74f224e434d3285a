"""Who runs at the moment: the row that only one owner holds, and the beat by which others see that the owner lives.

Comes in: who wants the turn. Goes out: nothing where it was free, else who has it. Refuses nothing. The beat is a number that grows, not a time:
clocks of two machines differ, and a clock may go backwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.store.tables import runs

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Executable

    Transaction = Callable[[], AbstractContextManager[Connection]]

_ONE = "run"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who runs, in which process of which machine, since when, and how often it has said so."""

    owner: str
    place: str
    started: str
    beat: int = 0


class Turns:
    """The turns of a store; each method is one transaction."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def holder(self) -> Turn | None:
        """Return who has the turn."""
        with self._reading() as connection:
            return _holder(connection)

    def take(self, wanted: Turn) -> Turn | None:
        """Take the turn where nobody has it; else return who has."""
        with self._writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = {"id": _ONE, **_values(wanted)}
            taken = connection.execute(dialect.insert(runs).values(row).on_conflict_do_nothing().returning(runs.c.owner)).scalar()
            return None if taken else _holder(connection)

    def take_over(self, gone: Turn, wanted: Turn) -> bool:
        """Take the turn from an owner that lives no more, unless it has moved since; return whether it was taken."""
        same = (runs.c.id == _ONE, runs.c.owner == gone.owner, runs.c.beat == gone.beat)
        return self._changed(update(runs).where(*same).values(_values(wanted)))

    def beat(self, owner: str) -> bool:
        """Say that the owner lives; return whether it still has the turn."""
        return self._changed(update(runs).where(runs.c.owner == owner).values(beat=runs.c.beat + 1))

    def give_back(self, owner: str) -> None:
        """Free the turn, unless another has taken it over."""
        self._changed(delete(runs).where(runs.c.owner == owner))

    def _changed(self, statement: Executable) -> bool:
        with self._writing() as connection:
            result = connection.execute(statement)
            assert isinstance(result, CursorResult)
            return result.rowcount == 1


def _values(turn: Turn) -> dict[str, str | int]:
    return {"owner": turn.owner, "place": turn.place, "started": turn.started, "beat": turn.beat}


def _holder(connection: Connection) -> Turn | None:
    row = connection.execute(select(runs.c.owner, runs.c.place, runs.c.started, runs.c.beat).where(runs.c.id == _ONE)).one_or_none()
    return Turn(*row) if row else None
