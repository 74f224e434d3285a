"""A tiny corpus trains in seconds, the same corpus gives the same model, and two writers are not enough."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pipeline.assets import asset
from pipeline.errors import ModelError
from pipeline.evaluate.breakdown import gold_of
from pipeline.evaluate.report import read_all, report_on
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.heads import TAGS
from pipeline.nlp.passages import NEVER, CutterWeights
from pipeline.nlp.pieces import Tagged
from pipeline.nlp.reader import FAST, LINEAR, Reader, current_model, load_reader
from pipeline.nlp.stack import FEATURES
from pipeline.nlp.stretches import seen_words
from pipeline.nlp.word_table import FIRST_KNOWN, word_table
from pipeline.sources.marked import read_corpus
from pipeline.train.card import data_hash, make_current, new_model, save_parts, write_card
from pipeline.train.cutter import learn_cutter
from pipeline.train.leans import LEANS
from pipeline.train.model import DEEP_OUTSIDE, divide, prepare, stacked, train_model, variants
from pipeline.train.rows import load_rows, rows_of_corpus, save_rows

LESSON = [
    "หัวใจของวง{0} คือการฟังให้จบก่อน",
    "ถ้าจดบัญชี{0}ทุกวัน จะไม่ต้องทะเลาะกันปลายปี",
    "ต้องให้คน{0}เลือกเวลาเอง ถึงจะมาครบ",
    "เราพบว่าเด็กสอน{0} ได้ดีกว่าผู้ใหญ่",
]
ISSUE = ["ยังขาดคนเฝ้า{0} ตอนกลางคืน", "ลุงคำกังวลว่า{0} จะไม่พอถึงหน้าแล้ง", "ไม่มีงบซ่อม{0} มาสองปีแล้ว", "{0}ถูกปล่อยร้าง และยังไม่มีใครรับผิดชอบ"]
ACTION = [
    "ตกลงกันล้าง{0} เดือนละครั้ง",
    "ครูแดงรับไปนับ{0} ให้เสร็จวันที่ 12",
    "นัดประชุมเรื่อง{0} วันศุกร์หน้าที่ศาลา",
    "มอบหมายให้ป้าศรีดูแล{0} จนสิ้นปี",
]
TALK = ["เมื่อวานฝนตกทั้งวัน นั่งกินข้าวกับเพื่อนบ้าน", "ขอบคุณทุกบ้านที่เอาขนมมาฝาก", "อากาศเย็นดี เดินเล่นริมคลองเพลินเลย", "แวะไปไหว้พระแล้วก็กลับบ้าน"]
MATTERS = {
    "w1": ["ปลา", "เรือ", "ฝาย", "ท่าน้ำ", "แห", "กระชัง", "บ่อ", "ตลิ่ง"],
    "w2": ["ยา", "ห้องตรวจ", "เตียง", "สมุด", "ตู้", "รถเข็น", "ผ้าห่ม", "ถังน้ำ"],
    "w3": ["หนังสือ", "สนาม", "โรงครัว", "แปลงผัก", "กระดาน", "ห้องสมุด", "เสาธง", "จักรยาน"],
}


def page(number, matter):
    lesson, issue, action = (row[number % 4].format(matter) for row in (LESSON, ISSUE, ACTION))
    other = ACTION[(number + 1) % 4].format(matter)
    return (
        f"เรื่องของ{matter}\n\n{TALK[number % 4]} ⟦L|{lesson}⟧ แล้วก็คุยกันต่อ ⟦I|{issue}⟧ {TALK[(number + 1) % 4]}\n"
        f"⟦A|{action}⟧ ⟦A|{other}⟧\n{TALK[(number + 2) % 4]}"
    )


def write_corpus(folder, writers=MATTERS):
    for writer in writers:
        (folder / writer).mkdir(parents=True)
        for number, matter in enumerate(MATTERS[writer]):
            (folder / writer / f"{number}.txt").write_text(page(number, matter), encoding="utf-8")
    return list(read_corpus(folder))


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """So small a fit is slower on many threads, above all where they share two cores."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def material(corpus):
    return divide(corpus, frozenset({"w2"}))


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def trained(material, told, tmp_path_factory):
    return train_model(material, None, tmp_path_factory.mktemp("network"), told.append)


def write(trained, material, models):
    with new_model(models) as folder:
        save_parts(trained, folder)
        readers = {LINEAR: trained.parts, FAST: trained.parts._replace(classifier=trained.fast)}
        reports = {kind: report_on(read_all(Reader(kind, parts), material.validation)) for kind, parts in readers.items()}
        name = write_card(folder, material, trained, None, reports)
    return models / name


@pytest.fixture(scope="module")
def folder(trained, material, tmp_path_factory):
    return write(trained, material, tmp_path_factory.mktemp("models"))


def test_whole_writers_teach_or_validate(corpus, material, trained, told):
    assert {row.writer for row in material.teaching} == {"w1", "w3"}
    assert {row.writer for row in material.validation} == {"w2"}
    assert {row.writer for row in divide(corpus, frozenset()).validation} == {"w3"}  # the last, where nobody is named
    assert told == ["cutter", "classifier", "fast classifier", "fields"]


