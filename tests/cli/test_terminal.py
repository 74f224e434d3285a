"""Bars and words where a terminal watches, and where none does."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from flows.pages import counts
from pipeline.cli import terminal
from pipeline.cli.terminal import Bars, say, tell_report
from pipeline.digest import make_digest
from pipeline.jobs.order import RunReport
from pipeline.records import Phase
from pipeline.render.names import phase_name
from pipeline.render.words import speaking
from pipeline.settings import EVERYTHING


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


@pytest.mark.parametrize(("language", "line"), [("th", "  ทั้งหมด: บทเรียน 0"), ("en", "  All posts: Lesson 0")])
@pytest.mark.parametrize("forms", ["th", "en"])
def test_a_line_of_the_terminal_is_in_one_language_whatever_the_forms_speak(capsys, tmp_path, language, line, forms):
    with speaking(forms):
        phase = replace(EVERYTHING, name=phase_name(EVERYTHING))
    numbers = {"totals": {}, "posts": 0, "authors": 0, "passages": 0, "unsure": 0, "first_post": None, "last_post": None}
    digest = make_digest("ปิ่นโต", phase, groups={}, model="m1", **numbers)
    tell_report(RunReport(digests=[digest, replace(digest, phase=Phase("p1", "ทั้งตำบล"))]), tmp_path, language)
    told = capsys.readouterr().out.splitlines()
    assert [each for each in told if each.startswith(line)]
    assert [each for each in told if each.startswith("  ทั้งตำบล: ")]  # the team's own name
    assert "| ทั้งหมด | 0 |" in counts(RunReport(digests=[digest]))  # pages of Prefect are in Thai
