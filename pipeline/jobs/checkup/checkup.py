"""The check-up: does the machine have what the program needs, and does what the team set hold together.

Comes in: the order of a run and the environment. Goes out: a list of `Check`, nothing changed and nothing sent: only the output folder is tried for
whether it can be written. Refuses nothing: what is wrong is a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.errors import LessonsError
from pipeline.jobs.checkup.checks import Check, missing, ok, optional
from pipeline.jobs.checkup.checks_of_machine import machine_checks
from pipeline.jobs.teams.history import team_models
from pipeline.nlp.reader import load_reader
from pipeline.settings import read_settings
from pipeline.store.copying import sqlite_file
from pipeline.store.looking import is_current, is_newer, revision_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.jobs.run import RunOrder
    from pipeline.settings import Settings

__all__ = ["Check", "check_up"]

_ANYBODY = 0o077


def check_up(order: RunOrder, environment: Mapping[str, str]) -> list[Check]:
    """Return how everything stands, one line each."""
    settings, told = _settings(order.config)
    ports = (8765, settings.mail.page_port if settings else 4210, 4200)
    zone = settings.project.timezone if settings else "Asia/Bangkok"
    return [
        *machine_checks(order.out, zone, ports, server=_is_on_server(order.database)),
        told,
        _model(order.as_configured(settings) if settings else order),
        _database(order.database),
        *(_mail(settings, environment) if settings else ()),
    ]


def _settings(config: Path | None) -> tuple[Settings | None, Check]:
    if config is None:
        found = ("ไม่มี lessons.toml ในโฟลเดอร์นี้", "there is no lessons.toml in this folder")
        return read_settings(None), optional(
            "settings", *found, "สั่ง lessons init หรือระบุ --config", "Make one with lessons init, or name it with --config."
        )
    try:
        settings = read_settings(config)
    except LessonsError as error:
        return None, _refused("settings", error)
    phases, readers = len(settings.phases), len(settings.readers)
    return settings, ok("settings", f"{config}: {phases} ระยะงาน ผู้รับ {readers} คน", f"{config}: {phases} phases, {readers} readers")


def _model(order: RunOrder) -> Check:
    try:
        reader = load_reader(order.models or asset("models"), order.model, team_models(order.database, order.out))
    except LessonsError as error:
        return _refused("model", error)
    return ok("model", f"{reader.id} ค่า SHA-256 ตรงทุกไฟล์", f"{reader.id}, every file as its card says")


def _database(database: str) -> Check:
    try:
        revision = revision_at(database)
    except LessonsError as error:
        return _refused("database", error)
    if revision is None:
        return optional("database", "ยังไม่มี", "there is none yet", "lessons run รอบแรกจะสร้างให้", "The first lessons run makes it.")
    if is_newer(revision):
        return missing(
            "database", f"รุ่น {revision} ใหม่กว่าโปรแกรม", f"revision {revision}, of a newer version", "ติดตั้งโปรแกรมรุ่นใหม่", "Install the newer version."
        )
    if not is_current(revision):
        return optional(
            "database",
            f"รุ่น {revision} เก่ากว่าโปรแกรม",
            f"revision {revision}, of an older version",
            "สำรองด้วย lessons backup แล้วสั่ง lessons run ระบบปรับรุ่นให้เอง",
            "Back it up with lessons backup; the next lessons run brings it up to date.",
        )
    return ok("database", f"รุ่น {revision}", f"revision {revision}")


def _is_on_server(database: str) -> bool:
    try:
        return sqlite_file(database) is None
    except LessonsError:
        return False  # told by the check of the database


def _mail(settings: Settings, environment: Mapping[str, str]) -> Iterator[Check]:
    """Yield whether mail could be sent as it is set; nobody is asked."""
    mail = settings.mail
    try:
        server = mail.server(environment)
    except LessonsError as error:
        yield _refused("mail", error)
        return
    if server is None:
        yield optional(
            "mail", "ไม่ได้ตั้งเซิร์ฟเวอร์", "no server is set", "จดหมายจะเป็นไฟล์ .eml ในโฟลเดอร์ mail", "Messages become .eml files in the folder mail."
        )
        return
    yield ok("mail", f"{server.host}:{server.port} ({server.security}) ยังไม่ได้ลองส่ง", f"{server.host}:{server.port} ({server.security}), not tried")
    file = mail.password_file
    if file and file.is_file() and file.stat().st_mode & _ANYBODY:
        yield missing(
            "mail-password",
            f"{file} คนอื่นในเครื่องอ่านได้",
            f"{file} can be read by others",
            f"สั่ง chmod 600 {file}",
            f"Give the command: chmod 600 {file}",
        )


def _refused(name: str, error: LessonsError) -> Check:
    return missing(name, error.th, error.en, "", "")
