"""What the environment says: the language of messages and the usual paths.

Comes in: the variables of the environment. Goes out: ``th`` or ``en``, and `EnvironmentPaths`. Refuses, as `SettingsError`: a variable
LESSONS_* that the product does not know, and a language that it does not speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.errors import SettingsError
from pipeline.settings.refusals import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["th", "en"]

PREFIX = "LESSONS_"
VARIABLES = (
    "LESSONS_CONFIG",
    "LESSONS_DATABASE",
    "LESSONS_LANG",
    "LESSONS_LOG",
    "LESSONS_MAIL_PASSWORD",
    "LESSONS_MODELS",
    "LESSONS_OUT",
    "LESSONS_REVIEW_SECRET",
)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as for every other program
_THAI = re.compile(r"th(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EnvironmentPaths:
    """What stands in for an option that the command line leaves out; an empty variable counts as not set."""

    out: Path | None = None
    database: str | None = None
    config: Path | None = None
    models: Path | None = None


def database_url(named: str | None, out: Path) -> str:
    """Return the address of the database: the one that is named, else ``lessons.db`` in the output folder.

    >>> database_url(None, Path("out"))
    'sqlite:///out/lessons.db'
    """
    return named or f"sqlite:///{out / 'lessons.db'}"


def language(environment: Mapping[str, str]) -> Language:
    """Return the language of messages; never fails, because errors are told in it.

    >>> language({"LANG": "th_TH.UTF-8"}), language({"LANG": "th_TH.UTF-8", "LESSONS_LANG": "en"}), language({})
    ('th', 'en', 'en')
    """
    wanted = environment.get("LESSONS_LANG", "").strip().lower()
    if wanted in {"th", "en"}:
        return "th" if wanted == "th" else "en"
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "th" if _THAI.match(locale) else "en"


def environment_paths(environment: Mapping[str, str]) -> EnvironmentPaths:
    """Return the paths that LESSONS_* names.

    >>> environment_paths({"LESSONS_DATABASE": "sqlite:///team.db", "HOME": "/home/team"}).database
    'sqlite:///team.db'
    """
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in VARIABLES:
            raise _unknown_variable(name)
    wanted = environment.get("LESSONS_LANG", "")
    if wanted.strip().lower() not in {"", "th", "en"}:
        en, th = shown(wanted)
        raise SettingsError(
            f"LESSONS_LANG: must be th or en. Got {en} instead. Set it to th or en, or remove it.",
            f"LESSONS_LANG: ต้องเป็น th หรือ en แต่พบ {th} โปรดตั้งเป็น th หรือ en หรือลบออก",
        )
    return EnvironmentPaths(
        out=_path(environment, "LESSONS_OUT"),
        database=environment.get("LESSONS_DATABASE") or None,
        config=_path(environment, "LESSONS_CONFIG"),
        models=_path(environment, "LESSONS_MODELS"),
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    written = environment.get(name)
    return Path(written) if written else None


def _unknown_variable(name: str) -> SettingsError:
    meant = nearest(name, VARIABLES)
    names = ", ".join(VARIABLES)
    return SettingsError(
        f"{name}: unknown variable of the environment. " + (f"Did you mean {meant}?" if meant else f"Use one of {names}, or remove it."),
        f"{name}: ไม่รู้จักตัวแปรระบบนี้ " + (f"หมายถึง {meant} ใช่หรือไม่ โปรดแก้หรือลบออก" if meant else f"ตัวแปรที่ใช้ได้คือ {names} โปรดแก้หรือลบออก"),
    )
