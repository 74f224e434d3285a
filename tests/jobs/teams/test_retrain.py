"""What reviewers said becomes a model of the team's own; the gate judges it, a person promotes it, and one command takes it back."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest
from threadpoolctl import threadpool_limits

from pipeline.errors import ModelError, SettingsError
from pipeline.evaluate.behaviour import read_cases
from pipeline.evaluate.report import read_all, report_on
from pipeline.jobs.learning.corpus import freeze
from pipeline.jobs.learning.learn import material_of
from pipeline.jobs.teams import champion
from pipeline.jobs.teams.champion import evidence_of_champion
from pipeline.jobs.teams.compare import compare_models, list_models
from pipeline.jobs.teams.effect import effect_of
from pipeline.jobs.teams.history import HISTORY_FILE, history, looks, note, read_card, read_gate, team_models, team_names
from pipeline.jobs.teams.models import check_model
from pipeline.jobs.teams.registry import promote
from pipeline.jobs.teams.retrain import RetrainOrder, code_commit, retrain
from pipeline.jobs.teams.retrain import test_posts as posts_of_test
from pipeline.jobs.teams.rollback import point_to, roll_back
from pipeline.jobs.teams.teaching import admit
from pipeline.labelled import LabelledPost, Taught, TaughtPost
from pipeline.languages import rules_hash
from pipeline.nlp.reader import FAST, LINEAR, Reader, load_reader
from pipeline.nlp.shelf import Pointer, promoted, read_pointer
from pipeline.records import Post, Span
from pipeline.sources.marked import read_corpus
from pipeline.train.card import VALIDATION, make_current, new_model, save_parts, write_card
from pipeline.train.model import train_model
from pipeline.train.snapshot import load_snapshot

LESSON = ["ต้องฟังเรื่อง{0}ให้จบก่อน ถึงจะวางแผนได้", "เราพบว่า{0}อยู่ได้เพราะมีคนดูแลทุกวัน"]
ISSUE = ["ยังขาดคนเฝ้า{0}ตอนกลางคืน", "ไม่มีงบซ่อม{0}มาสองปีแล้ว"]
ACTION = ["ตกลงกันล้าง{0}เดือนละครั้ง", "มอบหมายให้ป้าศรีดูแล{0}จนสิ้นปี"]
TALK = "เมื่อวานฝนตกทั้งวัน นั่งกินข้าวกับเพื่อนบ้าน"
MATTERS = {
    "w1": ["ปลา", "เรือ", "ฝาย", "ท่าน้ำ", "แห", "กระชัง"],
    "w2": ["ยา", "เตียง", "สมุด", "ตู้", "รถเข็น", "ผ้าห่ม"],
    "w3": ["หนังสือ", "สนาม", "โรงครัว", "แปลงผัก", "กระดาน", "จักรยาน"],
    "w4": ["เตาเผา", "กังหัน", "บันได", "รั้ว", "สะพาน", "ศาลา"],
}
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def page(number, matter):
    lesson, issue, action = (row[number % 2].format(matter) for row in (LESSON, ISSUE, ACTION))
    return f"เรื่องของ{matter}\n\n{TALK} ⟦L|{lesson}⟧\n⟦I|{issue}⟧\n⟦A|{action}⟧\n{TALK} กับ{matter}"


def reviewed(matter, reviewer="ครูแดง", labels=("lesson", "issue", "action", "other"), weight=0.8):
    """Return a post about a matter of which a reviewer said what every line is."""
    lines = [LESSON[0].format(matter), ISSUE[0].format(matter), ACTION[0].format(matter), f"{TALK}แล้วกลับ{matter}"]
    text = f"เล่าเรื่อง{matter}\n\n" + "\n".join(lines) + "\n"
    post = Post(id=f"post {matter}", source=f"{matter}.txt", origin=f"/{matter}.txt", text=text, body=(Span(text.index(lines[0]), len(text)),))
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    return TaughtPost(LabelledPost(post, "", ()), tuple(Taught(span, label, weight, reviewer) for span, label in zip(spans, labels, strict=True)))


REVIEWED = [reviewed(f"บ่อที่{number}") for number in range(15)]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return found_home(tmp_path_factory.mktemp("home"))


def found_home(root):
    """Write a corpus of four writers and the model that ships with it into a folder that has room for a team's."""
    for writer, matters in MATTERS.items():
        (root / "posts" / writer).mkdir(parents=True)
        for number, matter in enumerate(matters):
            (root / "posts" / writer / f"{number}.txt").write_text(page(number, matter), encoding="utf-8")
    (root / "splits.toml").write_text('validation = ["w3"]\ntest = ["w4"]\n\n[frozen]\n', encoding="utf-8")
    freeze(root / "posts")
    (root / "behaviour.toml").write_text('[[case]]\nid = "date"\ntext = "นัดล้างบ่อวันที่ 9 พฤษภาคม 2552"\nfirst_day = 2009-05-09\n', encoding="utf-8")
    material = material_of(root / "posts")
    with new_model(root / "models") as folder:
        trained = train_model(material, None, folder)
        save_parts(trained, folder)
        readers = {LINEAR: trained.parts, FAST: trained.parts._replace(classifier=trained.fast)}
        reports = {kind: report_on(read_all(Reader(kind, parts), material.validation)) for kind, parts in readers.items()}
        shipped = write_card(folder, material, trained, None, reports, VALIDATION)
    make_current(root / "models", shipped)
    return root


