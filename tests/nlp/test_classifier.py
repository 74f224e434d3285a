"""A classifier comes back from disk as it went, and nothing strange is ever loaded."""

import pickle

import numpy as np
import pytest
import srsly

from pipeline.assets import asset
from pipeline.errors import ModelError
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.classifier import FILE, decide, load_classifier, save_classifier
from pipeline.sources import find_files, read_posts
from pipeline.text import clean

BODY = "ลุงคำกังวลค่าไฟ\nตกลงกันล้างตลาดเดือนละครั้ง\nหัวใจของวงนี้คือการฟัง\nเมื่อวานกินข้าวกับป้าศรี"
LABELS = [*label_ids(), OTHER]


@pytest.fixture
def classifier(reader):
    return reader.nlp.get_pipe("labels").classifier


@pytest.fixture
def docs(reader, make_post):
    with reader.batch():
        docs = reader.tokenize([make_post(BODY), make_post(""), make_post(BODY[:20])])
        reader.classify(docs)
        yield docs


def test_saved_and_loaded_it_says_the_same(classifier, docs, tmp_path):
    save_classifier(classifier, tmp_path / FILE)
    again = load_classifier(tmp_path / FILE)
    assert np.array_equal(again.probabilities(docs), classifier.probabilities(docs))
    assert np.array_equal(again.weights, classifier.weights)
    assert (again.leans, again.labels) == (classifier.leans, classifier.labels)


def test_the_labels_are_ours(classifier):
    assert sorted(classifier.labels) == sorted(LABELS)


def test_probabilities_sum_to_one(classifier, docs):
    found = classifier.probabilities(docs)
    assert found.shape == (sum(len(doc._.passages) for doc in docs), 4)
    assert found.sum(axis=1) == pytest.approx(1)
    assert (found >= 0).all()


def test_no_pieces_no_probabilities(classifier, docs):
    assert classifier.probabilities([]).shape == classifier.probabilities([docs[1]]).shape == (0, 4)


@pytest.mark.parametrize(
    ("chances", "lean", "label"),
    [
        ([0.4, 0.1, 0.1, 0.4], 0.0, "lesson"),
        ([0.3, 0.1, 0.1, 0.5], 0.0, OTHER),
        ([0.3, 0.1, 0.1, 0.5], 0.4, OTHER),  # log(5/3) = 0.51
        ([0.3, 0.1, 0.1, 0.5], 0.6, "lesson"),
        ([0.1, 0.2, 0.3, 0.4], 1.4, "action"),  # the lean is the same for every label
        ([0.0, 0.0, 0.0, 1.0], 1.5, OTHER),
        ([0.0, 1.0, 0.0, 0.0], 0.0, "issue"),
    ],
)
def test_other_must_lead_by_more_than_the_lean(chances, lean, label):
    assert decide(np.array([chances]), LABELS, dict.fromkeys(label_ids(), lean)) == [label]


def test_a_larger_lean_never_finds_less():
    chances = np.random.default_rng(0).dirichlet(np.ones(4), 200)
    kept = [sum(label != OTHER for label in decide(chances, LABELS, dict.fromkeys(label_ids(), lean))) for lean in (0.0, 0.5, 1.0, 2.0)]
    assert kept == sorted(kept)
    assert kept[0] < kept[-1]


def test_reasons_are_words_of_the_passage(reader):
    posts = [post for file in find_files([asset("corpora/samples")]) for post in read_posts(file)]
    found = [passage for row in reader.read(posts) for passage in row]
    assert sum(1 for passage in found if passage.why) > len(found) / 2
    for passage in found:
        assert len(set(passage.why)) == len(passage.why) <= 4
        assert all(word in clean(passage.quote).text and word == word.strip() for word in passage.why)


@pytest.fixture
def parts(classifier, tmp_path):
    """Return what stands in the file of a classifier."""
    save_classifier(classifier, tmp_path / "whole")
    return srsly.read_msgpack(tmp_path / "whole")


def refusal(folder):
    with pytest.raises(ModelError) as caught:
        load_classifier(folder / FILE)
    assert str(folder / FILE) in caught.value.en
    assert str(folder / FILE) in caught.value.th
    return caught.value.en


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"labels": ["lesson", "issue", "action", "spam"]}, "the labels lesson, issue, action, spam"),
        ({"weights": np.zeros((3, 4), np.float32)}, "weights of the shape (3, 4)"),
        ({"bias": np.array(["a", "b", "c", "d"])}, "bias of the shape"),
        ({"words": np.array([b"x", b"y"])}, "shape"),
        ({"words": [1, 2]}, "AttributeError"),
        ({"leans": {"lesson": "much"}}, "ValueError"),
        ({"temperature": None}, "TypeError"),
    ],
    ids=str,
)
def test_parts_that_are_none_of_ours_are_named_and_not_loaded(parts, change, told, tmp_path):
    srsly.write_msgpack(tmp_path / FILE, {**parts, **change})
    assert told in refusal(tmp_path)


@pytest.mark.parametrize("missing", ["labels", "weights", "words", "leans"])
def test_a_missing_part_is_refused(parts, missing, tmp_path):
    srsly.write_msgpack(tmp_path / FILE, {name: part for name, part in parts.items() if name != missing})
    assert "KeyError" in refusal(tmp_path)


class Trap:
    """Touches a file when it is unpickled."""

    def __init__(self, file):
        self.file = file

    def __reduce__(self):
        return (open, (str(self.file), "w"))


def test_a_pickle_under_our_name_is_refused_and_not_run(tmp_path):
    touched = tmp_path / "touched"
    (tmp_path / FILE).write_bytes(pickle.dumps(Trap(touched)))
    assert "readable as msgpack" in refusal(tmp_path)
    assert not touched.exists()


def test_an_array_of_objects_is_refused(parts, tmp_path):
    srsly.write_msgpack(tmp_path / FILE, {**parts, "words": np.array([object()], dtype=object)})
    refusal(tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"{}", bytes(100)], ids=["empty", "an archive", "JSON", "zeros"])
def test_what_is_no_classifier_is_refused(tmp_path, data):
    (tmp_path / FILE).write_bytes(data)
    assert "readable as msgpack" in refusal(tmp_path)


def test_no_file_is_refused(tmp_path):
    assert "readable as msgpack" in refusal(tmp_path)
