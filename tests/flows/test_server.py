"""A service has its folder of Prefect and its port for itself, and a server that answers."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from flows import server
from pipeline.errors import LessonsError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def unnamed(monkeypatch):
    """Name no server, so that one is started."""
    monkeypatch.setattr(server, "PREFECT_API_URL", type("Unset", (), {"value": staticmethod(lambda: None)}))


HOLD = """
import sys
from flows import server
with server._alone():
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.mark.usefixtures("unnamed")
def test_two_services_do_not_share_a_folder_of_prefect_even_where_they_begin_in_the_same_moment(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setattr(server, "_record", lambda: tmp_path / "prefect" / "unwritten")  # neither has written down yet that it serves
    first = subprocess.Popen([sys.executable, "-c", HOLD], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout.readline() == "mine\n"
        with monkeypatch.context() as patched:
            patched.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a second server was started"))
            with pytest.raises(LessonsError, match="one service at a time must use a folder") as told, server.running_server():
                pass
        assert str(tmp_path) in told.value.en
        assert str(tmp_path) in told.value.th
    finally:
        first.kill()  # one that is killed holds nothing
        first.communicate()
    with server._alone():
        pass


@pytest.mark.usefixtures("unnamed")
@pytest.mark.parametrize("spoil", [Path.mkdir, lambda lock: lock.write_text("other words" * 99, encoding="utf-8")], ids=["folder", "other words"])
def test_a_lock_that_cannot_be_written_is_refused_in_one_sentence(monkeypatch, tmp_path, spoil):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    spoil(tmp_path / "lessons-service")
    with pytest.raises(LessonsError, match="must be able to write its lock") as told, server.running_server():
        pass
    assert str(tmp_path / "lessons-service") in told.value.th


@pytest.mark.usefixtures("unnamed")
def test_a_lock_that_can_only_be_read_is_refused_as_two_could_have_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.setattr(server.os, "access", lambda file, mode: (file, mode) != (tmp_path / "lessons-service", os.W_OK))
    with pytest.raises(LessonsError, match="must be able to write its lock"), server.running_server():
        pass


@pytest.mark.usefixtures("unnamed")
def test_the_port_of_a_server_that_was_left_behind_is_taken_again(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with socket.socket() as left_behind:
        left_behind.bind(("127.0.0.1", 0))
        left_behind.listen()
        monkeypatch.setattr(server, "_PORT", left_behind.getsockname()[1])
        monkeypatch.setattr(server, "_stop_left_behind", left_behind.close)
        with server._alone(), server._port() as port:
            assert port == server._PORT


@pytest.mark.usefixtures("unnamed")
def test_a_server_that_does_not_answer_is_told_and_stopped(monkeypatch):
    started = []
    start = subprocess.Popen

    def sleep(_command, **options):
        started.append(start([sys.executable, "-c", "import time; time.sleep(60)"], **options))
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", sleep)
    monkeypatch.setattr(server, "_START_LIMIT", 1.0)
    with pytest.raises(LessonsError, match="must answer within 1 seconds") as told, server.running_server():
        pass
    assert "ไม่ตอบภายใน 1 วินาที" in told.value.th
    assert started[0].poll() is not None


def test_a_port_that_is_taken_is_not_used(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(server, "_PORT", taken.getsockname()[1])
        with server._port() as port:
            assert port not in {0, taken.getsockname()[1]}


def test_two_services_that_begin_together_have_a_port_each(monkeypatch):
    monkeypatch.setattr(server, "_PORT", server._free_port())
    with server._port() as first, server._port() as second:  # no server listens yet
        assert (first, second != first) == (server._PORT, True)
    with server._port() as port:
        assert port == server._PORT
