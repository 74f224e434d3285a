"""Whoever runs a flow by hand reads in one sentence that Prefect's server is lost, without Prefect's traceback."""

import logging
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from flows.server import running_server
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


@contextmanager
def answering(status, answer):
    """Have PREFECT_API_URL name a web server that answers everything alike."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as web:
        Thread(target=web.serve_forever).start()
        named = f"http://user:secret@127.0.0.1:{web.server_port}/api"
        try:
            with temporary_settings({PREFECT_API_URL: named, PREFECT_CLIENT_MAX_RETRIES: 0}):
                yield
        finally:
            web.shutdown()


@pytest.mark.parametrize("begins", [lost_server_told, running_server], ids=["a run", "a service"])
@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (200, b"<!doctype html><p>hello</p>", "where something else answers"),
        (404, b"", "where something else answers"),
        (200, b'{"hello": "world"}', "where something else answers"),
        (200, b"[1]", "where something else answers"),
        (200, b'"2.20.3"', "where something else answers"),
        (503, b"", "must answer as long as a run lasts"),
    ],
    ids=["a page", "nothing there", "an object", "a list", "an older Prefect", "out of service"],
)
def test_an_address_where_something_else_than_prefect_answers_is_one_sentence(status, answer, told, begins):
    with answering(status, answer), pytest.raises(LessonsError, match=told) as refused, begins():
        pytest.fail("a flow was run")
    assert "secret" not in refused.value.en + refused.value.th
    assert "PREFECT_API_URL" in refused.value.th


@pytest.mark.usefixtures("server")
def test_a_server_of_prefect_is_taken():
    with running_server(), lost_server_told():
        assert PREFECT_API_URL.value()
