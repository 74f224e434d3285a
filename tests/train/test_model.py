"""A tiny corpus trains in seconds, the same corpus gives the same model, and one writer is not enough."""

import json
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pipeline.assets import asset
from pipeline.errors import ModelError
from pipeline.evaluate.scores import ANY
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.reader import current_model, load_reader
from pipeline.sources.marked import read_corpus
from pipeline.train.card import data_hash, make_current, model_id, write_model
from pipeline.train.cutter import learn_cutter
from pipeline.train.model import LEANS, gold_of, train_model

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
MATTERS = {"w1": ["ปลา", "เรือ", "ฝาย", "ท่าน้ำ"], "w2": ["ยา", "ห้องตรวจ", "เตียง", "สมุด"], "w3": ["หนังสือ", "สนาม", "โรงครัว", "แปลงผัก"]}


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
def told():
    return []


@pytest.fixture(scope="module")
def trained(corpus, told):
    return train_model(corpus, told.append)


@pytest.fixture(scope="module")
def folder(trained, corpus, tmp_path_factory):
    return write_model(trained, corpus, tmp_path_factory.mktemp("models"))


def test_every_writer_is_left_out_once(trained, told):
    assert told == ["w1", "w2", "w3", "all writers"]
    assert trained.passages == 48
    assert trained.unseen_writers.gold == {"lesson": 12, "issue": 12, "action": 24, ANY: 48}


def test_the_figures_are_figures(trained):
    for figures in (trained.unseen_writers, trained.ceiling):
        assert 0 < figures.passage_f1 <= 1
        assert figures.passage_interval[0] <= figures.passage_f1 <= figures.passage_interval[1]
    assert trained.ceiling.passage_f1 >= trained.unseen_writers.passage_f1
    assert 0 <= trained.calibration_error <= 1
    assert trained.classifier.lean in LEANS


def test_sentences_that_are_alike_are_found_at_other_writers(trained):
    """Each sentence of a left-out writer stands at the others with another matter: half is the least to ask."""
    assert trained.unseen_writers.passages[ANY].f1 > 0.5


def test_the_written_model_reads(folder, corpus, trained):
    make_current(folder.parent, folder.name)
    reader = load_reader(folder.parent)
    assert reader.id == folder.name == current_model(folder.parent)
    assert sorted(reader.nlp.get_pipe("labels").classifier.labels) == sorted([*label_ids(), OTHER])
    assert np.array_equal(reader.nlp.get_pipe("labels").classifier.weights, trained.classifier.weights)
    found = reader.read([labelled.post for labelled in corpus])
    assert {passage.label for row in found for passage in row} == set(label_ids())


def test_the_card_tells_the_data_and_the_figures(folder, corpus, trained):
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert card["data"] == {"hash": data_hash(corpus), "posts": 12, "writers": 3, "passages": 48}
    assert card["unseen_writers"]["passage_f1"] == trained.unseen_writers.passage_f1
    assert card["lean"] == trained.classifier.lean
    assert {path.name for path in folder.iterdir()} == {"card.json", "card.md", "classifier.skops", "cutter.json"}
    assert f"# Model {folder.name}" in (folder / "card.md").read_text(encoding="utf-8")


def test_the_same_corpus_gives_the_same_model(folder, corpus, trained, tmp_path):
    again = train_model(corpus)
    written = write_model(again, corpus, tmp_path)
    assert written.name == folder.name
    assert (written / "cutter.json").read_bytes() == (folder / "cutter.json").read_bytes()
    assert (written / "card.md").read_bytes() == (folder / "card.md").read_bytes()
    assert np.array_equal(again.classifier.weights, trained.classifier.weights)
    assert np.array_equal(again.classifier.vocabulary.words, trained.classifier.vocabulary.words)
    assert (again.unseen_writers, again.ceiling) == (trained.unseen_writers, trained.ceiling)


def test_another_corpus_has_another_id(corpus):
    assert model_id(corpus) == model_id(list(corpus))
    assert model_id(corpus[:-1]) != model_id(corpus) != model_id(corpus[::-1])
    assert data_hash(corpus[:1]) != data_hash(corpus[1:2])


@pytest.mark.parametrize("writers", [("w1",), ("w1", "w2")], ids=["one writer", "two writers"])
def test_too_few_writers_are_refused(tmp_path, writers):
    """Of two writers, one left out leaves no second one to fit the temperature on."""
    with pytest.raises(ModelError) as caught:
        train_model(write_corpus(tmp_path, writers))
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


@pytest.mark.slow
def test_the_shipped_model_can_be_rebuilt_from_the_corpus():
    """About a minute and a half: every figure of the card comes again."""
    corpus = list(read_corpus(Path(__file__).parents[2] / "corpora" / "posts"))
    folder = asset("models") / current_model(asset("models"))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert (model_id(corpus), data_hash(corpus)) == (card["id"], card["data"]["hash"])
    trained = train_model(corpus)
    for figures, name in ((trained.unseen_writers, "unseen_writers"), (trained.ceiling, "cutter_ceiling")):
        assert figures.passage_f1 == pytest.approx(card[name]["passage_f1"], abs=0.002)
        assert figures.character_f1 == pytest.approx(card[name]["character_f1"], abs=0.002)
    assert trained.calibration_error == pytest.approx(card["expected_calibration_error"], abs=0.002)
    assert trained.classifier.lean == card["lean"]
