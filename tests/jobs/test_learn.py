"""A corpus becomes a model that is the current one; marked posts become figures."""

import json

import pytest

from pipeline.assets import asset
from pipeline.errors import SettingsError, SourceError
from pipeline.evaluate.scores import count_post, score
from pipeline.jobs import learn
from pipeline.nlp.classifier import load_classifier
from pipeline.nlp.passages import CutterWeights
from pipeline.nlp.reader import current_model, load_reader
from pipeline.records import GoldSpan, Span
from pipeline.train.model import Trained

LINE = "ลุงคำกังวลเรื่องค่าไฟ"
TEXT = f"เรื่องค่าไฟ\n\n{LINE}\nป้าศรีทอเสื่อ"
START = TEXT.index(LINE)


@pytest.fixture
def corpus(tmp_path):
    for writer in ("w1", "w2"):
        (tmp_path / "posts" / writer).mkdir(parents=True)
        (tmp_path / "posts" / writer / "a.txt").write_text(TEXT.replace(LINE, f"⟦I|{LINE}⟧"), encoding="utf-8")
    return tmp_path / "posts"


@pytest.fixture
def trained(monkeypatch):
    """Put the shipped classifier in the place of training, which tests/train looks after."""
    figures = score([count_post(TEXT, [GoldSpan(Span(0, 9), "issue")], [(Span(0, 9), "issue")])], draws=10)
    shipped = asset("models") / current_model(asset("models"))

    def train_model(corpus, progress):
        progress("all writers")
        return Trained(CutterWeights(0.5, {"o=-": 1.0}), load_classifier(shipped), figures, figures, 0.125, len(corpus))

    monkeypatch.setattr(learn, "train_model", train_model)


def test_a_learnt_model_is_the_current_one(corpus, trained, tmp_path):
    told = []
    learnt = learn.learn(corpus, tmp_path / "models", told.append)
    assert told == ["all writers"]
    assert learnt.folder == tmp_path / "models" / current_model(tmp_path / "models")
    assert load_reader(tmp_path / "models").id == learnt.folder.name
    assert "expected calibration error 0.125" in learnt.figures


def test_judging_a_corpus_writes_nothing(corpus, trained, tmp_path):
    figures = learn.judge_corpus(corpus, lambda _: None)
    assert "writers left out of training" in figures
    assert "the ceiling of the cutter" in figures
    assert [path.name for path in tmp_path.iterdir()] == ["posts"]


@pytest.mark.parametrize("made", [False, True], ids=["no folder", "an empty folder"])
def test_a_corpus_without_posts_is_refused(tmp_path, made):
    folder = tmp_path / "posts"
    if made:
        folder.mkdir()
    with pytest.raises(SettingsError) as caught:
        learn.corpus_of(folder)
    assert str(folder) in caught.value.en
    assert "--corpus" in caught.value.th


def test_the_corpus_keeps_its_writers(corpus):
    assert [(row.writer, row.passages[0].quote) for row in learn.corpus_of(corpus)] == [("w1", LINE), ("w2", LINE)]


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
    with pytest.raises(SourceError):
        learn.judge_gold(asset("models"), "cues", [tmp_path / "no gold.jsonl"], tmp_path)
    with pytest.raises(SettingsError, match="linear-none"):
        learn.judge_gold(asset("models"), "linear-none", [gold()], tmp_path)
