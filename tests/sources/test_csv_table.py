"""A table is read row by row, whatever a spreadsheet does to it."""

import csv
import io
import json

import pytest

from pipeline.errors import SourceError
from pipeline.sources import read_posts
from pipeline.sources.files import SourceFile


@pytest.fixture
def read(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "a.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return list(read_posts(SourceFile(path, "a.csv")))

    return write


def table(*rows, delimiter=","):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def test_all_fields(read):
    comments = json.dumps([{"author": "ลุงดำ", "text": "ดีครับ"}], ensure_ascii=False)
    header = ["ID", " title ", "author", "date", "url", "text", "comments", "อื่นๆ"]
    (post,) = read(table(header, ["007", "เรื่องน้ำ", "ป้านิด", "2007-02-26", "", 'บรรทัดหนึ่ง, "สอง"\r\nบรรทัดสาม', comments, "x"]))
    assert (post.id, post.title, post.author, post.url) == ("007", "เรื่องน้ำ", "ป้านิด", None)
    assert post.body[0].of(post.text) == 'บรรทัดหนึ่ง, "สอง"\r\nบรรทัดสาม'
    assert post.comments[0].span.of(post.text) == "ดีครับ"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "tis-620"])
def test_what_spreadsheets_write(read, delimiter, encoding):
    posts = read(table(["id", "text"], ["1", "การประชุมที่วัด"], [], ["2", "ได้ข้อตกลง"], delimiter=delimiter), encoding)
    assert [(post.id, post.text) for post in posts] == [("1", "การประชุมที่วัด"), ("2", "ได้ข้อตกลง")]


def test_a_bad_row_is_set_aside_by_its_line_and_the_next_is_read(read):
    first, error, last, wide = read('text,date\n"ก\nข",\n,2007-01-01\nค,\nง,,จ\n')
    assert first.text == "ก\nข"
    assert (error.line, last.text, wide.line) == (4, "ค", 6)
    assert error.en.startswith('a.csv, line 4: "text" must be a non-empty string')
    assert "2 cells at most" in wide.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,body\n1,ก\n", "text among them"),
        ("text,text\n1,ก\n", "each once"),
        ("text\n", "at least one post"),
        ("\ufeff\n", "at least one post"),
        ('text\n"ก', "close every quotation mark"),
        ('text,comments\nก,"[1"\n', "valid JSON"),
        ('text,comments\nก,"[1]"\n', "comments[0]"),
        ('text,date\nก,"1 ม.ค."\n', '"date" must be'),
    ],
)
def test_what_is_set_aside(read, content, said):
    (error,) = read(content)
    assert isinstance(error, SourceError)
    assert said in error.en


def test_a_cell_longer_than_the_csv_limit(read):
    (post,) = read(table(["text"], ["ก ข\n" * 50_000]))
    assert len(post.text) == 200_000


def test_bad_bytes_far_below_do_not_turn_the_table_into_another_encoding(read):
    good = table(["text"], *[["การประชุมที่วัด"]] * 5000)
    (error,) = read(good.encode() + b"\xff\n")
    assert "does not fit" in error.en
