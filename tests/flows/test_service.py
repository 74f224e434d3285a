"""One real service from its start to its stop."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Service:
    """``lessons serve`` in a process of its own, and the Prefect server that it starts."""

    def __init__(self, home, order):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LESSONS_"))}
        self.log = home / "log"
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", "serve", *order["sources"], "--out", order["out"]]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**environment, "PREFECT_HOME": str(home), "LESSONS_LOG": "json"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.port = None

    def ask(self, path, body=None):
        """Return the server's answer; its database is locked for a moment now and then, and it answers 503."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/{path}", data=data, headers={"Content-Type": "application/json"})
        for attempt in range(10):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503 or attempt == 9:
                    raise
                time.sleep(1)
        return None

    def deployment(self):
        """Return the one deployment, or nothing as long as the server does not know it."""
        self.port = self.port or next((words[words.index("--port") + 1] for words in map(words_of, self.family()) if "--port" in words), None)
        try:
            return next(iter(self.ask("deployments/filter", {})), None) if self.port else None
        except OSError:
            return None

    def family(self):
        """Return the processes of its session."""
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if session_of(folder) == self.process.pid]


def words_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return []


def session_of(folder):
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return None


def until(true, seconds):
    """Wait until something is there, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.3)
    assert found
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    home = tmp_path_factory.mktemp("service")
    (home / "posts").mkdir()
    (home / "posts" / "good.txt").write_text("เล่าจากวงคุย\n\nตอนนี้ยังขาดคนพาคุย\n", encoding="utf-8")
    started = Service(home, {"sources": [str(home / "posts")], "out": str(home / "out")})
    yield started
    for process in started.family():
        os.kill(process, signal.SIGKILL)


def outcome(service):
    """Ask for a run, and return how it ended."""
    run = service.ask(f"deployments/{until(service.deployment, 120)['id']}/create_flow_run", {"parameters": {"model": "cues"}})
    done = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
    until(lambda: service.ask(f"flow_runs/{run['id']}")["state"]["type"] in done, 90)
    return service.ask(f"flow_runs/{run['id']}")["state"]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the processes of the service in /proc")


@needs_proc
def test_the_service_starts_and_says_what_it_serves(service):
    deployment = until(service.deployment, 120)
    assert (deployment["name"], deployment["paused"]) == ("posts", False)
    assert [(row["schedule"]["cron"], row["schedule"]["timezone"], row["active"]) for row in deployment["schedules"]] == [
        ("30 1 * * *", "Asia/Bangkok", True)
    ]
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


@needs_proc
def test_the_service_runs_the_flow(service):
    state = outcome(service)
    assert (state["type"], state["message"]) == ("COMPLETED", None)
    assert (service.log.parent / "out" / "all" / "digest.html").is_file()
    assert '"event": "run ended", "run": 1, "outcome": "done"' in service.log.read_text(encoding="utf-8")


@needs_proc
def test_the_next_nights_are_planned(service):
    until(service.deployment, 120)
    runs = until(lambda: service.ask("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}), 15)
    assert {run["expected_start_time"][11:16] for run in runs} == {
        "18:30",
        "20:30",
    }  # half past one at night, and on one day of the month half past three  # half past one in Bangkok


@needs_proc
def test_the_service_stops_when_it_is_interrupted_and_leaves_nothing_behind(service):
    until(service.deployment, 120)
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(60) == 0
    until(lambda: not service.family(), 10)
