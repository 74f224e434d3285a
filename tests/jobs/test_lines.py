"""What stands in a file as it would be made is taken over; whatever cannot be trusted is made anew, and the bytes are always those of a first run."""

import pytest

from pipeline.jobs import lines
from pipeline.jobs.lines import write_known_lines, write_known_pieces

ROWS = {"ก": {"quote": "ซ่อมท่อ\nทุกเดือน"}, "ข": {"quote": "เก็บเงินวันศุกร์"}, "ค": {"quote": ""}}


def write(file, rows=ROWS):
    """Write the rows under plain keys, and return which of them had to be made."""
    made = []
    write_known_lines(file, ((f"{ord(key):x}", lambda key=key, row=row: made.append(key) or row) for key, row in rows.items()))
    return made


def fresh(folder, rows):
    write(folder / "fresh.jsonl", rows)
    return (folder / "fresh.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        (ROWS, []),
        (dict(reversed(ROWS.items())), []),
        ({"ข": ROWS["ข"]}, []),
        ({"ง": {"quote": "ใหม่"}, **ROWS}, ["ง"]),
        ({}, []),
    ],
)
def test_only_what_is_not_there_is_made(tmp_path, rows, made):
    file = tmp_path / "rows.jsonl"
    assert write(file) == list(ROWS)
    assert write(file, rows) == made
    assert file.read_bytes() == fresh(tmp_path, rows)
    assert write(file, rows) == []


def changed_by_hand(file, _monkeypatch):
    file.write_bytes(file.read_bytes().replace("ศุกร์".encode(), "จันทร์".encode()))


def cut_short(file, _monkeypatch):
    file.write_bytes(file.read_bytes()[:-1])


def gone(file, _monkeypatch):
    file.unlink()


def nothing_known(file, _monkeypatch):
    file.with_name(".rows.jsonl.pieces").unlink()


def known_damaged(file, _monkeypatch):
    known = file.with_name(".rows.jsonl.pieces")
    known.write_text(known.read_text(encoding="ascii").replace("e01 ", "e01 x"), encoding="ascii")


def another_program(_file, monkeypatch):
    monkeypatch.setattr(lines, "program", lambda: "another")


@pytest.mark.parametrize("trouble", [changed_by_hand, cut_short, gone, nothing_known, known_damaged, another_program])
def test_what_cannot_be_trusted_is_made_anew(tmp_path, monkeypatch, trouble):
    file = tmp_path / "rows.jsonl"
    write(file)
    trouble(file, monkeypatch)
    assert write(file) == list(ROWS)
    assert file.read_bytes() == fresh(tmp_path, ROWS)


def test_what_is_taken_over_may_be_stamped_anew(tmp_path):
    file = tmp_path / "pieces"
    write_known_pieces(file, [("one", lambda: b"day 1;"), ("two", lambda: b"day 1;")])
    write_known_pieces(file, [("two", lambda: b"day 2;"), ("three", lambda: b"day 2;")], lambda piece: piece.replace(b"1", b"2"))
    assert file.read_bytes() == b"day 2;day 2;"
