"""The shipped tagger: chances that sum to one, the same whatever else is read, and a file that is none is refused."""

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.nlp.heads import TAGS
from pipeline.nlp.tagger import NETWORK_FILE, load_tagger

LINES = "\n".join(f"วันที่ {number} ทีมตกลงกันว่าจะประชุมเดือนละครั้ง แต่ยังขาดคนจดบันทึก" for number in range(1, 60))


@pytest.fixture
def tagger(reader):
    found = reader.nlp.get_pipe("tagger").tagger
    assert found is not None
    return found


def tagged(reader, post):
    with reader.batch():
        doc = reader.tokenize([post])[0]
        return reader.nlp.get_pipe("tagger")(reader.nlp.get_pipe("cues")(doc))._.tagged


def test_each_word_has_a_chance_for_each_tag(reader, make_post):
    found = tagged(reader, make_post(LINES))
    assert found.chances.shape == (len(found.starts), len(TAGS))
    assert len(found.starts) > 600  # several windows
    assert np.isfinite(found.chances).all()
    assert np.exp(found.chances).sum(axis=1) == pytest.approx(1, abs=0.35)  # log-chances of overlapping windows are averaged
    assert (np.diff(found.starts) > 0).all()


def test_a_post_without_words_has_no_tags(reader, make_post):
    assert tagged(reader, make_post("")).chances.shape == (0, len(TAGS))


def test_what_else_is_read_changes_nothing(reader, make_post):
    alone = tagged(reader, make_post(LINES)).chances
    with reader.batch():
        reader.classify(reader.tokenize([make_post("อื่น", number=1), make_post(LINES, number=2)]))
    assert np.array_equal(tagged(reader, make_post(LINES)).chances, alone)


@pytest.mark.parametrize("data", [b"", b"not a network", bytes(100)])
def test_a_file_that_is_no_network_is_refused(tagger, tmp_path, data):
    (tmp_path / NETWORK_FILE).write_bytes(data)
    with pytest.raises(ModelError, match="readable by onnxruntime"):
        load_tagger(tmp_path, tagger.words)


def test_no_file_is_refused(tagger, tmp_path):
    with pytest.raises(ModelError, match="readable by onnxruntime"):
        load_tagger(tmp_path, tagger.words)
