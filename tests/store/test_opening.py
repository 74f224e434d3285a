"""How a file is opened as a database, brought up to date, and refused; PostgreSQL has tests of its own."""

import logging
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from pipeline.errors import SettingsError, StoreError
from pipeline.store import migrations
from pipeline.store.failures import _SENTENCES, told
from pipeline.store.store import Store
from pipeline.store.tables import REVISION, REVISION_TABLE, metadata

OPEN_AT = """
import sys, time
from pipeline.records import Post
from pipeline.store.store import Store
url, name, at = sys.argv[1], sys.argv[2], float(sys.argv[3])
import alembic.command
while time.time() < at:
    pass
with Store.open(url) as store:
    store.put_posts([Post(id=name, source=name, origin=name, text=name)])
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/lessons.db"


def test_migrations_make_the_tables(store):
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": REVISION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_opening_looks_for():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_opening_says_nothing_and_leaves_logging_alone(url, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    before = [(name, logging.getLogger(name).level, logging.getLogger(name).disabled) for name in ("", "alembic", "pipeline")]
    Store.open(url).close()
    assert [record for record in caplog.records if record.levelno > logging.DEBUG or "alembic" in record.name] == []
    assert capfd.readouterr() == ("", "")
    assert [(name, logging.getLogger(name).level, logging.getLogger(name).disabled) for name in ("", "alembic", "pipeline")] == before


def test_a_database_is_opened_again_with_what_it_holds(url, a_post):
    with Store.open(url) as store:
        store.put_posts([a_post()])
    with Store.open(url) as store:
        assert list(store.posts()) == [a_post()]


def test_an_open_database_writes_ahead_and_guards_its_references(store):
    with store._reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert Store.open.__func__.__defaults__ == (10.0,)


@pytest.mark.parametrize("round_", range(3))
def test_two_processes_open_a_fresh_database_at_one_moment(url, round_):
    at = str(time.time() + 1.5)
    both = [subprocess.Popen([sys.executable, "-c", OPEN_AT, url, name, at], stderr=subprocess.PIPE, text=True) for name in ("a", "b")]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert (said, [process.returncode for process in both]) == (["", ""], [0, 0])
    with Store.open(url) as store:
        assert [post.id for post in store.posts()] == ["a", "b"]


def not_a_database(file):
    file.write_bytes(b"This is a letter, and no database at all. " * 40)


def newer(file):
    Store.open(f"sqlite:///{file}").close()
    run_sql(file, "UPDATE lessons_revision SET version_num = '0999'")


def of_another_program(file):
    run_sql(file, "CREATE TABLE bookmarks (id)")


def a_folder(file):
    file.mkdir()


def in_no_folder(file):
    file.parent.rmdir()


def run_sql(file, *statements):
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("make", "says", "thai"),
    [
        (not_a_database, "Got no database, or a damaged one", "ไม่ใช่ฐานข้อมูล"),
        (newer, "Got '0999', which a newer version made. Install the newer version", "โปรดติดตั้งโปรแกรมรุ่นใหม่"),
        (of_another_program, "Got the table 'bookmarks' of another program", "ของโปรแกรมอื่น"),
        (a_folder, "in a folder that exists", "โฟลเดอร์ที่มีอยู่จริง"),
        (in_no_folder, "in a folder that exists", "โฟลเดอร์ที่มีอยู่จริง"),
    ],
)
def test_what_is_no_database_of_ours_is_refused(tmp_path, make, says, thai):
    file = tmp_path / "out" / "lessons.db"
    file.parent.mkdir()
    make(file)
    with pytest.raises(StoreError) as refused:
        Store.open(f"sqlite:///{file}")
    assert refused.value.en.startswith(f"{file} must be ")
    assert says in refused.value.en
    assert refused.value.th.startswith(f"{file} ต้อง")
    assert thai in refused.value.th


def test_a_refused_database_is_left_as_it_was(tmp_path):
    file = tmp_path / "places.db"
    of_another_program(file)
    with pytest.raises(StoreError):
        Store.open(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("lessons.db", "'lessons.db'"),
        ("mysql://km@host/lessons", "'host/lessons'"),
        ("sqlite://", "'sqlite://'"),
        ("sqlite:///:memory:", "'sqlite:///:memory:'"),
        ("postgres:km:secret@host", "'host'"),
    ],
)
def test_an_address_of_another_kind_is_refused_without_its_password(url, shown):
    with pytest.raises(SettingsError, match="such as sqlite") as refused:
        Store.open(url)
    assert f"Got {shown} instead" in refused.value.en
    assert shown in refused.value.th
    assert "secret" not in refused.value.en + refused.value.th


def test_a_database_that_can_only_be_read_is_refused(tmp_path, url, a_post):
    Store.open(url).close()
    with pytest.raises(StoreError, match="can only be read"), Store.open(f"sqlite:///file:{tmp_path}/lessons.db?mode=ro&uri=true") as store:
        store.put_posts([a_post()])


def test_a_locked_database_is_refused_after_the_waiting_time(tmp_path, url, a_post):
    with Store.open(url, timeout=0.1) as store, closing(sqlite3.connect(tmp_path / "lessons.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="kept it locked"):
            store.put_posts([a_post()])
        other.execute("ROLLBACK")
        assert store.put_posts([a_post()]).new == 1


def test_a_fresh_database_that_another_program_locks_is_refused(tmp_path, url):
    with closing(sqlite3.connect(tmp_path / "lessons.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="kept it locked"):
            Store.open(url, timeout=0.1)


def test_opening_waits_for_a_short_lock(tmp_path, url):
    with closing(sqlite3.connect(tmp_path / "lessons.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = Timer(0.3, other.execute, ["ROLLBACK"])
        release.start()
        Store.open(url, timeout=5).close()
        release.join()


def test_postgresql_without_its_driver_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"Install psycopg\[binary\]") as refused:
        Store.open("postgresql://km:secret@db.example.org/lessons")
    assert "secret" not in refused.value.en + refused.value.th


def test_a_full_disk_is_told_and_nothing_is_half_written(store, a_post):
    store.put_posts([a_post("1")])
    with store._writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="disk is full"):
        store.put_posts([a_post(str(number), text="ยาว" * 500) for number in range(2, 50)])
    assert [post.id for post in store.posts()] == ["1"]


@pytest.mark.parametrize("codes", [codes for codes, _, _ in _SENTENCES])
def test_every_failure_is_told_in_both_languages_with_its_place(codes):
    class Refused(sqlite3.OperationalError):
        sqlite_errorname = codes[0]

    with pytest.raises(StoreError) as refused, told("out/{a}.db"):
        raise Refused
    assert all("out/{a}.db" in words and "{place}" not in words for words in (refused.value.en, refused.value.th))


def test_a_copy_of_the_closed_file_is_the_whole_database(tmp_path, url, a_post):
    with Store.open(url) as store:
        store.put_posts([a_post()])
    shutil.copy(tmp_path / "lessons.db", tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert list(copy.posts()) == [a_post()]
