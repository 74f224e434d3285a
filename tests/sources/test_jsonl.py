"""A line is a post or one sentence that says why not; the lines after it are read."""

import json
from datetime import datetime

import pytest

from pipeline.errors import SourceError
from pipeline.records import Span, short_hash
from pipeline.sources import read_posts
from pipeline.sources.files import SourceFile

GOOD = {"id": "7", "text": "วันนี้ประชุมครับ"}


@pytest.fixture
def read(tmp_path):
    def write(*lines):
        path = tmp_path / "a.jsonl"
        path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
        return list(read_posts(SourceFile(path, "inbox/a.jsonl")))

    return write


def test_all_fields(read):
    row = {
        "id": 12345678901234567890123,
        "url": "https://example.org/1",
        "title": " เรื่องน้ำ ",
        "author": "ป้านิด",
        "date": "2550-02-26T14:08",
        "text": "ต้องขุดสระก่อน",
        "comments": [{"author": "ลุงดำ", "date": "2007-02-27", "text": "เห็นด้วย\nครับ"}, {"text": "ดีค่ะ"}],
    }
    (post,) = read(json.dumps(row))
    assert (post.id, post.url, post.title, post.author) == ("12345678901234567890123", "https://example.org/1", "เรื่องน้ำ", "ป้านิด")
    assert post.posted_at == datetime(2007, 2, 26, 14, 8)  # noqa: DTZ001 -- local to the page
    assert post.text == "ต้องขุดสระก่อน\n\nเห็นด้วย\nครับ\n\nดีค่ะ"
    assert post.body == (Span(0, 14),)
    assert [(comment.author, comment.span.of(post.text)) for comment in post.comments] == [("ลุงดำ", "เห็นด้วย\nครับ"), (None, "ดีค่ะ")]
    assert post.source == "inbox/a.jsonl"


def test_without_an_id_the_text_names_the_post(read):
    (post,) = read('{"text": "ดี", "id": null, "more": [1]}')
    assert post.id == short_hash("ดี")


def test_the_sentence_of_a_bad_line(read):
    errors = read(json.dumps(GOOD), "", '{"text": null}')
    assert errors[1].en == 'inbox/a.jsonl, line 3: "text" must be a non-empty string. Got null instead. Correct the line, or leave it.'
    assert errors[1].th.startswith("inbox/a.jsonl บรรทัดที่ 3:")
    assert errors[1].line == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{}", '"text" must be a non-empty string. Got null'),
        ('{"text": " \\u00a0"}', "Got an empty string"),
        ('{"text": 5}', "Got the number 5"),
        ('{"text": ["ก"]}', "Got a list"),
        ('{"text": "ก", "date": "2/26/2007"}', '"date" must be a date such as'),
        ('{"text": "ก", "date": "2007-02-30"}', '"date" must be'),
        ('{"text": "ก", "date": 2007}', '"date" must be'),
        ('{"text": "ก", "id": true}', '"id" must be'),
        ('{"text": "ก", "title": {}}', '"title" must be a string or null. Got an object'),
        ('{"text": "ก", "comments": "ข"}', '"comments" must be a list'),
        ('{"text": "ก", "comments": [1]}', '"comments[0]" must be an object'),
        ('{"text": "ก", "comments": [{"text": "ข"}, {"text": ""}]}', '"comments[1].text" must be'),
        ('{"text": "ก", "comments": [{"text": "ข", "date": "x"}]}', '"comments[0].date" must be'),
        ('{"text": "\\ud800"}', "half a surrogate pair"),
        ('{"text": "ก", "id": "\\udc00"}', "half a surrogate pair"),
        ('{"text": "ก\\u0000"}', "without control characters"),
        ('{"text": "ก", "text": "ข"}', 'Got "text" twice'),
        ('{"text": "ก"', "valid JSON"),
        ('{"text": NaN}', "valid JSON"),
        ("[1]", "one JSON object. Got a list"),
        ('"ก"', "one JSON object"),
        ("[" * 100_000, "nested too deeply"),
        (b'{"text": "\xff\xfe"}', "does not fit"),
        (json.dumps({"text": "ก " * 500_001}), "1,000,000 characters"),
        (json.dumps({"text": "ก" * 200_001}), "200,000 characters"),
    ],
)
def test_a_line_that_is_no_post_is_set_aside_and_the_next_is_read(read, line, said):
    error, post = read(line, json.dumps(GOOD))
    assert isinstance(error, SourceError)
    assert said in error.en
    assert error.line == 1
    assert error.th.encode()
    assert post.id == "7"


@pytest.mark.parametrize(("line", "said"), [('{"text": "ก"', "(ตัวอักษรที่ 13)"), ("[" * 100_000, "(ซ้อนกันลึกเกินไป หรือมีค่า NaN)")])
def test_what_is_no_json_is_told_in_thai_by_its_place(read, line, said):
    (error,) = read(line)
    assert f"แต่อ่านไม่ได้ {said} โปรด" in error.th


def test_a_line_of_many_megabytes_is_skipped(read):
    error, post = read(b'{"text": "' + b"x" * 12_500_000 + b'"}', json.dumps(GOOD))
    assert "12 MB at most" in error.en
    assert post.id == "7"


def test_byte_order_mark_line_ends_and_separators_inside_text(read):
    first, second = read(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r", json.dumps({"text": "ก\u2028ข"}, ensure_ascii=False), "\u00a0")
    assert first.id == "7"
    assert second.text == "ก\u2028ข"


@pytest.mark.parametrize("content", ["\n\n", "\ufeff", " "])
def test_a_file_without_lines_is_set_aside(read, content):
    (error,) = read(content)
    assert "at least one post" in error.en


def test_a_stated_zone_becomes_thai_time(read):
    (post,) = read('{"text": "ก", "date": "2007-02-26T07:08:00Z"}')
    assert post.posted_at == datetime(2007, 2, 26, 14, 8)  # noqa: DTZ001


@pytest.mark.parametrize("written", ["26 ก.พ. 2550", "26 กุมภาพันธ์ 2007", "26/2/2550", "2007-02-26"])
def test_a_day_may_be_written_as_people_write_it(read, written):
    (post,) = read(f'{{"text": "ก", "date": "{written}"}}')
    assert post.posted_at == datetime(2007, 2, 26)  # noqa: DTZ001


@pytest.mark.parametrize("written", ["2007-02-26T25:00", "2007-02-26 23:30:00 UTC", "2007-02-26 หรือ 2007-03-01"])
def test_what_stands_behind_a_day_is_never_dropped(read, written):
    (error,) = read(f'{{"text": "ก", "date": "{written}"}}')
    assert written in error.en


def test_thai_in_an_old_encoding(read):
    (post,) = read('{"text": "การประชุมที่วัด"}'.encode("tis-620"))
    assert post.text == "การประชุมที่วัด"