def test_each_label_has_a_lean_that_was_tried(trained):
    for classifier in (trained.parts.classifier, trained.fast):
        assert set(classifier.leans) == set(label_ids())
        assert set(classifier.leans.values()) <= set(LEANS)


def test_sentences_that_are_alike_are_found_at_other_writers(folder):
    """Each sentence of the writer who was left out stands at the others with another matter: half is the least to ask."""
    test = json.loads((folder / "card.json").read_text(encoding="utf-8"))["test"]
    assert test["readers"]["linear"]["passages"]["any"]["f1"] > 0.5
    assert test["ceiling"]["passage_f1"] >= test["readers"]["linear"]["passage_f1"]


def test_the_written_model_reads(folder, corpus, trained):
    make_current(folder.parent, folder.name)
    reader = load_reader(folder.parent)
    assert reader.id == folder.name == current_model(folder.parent)
    assert sorted(reader.nlp.get_pipe("labels").classifier.labels) == sorted([*label_ids(), OTHER])
    assert np.array_equal(reader.nlp.get_pipe("labels").classifier.weights, trained.parts.classifier.weights)
    found = reader.read([labelled.post for labelled in corpus])
    assert {passage.label for row in found for passage in row} == set(label_ids())
    fast = load_reader(folder.parent, "@fast")
    assert fast.id == f"{folder.name}@fast"
    assert fast.nlp.get_pipe("labels").classifier.weights.shape[0] < trained.parts.classifier.weights.shape[0]


def test_the_card_tells_the_data_and_the_figures(folder, material):
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["data"]["teaching"] == {"hash": data_hash(material.teaching), "writers": ["w1", "w3"], "posts": 16, "passages": 64}
    assert card["data"]["validation"]["writers"] == ["w2"]
    assert card["words"] is None
    assert {path.name for path in folder.iterdir()} >= {"card.json", "card.md", "classifier.msgpack", "fast.msgpack", "fields.msgpack", "cutter.json"}
    text = (folder / "card.md").read_text(encoding="utf-8")
    assert f"# Model {folder.name}" in text
    assert f"{card['test']['readers']['linear']['passage_f1']:.3f}" in text
    assert all(name in text for name in ("| by domain |", "| by voice |", "## The worst errors"))


def test_the_same_corpus_gives_the_same_model(folder, material, trained, tmp_path):
    again = train_model(material, None, tmp_path)
    written = write(again, material, tmp_path)
    assert written.name == folder.name
    for name in ("cutter.json", "card.md"):
        assert (written / name).read_bytes() == (folder / name).read_bytes()
    assert np.array_equal(again.parts.classifier.weights, trained.parts.classifier.weights)
    assert np.array_equal(again.parts.classifier.vocabulary.words, trained.parts.classifier.vocabulary.words)


def test_other_bytes_have_another_id(folder, material, trained, tmp_path):
    """Whatever made them other: here a lean, which neither the corpus nor the settings of the program tell."""
    fast = replace(trained.fast, leans={**trained.fast.leans, "issue": 0.4321})
    assert write(replace(trained, fast=fast), material, tmp_path).name != folder.name
    assert write(trained, material, tmp_path).name == folder.name


def test_two_who_make_the_same_model_at_once_both_find_it_whole(tmp_path):
    def make(number):
        with new_model(tmp_path) as made:
            (made / "cutter.json").write_text(str(number), encoding="utf-8")
            (made / "card.json").write_text(json.dumps({"id": f"m-{number % 5}"}), encoding="utf-8")

    with ThreadPoolExecutor(5) as hands:
        list(hands.map(make, [number for number in range(20) for _ in range(10)]))
    assert {path.name: sorted(file.name for file in path.iterdir()) for path in tmp_path.iterdir()} == {
        f"m-{number}": ["card.json", "cutter.json"] for number in range(5)
    }


def test_rows_that_two_keep_at_once_are_whole(tmp_path, corpus):
    rows = rows_of_corpus(corpus[:2], CutterWeights(0.0, {}))
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda _: save_rows(rows, "key", tmp_path / ".corpus.npz"), range(12)))
    kept = load_rows("key", tmp_path / ".corpus.npz")
    assert kept is not None
    assert kept.labels.tolist() == rows.labels.tolist()
    assert [path.name for path in tmp_path.iterdir()] == [".corpus.npz"]


@pytest.mark.parametrize("content", [b"", b"[]", b"PK\x03\x04 cut short"], ids=["empty", "other", "cut short"])
def test_rows_that_are_damaged_are_looked_at_again(tmp_path, content):
    (tmp_path / ".corpus.npz").write_bytes(content)
    assert load_rows("key", tmp_path / ".corpus.npz") is None


