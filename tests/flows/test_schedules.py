"""The nightly run on its schedule: what Prefect is told, and one real service from its start to its stop."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import nullcontext
from pathlib import Path

import pytest
import yaml

from flows import schedules, server
from flows.telling import tell_failure
from pipeline.errors import LessonsError
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
