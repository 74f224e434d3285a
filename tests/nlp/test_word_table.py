"""Every word has a row; what a folder holds is what was saved, and a damaged one is refused."""

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.nlp.word_table import FIRST_KNOWN, VECTORS_FILE, WORDS_FILE, load_words, save_words, shape_row, word_table

WORDS = ["0", "ครู", "น้ำ"]


@pytest.fixture
def table():
    return word_table(WORDS, np.arange((FIRST_KNOWN + len(WORDS)) * 4, dtype=np.float16).reshape(-1, 4))


def test_known_words_numbers_and_shapes(table):
    rows = table.rows_of(["น้ำ", "2,550", "๑๒", "หมู่บ้าน", "หมู่ๆๆบ้าน"]).tolist()
    assert rows[:3] == [FIRST_KNOWN + 2, FIRST_KNOWN, FIRST_KNOWN]
    assert rows[3] == rows[4] == shape_row("หมู่บ้าน")  # the same first and last signs
    assert 2 <= rows[3] < FIRST_KNOWN


def test_any_word_has_a_row(table):
    assert table.rows_of(["", "\ud800", "a", "😀"]).max() < FIRST_KNOWN
    assert table.rows_of([]).shape == (0,)


def test_saved_and_loaded_it_is_the_same(table, tmp_path):
    save_words(table, tmp_path)
    again = load_words(tmp_path)
    assert again.words == table.words
    assert again.vectors.dtype == np.float16
    assert np.array_equal(again.vectors, table.vectors)


@pytest.mark.parametrize("damage", ["words", "vectors", "missing"])
def test_a_damaged_folder_is_refused(table, tmp_path, damage):
    save_words(table, tmp_path)
    if damage == "words":
        (tmp_path / WORDS_FILE).write_text("ครู\n", encoding="utf-8")
    elif damage == "vectors":
        (tmp_path / VECTORS_FILE).write_bytes(b"\x93NUMPY")
    else:
        (tmp_path / VECTORS_FILE).unlink()
    with pytest.raises(ModelError, match="the words of a model"):
        load_words(tmp_path)


def test_vectors_that_are_a_pickle_are_refused(table, tmp_path):
    save_words(table, tmp_path)
    np.save(tmp_path / VECTORS_FILE, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError, match="ValueError"):
        load_words(tmp_path)
