"""A message as mail programs read it.

Comes in: who writes to whom, the subject, the two twins of the text, files. Goes out: the bytes of the message, in ASCII, the same for the same
input. Refuses nothing: what would end a header line is a space in it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

NOBODY = "lessons@localhost"  # writes where the team has not said who does
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_BOUNDARY = "lessons-{kind}-{name}"
_FLOWED = {"format": "flowed", "delsp": "yes"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: address and name, and where an answer goes to, None where to the sender."""

    address: str
    name: str
    answers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message; `parameters` stand behind its kind."""

    name: str
    kind: str
    data: bytes
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and for whom; `leave_at` is the address at which one press takes the reader off the list."""

    sender: Sender
    recipient: str
    message_id: str
    now: datetime
    leave_at: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: its subject, its twins, the plain one in flowed lines (`lines.flowed`), its files, and its language."""

    subject: str
    text: str
    html: str
    language: str
    files: tuple[Attached, ...] = ()


def compose(envelope: Envelope, content: Content) -> str:
    """Return a message."""
    sender = envelope.sender
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=_one_line(sender.name), addr_spec=sender.address)
    message["To"] = envelope.recipient
    message["Subject"] = _one_line(content.subject)
    message["Date"] = format_datetime(envelope.now)
    message["Message-ID"] = envelope.message_id
    if sender.answers_to:
        message["Reply-To"] = sender.answers_to
    message["Auto-Submitted"] = "auto-generated"
    for name, value in leaving(sender, envelope.leave_at).items():
        message[name] = value
    message.set_content(content.text, charset="utf-8", cte="base64", params=_FLOWED)
    message.add_alternative(content.html, subtype="html", charset="utf-8", cte="base64")
    for file in content.files:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name, params=dict(file.parameters))
    message["Content-Language"] = content.language  # last: setting the content takes away what describes it
    _name_boundaries(message, envelope.message_id)
    return message.as_bytes().decode("ascii")


def leaving(sender: Sender, leave_at: str | None) -> dict[str, str]:
    """Return the headers by which a reader leaves the list: by one press (RFC 8058) where a page can be reached, else by a message to the sender."""
    if sender.address == NOBODY:
        return {}
    by_mail = f"<mailto:{sender.answers_to or sender.address}?subject=unsubscribe>"
    if leave_at is None:
        return {"List-Unsubscribe": by_mail}
    return {"List-Unsubscribe": f"<{leave_at}>, {by_mail}", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def message_id_of(key: str, sender: str) -> str:
    """Return the Message-ID of a key, always the same.

    >>> message_id_of("digest:km:all:2026-W48:a@example.org", "km@example.org")
    '<9awFdLv8Tdo6DxjFaLbgKQ@example.org>'
    """
    name = urlsafe_b64encode(sha256(key.encode("utf-8")).digest()[:16]).decode("ascii").rstrip("=")
    return f"<{name}@{sender.rpartition('@')[2]}>"


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _name_boundaries(message: EmailMessage, message_id: str) -> None:
    """Give the parts borders that depend on the message alone: those of the library are drawn by lot."""
    name = sha256(message_id.encode("utf-8")).hexdigest()[:24]
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(_BOUNDARY.format(kind=part.get_content_subtype(), name=name))
