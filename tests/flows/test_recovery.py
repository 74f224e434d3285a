"""A service that was killed with its server and its run, and one that was off while runs were due: what the next start makes of it."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.flows.test_service import Service, needs_proc, until

pytestmark = needs_proc
LIVE = {"RUNNING"}


class Machine:
    """A machine on which the service is started, stopped and killed; one test goes on with the service that another left running."""

    def __init__(self, home):
        self.home = home
        self.service = None

    def running(self):
        """Return the service that runs, started where none does, and the id of its deployment."""
        if self.service is None:
            self.service = Service(self.home, {"sources": [str(self.home / "posts")], "out": str(self.home / "out")})
        return self.service, until(self.service.deployment, 120)["id"]

    def stop(self):
        """Stop the service as a system does."""
        self.service.process.send_signal(signal.SIGTERM)
        assert self.service.process.wait(60) == 0
        assert "Warning" not in self.service.log.read_text(encoding="utf-8")
        until(lambda: not self.service.family(), 15)
        self.service = None

    def kill_all(self):
        """Cut the power."""
        for process in self.service.family():
            os.kill(process, signal.SIGKILL)
        self.service.process.wait()
        self.service = None


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    home = tmp_path_factory.mktemp("recovery")
    (home / "posts").mkdir()
    for number in range(200):
        text = f"เรื่องที่ {number}\n\n" + "\n\n".join(f"ยังขาดคนช่วยงานข้อที่ {number} {line}" for line in range(12))
        (home / "posts" / f"p{number}.txt").write_text(text, encoding="utf-8")
    made = Machine(home)
    yield made
    if made.service:
        made.kill_all()


def state_of(service, run):
    return service.ask(f"flow_runs/{run['id']}")["state"]


def run_now(service, deployment):
    return service.ask(f"deployments/{deployment}/create_flow_run", {"parameters": {"model": "cues"}})


def end_of(service, run):
    """Return the type of the state in which a run ends."""
    ended = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
    return until(lambda: (now := state_of(service, run)["type"]) in ended and now, 120)


def test_a_run_that_was_killed_with_its_server_is_closed_and_the_next_one_goes_on(machine):
    service, deployment = machine.running()
    killed = run_now(service, deployment)
    until(lambda: state_of(service, killed)["type"] in LIVE, 60)
    time.sleep(1)
    machine.kill_all()
    service, deployment = machine.running()
    state = until(lambda: (now := state_of(service, killed))["type"] == "CRASHED" and now, 20)
    assert "รอบนี้ถูกตัดไปพร้อมกับเครื่อง" in state["message"]
    assert end_of(service, run_now(service, deployment)) == "COMPLETED"


def test_what_was_missed_while_the_service_was_off_is_done_once(machine):
    service, deployment = machine.running()
    due = datetime.now(UTC) + timedelta(seconds=15)  # what is due within ten seconds may be taken up at once
    body = {"parameters": {"model": "cues"}, "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": None}}}
    missed = []
    for number in range(5):
        body["state"]["state_details"]["scheduled_time"] = (due + timedelta(seconds=number / 5)).isoformat()
        missed.append(service.ask(f"deployments/{deployment}/create_flow_run", body))
    machine.stop()
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds() + 2))
    service, deployment = machine.running()
    tagged = {"flow_runs": {"tags": {"all_": ["missed"]}}}
    [once] = until(lambda: service.ask("flow_runs/filter", tagged), 30)
    assert end_of(service, once) == "COMPLETED"
    assert {state_of(service, run)["type"] for run in missed} == {"CANCELLED"}
    assert "ทำรวมครั้งเดียว" in state_of(service, missed[0])["message"]
    assert service.deployment()["paused"] is False


def test_the_server_of_a_service_that_was_killed_alone_is_stopped_at_the_next_start(machine):
    service, _ = machine.running()
    service.process.kill()
    service.process.wait()
    left = service.family()
    assert left
    machine.service = None
    machine.running()
    assert not any(Path(f"/proc/{process}/cmdline").exists() and Path(f"/proc/{process}/cmdline").read_bytes() for process in left)
    machine.stop()
