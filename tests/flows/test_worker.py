"""``prefect.yaml`` as a team with a Prefect server of its own uses it, by the commands of the guide: a server, a process pool, a worker, a night.

Minutes long: -m slow.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from flows.server import _free_port
from tests.documents import shell_lines
from tests.flows.conftest import TALK

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
WAIT = 300


class OwnServer:
    """A Prefect server on this machine with a home of its own, and commands that talk to it."""

    def __init__(self, home):
        self.home, self.port = home, _free_port()
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LESSONS_"))}
        api = f"http://127.0.0.1:{self.port}/api"
        quiet = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_LEVEL": "WARNING"}
        self.environment = {**plain, **quiet, "PREFECT_HOME": str(home / "prefect"), "PREFECT_API_URL": api, "PYTHONPATH": str(ROOT)}

    @contextmanager
    def started(self, *words):
        with (self.home / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "prefect", *words], cwd=self.home, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def run(self, *words):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *words], cwd=self.home, env=self.environment, check=False, capture_output=True, text=True, timeout=WAIT
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        url, kind = f"{self.environment['PREFECT_API_URL']}/{path}", {"Content-Type": "application/json"}
        asked = urllib.request.Request(url, data=data, headers=kind)  # noqa: S310 - our own server
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own server
            return json.load(answer)

    def wait_for(self, question):
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            with suppress(OSError):
                if found := question():
                    return found
            time.sleep(1)
        raise AssertionError((self.home / "log").read_text(encoding="utf-8")[-3000:])


@pytest.fixture
def deployments(tmp_path):
    """Write a team's prefect.yaml: ours, with the paths of a team that has one post."""
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "good.txt").write_text(TALK, encoding="utf-8")
    (posts / "lessons.toml").write_text('[project]\nid = "pinto"\nname = "ปิ่นโต"\n', encoding="utf-8")
    written = (ROOT / "prefect.yaml").read_text(encoding="utf-8").replace("/srv/lessons", str(tmp_path))
    (tmp_path / "prefect.yaml").write_text(written, encoding="utf-8")
    return tmp_path


def test_a_worker_of_a_process_pool_runs_the_night_of_prefect_yaml(deployments):
    server = OwnServer(deployments)
    with server.started("server", "start", "--host", "127.0.0.1", "--port", str(server.port)):
        server.wait_for(lambda: server.ask("health"))
        *prepare, work = [shlex.split(line)[1:] for line in shell_lines(ROOT / "docs" / "operations.md") if line.startswith("prefect ")]
        for words in prepare:
            server.run(*words)
        known = {row["parameters"].get("feeds"): row for row in server.ask("deployments/filter", {})}
        assert known[True]["entrypoint"] == "flows.nightly.nightly"
        assert not known[True]["pull_steps"]  # a worker elsewhere has no such folder
        assert known[True]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        with server.started(*work):
            run = server.ask(f"deployments/{known[True]['id']}/create_flow_run", {})["id"]
            ended = server.wait_for(
                lambda: found if (found := server.ask(f"flow_runs/{run}"))["state_type"] in {"COMPLETED", "FAILED", "CRASHED"} else None
            )
    assert ended["state_type"] == "COMPLETED", ended["state"]["message"]
    assert (deployments / "out" / "all" / "digest.html").is_file()
