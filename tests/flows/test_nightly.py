"""The flow in Prefect: what its server knows of a run, what is tried again, and what is told of a failure."""

import json
import logging
import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import cloudpickle
import pytest

import flows.nightly as flow
from flows.telling import tell_failure
from pipeline.errors import ModelError, StoreError
from pipeline.jobs.run import Run
from pipeline.subscribed import FeedReport

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("server")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Try again without waiting."""
    for step in (flow._collect, flow._tokenize, flow._classify, flow._digest):
        monkeypatch.setattr(step, "retry_delay_seconds", [0, 0])


@pytest.fixture
def run(order):
    """Run the flow; return its report and what the server knows of it."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    def go(**other):
        state = flow.nightly(**{**order, **other}, return_state=True)
        with get_client(sync_client=True) as client:
            this = FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id]))
            for _ in range(100):  # the server hears of a task's end a little later
                tasks = sorted(client.read_task_runs(flow_run_filter=this), key=lambda task: task.expected_start_time)
                if tasks and all(task.state and task.state.is_final() for task in tasks):
                    break
                time.sleep(0.1)
            known = client.read_flow_run(state.state_details.flow_run_id)
            artifacts = client.read_artifacts(flow_run_filter=this)
        return SimpleNamespace(report=state.result(raise_on_failure=False), state=state, tasks=tasks, known=known, artifacts=artifacts)

    return go


def names(tasks):
    return [task.name.rpartition("-")[0] for task in tasks]


def test_the_steps_the_name_and_the_pages_are_seen_in_prefect(run, order, prefect_home):
    went = run()
    assert went.state.is_completed()
    assert names(went.tasks) == ["collect", "tokenize", "classify", "digest"]
    assert all(task.state.is_completed() for task in went.tasks)
    assert re.fullmatch(r"nightly \d{4}-\d\d-\d\d \d\d:\d\d UTC", went.known.name)
    assert went.report.analysed == 1
    pages = {page.key: page.data for page in went.artifacts}
    assert sorted(pages) == ["nightly-chart", "nightly-counts", "nightly-digests"]
    assert "| บันทึกที่วิเคราะห์รอบนี้ | 1 |" in pages["nightly-counts"]
    assert f"| ทั้งหมด | {went.report.passages} |" in pages["nightly-counts"]
    assert re.search(r"\| ทั้งหมด \| ประเด็นปัญหา \| █+ \| \d+ \|", pages["nightly-chart"])
    assert f"](file://{order['out']}/all/digest.html)" in pages["nightly-digests"]
    storage = prefect_home / "storage"
    assert not storage.exists() or list(storage.iterdir()) == []


