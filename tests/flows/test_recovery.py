"""A service that was killed with its server and its run, and one that was off while runs were due: what the next start makes of it."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.flows.test_schedules import Service, needs_proc, until

pytestmark = needs_proc
LIVE = {"RUNNING"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("recovery")
    (home / "posts").mkdir()
    for number in range(300):
        text = f"เรื่องที่ {number}\n\n" + "\n\n".join(f"ยังขาดคนช่วยงานข้อที่ {number} {line}" for line in range(30))
        (home / "posts" / f"p{number}.txt").write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def start(home):
    """Start the service; kill what is left of it at the end."""
    started = []

    def go():
        started.append(Service(home, {"sources": [str(home / "posts")], "out": str(home / "out")}))
        return started[-1], until(started[-1].deployment, 120)["id"]

    yield go
    for service in started:
        kill_all(service)


def kill_all(service):
    for process in service.family():
        os.kill(process, signal.SIGKILL)
    service.process.wait()


def state_of(service, run):
    return service.ask(f"flow_runs/{run['id']}")["state"]


def test_a_run_that_was_killed_with_its_server_is_closed_and_the_next_one_goes_on(start):
    service, deployment = start()
    killed = service.ask(f"deployments/{deployment}/create_flow_run", {"parameters": {"model": "cues"}})
    until(lambda: state_of(service, killed)["type"] in LIVE, 60)
    time.sleep(2)
    kill_all(service)
    service, deployment = start()
    state = until(lambda: (now := state_of(service, killed))["type"] == "CRASHED" and now, 20)
    assert "รอบนี้ถูกตัดไปพร้อมกับเครื่อง" in state["message"]
    following = service.ask(f"deployments/{deployment}/create_flow_run", {"parameters": {"model": "cues"}})
    until(lambda: state_of(service, following)["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, 120)
    assert state_of(service, following)["type"] == "COMPLETED"
    stop(service)


def test_what_was_missed_while_the_service_was_off_is_done_once(start, home):
    service, deployment = start()
    due = datetime.now(UTC) + timedelta(seconds=20)
    body = {"parameters": {"model": "cues"}, "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": None}}}
    missed = []
    for number in range(5):
        body["state"]["state_details"]["scheduled_time"] = (due + timedelta(seconds=number)).isoformat()
        missed.append(service.ask(f"deployments/{deployment}/create_flow_run", body))
    stop(service)
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds() + 6))
    service, deployment = start()
    tagged = {"flow_runs": {"tags": {"all_": ["missed"]}}}
    [once] = until(lambda: service.ask("flow_runs/filter", tagged), 30)
    until(lambda: state_of(service, once)["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, 120)
    assert state_of(service, once)["type"] == "COMPLETED"
    assert {state_of(service, run)["type"] for run in missed} == {"CANCELLED"}
    assert "ทำรวมครั้งเดียว" in state_of(service, missed[0])["message"]
    assert service.deployment()["paused"] is False
    stop(service)


def stop(service):
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(60) == 0
    until(lambda: not service.family(), 15)
    assert Path(service.log).exists()


def test_the_server_of_a_service_that_was_killed_alone_is_stopped_at_the_next_start(start):
    service, _ = start()
    service.process.kill()
    service.process.wait()
    left = service.family()
    assert left
    service, _ = start()
    assert not any(Path(f"/proc/{process}/cmdline").exists() and Path(f"/proc/{process}/cmdline").read_bytes() for process in left)
    stop(service)
