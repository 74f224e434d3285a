"""A corpus becomes a model that is the current one; marked posts become figures."""

import hashlib
import json

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.learning import learn
from pipeline.jobs.learning.corpus import freeze
from pipeline.nlp.reader import FAST, LINEAR, current_model, load_parts, load_reader
from pipeline.records import short_hash
from pipeline.train.model import Trained

LINE = "ลุงคำกังวลเรื่องค่าไฟ"
TEXT = f"เรื่องค่าไฟ\n\n{LINE}\nป้าศรีทอเสื่อ"
START = TEXT.index(LINE)
OWN = {
    "w1": ("ต้องจดมิเตอร์เองทุกเดือน", "ครูแดงรับไปถามการไฟฟ้า"),
    "w2": ("บ่อกุ้งอยู่ได้เพราะน้ำสะอาด", "ตกลงล้างบ่อวันศุกร์หน้า"),
    "w3": ("เด็กอ่านออกเมื่อมีคนฟัง", "ป้าหมอนัดเล่านิทานทุกเช้า"),
    "w4": ("ข้าวงอกดีถ้าแช่คืนเดียว", "กลุ่มโรงสีจะซ่อมสายพาน"),
}


@pytest.fixture
def corpus(tmp_path):
    for writer in ("w1", "w2", "w3", "w4"):
        (tmp_path / "posts" / writer).mkdir(parents=True)
        text = f"เรื่องค่าไฟ\n\n⟦I|ลุงคำกังวลเรื่องค่าไฟของ{writer}⟧\nป้าศรีทอเสื่อ\n⟦L|{OWN[writer][0]}⟧\n⟦A|{OWN[writer][1]}⟧"
        (tmp_path / "posts" / writer / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "splits.toml").write_text('validation = ["w3"]\ntest = ["w4"]\n\n[frozen]\n', encoding="utf-8")
    freeze(tmp_path / "posts")
    return tmp_path / "posts"


@pytest.fixture
def trained(monkeypatch):
    """Put shipped parts in the place of training, which tests/train looks after."""
    models = asset("models")
    shipped = current_model(models)

    def train_model(material, words, folder, progress, deep):
        progress("classifier")
        assert words is deep is None
        assert folder.is_dir()
        return Trained(load_parts(models, shipped, LINEAR), load_parts(models, shipped, FAST).classifier)

    monkeypatch.setattr(learn, "train_model", train_model)


def test_the_material_leaves_out_the_test_and_keeps_the_validation_apart(corpus):
    material = learn.material_of(corpus)
    assert [row.writer for row in material.teaching] == ["w1", "w2"]
    assert [row.writer for row in material.validation] == ["w3"]


def test_texts_off_the_genre_may_teach_too(corpus, tmp_path):
    text = "ข่าว\n\nต้องถามก่อนทำ\n"
    row = {"source": "news/1.txt", "repository": "r", "commit": "c", "path": "p", "sha256": hashlib.sha256(text.encode()).hexdigest()}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row | {"spans": [[6, 19, "lesson", short_hash(text[6:19])]]}) + "\n", encoding="utf-8")
    (tmp_path / "texts" / "news").mkdir(parents=True)
    (tmp_path / "texts" / "news" / "1.txt").write_text(text, encoding="utf-8")
    material = learn.material_of(corpus, (tmp_path, tmp_path / "texts"))
    assert [row.writer for row in material.teaching] == ["w1", "w2", "outside-news"]


def test_a_learnt_model_is_the_current_one_and_measured_on_the_frozen_test(corpus, trained, tmp_path):
    told = []
    learnt = learn.learn(corpus, tmp_path / "models", told.append)
    assert told == ["classifier", "frozen test"]
    assert learnt.folder == tmp_path / "models" / current_model(tmp_path / "models")
    assert load_reader(tmp_path / "models").id == learnt.folder.name
    assert "the linear reader on 1 posts of the frozen test" in learnt.figures
    assert "the fast reader on 1 posts of the frozen test" in learnt.figures
    card = json.loads((learnt.folder / "card.json").read_text(encoding="utf-8"))
    assert card["test"]["posts"] == 1
    assert card["data"]["teaching"]["writers"] == ["w1", "w2"]


