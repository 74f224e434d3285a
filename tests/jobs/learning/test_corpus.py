"""A corpus is looked through: figures, the frozen test, copies and the agreement of two readers."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import SettingsError, SourceError
from pipeline.jobs.learning.corpus import freeze, look_through
from pipeline.sources.second_fields import read_second_fields
from pipeline.sources.splits import frozen_posts

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


def test_the_agreement_on_fields_is_told(folder):
    freeze(folder)
    ours, theirs = "ลุงคำจะนับถัง", "ป้าแดงจะหาถัง"
    marked = f"⟦A who=ลุงคำ; state=planned; strength=assigned|{ours}⟧ ⟦A state=planned; strength=assigned|{theirs}⟧"
    (folder / "w1" / "1.txt").write_text(marked, encoding="utf-8")
    rows = ["source,start,who,voice,speaker", "w1/1.txt,0,ลุงคำ,author,", f"w1/1.txt,{len(ours) + 1},ป้าแดง,quoted,ป้าแดง", "w1/gone.txt,3"]
    (folder.parent / "readings").mkdir()
    (folder.parent / "readings" / "fields.csv").write_text("\n".join(rows), encoding="utf-8")
    told = look_through(folder)
    assert "fields of 2 passages read a second time: voice the same in 1 (0.500)" in told
    assert "P 0.500 R 1.000 of 1 marked; somebody named in 1 of 1 actions whose marks name nobody, nobody in 0 of 1 others" in told


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("source,who\n", "must have the columns"),
        ("source,start,who,voice,speaker\nw1/1.txt,x,,,\n", "must be a number"),
        ("source,start,who,voice,speaker\nw1/1.txt\n", "must be a number"),
    ],
)
def test_a_second_reading_of_fields_that_cannot_be_read_is_refused(folder, table, rule):
    freeze(folder)
    (folder.parent / "readings").mkdir()
    (folder.parent / "readings" / "fields.csv").write_text(table, encoding="utf-8")
    with pytest.raises(SourceError, match=rule):
        look_through(folder)


def test_the_shipped_second_reading_of_fields_is_of_passages_that_are_marked():
    corpus = Path(__file__).parents[3] / "corpora"
    second = read_second_fields(corpus / "readings" / "fields.csv")
    marked = {(row.post.source, passage.span.start) for row in frozen_posts(corpus / "posts") for passage in row.passages}
    assert set(second) == marked


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
