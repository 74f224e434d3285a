"""The study of a model writes what each part gains into its card, every figure from a reader that was run."""

import json
import shutil

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.learning import study
from pipeline.jobs.learning.corpus import freeze
from pipeline.jobs.learning.learn import material_of
from pipeline.nlp.reader import current_model, load_parts
from pipeline.train.card import data_hash
from pipeline.train.model import Trained

PAGE = (
    "เรื่องน้ำของ{0}\n\n{0}ไปประชุมมา ⟦I|{0}กังวลว่าน้ำไม่พอถึงสิ้นเดือน⟧\n⟦L|ต้องนับถังก่อนแจกทุกครั้ง {0}ว่าอย่างนั้น⟧\n"
    "⟦A state=planned; strength=assigned|{0}นัดกันวันที่ 6 มี.ค. ที่ศาลา⟧\nขอบคุณ{0}"
)


@pytest.fixture
def corpus(tmp_path):
    for number, name in enumerate(("ครูแดง", "ลุงคำ", "ป้าศรี", "หมอวิทย์", "น้องจุ๋ม"), 1):
        (tmp_path / "posts" / f"w{number}").mkdir(parents=True)
        (tmp_path / "posts" / f"w{number}" / "a.txt").write_text(PAGE.format(name), encoding="utf-8")
    (tmp_path / "splits.toml").write_text('validation = ["w4"]\ntest = ["w5"]\n\n[frozen]\n', encoding="utf-8")
    freeze(tmp_path / "posts")
    return tmp_path / "posts"


def told(posts):
    writers = sorted(row.writer for row in posts)
    return {"hash": data_hash(posts), "writers": writers, "posts": len(posts), "passages": sum(len(row.passages) for row in posts)}


@pytest.fixture
def models(corpus, tmp_path, monkeypatch):
    """Return a copy of the shipped models, as if learnt from the corpus; shipped parts stand for what the curve and the variants would learn."""
    copied = shutil.copytree(asset("models"), tmp_path / "models")
    file = copied / current_model(copied) / "card.json"
    card, material = json.loads(file.read_text(encoding="utf-8")), material_of(corpus)
    card["data"] = {"teaching": told(material.teaching), "validation": told(material.validation)}
    file.write_text(json.dumps(card), encoding="utf-8")
    parts = load_parts(copied, current_model(copied))
    monkeypatch.setattr(study, "need_torch", lambda: None)
    monkeypatch.setattr(study, "train_model", lambda *_: Trained(parts, parts.classifier))
    monkeypatch.setattr(study, "variants", lambda *_: iter([("linear without words", parts._replace(tagger=None, borders=None, stack=None))]))
    return copied


def test_the_card_gets_the_ablation_and_the_curve(corpus, models):
    told = []
    figures = json.loads(study.study_model(corpus, models, told.append))
    folder = models / current_model(models)
    assert json.loads((folder / "card.json").read_text(encoding="utf-8"))["study"] == figures
    assert [row["name"] for row in figures["ablation"]] == ["full", "deep", "linear", "fast", "patterns alone, cut by length", "linear without words"]
    assert [row["posts"] for row in figures["curve"]] == [1, 2, 3]
    assert all(0 <= row["passage_f1"] <= 1 for rows in figures.values() for row in rows)
    assert "## What each part gains" in (folder / "card.md").read_text(encoding="utf-8")
    assert told[0] == "full"


def test_a_study_of_another_corpus_is_refused(corpus, models):
    (corpus / "w1" / "a.txt").write_text(PAGE.format("คนอื่น"), encoding="utf-8")
    with pytest.raises(SettingsError, match="the posts that the model learnt from"):
        study.study_model(corpus, models, print)
