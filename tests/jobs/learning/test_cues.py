"""The report on the grammar of cues looks at posts that may teach only, and tells how often each cue is right and against which others it votes."""

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.learning.cues import judge_cues
from pipeline.languages.th.cues import cue_set


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "posts" / "w1"
    folder.mkdir(parents=True)
    page = "เรื่องเล่า\n\n⟦A state=planned; strength=resolved|ตกลงกันว่าจะล้างตลาดเดือนละครั้ง⟧\n⟦I|แต่ยังไม่มีคนทำบัญชี⟧\n"
    (folder / "a.txt").write_text(page, encoding="utf-8")
    (folder / "posts.csv").write_text("name,domain,persona,register,series,part,date\na,market,seller,diary,,,\n", encoding="utf-8")
    return tmp_path / "posts"


def test_every_cue_has_its_row_and_conflicts_stand_below(corpus):
    told = judge_cues(corpus, asset("models"), None)
    table, conflicts = told.split("\n\n")
    assert len(table.splitlines()) == 1 + len(cue_set())
    [decision] = [line for line in table.splitlines() if line.startswith("decision ")]
    assert decision.split()[1:4] == ["action", "1", "1"]
    assert conflicts.startswith("pieces  cues that vote against each other")


def test_a_folder_without_marked_posts_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="must have marked posts"):
        judge_cues(tmp_path / "nothing", asset("models"), None)