def test_a_tagger_cannot_be_learnt_without_torch(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(learn, "newest_pretrained", lambda _: object())
    monkeypatch.setattr(learn, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="needs torch"):
        learn.learn(corpus, tmp_path / "models", print)
    assert not (tmp_path / "models").exists()


def test_the_readers_of_a_model_are_judged_on_the_frozen_test(corpus):
    figures = learn.judge_corpus(corpus, asset("models"), None)
    assert [line.split()[1] for line in figures.splitlines() if line.startswith("the ")] == ["full", "deep", "linear", "fast"]
    assert learn.judge_corpus(corpus, asset("models"), "@fast").startswith("the fast reader on 1 posts")


def test_a_corpus_without_a_test_cannot_judge(corpus):
    (corpus.parent / "splits.toml").unlink()
    with pytest.raises(SettingsError, match="a frozen test"):
        learn.judge_corpus(corpus, asset("models"), None)


@pytest.mark.parametrize("made", [False, True], ids=["no folder", "an empty folder"])
def test_a_corpus_without_posts_is_refused(tmp_path, made):
    folder = tmp_path / "posts"
    if made:
        folder.mkdir()
    with pytest.raises(SettingsError) as caught:
        learn.material_of(folder)
    assert str(folder) in caught.value.en
    assert "--corpus" in caught.value.th


@pytest.fixture
def gold(tmp_path):
    def gold(*rows):
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        file = tmp_path / "gold.jsonl"
        file.write_text("\n".join(json.dumps({"source": "a.txt", **row}) for row in rows), encoding="utf-8")
        return file

    return gold


def figures_of(file, folder):
    lines = learn.judge_gold(asset("models"), "cues", [file], folder).split("\n")
    return lines[0], {line.split()[0]: line.split()[1:] for line in lines[2:6]}


def test_what_the_cues_find_is_measured(gold, tmp_path):
    head, rows = figures_of(gold({"start": START, "end": START + len(LINE), "label": "issue"}), tmp_path)
    assert head == "cues, 1 posts"
    assert rows["issue"] == ["1.000"] * 6 + ["1"]
    assert rows["lesson"] == ["0.000"] * 6 + ["0"]


def test_what_they_miss_is_measured_and_the_ceiling_told(gold, tmp_path):
    file = gold({"start": START, "end": START + len(LINE), "label": "lesson"})
    _, rows = figures_of(file, tmp_path)
    assert (rows["lesson"][-2:], rows["any"][-2:]) == (["0.000", "1"], ["1.000", "1"])
    ceiling = learn.judge_gold(asset("models"), "cues", [file], tmp_path).split("with perfect labels")[1]
    assert "lesson     1.000  1.000  1.000    1.000  1.000  1.000      1" in ceiling


def test_gold_files_add_up(gold, tmp_path):
    file = gold({"start": START, "end": START + len(LINE), "label": "issue"})
    head = learn.judge_gold(asset("models"), "cues", [file, file], tmp_path).split("\n")[0]
    assert head == "cues, 1 posts"


@pytest.mark.parametrize("text", ['{"text": "a"}\n{"text": "b"}', "{"], ids=["two posts", "no post"])
def test_a_gold_row_names_a_file_of_one_post(gold, tmp_path, text):
    (tmp_path / "b.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"b\.jsonl: the gold rows name this file"):
        learn.judge_gold(asset("models"), "cues", [gold({"source": "b.jsonl", "start": 0, "end": 1, "label": "issue"})], tmp_path)


def test_errors_of_the_files_come_through(gold, tmp_path):
    with pytest.raises(SettingsError):
        learn.judge_gold(asset("models"), "cues", [gold({"source": "none.txt", "start": 0, "end": 1, "label": "issue"})], tmp_path)
    with pytest.raises(SettingsError, match="no gold"):
        learn.judge_gold(asset("models"), "cues", [tmp_path / "no gold.jsonl"], tmp_path)
    with pytest.raises(SettingsError, match="linear-none"):
        learn.judge_gold(asset("models"), "linear-none", [gold()], tmp_path)
