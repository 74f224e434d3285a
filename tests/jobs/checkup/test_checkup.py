"""The check-up tells what is missing and what to do, changes nothing and asks nobody."""

import shutil
import socket
import sqlite3
from contextlib import closing

import pytest

from pipeline.jobs.checkup import checks_of_machine
from pipeline.jobs.checkup.checkup import check_up
from pipeline.jobs.run import RunOrder
from pipeline.store.store import Store
from pipeline.store.tables import REVISION

MAIL = '[mail]\nsender = "km@example.org"\nhost = "smtp.example.org"\nuser = "km"\npassword_file = "secret"\n'


@pytest.fixture
def looked_at(tmp_path):
    """Return a function that gives the lines of the check-up by name, for a team with these settings."""

    def look(settings=None, environment=None, **fields):
        config = None
        if settings is not None:
            config = tmp_path / "lessons.toml"
            config.write_text(settings, encoding="utf-8")
        out = tmp_path / "out"
        known = {"database": f"sqlite:///{out / 'lessons.db'}", "config": config, "model": "cues"}
        return {check.name: check for check in check_up(RunOrder((), out, **{**known, **fields}), environment or {})}

    return look


def states(checks, *names):
    return [checks[name].state for name in names]


def test_a_team_that_has_not_begun_can_begin_and_nothing_is_made(looked_at, tmp_path):
    checks = looked_at()
    assert states(checks, "python", "packages", "output", "fonts", "model") == ["ok"] * 5
    assert states(checks, "settings", "database", "mail") == ["optional"] * 3
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_one_line(looked_at):
    checks = looked_at("[project]\nid = 7\n")
    assert checks["settings"].state == "missing"
    assert 'lessons.toml, [project], "id": must be text in quotes' in checks["settings"].found.en
    assert "mail" not in checks


def test_a_password_that_is_not_there_or_that_everybody_may_read(looked_at, tmp_path):
    checks = looked_at(MAIL)
    assert checks["mail"].state == "missing"
    assert '"password_file"' in checks["mail"].found.en
    secret = tmp_path / "secret"
    secret.write_text("w", encoding="utf-8")
    secret.chmod(0o644)
    checks = looked_at(MAIL)
    assert (checks["mail"].state, checks["mail-password"].state) == ("ok", "missing")
    assert str(secret) in checks["mail-password"].todo.th
    secret.chmod(0o600)
    assert "mail-password" not in looked_at(MAIL)


@pytest.mark.parametrize(("revision", "state"), [(REVISION, "ok"), ("0001", "optional"), ("9999", "missing")])
def test_a_database_is_looked_at_and_left_as_it_is(looked_at, tmp_path, revision, state):
    file = tmp_path / "out" / "lessons.db"
    file.parent.mkdir()
    Store.open(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE lessons_revision SET version_num = ?", (revision,))
        raw.commit()
    check = looked_at()["database"]
    assert check.state == state
    assert revision in check.found.th
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT version_num FROM lessons_revision").fetchall() == [(revision,)]


@pytest.mark.parametrize("content", [b"no database at all" * 100, None])
def test_a_database_of_others_or_a_damaged_one_is_missing(looked_at, tmp_path, content):
    file = tmp_path / "out" / "lessons.db"
    file.parent.mkdir()
    if content:
        file.write_bytes(content)
    else:
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("CREATE TABLE purses (id)")
            raw.commit()
    assert looked_at()["database"].state == "missing"


def test_a_model_with_another_byte_is_missing(looked_at, tmp_path):
    from pipeline.assets import asset

    name = (asset("models") / "CURRENT").read_text(encoding="utf-8").strip()
    models = tmp_path / "models"
    shutil.copytree(asset("models") / name, models / name)
    (models / "CURRENT").write_text(name, encoding="utf-8")
    with (models / name / "cutter.json").open("ab") as opened:
        opened.write(b" ")
    check = looked_at(models=models, model=None)["model"]
    assert check.state == "missing"
    assert "SHA-256" in check.found.th


@pytest.mark.parametrize(("address", "state"), [("127.0.0.1", "ok"), ("0.0.0.0", "missing")])  # noqa: S104 - that is the point
def test_a_port_of_ours_that_other_machines_reach_is_told(address, state):
    with socket.socket() as listener:
        listener.bind((address, 0))
        listener.listen()
        port = listener.getsockname()[1]
        check = checks_of_machine._listening((port,))
    if check.state == "optional":
        pytest.skip("this system does not tell who listens")
    assert check.state == state
    assert str(port) in check.found.en


def test_a_folder_that_cannot_be_written_and_a_full_disk_are_missing(looked_at, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(checks_of_machine.tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(checks_of_machine, "LEAST_FREE", 10**18)
    checks = looked_at()
    assert states(checks, "output", "disk") == ["missing", "missing"]
    assert "ไม่มีสิทธิ์เข้าถึง" in checks["output"].found.th


def test_postgresql_wants_its_own_programs(looked_at, monkeypatch):
    monkeypatch.setattr(checks_of_machine.shutil, "which", lambda _name: None)
    checks = looked_at()
    assert states(checks, "postgresql", "chromium", "libreoffice", "word-font") == ["optional"] * 4
    on_server = list(checks_of_machine._programs(server=True))
    assert on_server[-1].state == "missing"