@pytest.fixture(scope="module")
def order(home):
    return RetrainOrder(home / "posts", home / "models", home / "team" / "models", "คุณลิขิต", NOW)


@pytest.fixture(scope="module")
def learnt(order):
    return retrain(order, REVIEWED)


def allow(team, model):
    """Put the gate's consent where a test of eighteen passages cannot decide."""
    file = team / model / "gate.json"
    file.write_text(json.dumps({**read_gate(team, model), "decision": "allowed"}), encoding="utf-8")


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


def test_a_damaged_card_of_another_model_stops_nothing(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    (team / "team-00000000").mkdir()
    (team / "team-00000000" / "card.json").write_text('{"id": ', encoding="utf-8")
    assert retrain(replace(order, team=team), REVIEWED) == learnt


def test_another_version_of_the_test_judges_the_same_model_anew(order, learnt, tmp_path):
    team = shutil.copytree(order.team, tmp_path / "models")
    (team / "test" / "w9").mkdir(parents=True)
    (team / "test" / "w9" / "0.txt").write_text(page(0, "เตาอบ"), encoding="utf-8")
    assert retrain(replace(order, team=team), REVIEWED) == learnt
    assert read_gate(team, learnt)["passages"] == 21
    assert [row["what"] for row in history(team)] == ["looked", "learnt", "looked"]


@pytest.mark.parametrize("noted", [[], ["looked"]])
def test_what_a_killed_run_could_not_note_is_noted_by_the_next(order, learnt, noted):
    file = order.team / HISTORY_FILE
    before = file.read_text(encoding="utf-8")
    kept = [line for line in before.splitlines(keepends=True) if json.loads(line)["what"] in noted]
    file.write_text("".join(kept), encoding="utf-8")
    assert retrain(order, REVIEWED) == learnt
    assert file.read_text(encoding="utf-8") == before


def test_a_line_that_a_crash_has_cut_short_spoils_none_behind_it(tmp_path):
    note(tmp_path, "learnt", "one", by="คุณลิขิต", at=NOW)
    file = tmp_path / HISTORY_FILE
    file.write_bytes(file.read_bytes()[:-9])
    note(tmp_path, "looked", "two", by="คุณลิขิต", at=NOW, test="t")
    assert [row["model"] for row in history(tmp_path)] == ["two"]
    assert looks(tmp_path, "t") == 1


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
    read = [order.models, order.team, posts_of_test(order.corpus, order.team), read_cases(order.corpus.parent / "behaviour.toml"), code_commit()]
    monkeypatch.setattr(champion, "gather", None)
    kept = evidence_of_champion(*read)
    assert (len(kept.counts), kept.failed, kept.seconds > 0) == (6, (), True)
    with pytest.raises(TypeError):  # of another version of the program nothing counts
        evidence_of_champion(*read[:-1], "of before")


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
        promote(order.models, order.team, learnt, by="คุณเอื้อ", at=NOW)
    assert read_pointer(order.team) == Pointer()
    with pytest.raises(SettingsError, match="team-none"):
        promote(order.models, order.team, "team-none", by="คุณเอื้อ", at=NOW)


def test_nothing_to_roll_back_is_said(tmp_path):
    with pytest.raises(SettingsError, match="must have been promoted"):
        roll_back(tmp_path, by="คุณเอื้อ", at=NOW)


def test_the_promoted_model_wins_and_a_rollback_takes_five_seconds_at_most(order, learnt):
    shipped = load_reader(order.models).id
    before = read_gate(order.team, learnt)
    allow(order.team, learnt)
    promote(order.models, order.team, learnt, by="คุณเอื้อ", at=NOW)
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


def test_a_promotion_that_was_killed_half_way_is_ended_by_the_next(order, learnt, tmp_path):
    shutil.copytree(order.team / learnt, tmp_path / learnt)
    allow(tmp_path, learnt)
    point_to(tmp_path, Pointer(learnt, "team-before"))  # no further did the killed one come
    assert load_reader(order.models, None, tmp_path).id == learnt
    assert effect_of(tmp_path, name=learnt)[-1] == "ขณะนี้ใช้แบบจำลองนี้อ่านบันทึกแล้ว"
    assert promote(order.models, tmp_path, learnt, by="คุณเอื้อ", at=NOW) == Pointer(learnt, "team-before")
    assert [(row["what"], row["before"]) for row in history(tmp_path)] == [("promoted", "team-before")]


def test_three_who_roll_back_at_once_leave_a_pointer_that_reads(tmp_path):
    point_to(tmp_path, Pointer("one", "other"))
    with ThreadPoolExecutor(3) as hands:
        done = list(hands.map(lambda _: roll_back(tmp_path, by="คุณเอื้อ", at=NOW), range(60)))
    assert {frozenset(pointer) for pointer in [*done, read_pointer(tmp_path)]} == {frozenset({"one", "other"})}
    assert len(history(tmp_path)) == 60


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
    assert rows[-2] == "วัดกับชุดทดสอบคนละชุด คะแนนจึงเทียบกันตรงๆ ไม่ได้"
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
