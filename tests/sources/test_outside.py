"""Texts that stand elsewhere: their labels find their words again, and what is no longer the same is left out."""

import hashlib
import json

import pytest

from pipeline.errors import SourceError
from pipeline.labelled import LabelledPost
from pipeline.records import short_hash
from pipeline.sources.outside import plain_text, read_list, read_outside

TEXT = "ชื่อเรื่อง\n\nบรรทัดแรกเล่าเรื่อง ต้องถามก่อนลงมือทำทุกครั้ง แล้วก็จบ\n"
QUOTE = "ต้องถามก่อนลงมือทำทุกครั้ง"


@pytest.fixture
def listing(tmp_path):
    start = TEXT.index(QUOTE)
    row = {
        "source": "blog_a/1.txt",
        "repository": "https://example.org/a",
        "commit": "0" * 40,
        "path": "a.md",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "spans": [[start, start + len(QUOTE), "lesson", short_hash(QUOTE)]],
    }
    (tmp_path / "texts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "blog_a").mkdir()
    return tmp_path


@pytest.mark.parametrize("text", [TEXT, "เติมหัว\n\n" + TEXT, TEXT.replace("บรรทัดแรก", "")])
def test_a_label_finds_its_words_also_where_the_text_was_turned_plain_otherwise(listing, text):
    (listing / "blog_a" / "1.txt").write_text(text, encoding="utf-8")
    (found,) = read_outside(read_list(listing), listing)
    assert isinstance(found, LabelledPost)
    assert [(passage.quote, passage.label) for passage in found.passages] == [(QUOTE, "lesson")]
    assert found.writer == "outside-blog"


@pytest.mark.parametrize("text", [None, TEXT.replace("ก่อน", "หลัง")])
def test_a_text_that_is_missing_or_changed_is_left_out_and_told(listing, text):
    if text:
        (listing / "blog_a" / "1.txt").write_text(text, encoding="utf-8")
    (found,) = read_outside(read_list(listing), listing)
    assert not isinstance(found, LabelledPost)
    assert found.source == "blog_a/1.txt"


def test_a_wrong_row_names_its_line(tmp_path):
    (tmp_path / "texts.jsonl").write_text('{"source": "a"}\n', encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_list(tmp_path)
    assert caught.value.line == 1


def test_a_page_of_a_blog_keeps_its_words_and_drops_its_markup():
    raw = (
        "---\ntitle: หัวข้อ\ntags:\n  - ก\n---\n\nอ่าน[ที่นี่][x]และ[ที่นั่น](//y)\n\n{: .figure}\n> ![](/a.jpg)\n>\n> คำบรรยาย\n\nจบ <b>แล้ว</b>\n\n\n[x]: //z\n"
    )
    assert plain_text(raw, "_posts/a.md") == "หัวข้อ\n\nอ่านที่นี่และที่นั่น\n\n> คำบรรยาย\n\nจบ แล้ว\n"


def test_a_news_page_loses_its_head_and_its_source():
    raw = "ข่าว-หัวข้อ\n\n\nวันอังคารที่ 17 พฤศจิกายน 2563\nหัวข้อ\nย่อหน้าแรก\nย่อหน้าสอง\n\nที่มา : https://example.org/1"
    assert plain_text(raw, "data/a.txt") == "หัวข้อ\n\nย่อหน้าแรก\nย่อหน้าสอง\n"


def test_no_list_is_one_sentence(tmp_path):
    with pytest.raises(SourceError):
        read_list(tmp_path)
