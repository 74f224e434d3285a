"""Whoever runs a flow by hand reads in one sentence that Prefect's server is lost, without Prefect's traceback."""

import logging

import httpx
import pytest

from flows.telling import lost_server_told
from pipeline.errors import LessonsError

SAID = "Encountered exception during execution"


def run_into(error):
    """Do what Prefect does with a flow that ends with an error."""
    with lost_server_told():
        log(error)
        raise error


class Kept(logging.Handler):
    """Keeps the lines that a log lets through: Prefect's own handlers send them to its server."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def lines(monkeypatch):
    """Return what the logs tell; none of it goes to a server."""
    kept = Kept()
    for name in ("prefect.flow_runs", "prefect.events.clients", "prefect._internal.concurrency"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [kept])
    return kept.lines


def log(error):
    logging.getLogger("prefect.flow_runs").error(SAID, exc_info=error)


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ReadTimeout("late"), RuntimeError("Failed to reach API at http://127.0.0.1:9/api/")], ids=repr
)
def test_a_lost_server_is_one_sentence(monkeypatch, lines, error):
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)  # set back afterwards
    with pytest.raises(LessonsError, match="must answer as long as a run lasts") as told:
        run_into(error)
    assert "เซิร์ฟเวอร์" in told.value.th
    assert lines == []
    log(error)  # of a run that a service starts, or of the next one
    assert lines == [SAID]


def test_what_a_lost_server_does_not_take_is_not_told_event_by_event(lines):
    told = [logging.getLogger(name) for name in ("prefect.events.clients", "prefect._internal.concurrency", "prefect.flow_runs")]
    with lost_server_told():
        for one in told:
            one.error("of %s", one.name)
    assert lines == ["of prefect.flow_runs"]


@pytest.mark.parametrize("error", [RuntimeError("another reason"), ValueError("a value")], ids=repr)
def test_what_else_goes_wrong_is_raised_and_logged_as_it_is(lines, error):
    with pytest.raises(type(error), match=str(error)):
        run_into(error)
    assert lines == [SAID]
