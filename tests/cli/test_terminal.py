"""Bars and words where a terminal watches, and where none does."""

import io

import pytest
from rich.console import Console

from pipeline.cli import terminal
from pipeline.cli.terminal import Bars, say


@pytest.fixture
def watched(monkeypatch):
    """Let a terminal watch; return what it shows."""
    shown = io.StringIO()
    monkeypatch.setattr(terminal, "Console", lambda **_: Console(file=shown, force_terminal=True, width=100, color_system=None))
    return shown


@pytest.mark.parametrize(("language", "steps"), [("th", ("เก็บบันทึก", "วิเคราะห์", "เขียนสรุป")), ("en", ("collecting", "analysing", "writing digests"))])
def test_a_terminal_sees_a_bar_for_each_step(watched, language, steps):
    with Bars(language) as bars:
        for step in ("collect", "analyse", "digest"):
            bars.show(step, 0, 3)
            bars.show(step, 3, 3)
        bars.tick("features")
    for step in (*steps, "features"):
        assert step in watched.getvalue()
    assert "3/3" in watched.getvalue()


def test_nobody_sees_a_bar_where_no_terminal_watches(capsys):
    with Bars("th") as bars:
        bars.show("collect", 1, 1)
        bars.tick("features")
    assert capsys.readouterr() == ("", "")


def test_square_brackets_and_numbers_are_only_words(capsys):
    say("[bold]นัด[/bold] 3 มีนาคม [link=x]")
    assert capsys.readouterr().out == "[bold]นัด[/bold] 3 มีนาคม [link=x]\n"
