"""What reviewers said becomes a model of the team's own; the gate judges it, a person promotes it, and one command takes it back."""

import json
import re
import shutil
from dataclasses import replace
from time import perf_counter

import pytest

from pipeline.assets import asset
from pipeline.errors import ModelError, SettingsError
from pipeline.evaluate.behaviour import read_cases
from pipeline.evaluate.report import read_all, report_on
from pipeline.jobs.teams import champion
from pipeline.jobs.teams.champion import Exam, evidence_of_champion
from pipeline.jobs.teams.compare import compare_models, list_models
from pipeline.jobs.teams.effect import effect_of
from pipeline.jobs.teams.history import history, looks, read_card, read_gate, team_models, team_names
from pipeline.jobs.teams.models import check_model
from pipeline.jobs.teams.retrain import code_commit, retrain
from pipeline.jobs.teams.retrain import test_posts as posts_of_test
from pipeline.jobs.teams.rollback import point_to, roll_back
from pipeline.jobs.teams.teaching import admit
from pipeline.labelled import LabelledPost, Taught, TaughtPost
from pipeline.languages import rules_hash
from pipeline.nlp.reader import DEEP, FAST, FULL, load_reader
from pipeline.nlp.shelf import Judged, Pointer, promoted, read_pointer
from pipeline.records import Span
from pipeline.sources.marked import read_corpus
from pipeline.train.snapshot import load_snapshot
from tests.jobs.teams.home import NOW, REVIEWED, allow, let, page, reviewed


def test_the_model_stands_beside_the_database_with_its_card_and_reasons(order, learnt):
    card = json.loads((order.team / learnt / "card.json").read_text(encoding="utf-8"))
    assert learnt.startswith("team-")
    assert (card["data"]["reviewed"], card["data"]["reviewers"], card["data"]["posts"]) == (60, 1, 15)
    assert set(card["test"]["labels"]) == {"lesson", "issue", "action"}
    assert card["promoted"] is None
    assert "การตรวจแก้ 60 แห่ง" in (order.team / learnt / "card.md").read_text(encoding="utf-8")
    gate = read_gate(order.team, learnt)
    assert (gate["decision"], gate["passages"]) == ("undecidable", 18)


def test_it_reads(order, learnt):
    assert load_reader(order.models, learnt, order.team).id == learnt
    check_model(order.models, learnt, order.team)
    assert load_reader(order.models, None, order.team).id != learnt


def test_a_look_at_the_test_is_counted_once_for_each_model(order, learnt):
    test = json.loads((order.team / learnt / "card.json").read_text(encoding="utf-8"))["test"]["version"]
    assert looks(order.team, test) == 1
    assert retrain(order, REVIEWED) == learnt
    assert looks(order.team, test) == 1
    assert team_names(order.team) == [learnt]


