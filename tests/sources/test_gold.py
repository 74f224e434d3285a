"""Gold files: rows by offset; a wrong row names its line."""

import json

import pytest

from pipeline.errors import SettingsError, SourceError
from pipeline.labelled import GoldSpan
from pipeline.records import Span
from pipeline.sources.gold import read_gold

ROW = {"source": "a.txt", "start": 3, "end": 9, "label": "lesson"}


@pytest.fixture
def write(tmp_path):
    def write(*lines):
        file = tmp_path / "gold.jsonl"
        file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize(
    ("more", "mark"),
    [
        ({}, GoldSpan(Span(3, 9), "lesson")),
        ({"also": [1, 12]}, GoldSpan(Span(3, 9), "lesson", Span(1, 12))),
        ({"also": None, "disputed": False}, GoldSpan(Span(3, 9), "lesson")),
        ({"disputed": True}, GoldSpan(Span(3, 9), "lesson", None, disputed=True)),
        ({"label": "action", "quote": "ล้างตลาด"}, GoldSpan(Span(3, 9), "action")),
    ],
)
def test_a_row_is_a_gold_span(write, more, mark):
    assert list(read_gold(write({**ROW, **more}))) == [("a.txt", mark)]


def test_rows_come_in_order_and_blank_lines_are_passed_over(write):
    found = list(read_gold(write(ROW, "", "  ", {**ROW, "source": "b.txt"}, "")))
    assert [source for source, _ in found] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_end_ends_a_row(write, sign):
    quote = f"ล้าง{sign}ตลาด"
    line = json.dumps({**ROW, "quote": quote}, ensure_ascii=False)
    assert len(list(read_gold(write(line, ROW)))) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "Got {."),
        ("[1, 2]", "Got [1, 2]."),
        ("3", "Got 3."),
        ('"a"', 'Got "a".'),
        ("null", "Got null."),
        ({"source": "a.txt", "start": 3, "label": "lesson"}, "'end'"),
        ({"start": 3, "end": 9, "label": "lesson"}, "'source'"),
        ({**ROW, "start": 10}, '"start": 10'),
        ({**ROW, "start": -1}, '"start": -1'),
        ({**ROW, "start": "3"}, '"start": "3"'),
        ({**ROW, "also": [5]}, "[5]"),
        ({**ROW, "also": [9, 3]}, "[9, 3]"),
        ({**ROW, "also": 7}, '"also": 7'),
        ({**ROW, "label": "other"}, "lesson, issue, action"),
        ({**ROW, "label": None}, "lesson, issue, action"),
        ({**ROW, "label": ["lesson"]}, "lesson, issue, action"),
    ],
)
def test_a_wrong_row_names_its_line(write, row, said):
    file = write(ROW, "", row, ROW)
    rows = read_gold(file)
    assert next(rows)[0] == "a.txt"
    with pytest.raises(SourceError) as caught:
        next(rows)
    assert f"{file}, line 3: " in caught.value.en
    assert said in caught.value.en
    assert "บรรทัด 3" in caught.value.th
    assert caught.value.line == 3


@pytest.mark.parametrize("data", [None, b"\xff\xfe{"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, data):
    file = tmp_path / "gold.jsonl"
    if data:
        file.write_bytes(data)
    with pytest.raises(SettingsError, match="readable UTF-8 text"):
        list(read_gold(file))


def test_an_empty_file_has_no_rows(write):
    assert list(read_gold(write(""))) == []
