"""A corpus is looked through: figures, the frozen test, copies and the agreement of two readers."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.jobs.learning.corpus import freeze, look_through

PAGE = "เรื่องน้ำ\n\nวันนี้ไปประชุมมา ⟦I|น้ำไม่พอถึงสิ้นเดือน⟧ แล้วก็ ⟦L|ต้องนับถังก่อนแจก⟧ ครับ"


@pytest.fixture
def folder(tmp_path):
    for writer, text in (("w1", PAGE), ("w2", PAGE.replace("น้ำ", "ไฟ").replace("ประชุม", "เดินป่า"))):
        (tmp_path / "posts" / writer).mkdir(parents=True)
        (tmp_path / "posts" / writer / "1.txt").write_text(text, encoding="utf-8")
    (tmp_path / "splits.toml").write_text('validation = []\ntest = ["w2"]\n\n[frozen]\n', encoding="utf-8")
    return tmp_path / "posts"


def test_a_frozen_corpus_is_told(folder):
    assert freeze(folder) == 1
    told = look_through(folder)
    assert "| w1 | 1 |" in told
    assert "frozen test: w2: 1 posts, 2 passages" in told
    assert "near copies: none" in told
    assert "kappa" not in told  # no second reading


def test_freezing_again_changes_nothing(folder):
    freeze(folder)
    written = (folder.parent / "splits.toml").read_bytes()
    assert freeze(folder) == 1
    assert (folder.parent / "splits.toml").read_bytes() == written


def read_twice(folder, second):
    for name, text in (("first", PAGE), ("second", second)):
        place = folder.parent / "readings" / name / "w1"
        place.mkdir(parents=True)
        (place / "1.txt").write_text(text, encoding="utf-8")


def test_the_agreement_of_two_readers_is_told(folder):
    freeze(folder)
    read_twice(folder, PAGE)
    assert "1 posts read twice" in look_through(folder)


def test_the_agreement_on_who_speaks_is_told(folder):
    freeze(folder)
    read_twice(folder, PAGE.replace("⟦I|", "⟦I voice=quoted; speaker=ลุงคำ|"))
    assert "voice: the same in 1 of 2 passages" in look_through(folder)


@pytest.mark.parametrize("second", [PAGE + "เติม", None])
def test_a_second_reading_of_other_words_is_refused(folder, second):
    freeze(folder)
    read_twice(folder, second or PAGE)
    if second is None:
        shutil.rmtree(folder.parent / "readings" / "second" / "w1")
    with pytest.raises(SettingsError, match="the words of the first"):
        look_through(folder)


def test_the_shipped_corpus_gives_the_table_of_its_card():
    corpus = Path(__file__).parents[3] / "corpora"
    told = look_through(corpus / "posts")
    table = "\n".join(line for line in told.splitlines() if line.startswith("|"))
    assert table in (corpus / "README.md").read_text(encoding="utf-8")


def test_a_folder_without_posts_is_one_sentence(tmp_path):
    with pytest.raises(SettingsError, match="must have marked posts"):
        look_through(tmp_path / "nowhere")
