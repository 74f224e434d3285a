"""The command in a process of its own: what a pipe gets, and what a terminal gets."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "good.txt").write_text("เล่าจากวงคุย\n\nตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ\n", encoding="utf-8")
    return tmp_path


def look_in(stdout, folder):
    environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "TERM"}} | {
        "TERM": "xterm",
        "LESSONS_LANG": "en",
    }
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "look", folder / "posts" / "good.txt", "--model", "cues"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout, stderr=subprocess.PIPE)


def test_a_pipe_gets_no_colours(folder):
    with look_in(subprocess.PIPE, folder) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "ยังขาดคนพาคุย".encode() in out
    assert b"\x1b" not in out


def test_a_terminal_gets_colours(folder):
    ours, theirs = pty.openpty()
    with look_in(theirs, folder):
        os.close(theirs)
        out = b""
        try:
            while piece := os.read(ours, 4096):
                out += piece
        except OSError:  # how Linux tells that the other end is closed
            pass
    os.close(ours)
    assert b"\x1b[" in out


def test_a_reader_that_stops_early_is_no_error(folder):
    with look_in(subprocess.PIPE, folder) as process:
        process.stdout.close()
        err = process.stderr.read()
    assert b"Traceback" not in err
