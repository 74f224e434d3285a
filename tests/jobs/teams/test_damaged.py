"""What stands beside the database may be damaged, killed half-way or written by two at once: nothing of it stops a team, and nothing is lost."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest

from pipeline.errors import SettingsError
from pipeline.jobs.teams.compare import list_models
from pipeline.jobs.teams.effect import effect_of
from pipeline.jobs.teams.history import HISTORY_FILE, history, looks, note, read_card, read_gate, team_names
from pipeline.jobs.teams.retrain import retrain
from pipeline.jobs.teams.rollback import point_to, roll_back
from pipeline.jobs.teams.suspects import suspected_items
from pipeline.nlp.reader import load_reader
from pipeline.nlp.shelf import POINTER, Pointer, read_pointer
from tests.jobs.teams.home import NOW, REVIEWED, allow, let, put_model


@pytest.mark.parametrize("noted", [[], ["looked"]])
def test_what_a_killed_run_could_not_note_is_noted_by_the_next(order, learnt, noted):
    file = order.team / HISTORY_FILE
    before = file.read_text(encoding="utf-8")
    kept = [line for line in before.splitlines(keepends=True) if json.loads(line)["what"] in noted]
    file.write_text("".join(kept), encoding="utf-8")
    assert retrain(order, REVIEWED) == learnt
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("content", ['{"id": ', "[]", "{}", "\udcff", ""], ids=["cut short", "no object", "no card", "no text", "empty"])
@pytest.mark.parametrize("file", ["card.json", "gate.json"])
def test_a_model_whose_files_are_damaged_stops_nothing_and_is_told(order, learnt, tmp_path, file, content):
    team = shutil.copytree(order.team, tmp_path / "models")
    shutil.copytree(team / learnt, team / "team-00000000")
    allow(team, "team-00000000")
    (team / "team-00000000" / file).write_text(content, encoding="utf-8", errors="surrogateescape")
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert effect_of(team) == effect_of(order.team)
    assert "  team-00000000  its card or verdict cannot be read" in list_models(order.models, team, "en").splitlines()
    with pytest.raises(SettingsError, match="can be read"):
        let(order, team, "team-00000000")


@pytest.mark.parametrize("file", ["card.json", "gate.json", "classifier.msgpack"])
def test_a_model_that_is_damaged_is_learnt_again_whole(order, learnt, tmp_path, file):
    team = shutil.copytree(order.team, tmp_path / "models")
    (team / learnt / file).write_bytes(b"damaged")
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert load_reader(order.models, learnt, team).id == learnt
    assert [read_gate(team, learnt)[name] for name in ("decision", "before", "after")] == ["undecidable", *_scores(order, learnt)]
    assert history(team) == history(order.team)


def _scores(order, learnt):
    gate = read_gate(order.team, learnt)
    return gate["before"], gate["after"]


@pytest.mark.parametrize(
    "content",
    [b"[1]\n", b'{"a": 1}\n', b'{"at": "", "what": "looked", "model": "one", "by": ""}\n', b"\xff\xfe\n", b'{"what": \n'],
    ids=["no object", "of something else", "a look at nothing", "no text", "cut short"],
)
def test_a_damaged_line_of_history_is_passed_over(order, learnt, tmp_path, content):
    team = shutil.copytree(order.team, tmp_path / "models")
    (team / HISTORY_FILE).write_bytes(content + (order.team / HISTORY_FILE).read_bytes())
    assert history(team) == history(order.team)
    assert list_models(order.models, team) == list_models(order.models, order.team)


def test_what_two_noted_at_once_is_one_look(tmp_path):
    for model, beside in [("one", "shipped"), ("one", "shipped"), ("one", "other"), ("two", "other")]:
        note(tmp_path, "looked", model, by="คุณลิขิต", at=NOW, test="t", reader="deep", beside=beside)
    assert looks(tmp_path, "t") == 3


@pytest.mark.parametrize("content", ["[1]\n", '{"post": "1"}\n', '{"post": '], ids=["no object", "no place", "cut short"])
def test_of_damaged_suspects_nothing_is_suspected(tmp_path, content):
    put_model(tmp_path / "team-1")
    (tmp_path / "team-1" / "suspects.jsonl").write_text(content, encoding="utf-8")
    assert suspected_items(SimpleNamespace(said_by_model=list), tmp_path) == frozenset()


def test_two_who_learn_the_same_at_once_leave_one_model_and_one_look(order, learnt, tmp_path):
    with ThreadPoolExecutor(2) as hands:
        assert list(hands.map(lambda _: retrain(replace(order, team=tmp_path), REVIEWED), range(2))) == [learnt] * 2
    assert team_names(tmp_path) == [learnt]
    assert load_reader(order.models, learnt, tmp_path).id == learnt
    assert looks(tmp_path, read_card(tmp_path / learnt)["test"]["version"]) == 1


@pytest.mark.parametrize("content", ['{"current": 7, "previous": ["one"]}', '"one"', '{"current": ', ""])
def test_a_damaged_pointer_names_no_model(order, tmp_path, content):
    (tmp_path / POINTER).write_text(content, encoding="utf-8")
    assert read_pointer(tmp_path) == Pointer()
    assert load_reader(order.models, None, tmp_path).id == load_reader(order.models).id


def test_a_line_that_a_crash_has_cut_short_spoils_none_behind_it(tmp_path):
    note(tmp_path, "learnt", "one", by="คุณลิขิต", at=NOW)
    file = tmp_path / HISTORY_FILE
    file.write_bytes(file.read_bytes()[:-9])
    note(tmp_path, "looked", "two", by="คุณลิขิต", at=NOW, test="t")
    assert [row["model"] for row in history(tmp_path)] == ["two"]
    assert looks(tmp_path, "t") == 1


def test_three_who_roll_back_at_once_leave_a_pointer_that_reads(tmp_path):
    point_to(tmp_path, Pointer("one", "other"))
    with ThreadPoolExecutor(3) as hands:
        done = list(hands.map(lambda _: roll_back(tmp_path, by="คุณเอื้อ", at=NOW), range(60)))
    assert {frozenset(pointer) for pointer in [*done, read_pointer(tmp_path)]} == {frozenset({"one", "other"})}
    assert len(history(tmp_path)) == 60


def test_a_promotion_that_was_killed_half_way_is_ended_by_the_next(order, learnt, tmp_path):
    shutil.copytree(order.team / learnt, tmp_path / learnt)
    allow(tmp_path, learnt)
    point_to(tmp_path, Pointer(learnt, "team-before"))  # no further did the killed one come
    assert load_reader(order.models, None, tmp_path).id == learnt
    assert effect_of(tmp_path, name=learnt)[-1] == "ขณะนี้ใช้แบบจำลองนี้อ่านบันทึกแล้ว"
    assert let(order, tmp_path, learnt) == Pointer(learnt, "team-before")
    assert [(row["what"], row["before"]) for row in history(tmp_path)] == [("promoted", "team-before")]
