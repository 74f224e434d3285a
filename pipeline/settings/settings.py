"""The team's configuration: ``lessons.toml`` as frozen records.

Comes in: the path of the file, or none. Goes out: `Settings`; without a file, or without phases in it, the posts make one phase ``all``.
Refuses, as `SettingsError`: a file that is missing, too large, not UTF-8 or not TOML, and everything that its tables do not allow.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from pipeline.errors import SettingsError, reason_th
from pipeline.records import Phase, short_hash
from pipeline.settings.feeds import Feed, feed_of
from pipeline.settings.mail import Mail, mail_of
from pipeline.settings.refusals import of_validation
from pipeline.settings.signs import strange_sign
from pipeline.settings.tables import KEYS, LessonsTable, ProjectTable

if TYPE_CHECKING:
    from pipeline.settings.schedule import Schedule

MOST_BYTES = 1_000_000
EVERYTHING = Phase(id="all", name="ทั้งหมด")
UNNAMED = ProjectTable().name
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Project:
    """Whose work it is, and with which reader of the model its posts are read."""

    id: str
    name: str
    timezone: str
    reading: Literal["deep", "full", "linear", "fast"] = "full"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets the digest by mail; one `outside` the team sees private names as the privacy settings say."""

    email: str
    roles: tuple[str, ...]
    cut: str | None
    agency: str | None
    area: str | None
    lang: Literal["th", "en"]
    outside: bool


@dataclass(frozen=True, slots=True)
class Privacy:
    """What readers outside the team may see."""

    private_names: Literal["mask", "show"]


@dataclass(frozen=True, slots=True)
class Documents:
    """How the documents for officers are written: our own words in them with Thai digits or not."""

    thai_digits: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Where reviewers find the review app: `base_url` without a slash at its end, and the address of the TLS proxy in front of it.

    `training` says whether a new reviewer decides ten sentences with known answers first; `order` whether what teaches most is asked first, or chance
    decides, of different posts and labels in turn.
    """

    base_url: str | None
    proxy: str | None
    training: bool
    order: Literal["value", "random"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the team configured."""

    project: Project
    phases: tuple[Phase, ...]
    readers: tuple[Reader, ...]
    privacy: Privacy
    documents: Documents
    mail: Mail
    schedule: Schedule
    review: Review
    feeds: tuple[Feed, ...] = ()

    @property
    def phases_key(self) -> str:
        """Return the hash of everything that decides a phase: another key asks for a new assignment. Names decide nothing."""
        return short_hash(*(repr((phase.id, str(phase.first_day), str(phase.last_day), phase.cues)) for phase in self.phases))


def read_settings(path: Path | None) -> Settings:
    """Return the settings of the file, or those of a team without one.

    >>> read_settings(None).phases
    (Phase(id='all', name='ทั้งหมด', first_day=None, last_day=None, cues=()),)
    """
    if path is None:
        return _settings_of(LessonsTable(), Path())
    return read_words(_read_text(path), path)


def read_words(text: str, path: Path, *, named: bool = True) -> Settings:
    """Return the settings that a text holds; `path` is the file that it is, or will be: refusals say the place in it where it is `named`."""
    try:
        return _settings_of(LessonsTable.model_validate(_read_toml(text, path)), path.parent)
    except ValidationError as error:
        raise of_validation(str(path) if named else None, error.errors(include_url=False), KEYS) from None


def _settings_of(table: LessonsTable, folder: Path) -> Settings:
    project = table.project
    phases = tuple(Phase(phase.id, phase.name, phase.first_day, phase.last_day, tuple(phase.cues)) for phase in table.phase)
    return Settings(
        project=Project(project.id, project.name, project.timezone, project.reading),
        phases=phases or (EVERYTHING,),
        readers=tuple(
            Reader(reader.email, tuple(reader.roles), reader.cut, reader.agency, reader.area, reader.lang, reader.outside) for reader in table.reader
        ),
        privacy=Privacy(table.privacy.private_names),
        documents=Documents(table.documents.thai_digits),
        mail=mail_of(table.mail, folder),
        schedule=table.schedule.read(),
        feeds=tuple(feed_of(feed.url, feed.id) for feed in table.feed),
        review=Review(table.review.base_url, table.review.proxy, table.review.training, table.review.order),
    )


def _read_toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _not_toml(path, "lists in lists without end") from None
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        found = _AT_LINE.search(str(error))
        lines = text.split("\n")
        line = int(found[1]) if found else len(lines)
        raise _not_toml(path, _AT_LINE.sub("", str(error)).strip(), line, strange_sign(lines[line - 1])) from None


def _not_toml(path: Path, found: str, line: int | None = None, strange: tuple[str, str] | None = None) -> SettingsError:
    en, th = (f", line {line}", f" บรรทัดที่ {line}") if line else ("", "")
    this = "บรรทัดนี้" if line else "ไฟล์"
    found_en, found_th = strange or (f"this instead: {found}. Correct the line", "")
    found_th = f"พบ{found_th}" if found_th else f"อ่านไม่ได้ โปรดแก้{this}"
    return SettingsError(
        f'{path}{en}: must be TOML, such as name = "…". Got {found_en}; compare it with the project\'s lessons.toml.',
        f'{path}{th}: ต้องเขียนตามรูปแบบ TOML เช่น name = "…" แต่{found_th} โดยเทียบกับไฟล์ตัวอย่าง lessons.toml',
    )


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            f'{path}: the configuration must be a file that can be read. Got "{reason}" instead. Check where the file is and who may read it.',
            f"{path}: ไฟล์การตั้งค่าต้องมีอยู่จริงและเปิดอ่านได้ แต่ระบบแจ้งว่า{reason_th(error)} โปรดตรวจตำแหน่งไฟล์และสิทธิ์การอ่าน",
        ) from None
    if len(data) > MOST_BYTES:
        raise SettingsError(
            f"{path}: a configuration must be at most {MOST_BYTES:,} bytes long. Got more instead. Check that --config names the right file.",
            f"{path}: ไฟล์การตั้งค่าต้องไม่เกิน {MOST_BYTES:,} ไบต์ แต่ไฟล์นี้ใหญ่กว่า โปรดตรวจว่า --config ระบุไฟล์ถูกต้อง",
        )
    try:
        return data.decode("utf-8-sig")  # Notepad writes a byte-order mark
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{path}, line {line}: the configuration must be written in UTF-8. Got other bytes instead. Save it again as UTF-8.",
            f"{path} บรรทัดที่ {line}: ไฟล์การตั้งค่าต้องบันทึกเป็น UTF-8 แต่พบรหัสอักขระแบบอื่น โปรดบันทึกใหม่โดยเลือก UTF-8",
        ) from None
