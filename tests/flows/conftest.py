"""One temporary Prefect server for all tests of the flow, and a home of its own for Prefect."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

HOME = Path(tempfile.gettempdir()) / f"thai-lessons-tests-{os.getpid()}"
os.environ["PREFECT_HOME"] = str(HOME)  # before anything imports Prefect, which reads it then
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

TALK = "เล่าจากวงคุย\n\nต้องถามคนในบ้านก่อนแล้วค่อยวางแผน\n\nตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n"


@pytest.fixture(scope="session")
def prefect_home():
    return HOME


@pytest.fixture(scope="session")
def server():
    from prefect.testing.utilities import prefect_test_harness

    import flows  # noqa: F401 - prepares the environment

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def order(tmp_path):
    """Return the parameters of a run on one small post by the cue words alone."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "good.txt").write_text(TALK, encoding="utf-8")
    out = tmp_path / "out"
    return {"sources": [str(folder)], "out": str(out), "database": f"sqlite:///{out / 'lessons.db'}", "model": "cues", "language": "en"}
