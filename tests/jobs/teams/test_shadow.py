"""A model in the shadow tells what it would change, and changes nothing."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.files import open_store
from pipeline.jobs.teams.rollback import point_to
from pipeline.jobs.teams.shadow import Shadow, keep_shadow, run_shadow
from pipeline.jobs.teams.team import Home, learn_from_corrections, learn_from_snapshot, promote_model, shadow_of
from pipeline.nlp.passages import CutterWeights
from pipeline.nlp.reader import Parts, Reader, cues_reader
from pipeline.nlp.shelf import Pointer
from pipeline.records import Passage, Span
from pipeline.store.store import Store
from tests.jobs.teams.home import put_model


class Silent(Reader):
    """A reader that finds nothing."""

    def read(self, posts):
        return [[] for _ in posts]


def shadow(team, reader, folder):
    with open_store(f"sqlite:///{team.home / 'out' / 'lessons.db'}", team.home / "out") as store:
        before = list(store.passages())
        report = keep_shadow(run_shadow(store, reader, team.home / "out"), reader.id, folder)
        assert list(store.passages()) == before
    return report, json.loads((folder / "shadow.json").read_text(encoding="utf-8"))


def test_the_same_model_changes_nothing(team, tmp_path):
    team.write()
    team.run(team.order())
    _, found = shadow(team, cues_reader(), tmp_path)
    assert found["same"] == len(team.rows(tmp_path / "out" / "passages.jsonl")) > 0
    assert (found["new"], found["gone"], found["relabelled"]) == (0, 0, 0)


def test_what_would_go_is_quoted_and_marked_where_a_digest_shows_it(team, tmp_path):
    team.write()
    team.run(team.order())
    report, found = shadow(team, Silent("silent", Parts(CutterWeights(0.0, {}))), tmp_path)
    assert found["gone"] == len(team.rows(tmp_path / "out" / "passages.jsonl"))
    assert found["cited"]["gone"] > 0
    assert "★ ประเด็นปัญหา" in report
    assert (tmp_path / "shadow.md").read_text(encoding="utf-8") == report


def test_what_the_digests_show_is_quoted_first_and_the_rest_is_counted(tmp_path):
    found = Shadow()
    for number in range(30):
        passage = Passage("1", "1.txt", Span(number, number + 1), f"ข้อที่ {number}", "issue", 0.5)
        found.note("gone", passage, "issue", cited=number >= 28)
    told = [line for line in keep_shadow(found, "team-1", tmp_path).splitlines() if line.startswith("- ")]
    assert ["ข้อที่ 28" in told[0], "ข้อที่ 29" in told[1], "ข้อที่ 0" in told[2]] == [True] * 3
    assert (len(told), told[-1]) == (21, "- และอีก 10 แห่ง")


def test_the_report_speaks_english_where_messages_do(tmp_path):
    found = Shadow()
    found.note("relabelled", Passage("1", "1.txt", Span(0, 9), "ไม่มีงบซ่อม", "issue", 0.5), "issue", "action", cited=True)
    report = keep_shadow(found, "team-1", tmp_path, "en")
    assert "- ★ Issue → Action “ไม่มีงบซ่อม” (1.txt)" in report.splitlines()
    assert "| another label | 1 | 1 |" in report.splitlines()
    assert not re.search("[ก-๛]", report.replace("ไม่มีงบซ่อม", ""))


def home_with(team, tmp_path, reads, monkeypatch):
    """Return the home of a team that has read its posts and owns `team-1`, which the gate allows and which finds nothing; `reads` was promoted."""
    team.write()
    team.run(team.order())
    home = Home(tmp_path, tmp_path / "models", f"sqlite:///{team.home / 'out' / 'lessons.db'}", team.home / "out", "ครูแดง")
    learnt = home.team / "team-1"
    put_model(learnt)
    point_to(home.team, Pointer(reads, None))
    monkeypatch.setattr("pipeline.jobs.teams.team.retrain", lambda *_: learnt.name)
    monkeypatch.setattr("pipeline.jobs.teams.team.load_reader", lambda *_: Silent(learnt.name, Parts(CutterWeights(0.0, {}))))
    return home


@pytest.mark.parametrize(("reads", "looked"), [("team-0", True), ("team-1", False)])
def test_what_the_gate_allows_is_looked_at_before_it_reads_and_never_beside_itself(team, tmp_path, monkeypatch, reads, looked):
    home = home_with(team, tmp_path, reads, monkeypatch)
    learn_from_corrections(home, lambda _: None)
    assert (home.team / "team-1" / "shadow.json").exists() is looked


def test_who_does_not_teach_is_named_where_too_little_is_left_to_learn_from(team, tmp_path, monkeypatch):
    team.write()
    team.run(team.order())
    monkeypatch.setattr("pipeline.jobs.teams.team.untrusted", lambda _: ["somsri"])
    home = Home(asset("corpora/posts"), asset("models"), f"sqlite:///{team.home / 'out' / 'lessons.db'}", team.home / "out", "ครูแดง")
    with pytest.raises(SettingsError, match=r"Got 0\. .* Nothing was learnt from somsri, who met less than 80 %") as refused:
        learn_from_corrections(home, lambda _: None)
    assert "ตอนนี้มี 0 แห่ง ตรวจเพิ่มก่อนแล้วค่อยสอน ไม่ได้เรียนจาก somsri" in refused.value.th


@pytest.mark.parametrize(("now", "kind"), [("team-1@deep", "deep"), ("team-1", "full"), ("@outside:nearest", "full"), (None, "full")])
def test_a_model_is_judged_and_promoted_by_the_reader_that_has_read_the_posts(team, tmp_path, monkeypatch, now, kind):
    home, asked = home_with(team, tmp_path, "team-1", monkeypatch), []
    monkeypatch.setattr("pipeline.jobs.teams.team.retrain", lambda order, *_: asked.append(order.kind) or "team-1")
    monkeypatch.setattr("pipeline.jobs.teams.team.load_snapshot", lambda _: SimpleNamespace(posts=()))
    monkeypatch.setattr("pipeline.jobs.teams.team.promote", lambda *_, **more: asked.append(more["kind"]) or Pointer("team-1"))
    monkeypatch.setattr(Store, "model", lambda _: now)
    learn_from_corrections(home, lambda _: None)
    learn_from_snapshot(home, tmp_path / "snapshot.jsonl", lambda _: None)
    promote_model(home, "team-1")
    assert asked == [kind] * 3
    nowhere = replace(home, database=f"sqlite:///{tmp_path / 'nowhere' / 'lessons.db'}")
    promote_model(nowhere, "team-1")
    assert asked[3:] == ["full"]
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("now", "model", "read"),
    [
        ("team-1@deep", "team-2", "team-2@deep"),
        ("team-1@deep", "team-2@fast", "team-2@fast"),
        ("team-1", "team-2", "team-2"),
        (None, "team-2", "team-2"),
    ],
)
def test_the_shadow_reads_as_the_stored_posts_were_read(team, tmp_path, monkeypatch, now, model, read):
    home, loaded = home_with(team, tmp_path, "team-1", monkeypatch), []
    monkeypatch.setattr("pipeline.jobs.teams.team.check_model", lambda *_: None)
    monkeypatch.setattr(
        "pipeline.jobs.teams.team.load_reader", lambda _, named, __: loaded.append(named) or Silent(named, Parts(CutterWeights(0.0, {})))
    )
    monkeypatch.setattr(Store, "model", lambda _: now)
    shadow_of(home, model, lambda _: None)
    assert loaded == [read]


@pytest.mark.parametrize(("model", "kept"), [("team-1", False), ("stacked-1", False), ("team-2", True)], ids=["reads already", "ships", "waits"])
def test_only_beside_a_model_that_waits_is_the_report_kept(team, tmp_path, monkeypatch, model, kept):
    home = home_with(team, tmp_path, "team-1", monkeypatch)
    for other in (home.team / "team-2", home.models / "stacked-1"):
        put_model(other)
    (home.team / "team-1" / "shadow.md").write_text("เดิม", encoding="utf-8")
    assert "จะหายไป" in shadow_of(home, model, lambda _: None)
    assert (home.team / "team-1" / "shadow.md").read_text(encoding="utf-8") == "เดิม"
    assert [folder.parent.name for folder in tmp_path.rglob("shadow.json")] == ["team-2"] * kept
