"""The frozen test stays frozen: no post of it teaches, whatever folder it lies in."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.marked import read_corpus
from pipeline.sources.splits import checksums, copies, frozen_posts, read_splits, teaching_posts

CORPUS = Path(__file__).parents[2] / "corpora" / "posts"
TEXT = "ชื่อเรื่อง\n\n" + "".join(f"วันที่{number}เราคุยกันเรื่องน้ำ{number * 7}บ่อกับคน{number * 3}คนในหมู่บ้าน " for number in range(1, 40))


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "posts"
    for writer, text in (("a", "ชื่อ\n\nเรื่องอื่นที่ไม่เกี่ยวกันเลยแม้แต่น้อย ยาวพอจะเป็นบันทึกหนึ่งเรื่องได้"), ("t", TEXT)):
        (folder / writer).mkdir(parents=True)
        (folder / writer / "1.txt").write_text(text, encoding="utf-8")
    rows = "\n".join(f'"{source}" = "{found}"' for source, found in checksums(folder, frozenset({"t"})).items())
    (tmp_path / "splits.toml").write_text(f'validation = []\ntest = ["t"]\n\n[frozen]\n{rows}\n', encoding="utf-8")
    return folder


def test_teaching_leaves_out_the_writers_of_the_test(corpus):
    assert [labelled.writer for labelled in teaching_posts(corpus)] == ["a"]
    assert [labelled.writer for labelled in frozen_posts(corpus)] == ["t"]


def test_a_writer_who_waits_teaches_nobody(corpus):
    (corpus / "b").mkdir()
    (corpus / "b" / "1.txt").write_text("ชื่อ\n\nงานวัดปีนี้คนมาน้อยกว่าที่คิดไว้ แต่ก็สนุกกันดีทั้งสองคืนจนถึงเช้า", encoding="utf-8")
    splits = corpus.parent / "splits.toml"
    splits.write_text(f'waiting = ["b"]\n{splits.read_text(encoding="utf-8")}', encoding="utf-8")
    assert [labelled.writer for labelled in teaching_posts(corpus)] == ["a"]


@pytest.mark.parametrize("copy", [TEXT, TEXT.replace(" ", "\n\n"), TEXT.replace("ชื่อเรื่อง", "ชื่อใหม่ของเรื่องเดิม") + "แล้วก็เติมอีกนิดหน่อย"])
def test_a_copy_of_a_frozen_post_may_not_teach(corpus, copy):
    (corpus / "a" / "2.txt").write_text(copy, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        teaching_posts(corpus)
    assert "a/2.txt" in caught.value.en
    assert "t/1.txt" in caught.value.en


def test_a_frozen_page_that_was_changed_is_refused(corpus):
    (corpus / "t" / "1.txt").write_text(TEXT + "เติม", encoding="utf-8")
    with pytest.raises(SourceError, match=r"t/1\.txt"):
        frozen_posts(corpus)


def test_a_folder_without_splits_teaches_whole(tmp_path):
    (tmp_path / "posts" / "a").mkdir(parents=True)
    (tmp_path / "posts" / "a" / "1.txt").write_text(TEXT, encoding="utf-8")
    assert len(teaching_posts(tmp_path / "posts")) == 1
    assert frozen_posts(tmp_path / "posts") == []


def test_the_shipped_corpus_keeps_its_test_apart_and_holds_no_copies():
    splits = read_splits(CORPUS)
    frozen = frozen_posts(CORPUS)
    assert len(frozen) >= 60
    assert sum(len(labelled.passages) for labelled in frozen) >= 600
    assert not splits.test & splits.validation
    posts = [labelled.post for labelled in read_corpus(CORPUS)]
    assert list(copies(posts, posts)) == []