def test_a_model_without_a_card_does_not_stand_among_the_models(tmp_path):
    with new_model(tmp_path) as made:
        (made / "cutter.json").write_text("{}", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_each_family_of_features_may_be_left_out(material, trained):
    names = [name for name, _ in variants(material, trained.parts)]
    assert names == [f"linear without {family}" for family in ("words", "characters", "patterns", "place")]


@pytest.mark.parametrize("writers", [("w1",), ("w1", "w2")], ids=["one writer", "two writers"])
def test_too_few_writers_are_refused(tmp_path, writers):
    """Of two writers, one to validate on leaves no second one to learn from."""
    with pytest.raises(ModelError) as caught:
        divide(write_corpus(tmp_path, writers), frozenset())
    assert f"Got {len(writers)}." in caught.value.en
    assert f"พบ {len(writers)} คน" in caught.value.th


def test_the_marks_of_a_post_are_its_gold(corpus):
    for labelled in corpus:
        assert [(mark.span.of(labelled.post.text), mark.label) for mark in gold_of(labelled)] == [
            (passage.quote, passage.label) for passage in labelled.passages
        ]


def test_a_gap_inside_a_mark_is_no_border_and_its_edge_is_one(by_marks):
    weights = by_marks
    assert weights.features["R1=แต่"] > 0 > weights.features["R1=ทอ"]


@pytest.fixture
def by_marks(tmp_path):
    from pipeline.nlp.reader import cues_reader

    (tmp_path / "w1").mkdir()
    text = "\n".join(["⟦L|ลุงคำพายเรือ ทอเสื่อขาย⟧ ⟦I|แต่น้ำขุ่น ทอผ้าไม่ได้⟧"] * 8)
    (tmp_path / "w1" / "a.txt").write_text(f"เรื่องทอ\n\n{text}", encoding="utf-8")
    corpus = list(read_corpus(tmp_path))
    reader = cues_reader()
    with reader.batch():
        return learn_cutter(reader.tokenize(row.post for row in corpus), [[mark.span for mark in gold_of(row)] for row in corpus])


class Knowing:
    """A tagger that knows the marks of some posts."""

    def __init__(self, read):
        self.marks = {id(doc): marks for doc, marks in zip(read.docs, read.marks, strict=True)}

    def tag(self, doc):
        seen = seen_words(doc, word_table((), np.zeros((FIRST_KNOWN, 1), np.float16)))
        chances = np.full((len(seen), len(TAGS)), 0.01)
        for mark in self.marks[id(doc)]:
            held = np.flatnonzero((seen.starts >= mark.span.start) & (seen.ends <= mark.span.end))
            chances[held, TAGS.index(f"continues {mark.label}")] = 0.9
            chances[held[:1], TAGS.index(f"begins {mark.label}")] = 0.98
        chances[chances.max(axis=1) < 0.5, 0] = 0.9
        logs = np.log(chances / chances.sum(axis=1, keepdims=True))
        return Tagged(seen.starts, seen.ends, logs, logs)


def test_borders_and_stack_come_from_what_the_tagger_of_a_reader_says(trained, material):
    read = prepare(material.validation)
    parts = stacked(read, trained.parts._replace(tagger=Knowing(read)))
    assert parts.borders.gap > 0 or parts.borders.begins > 0
    deep = stacked(read, parts, DEEP_OUTSIDE)
    assert (parts.borders.outside, deep.borders.outside) == (NEVER, DEEP_OUTSIDE)
    weight = dict(zip(FEATURES, parts.stack.weights[parts.stack.labels.index("issue")], strict=True))
    assert weight["tags issue"] > 0.1
    assert parts.classifier is trained.parts.classifier


def test_in_the_model_that_ships_the_deep_reader_alone_cuts_margins_off():
    models = asset("models")
    folder = models / (models / "CURRENT").read_text(encoding="utf-8").strip()
    deep = json.loads((folder / "deep_borders.json").read_text(encoding="utf-8"))
    full = json.loads((folder / "cutter.json").read_text(encoding="utf-8"))["tagger"]
    assert (deep["outside"], full["outside"]) == (DEEP_OUTSIDE, NEVER)


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("torch"), reason="needs torch: install the extra train")
def test_the_shipped_model_can_be_rebuilt_from_the_repository(tmp_path):
    """About a quarter of an hour: the figures of the card come again, but for what another processor rounds otherwise."""
    import shutil

    from pipeline.jobs.learning.learn import learn

    shipped = asset("models") / current_model(asset("models"))
    card = json.loads((shipped / "card.json").read_text(encoding="utf-8"))
    for name in ("WORDS", card["words"]["id"], "DEEP", card["deep"]["id"]):
        source = asset("models") / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    learnt = learn(Path(__file__).parents[2] / "corpora" / "posts", tmp_path, print)
    again = json.loads((learnt.folder / "card.json").read_text(encoding="utf-8"))
    assert (again["id"], again["data"]) == (card["id"], card["data"])
    for kind, scores in card["test"]["readers"].items():
        assert again["test"]["readers"][kind]["passage_f1"] == pytest.approx(scores["passage_f1"], abs=0.02)
        assert again["test"]["readers"][kind]["character_f1"] == pytest.approx(scores["character_f1"], abs=0.02)
