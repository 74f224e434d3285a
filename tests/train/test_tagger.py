"""Pretraining and the tagger's training, on a few sentences: what is learnt comes back from the files. Needs torch, which only training does."""

import lzma

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch: install the extra train")
pytest.importorskip("onnx", reason="needs onnx: install the extra train")

from pipeline.errors import SettingsError
from pipeline.jobs.learning.pretrain import Asked, pretrain_words
from pipeline.labelled import GoldSpan
from pipeline.nlp.cues import CueFinder
from pipeline.nlp.heads import TAGS
from pipeline.nlp.reader import cues_reader
from pipeline.nlp.stretches import seen_words
from pipeline.nlp.tagger import load_tagger
from pipeline.nlp.word_table import HIDDEN, PADDING
from pipeline.records import Post, Span
from pipeline.train.export import save_network
from pipeline.train.pretrain import PLAIN, pretrain, read_unlabelled
from pipeline.train.pretrained import load_pretrained, newest_pretrained, write_pretrained
from pipeline.train.tagger import AFRESH, Lesson, learn_tagger, tags_of
from pipeline.train.truths import classes_of

pytestmark = pytest.mark.filterwarnings(
    "ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
)  # torch's exporter warns of itself
LINES = [f"ลุงคำกังวลว่าน้ำจะไม่พอถึงเดือน {number}\nครูแดงรับไปนับถังน้ำให้เสร็จ แล้วทุกคนก็กลับบ้าน\n\n" for number in range(12)]
TEXT = [line + "\n" for block in LINES * 70 for line in block.split("\n")]


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """Return words pretrained for a few steps, as they stand in their folder."""
    found = pretrain(read_unlabelled(TEXT, ["คำหายาก"]), PLAIN._replace(passes=(3,)))
    weights = {name: weight.numpy() for name, weight in found.context.state_dict().items()}
    return load_pretrained(write_pretrained(found.table, weights, {"steps": 3}, tmp_path_factory.mktemp("models")))


def test_frequent_words_and_those_of_the_corpus_are_known(words):
    assert {"กังวล", "0", "คำหายาก"} <= set(words.table.words)
    assert not any(word.isspace() for word in words.table.words)
    assert len(words.table.vectors) == len(set(words.table.words)) + words.table.rows[words.table.words[0]]


def test_the_same_seed_pretrains_the_same():
    text = read_unlabelled(TEXT)
    first, again = (pretrain(text, PLAIN._replace(passes=(2,)), seed=7) for _ in range(2))
    assert np.array_equal(first.table.vectors, again.table.vectors)
    assert first.loss == again.loss


def test_too_little_text_is_refused():
    with pytest.raises(SettingsError, match="words"):
        read_unlabelled(["ลุงคำ กังวล"])


def test_a_packed_file_is_pretrained_and_named(tmp_path):
    file = tmp_path / "news.txt.xz"
    with lzma.open(file, "wt", encoding="utf-8") as opened:
        opened.writelines(TEXT)
    folder = pretrain_words([file], tmp_path / "none", tmp_path / "models", lambda _: None, Asked(share=0.0003))
    assert newest_pretrained(tmp_path / "models").id == folder.name


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.txt.xz").write_bytes(b"no archive")
    with pytest.raises(SettingsError, match=r"a\.txt\.xz"):
        pretrain_words([tmp_path / "a.txt.xz"], tmp_path / "none", tmp_path, lambda _: None)


@pytest.fixture(scope="module")
def lessons(words):
    reader, find = cues_reader(), CueFinder()
    text = "ลุงคำกังวลว่าน้ำไม่พอ แล้วทุกคนก็กลับบ้าน"
    post = Post("p", "p.txt", "p.txt", text, body=(Span(0, len(text)),))
    doc = find(reader.tokenize([post])[0])
    seen = seen_words(doc, words.table)
    return doc, [Lesson(seen, classes_of(seen, [], tags_of(seen, [GoldSpan(Span(0, 20), "issue")])))] * 24


def test_a_mark_begins_once_and_goes_on(lessons):
    _, [lesson, *_] = lessons
    names = [TAGS[tag] for tag in lesson.tags[:, 0]]
    assert names[0] == "begins issue"
    assert set(names[1:3]) == {"continues issue"}
    assert names[-1] == "other"
    assert names.count("begins issue") == 1


def test_what_was_learnt_is_read_from_the_file(words, lessons, tmp_path):
    doc, taught = lessons
    told = []
    save_network(learn_tagger(taught, words.table, words.context(), way=AFRESH._replace(rounds=150), progress=told.append), tmp_path)
    found = load_tagger(tmp_path, words.table).tag(doc)
    assert [TAGS[tag] for tag in found.chances.argmax(axis=1)] == [TAGS[tag] for tag in taught[0].tags[:, 0]]
    assert told[-1] == "tagger, round 150 of 150"


def test_training_hides_words_and_pads_with_nothing(words, lessons):
    assert (PADDING, HIDDEN) == (0, 1)
    assert words.context().state_dict().keys() == words.weights.keys()
