"""Files are written whole or not at all, and what cannot be written is told in one sentence."""

import errno
import os
import sqlite3
import time
from pathlib import Path

import pytest

from pipeline.errors import SettingsError, StoreError
from pipeline.jobs.files import made_database, open_store, remove_folder, write_lines, write_text
from pipeline.jobs.run import check_order


def failing(number):
    """Return what fails as a system call does."""

    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return fail


FAILURES = {  # as root nothing is forbidden, so the calls themselves fail
    "a folder that may only be read": ("tempfile.mkstemp", errno.EROFS, "Read-only file system", "ดิสก์นี้อ่านได้อย่างเดียว"),
    "a folder of somebody else": ("tempfile.mkstemp", errno.EACCES, "Permission denied", "ไม่มีสิทธิ์เข้าถึง"),
    "a full disk": ("os.fsync", errno.ENOSPC, "No space left on device", "ดิสก์เต็ม"),
    "a full disk at the last step": ("pathlib.Path.replace", errno.ENOSPC, "No space left on device", "ดิสก์เต็ม"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, case):
    call, number, said, thai = FAILURES[case]
    file = tmp_path / "index.html"
    write_text(file, "ก่อน")
    monkeypatch.setattr(call, failing(number))
    with pytest.raises(StoreError) as told:
        write_text(file, "หลัง")
    assert told.value.exit_status == 1
    assert told.value.en == f"{file}: the output folder must be writable. Got {said}. Free the disk or name another folder with --out."
    assert f"เขียนไฟล์ผลลัพธ์ไม่ได้ ({thai})" in told.value.th
    assert [left.name for left in tmp_path.iterdir()] == ["index.html"]
    assert file.read_text(encoding="utf-8") == "ก่อน"


def test_a_run_onto_a_full_disk_stops_with_the_sentence(team, monkeypatch):
    team.write()
    monkeypatch.setattr("os.fsync", failing(errno.ENOSPC))
    with pytest.raises(StoreError, match="No space left on device"):
        team.run(team.order())
    monkeypatch.undo()
    assert team.run(team.order()).analysed == 0  # what was read before is kept


def test_an_output_folder_that_cannot_be_made_is_told_before_the_run(team, tmp_path):
    team.write()
    (tmp_path / "out").write_text("ไม่ใช่โฟลเดอร์", encoding="utf-8")
    with pytest.raises(StoreError, match=r"out: the output folder must be writable\. Got File exists"):
        check_order(team.order())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.write_text("บันทึกประจำวัน" * 200, encoding="utf-8"), "must be a database of this program"),
        (lambda file: sqlite3.connect(file).execute("CREATE TABLE songs (id)").connection.close(), "of another program"),
        (Path.mkdir, "lessons.db must be a file"),
    ],
    ids=["a text", "a database of another program", "a folder"],
)
def test_a_database_that_is_none_of_ours_is_told_before_the_run(team, make, said):
    team.write()
    order = team.order()
    order.out.mkdir()
    make(order.out / "lessons.db")
    with pytest.raises(StoreError, match=said) as told:
        check_order(order)
    assert told.value.exit_status == 1
    assert "\n" not in told.value.en + told.value.th


def test_the_look_before_a_run_makes_no_database_and_tells_of_a_folder_that_is_not_there(team, tmp_path):
    team.write()
    order = team.order()
    check_order(order)
    with pytest.raises(SettingsError, match="a run must have made the database"):
        made_database(order.database)
    with pytest.raises(StoreError, match="nowhere"):
        check_order(team.order(database=f"sqlite:///{tmp_path}/nowhere/lessons.db"))


def test_lines_come_as_they_are_made_and_a_failure_leaves_the_old_file(tmp_path):
    file = tmp_path / "rows.jsonl"
    write_lines(file, [{"quote": "ก่อน"}])

    def rows():
        yield {"quote": "หลัง"}
        raise StoreError("the database is gone", "ฐานข้อมูลหายไป")

    with pytest.raises(StoreError, match="the database is gone"):
        write_lines(file, rows())
    assert file.read_bytes() == '{"quote": "ก่อน"}\n'.encode()
    assert [left.name for left in tmp_path.iterdir()] == ["rows.jsonl"]


def test_the_same_text_is_not_written_again(tmp_path):
    file = tmp_path / "deep" / "index.html"
    write_text(file, "หน้าแรก")
    inode = file.stat().st_ino
    write_text(file, "หน้าแรก")
    assert file.stat().st_ino == inode
    write_text(file, "หน้าอื่น")
    assert file.read_text(encoding="utf-8") == "หน้าอื่น"
    assert file.stat().st_mode & 0o777 == 0o644


def test_what_a_killed_run_left_half_written_is_swept_and_what_is_young_is_not(tmp_path):
    out = tmp_path / "out"
    (out / "phase-1").mkdir(parents=True)
    old, young, foreign = out / "phase-1" / ".lessons-a.part", out / ".lessons-b.part", out / ".video.part"
    for file in (old, young, foreign):
        file.write_bytes(b"...")
    for file in (old, foreign):
        os.utime(file, (time.time() - 7200,) * 2)
    open_store(f"sqlite:///{out / 'lessons.db'}", out).close()
    assert [file.exists() for file in (old, young, foreign)] == [False, True, True]


@pytest.mark.parametrize(("name", "goes"), [("digest.md", True), ("list.csv", False)])
def test_a_folder_goes_only_when_all_in_it_is_ours(tmp_path, name, goes):
    folder = tmp_path / "phase-1"
    write_text(folder / "digest.json", "{}")
    write_text(folder / name, "ก")
    remove_folder(folder, {"digest.json", "digest.md"})
    assert folder.exists() != goes
    remove_folder(tmp_path / "gone already", {"digest.json"})
