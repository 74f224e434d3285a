"""Rows are told to the database as they come: of many, few stand in memory."""

import pytest

from pipeline.store import statements
from pipeline.store.tables_of_review import queue


class Listening:
    """A connection that counts the rows it is told together."""

    dialect = type("Dialect", (), {"name": "sqlite"})

    def __init__(self):
        self.told = []

    def execute(self, _statement, rows):
        self.told.append(len(rows))


@pytest.mark.parametrize(("rows", "told"), [(0, []), (1, [1]), (7, [3, 3, 1])])
def test_rows_are_told_some_at_a_time(monkeypatch, rows, told):
    monkeypatch.setattr(statements, "_ROWS_AT_ONCE", 3)
    one, other = Listening(), Listening()
    statements.run(one, queue.delete(), ({"item": str(number)} for number in range(rows)))
    statements.put(other, queue, ({"item": str(number)} for number in range(rows)))
    assert (one.told, other.told) == (told, told)