def test_another_version_of_the_program_that_learns_the_same_costs_no_look(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    card = read_card(team / learnt)
    (team / learnt / "card.json").write_text(json.dumps({**card, "recipe": "of before"}), encoding="utf-8")
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert looks(team, card["test"]["version"]) == 1
    assert read_card(team / learnt) == card


def test_another_version_of_the_test_judges_the_same_model_anew(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    (team / "test" / "w9").mkdir(parents=True)
    (team / "test" / "w9" / "0.txt").write_text(page(0, "เตาอบ"), encoding="utf-8")
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert read_gate(team, learnt)["passages"] == 21
    assert [row["what"] for row in history(team)] == ["looked", "learnt", "looked"]


@pytest.mark.parametrize(("models", "kind"), [("of the corpus", FULL), ("of the corpus", FAST), ("that ship", DEEP)])
def test_the_gate_reads_the_test_as_the_team_reads_its_posts(order, tmp_path, monkeypatch, models, kind):
    monkeypatch.setattr("pipeline.jobs.teams.retrain.agreement_of", lambda *_: {})  # the model that ships knows another corpus than these few lines
    asked = replace(order, team=tmp_path, kind=kind, models=asset("models") if models == "that ship" else order.models)
    model = retrain(asked, REVIEWED)
    test = posts_of_test(order.corpus, tmp_path)
    read = read_all(load_reader(asked.models, f"{model}@{kind}", tmp_path), test)
    scores = report_on(read).scores
    told = read_card(tmp_path / model)["test"]
    assert (told["reader"], told["beside"]) == (kind, load_reader(asked.models).id)
    assert (told["passage_f1"], told["character_f1"]) == (scores.passage_f1, scores.character_f1)
    assert f"วัดด้วยตัวอ่าน {kind} " in (tmp_path / model / "card.md").read_text(encoding="utf-8")
    assert f"measured by the reader {kind}" in list_models(asked.models, tmp_path, "en")


def test_another_reader_judges_the_same_model_anew_and_that_is_a_look(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    version = read_card(team / learnt)["test"]["version"]
    for _ in range(2):
        assert retrain(replace(order, team=team, kind=FAST), REVIEWED) == learnt
        assert looks(team, version) == 2
    assert [row.get("reader") for row in history(team)] == [FULL, None, FAST]


def test_beside_another_model_a_model_is_judged_anew(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    other = retrain(replace(order, team=team), [*REVIEWED, reviewed("ลำคลอง")])
    point_to(team, Pointer(other))
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert read_card(team / learnt)["test"]["beside"] == other
    assert looks(team, read_card(team / learnt)["test"]["version"]) == 3


@pytest.mark.parametrize(("kind", "reads"), [(FAST, None), (FULL, "team-before")], ids=["another reader", "another model reads now"])
def test_a_verdict_that_holds_no_more_promotes_nothing(order, learnt, tmp_path, kind, reads):
    for name in {learnt, reads} - {None}:
        shutil.copytree(order.team / learnt, tmp_path / name)
    allow(tmp_path, learnt)
    if reads:
        point_to(tmp_path, Pointer(reads))
    now = load_reader(order.models, None, tmp_path).id
    with pytest.raises(SettingsError, match=f"the team uses, {kind}, beside the model that reads now, {now}"):
        let(order, tmp_path, learnt, kind)
    assert read_pointer(tmp_path) == Pointer(reads)


def test_the_snapshot_gives_the_same_model_again(order, learnt, tmp_path):
    again = replace(order, team=tmp_path)
    posts = load_snapshot(order.team / learnt / "snapshot.jsonl").posts
    assert retrain(again, reversed(posts)) == learnt
    for name in ("classifier.msgpack", "fast.msgpack", "snapshot.jsonl"):
        assert (tmp_path / learnt / name).read_bytes() == (order.team / learnt / name).read_bytes()


def test_what_is_no_snapshot_is_refused(tmp_path):
    (tmp_path / "snapshot.jsonl").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="must be the snapshot"):
        load_snapshot(tmp_path / "snapshot.jsonl")


def test_what_the_model_that_reads_does_on_the_test_is_found_out_once(order, learnt, monkeypatch):
    judged = Judged.of(read_card(order.team / learnt)["test"])
    assert judged[1:] == (FULL, load_reader(order.models).id)
    exam = Exam(posts_of_test(order.corpus, order.team), read_cases(order.corpus.parent / "behaviour.toml"), judged)
    read = [order.models, order.team, exam, code_commit()]
    monkeypatch.setattr(champion, "gather", None)
    kept = evidence_of_champion(*read)
    assert (len(kept.counts), kept.failed, kept.seconds > 0) == (6, (), True)
    for other in ([exam, "of before"], [exam._replace(judged=judged._replace(reader=FAST)), code_commit()]):
        with pytest.raises(TypeError):  # of another version of the program, or another reader, nothing counts
            evidence_of_champion(order.models, order.team, *other)


def test_too_few_corrections_teach_nothing(order):
    with pytest.raises(SettingsError, match="Got 48"):
        retrain(order, REVIEWED[:12])


def test_where_the_test_takes_what_was_reviewed_the_refusal_says_so(order, monkeypatch):
    monkeypatch.setattr("pipeline.jobs.teams.retrain.test_posts", lambda *_: [row.labelled for row in REVIEWED])
    with pytest.raises(SettingsError, match=r"Got 0, beside \d+ in posts of the test or copies of them\. Review more") as refused:
        retrain(order, REVIEWED)
    assert "ตอนนี้มี 0 แห่ง ไม่นับที่ซ้ำกับชุดทดสอบ" in refused.value.th


def test_a_poisoned_reviewer_is_left_out(order, learnt, tmp_path):
    turned = [reviewed(f"ถังที่{number}", "คนแปลกหน้า", ("issue", "action", "other", "lesson")) for number in range(10)]
    model = retrain(replace(order, team=tmp_path), [*REVIEWED, *turned])
    card = json.loads((tmp_path / model / "card.json").read_text(encoding="utf-8"))
    assert card["data"]["left_out"]["distrusted"] == 40
    assert model == learnt  # what is learnt from is the same as if they had said nothing


def test_turned_labels_stand_first_among_the_suspects(order, tmp_path):
    turned = {"post ลำคลองที่1": "action", "post ลำคลองที่2": "lesson", "post ลำคลองที่3": "other"}
    odd = [reviewed(post.removeprefix("post "), labels=("lesson", given, "action", "other")) for post, given in turned.items()]
    model = retrain(replace(order, team=tmp_path), [*REVIEWED, *odd])
    rows = [json.loads(line) for line in (tmp_path / model / "suspects.jsonl").read_text(encoding="utf-8").splitlines()]
    first = {(row["post"], row["given"], row["likelier"]) for row in rows[: len(turned)]}
    assert len(first & {(post, given, "issue") for post, given in turned.items()}) > 1  # by chance one draw in 24 finds one


def test_nothing_of_the_test_teaches(home):
    test = [row.post for row in read_corpus(home / "posts", {"w4"})]
    copied = replace(test[0], id="copy", source="copy.txt", text=f"{test[0].text} ")
    found = admit([TaughtPost(LabelledPost(copied, "", ()), (Taught(Span(0, 5), "issue", 0.8, "ครูแดง"),)), REVIEWED[0]], test)
    assert (found.of_test, [row.labelled.post.id for row in found.posts]) == (1, ["post บ่อที่0"])


def test_one_reviewer_gives_at_most_two_fifths_where_there_are_three():
    many = [reviewed(f"ก{number}", "มาก") for number in range(20)]
    few = [reviewed(f"ข{number}", name) for name in ("หนึ่ง", "สอง") for number in range(3)]
    found = admit([*many, *few], [])
    given = [one.reviewer for row in found.posts for one in row.taught]
    assert (given.count("มาก"), given.count("หนึ่ง"), found.above_share) == (16, 12, 64)
    assert admit(many, []).above_share == 0


def test_of_a_named_reviewer_nothing_is_taken():
    found = admit([REVIEWED[0], reviewed("ค", "อื่น")], [], without={"อื่น"})
    assert (found.of_named, len(found.posts)) == (4, 1)


def test_only_what_the_gate_allows_is_promoted(order, learnt):
    with pytest.raises(SettingsError, match="undecidable: 18 marked passages"):
        let(order, order.team, learnt)
    assert read_pointer(order.team) == Pointer()
    with pytest.raises(SettingsError, match="team-none"):
        let(order, order.team, "team-none")


def test_nothing_to_roll_back_is_said(tmp_path):
    with pytest.raises(SettingsError, match="must have been promoted"):
        roll_back(tmp_path, by="คุณเอื้อ", at=NOW)


def test_the_promoted_model_wins_and_a_rollback_takes_five_seconds_at_most(order, learnt):
    shipped = load_reader(order.models).id
    before = read_gate(order.team, learnt)
    allow(order.team, learnt)
    let(order, order.team, learnt)
    assert load_reader(order.models, None, order.team).id == learnt
    assert "คุณเอื้อ" in (order.team / learnt / "card.md").read_text(encoding="utf-8")
    assert f"▶ {learnt}" in list_models(order.models, order.team)
    assert "promoted by คุณเอื้อ" in list_models(order.models, order.team, "en")
    assert effect_of(order.team)[-1] == "ขณะนี้ใช้แบบจำลองนี้อ่านบันทึกแล้ว เลื่อนขึ้นโดย คุณเอื้อ เมื่อ 27 พ.ย. 2569"
    begun = perf_counter()
    assert roll_back(order.team, by="คุณเอื้อ", at=NOW, why="แก้มากขึ้น") == Pointer(None, learnt)
    assert load_reader(order.models, None, order.team).id == shipped
    assert perf_counter() - begun < 5
    assert roll_back(order.team, by="คุณเอื้อ", at=NOW) == Pointer(learnt, None)  # a second time undoes the first
    assert [row["what"] for row in history(order.team)][-3:] == ["promoted", "rolled back", "rolled back"]
    roll_back(order.team, by="คุณเอื้อ", at=NOW, why="แก้มากขึ้น")
    assert effect_of(order.team)[-1] == "ย้อนกลับไปใช้แบบจำลองก่อนหน้าแล้ว แก้มากขึ้น"
    (order.team / learnt / "gate.json").write_text(json.dumps(before), encoding="utf-8")


def test_a_model_of_other_cue_words_does_not_read(order, learnt, tmp_path, caplog):
    (tmp_path / learnt).mkdir()
    (tmp_path / learnt / "card.json").write_text('{"rules": "of before"}', encoding="utf-8")
    (tmp_path / "PROMOTED.json").write_text(json.dumps({"current": learnt}), encoding="utf-8")
    assert promoted(order.models, tmp_path) is None
    assert "the shipped model reads" in caplog.text


@pytest.mark.parametrize(("words", "reads"), [("words-1", "team-1"), ("words-0", None)], ids=["still there", "of the version before"])
def test_a_model_reads_only_where_the_words_of_its_network_stand(tmp_path, words, reads):
    models, team = tmp_path / "models", tmp_path / "team"
    for folder, card in ((models / "words-1", {}), (team / "team-1", {"rules": rules_hash(), "words": {"id": words}})):
        folder.mkdir(parents=True)
        (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    point_to(team, Pointer("team-1"))
    assert promoted(models, team) == reads


def test_two_models_are_compared(order, learnt):
    shipped = load_reader(order.models).id
    rows = compare_models(order.models, order.team, shipped, learnt).splitlines()
    assert rows[0] == f"| | {shipped} | {learnt} | ต่างกัน |"
    assert any(row.startswith("| F1 บทเรียน |") for row in rows)
    assert rows[-2] == "วัดกับชุดทดสอบคนละชุด หรือด้วยตัวอ่านคนละตัว คะแนนจึงเทียบกันตรงๆ ไม่ได้"
    assert rows[-1].startswith(f"{learnt}: ตัดสินไม่ได้ F1 ")
    assert any("การตรวจแก้ที่สอน | 0 | 60" in row for row in rows)
    english = compare_models(order.models, order.team, shipped, learnt, "en")
    assert "| corrections that taught | 0 | 60 |" in english
    assert not re.search("[ก-๛]", english)


def test_reviewers_read_what_became_of_their_work(order, learnt):
    first, *_, last = effect_of(order.team)
    assert first.startswith(f"การตรวจแก้ 60 แห่งของทีม สอนแบบจำลองใหม่ {learnt}")
    assert last == "ยังตัดสินไม่ได้ว่าดีกว่าเดิมหรือไม่ เพราะชุดทดสอบมี 18 ข้อความ ต้องมีอย่างน้อย 300"
    assert effect_of(order.team / "nowhere") == []


def test_reviewers_read_how_much_would_change(order, learnt):
    file = order.team / learnt / "shadow.json"
    file.write_text('{"same": 5, "relabelled": 2, "gone": 1, "new": 4, "cited": {"gone": 1}}', encoding="utf-8")
    assert "จะเปลี่ยนป้าย เพิ่ม หรือหายไป 7 แห่ง ในจำนวนนี้ 1 แห่งอยู่ในสรุปขณะนี้" in effect_of(order.team)[1]
    assert effect_of(order.team, "en")[1].startswith("With it, 7 passages that nobody has judged would be read otherwise, 1 of them")
    file.unlink()


@pytest.mark.parametrize(
    ("database", "expected"),
    [("sqlite:////srv/team/lessons.db", "/srv/team/models"), ("postgresql://db.example.org/lessons", "/out/models")],
)
def test_team_models_stand_beside_the_database(database, expected, tmp_path):
    from pathlib import Path

    assert team_models(database, Path("/out")) == Path(expected)
