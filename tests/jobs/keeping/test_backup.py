"""Backup and restore: one file, wholly or not at all."""

import random
import sqlite3
import time
import zipfile
from contextlib import closing

import pytest

from pipeline.errors import SettingsError, StoreError
from pipeline.jobs.keeping.backup import back_up, restore
from pipeline.store.store import Store
from tests.forked import Forked


def restore_aloud(say, order, file):
    say("ready")
    restore(order, file)


def posts_in(order):
    with Store.open(order.database) as store:
        return [post.id for post in store.posts()]


@pytest.fixture
def kept(team):
    """Return a team whose state was kept, and that has gone on since: its order, the backup, and the posts of then."""
    team.write()
    order = team.order(config=team.configure(("one", "")))
    team.run(order)
    model = order.out / "models" / "team-1"
    model.mkdir(parents=True)
    (model / "card.json").write_text("then", encoding="utf-8")
    (model.parent / "CURRENT").write_text("team-1", encoding="utf-8")
    then = posts_in(order)
    file = back_up(order, team.home / "kept.zip")
    team.write(more_txt="เล่าต่อ\n\nตกลงกันว่าจะพบกันใหม่เดือนหน้า\n")
    team.run(order)
    (model.parent / "CURRENT").write_text("team-2", encoding="utf-8")
    assert posts_in(order) != then
    return order, file, then


def test_what_was_kept_comes_back(kept):
    order, file, then = kept
    restore(order, file)
    assert posts_in(order) == then
    assert (order.out / "models" / "CURRENT").read_text(encoding="utf-8") == "team-1"
    assert (order.out / "models" / "team-1" / "card.json").read_text(encoding="utf-8") == "then"


def test_a_backup_is_taken_while_somebody_writes_and_reads_back_elsewhere(kept, team):
    order, _, _ = kept
    with closing(sqlite3.connect(order.out / "lessons.db")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        file = back_up(order, team.home / "busy.zip")
        writer.rollback()
    other = team.order(out=team.home / "elsewhere")
    restore(other, file)
    assert posts_in(other) == posts_in(order)
    assert (other.out / "lessons.toml").is_file()


def test_settings_that_differ_are_not_lost(kept):
    order, file, _ = kept
    order.config.write_text('[project]\nname = "ใหม่"\n', encoding="utf-8")
    restore(order, file)
    assert "ใหม่" in order.config.read_text(encoding="utf-8")
    assert "one" in order.config.with_name("lessons.restored.toml").read_text(encoding="utf-8")


def test_nobody_else_may_read_a_backup(kept):
    assert kept[1].stat().st_mode & 0o077 == 0


def cut(file):
    file.write_bytes(file.read_bytes()[:-40])


def flip(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def lead_away(file):
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("../escaped.txt", "x")


def other_file(file):
    file.write_bytes(b"no backup")


@pytest.mark.parametrize("damage", [cut, flip, lead_away, other_file])
def test_a_damaged_backup_changes_nothing(kept, damage):
    order, file, _ = kept
    before = posts_in(order)
    damage(file)
    with pytest.raises(SettingsError, match="Nothing was changed"):
        restore(order, file)
    assert posts_in(order) == before
    assert (order.out / "models" / "CURRENT").read_text(encoding="utf-8") == "team-2"
    assert not (order.out.parent / "escaped.txt").exists()


def test_a_database_in_use_is_not_replaced(kept, monkeypatch):
    monkeypatch.setattr("pipeline.store.copying._WAIT", 0.1)
    order, file, _ = kept
    with closing(sqlite3.connect(order.out / "lessons.db")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            restore(order, file)
        writer.rollback()


def test_a_folder_that_cannot_be_written_is_told(kept, team):
    (team.home / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Nothing was changed"):
        back_up(kept[0], team.home / "file" / "kept.zip")


def test_a_restore_that_is_killed_leaves_the_old_state_or_the_new_one(kept):
    order, file, then = kept
    now, draw = posts_in(order), random.Random(5)  # noqa: S311 - moments, no secret
    for _ in range(6):
        started = Forked(restore_aloud, order, file)
        assert started.hear() == "ready"
        time.sleep(draw.uniform(0, 0.15))
        started.kill()
        started.rest()
        assert posts_in(order) in (now, then)
    restore(order, file)
    assert posts_in(order) == then


def test_without_the_programs_of_postgresql_one_sentence_says_so(monkeypatch, tmp_path):
    from pipeline.jobs.keeping import backup as keeping

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="Install the PostgreSQL client programs"):
        keeping._run(keeping.server_command("pg_dump", "postgresql://km@db/lessons"), [])
