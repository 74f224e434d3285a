"""The runs on their schedule: what Prefect is told."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
import yaml

from flows import schedules
from flows.telling import tell_failure
from pipeline.settings import Project
from pipeline.settings.schedule import ScheduleTable

ROOT = Path(__file__).parents[2]


def a_project(**lines):
    table = ScheduleTable(**lines)
    return Project("pinto", "ปิ่นโต", "Asia/Bangkok"), table.read()


@pytest.fixture
def served(monkeypatch, order):
    """Return the deployments that are served, and how."""
    told = {}

    def serve(*deployments, **options):
        told.update(options, deployments=deployments)

    monkeypatch.setattr(schedules, "serve", serve)
    monkeypatch.setattr(schedules, "running_server", nullcontext)
    monkeypatch.setattr(schedules, "_recover", lambda *_: None)
    schedules.serve_project(order, *a_project())
    return told


def test_it_runs_at_night_by_the_clock_of_the_project(served, order):
    nightly, _ = served["deployments"]
    assert (nightly.flow_name, nightly.name, nightly.parameters) == ("nightly", "pinto", {**order, "feeds": True})
    [row] = nightly.schedules
    assert (row.schedule.cron, row.schedule.timezone) == ("30 1 * * *", "Asia/Bangkok")


def test_never_two_at_once_and_what_comes_too_early_is_dropped(served):
    nightly, _ = served["deployments"]
    assert nightly.concurrency_limit == 1
    assert nightly.concurrency_options.collision_strategy.value == "CANCEL_NEW"
    assert served["limit"] == 1


def test_a_stop_does_not_pause_the_schedule(served):
    assert served["pause_on_shutdown"] is False


@pytest.mark.parametrize(
    ("lines", "cron"),
    [
        ({"meeting": "พฤหัสบดี"}, "0 16 * * WED"),
        ({"meeting": "monday", "mail_days_before": 3, "mail": "8:30"}, "30 8 * * FRI"),
        ({"meeting": "อาทิตย์", "mail_days_before": 0}, "0 16 * * SUN"),
    ],
)
def test_the_digest_is_mailed_before_the_meeting(lines, cron):
    _, mail = schedules.what_to_serve({}, a_project(retrain="never", **lines)[1])
    assert (mail.flow.name, mail.cron) == ("weekly-mail", cron)


def test_the_reader_learns_once_a_month(order):
    [learning] = schedules.what_to_serve(order, a_project(nightly="never", retrain_day=5)[1])
    assert (learning.flow.name, learning.cron) == ("retrain", "30 3 5 * *")
    assert set(learning.parameters) == {"database", "out", "models"}


def test_what_the_schedule_leaves_out_is_not_served():
    assert schedules.what_to_serve({}, a_project(nightly="never", retrain="never")[1]) == []


@pytest.fixture
def given(monkeypatch, order):
    """Give the program's arguments and the environment; return with what it would serve."""
    monkeypatch.setattr(schedules, "serve_project", lambda *told: served.append(told))
    served = []

    def give(*arguments, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr(sys, "argv", ["schedules", *map(str, arguments)])
        schedules.main()
        return served.pop()

    return give


def test_the_program_heeds_the_environment_as_the_command_does(given, order, tmp_path):
    config = tmp_path / "team.toml"
    config.write_text('[project]\nid = "pinto"\nname = "ปิ่นโต"\n', encoding="utf-8")
    parameters, project, _ = given(order["sources"][0], LESSONS_CONFIG=config, LESSONS_OUT=tmp_path / "theirs", LESSONS_LANG="en")
    assert (parameters["config"], parameters["out"], parameters["language"]) == (str(config), f"{tmp_path}/theirs", "en")
    assert (parameters["database"], project.id) == (f"sqlite:///{tmp_path}/theirs/lessons.db", "pinto")
    parameters, *_ = given(order["sources"][0], "--out", order["out"], LESSONS_DATABASE=f"sqlite:///{tmp_path}/kept.db")
    assert (parameters["out"], parameters["database"]) == (order["out"], f"sqlite:///{tmp_path}/kept.db")


def test_the_program_refuses_in_one_sentence_what_the_environment_misspells(given, order, capsys):
    with pytest.raises(SystemExit) as ended:
        given(order["sources"][0], LESSONS_OUTPUT="out", LESSONS_LANG="en")
    assert (ended.value.code, capsys.readouterr().err) == (2, "LESSONS_OUTPUT: unknown variable of the environment. Did you mean LESSONS_OUT?\n")


def test_a_team_with_a_server_of_its_own_is_served_the_same(order):
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    served = {f"{one.flow.fn.__module__}.{one.flow.fn.__name__}": one for one in schedules.what_to_serve(order, a_project(meeting="พฤหัสบดี")[1])}
    assert {one["entrypoint"]: one["schedules"][0]["cron"] for one in deployments} == {entry: one.cron for entry, one in served.items()}
    for one in deployments:
        flow = served[one["entrypoint"]].flow
        flow.validate_parameters(one["parameters"])
        assert flow.on_failure_hooks == flow.on_crashed_hooks == [tell_failure]


def test_a_run_that_a_service_starts_logs_as_the_environment_asks():
    said = "import flows; from pipeline.jobs.journal import note; note('run began', run=7)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LESSONS_LOG": "json"}
    done = subprocess.run([sys.executable, "-c", said], env=environment, check=True, capture_output=True, text=True)
    assert {"event": "run began", "run": 7}.items() <= json.loads(done.stderr).items()