def test_a_night_asks_the_feeds_first_and_goes_on_whatever_they_say(run, order, monkeypatch):
    folder = Path(order["sources"][0])
    config = folder / "lessons.toml"
    config.write_text('[project]\nid = "pinto"\nname = "ปิ่นโต"\n[[feed]]\nid = "ma"\nurl = "https://ma.example.org/feed"\n', encoding="utf-8")

    def bring(asked):
        (folder / "feeds").mkdir()
        line = {"id": "42", "title": "ฝายหลังฝน", "text": "เราเรียนรู้ว่าต้องขุดลอกก่อนหน้าน้ำ"}
        (folder / "feeds" / "ma.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
        refused = FeedReport("kop", "https://kop.example.org/feed", "failed", said=("เว็บไม่ตอบ",))
        return [FeedReport("ma", asked.config, "read", new=1), refused]

    monkeypatch.setattr(flow, "collect_tonight", bring)
    went = run(config=str(config), feeds=True)
    assert names(went.tasks)[:2] == ["ask the feeds", "collect"]
    assert went.report.analysed == 2
    assert went.report.figures()["feeds_failed"] == 1
    [page] = [page.data for page in went.artifacts if page.key == "nightly-feeds"]
    assert "| ma | อ่านแล้ว | 1 | 0 |  |" in page
    assert "| kop | อ่านไม่ได้ จะลองใหม่ภายหลัง | 0 | 0 | เว็บไม่ตอบ |" in page


def test_a_second_run_has_nothing_to_analyse(run):
    run()
    went = run()
    assert names(went.tasks) == ["collect", "digest"]
    assert went.report.analysed == 0


def test_a_step_that_fails_once_is_tried_again(run, monkeypatch):
    classify, calls = Run.classify, []

    def fail_once(self, batch):
        calls.append(len(batch.posts))
        if len(calls) == 1:
            raise StoreError("the database is locked", "ฐานข้อมูลถูกล็อก")
        classify(self, batch)

    monkeypatch.setattr(Run, "classify", fail_once)
    went = run()
    assert went.state.is_completed()
    assert calls == [1, 1]
    assert [task.run_count for task in went.tasks if task.name.startswith("classify")] == [2]
    assert went.report.passages > 0
    assert went.report.collected.rejects == []


def test_a_post_that_the_reader_stumbles_over_is_set_aside(run, order, stumbling):
    Path(order["sources"][0], "bad.txt").write_text("เดินไม่ถึง\n\nก้อนหินกลางทาง และยังขาดคนช่วยยก\n", encoding="utf-8")
    stumbling("ก้อนหินกลางทาง")
    went = run()
    assert went.state.is_completed()
    [reject] = went.report.collected.rejects
    assert reject.reason.startswith("bad.txt: a post must be readable by the analysis. Got ValueError.")
    assert went.report.analysed == 1
    rows = Path(order["out"], "passages.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(row)["source"] for row in rows} == {"good.txt"}
    [page] = [page.data for page in went.artifacts if page.key == "nightly-rejects"]
    assert f"| bad.txt |  | {reject.reason} |" in page


@pytest.mark.parametrize("step", ["before the first step", "in a step"])
def test_an_error_of_ours_is_the_message_of_the_state_and_no_traceback(order, monkeypatch, capfd, caplog, step):
    monkeypatch.setattr(logging, "raiseExceptions", False)  # a handler of a test before may hold a stream that is closed by now
    wanted = ModelError
    if step == "in a step":
        wanted = StoreError

        def fail(_self, _phase):
            raise StoreError("the disk is full", "ดิสก์เต็ม")

        monkeypatch.setattr(Run, "digest", fail)
    else:
        order["model"] = "no-such-model"
    with pytest.raises(wanted) as told:
        flow.nightly(**order)
    time.sleep(0.2)
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    assert told.value.en not in said.out + said.err + caplog.text  # whoever started the run tells it


@pytest.mark.parametrize(
    ("deployment", "lines"), [(uuid4(), ["nightly, run of a night: Failed. What was done is kept; the next run goes on. no space"]), (None, [])]
)
def test_the_log_of_a_service_tells_of_its_own_runs_alone(caplog, deployment, lines):
    tell_failure(flow.nightly, SimpleNamespace(name="of a night", deployment_id=deployment), SimpleNamespace(name="Failed", message="no space"))
    assert caplog.messages == lines


def test_the_bars_are_told_how_far_it_is(order):
    told = []
    token = flow.PROGRESS.set(lambda *step: told.append(step))
    try:
        flow.nightly(**order)
    finally:
        flow.PROGRESS.reset(token)
    assert told[:2] == [("collect", 0, 1), ("collect", 1, 1)]
    assert ("analyse", 0, 1) in told
    assert ("digest", 1, 1) in told
    assert ("analyse", 1, 1) in told


def test_a_served_flow_can_be_handed_to_the_process_that_runs_it():
    assert pickle.loads(cloudpickle.dumps(flow.nightly)).name == "nightly"  # noqa: S301 - our own


WITHOUT_A_NETWORK = ["unshare", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def can_leave_the_network():
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run([*WITHOUT_A_NETWORK, "true"], check=False, capture_output=True).returncode == 0


def test_the_command_runs_the_flow_without_a_network(order, tmp_path):
    """Where the machine lets us, with the loopback alone: nothing is asked of anybody outside."""
    alone = WITHOUT_A_NETWORK if can_leave_the_network() else []
    command = [
        *alone,
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "run",
        *order["sources"],
        "--out",
        order["out"],
        "--model",
        "cues",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT_TRACK", "LESSONS_"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "XDG_STATE_HOME": str(tmp_path / "state"), "LESSONS_LANG": "th"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=170,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("อ่าน 1 บันทึก (ใหม่ 1 เปลี่ยน 0) พักไว้ 0 วิเคราะห์รอบนี้ 1\n")
    assert "\x1b" not in done.stdout
    assert Path(order["out"], "all", "digest.html").is_file()
    assert (tmp_path / "state" / "thai-lessons" / "prefect" / "prefect.db").is_file()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DO_NOT_TRACK", "1"),
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
        ("PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY", "false"),
        ("PREFECT_RESULTS_PERSIST_BY_DEFAULT", "false"),
    ],
)
def test_nothing_is_reported_and_no_result_is_kept(name, value):
    assert os.environ[name] == value
