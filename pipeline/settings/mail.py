"""``[mail]``: who sends the digests, through which server, and where a reader leaves the list.

Comes in: the table of ``lessons.toml``, and the environment for the password. Goes out: frozen records. Refuses, through pydantic, what the table
does not allow, a password in it above all; and as `SettingsError` a file of a password or of certificates that cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, model_validator

from pipeline.errors import SettingsError, reason_th
from pipeline.settings.refusals import must_be
from pipeline.settings.values import Email, Table, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSWORD = "LESSONS_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
PORTS = {"starttls": 587, "tls": 465}
MOST_PORTS = 65_535
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK))
        sound = sound and not (parts.query or parts.fragment or parts.username) and value.isascii() and not any(sign in value for sign in " <>,")
    except ValueError:
        sound = False
    if not sound:
        raise must_be(
            (
                "an address of the web that begins with https://, such as https://km.example.org/mail",
                "ที่อยู่เว็บที่ขึ้นต้นด้วย https:// เช่น https://km.example.org/mail",
            ),
            value,
        )
    return value.rstrip("/")


def _port(value: int) -> int:
    if not 0 < value <= MOST_PORTS:
        raise must_be((f"a port from 1 to {MOST_PORTS}", f"หมายเลขพอร์ต 1 ถึง {MOST_PORTS}"), value)
    return value


Port = Annotated[int, AfterValidator(_port)]


class MailTable(Table):
    """``[mail]``: how the digests leave."""

    sender: Email | None = None
    sender_name: Words | None = None
    reply_to: Email | None = None
    host: Words | None = None
    port: Port | None = None
    security: Literal["starttls", "tls"] = "starttls"
    user: Words | None = None
    password_file: Words | None = None
    ca_file: Words | None = None
    base_url: Annotated[str, AfterValidator(_base_url)] | None = None
    page_port: Port = 4210
    attach: Literal["docx", "calendar", "none"] = "docx"
    password: object = None

    @model_validator(mode="after")
    def _whole(self) -> MailTable:
        if self.password is not None:
            rule = ("kept out of this file, which others may read", "เก็บไว้นอกไฟล์นี้ เพราะคนอื่นอาจเปิดอ่านได้")
            remedy = (
                f'Write it into a file of its own, name that file in "password_file", and remove it here; or set {PASSWORD}.',
                f'โปรดย้ายไปไว้ในไฟล์อื่นแล้วระบุชื่อไฟล์ใน "password_file" หรือตั้งตัวแปร {PASSWORD} แล้วลบออกจากที่นี่',
            )
            raise must_be(rule, "…", remedy, "password")
        if self.host and not self.sender:
            rule = ('there where "host" is: a server takes no mail from nobody', 'มีเมื่อระบุ "host" เพราะเซิร์ฟเวอร์ต้องรู้ว่าใครส่ง')
            raise must_be(rule, "", ("Add it.", "โปรดเพิ่ม"), "sender")
        return self


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and how to log in; the connection is always encrypted and verified."""

    host: str
    port: int
    security: Literal["starttls", "tls"]
    user: str | None
    password: str
    ca_file: Path | None

    def __repr__(self) -> str:
        """Name the server without its password: this may stand in a log."""
        return f"MailServer({self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class Mail:
    """How the digests leave: as files where no `host` is named; readers leave the list by one press where `base_url` leads to the page for it."""

    sender: str | None
    sender_name: str | None
    reply_to: str | None
    host: str | None
    port: int
    security: Literal["starttls", "tls"]
    user: str | None
    password_file: Path | None
    ca_file: Path | None
    base_url: str | None
    page_port: int
    attach: Literal["docx", "calendar", "none"]

    def server(self, environment: Mapping[str, str]) -> MailServer | None:
        """Return the server with its password, which the environment or a file holds; None where messages are written as files.

        Raises:
            SettingsError: when a file that is named cannot be read, or a user has no password.
        """
        if self.host is None:
            return None
        password = environment.get(PASSWORD, "") or (_read(self.password_file, "password_file").strip() if self.password_file else "")
        if self.user and not password:
            raise SettingsError(
                f'[mail]: "user" must have a password. Got none. Write it into a file and name that in "password_file", or set {PASSWORD}.',
                f'[mail]: "user" ต้องมีรหัสผ่าน แต่ไม่พบ โปรดเขียนไว้ในไฟล์แล้วระบุใน "password_file" หรือตั้งตัวแปร {PASSWORD}',
            )
        if self.ca_file:
            _read(self.ca_file, "ca_file")
        return MailServer(self.host, self.port, self.security, self.user, password, self.ca_file)


def mail_of(table: MailTable, folder: Path) -> Mail:
    """Return what the table says; files that it names stand below `folder` unless they say otherwise."""

    def file(name: str | None) -> Path | None:
        return folder / Path(name).expanduser() if name else None

    port = table.port or PORTS[table.security]
    return Mail(
        sender=table.sender,
        sender_name=table.sender_name,
        reply_to=table.reply_to,
        host=table.host,
        port=port,
        security=table.security,
        user=table.user,
        password_file=file(table.password_file),
        ca_file=file(table.ca_file),
        base_url=table.base_url,
        page_port=table.page_port,
        attach=table.attach,
    )


def _read(file: Path, key: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        en, th = (failure.strerror, reason_th(failure)) if isinstance(failure, OSError) else ("other signs than text", "ไม่ใช่ไฟล์ข้อความ")
        raise SettingsError(
            f'[mail], "{key}": {file} must be a file that can be read. Got "{en}" instead. Check where it is and who may read it.',
            f'[mail] หัวข้อ "{key}": {file} ต้องเป็นไฟล์ที่เปิดอ่านได้ แต่พบปัญหาว่า{th} โปรดตรวจตำแหน่งไฟล์และสิทธิ์การอ่าน',
        ) from None
