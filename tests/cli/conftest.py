"""The command line in this process, with the flow's decorators taken off, in the folder of a team: arguments in, exit status and sentences out."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.cli import main

HOME = Path(tempfile.gettempdir()) / f"thai-lessons-tests-{os.getpid()}"
os.environ["PREFECT_HOME"] = str(HOME)  # before anything imports Prefect, which reads it then
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
TALK = "เล่าจากวงคุย\n\nต้องถามคนในบ้านก่อนแล้วค่อยวางแผน\n\nตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n"


@pytest.fixture
def nothing_set(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("LESSONS_", "LC_", "LANG", "FORCE_COLOR"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def without_prefect(monkeypatch):
    """Take the decorators off the flow: the code still works."""
    import flows.nightly as flow

    for name in ("_collect", "_tokenize", "_classify", "_digest", "nightly"):
        monkeypatch.setattr(flow, name, getattr(flow, name).fn)
    monkeypatch.setattr("flows.pages.create_markdown_artifact", lambda **_: None)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder of a team, in which the command is given: one post in `posts`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "good.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def lessons(monkeypatch, capsys):
    """Give a command; return its exit status, and what it says on standard output and standard error."""

    def give(*arguments, lang="en"):
        if lang:
            monkeypatch.setenv("LESSONS_LANG", lang)
        monkeypatch.setattr(sys, "argv", ["lessons", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return give
