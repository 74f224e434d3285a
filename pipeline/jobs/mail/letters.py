"""The message of one reader: in their language, with what they may see, and the way to leave.

Comes in: a digest as its reader gets it, and who writes. Goes out: a `Letter`. Refuses nothing. The same digest in the same week gives the same
message, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.jobs.mail.files import Matters, files_for
from pipeline.mail.composing import NOBODY, Content, Envelope, Sender, compose, message_id_of
from pipeline.mail.leaving import name_of, token_of
from pipeline.outgoing import Letter
from pipeline.privacy import Leaving
from pipeline.render.digest_mail import CALENDAR, Sent, digest_mail, digest_mail_text, mail_subject
from pipeline.render.names import named_anew
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.outgoing import Posted, Seen
    from pipeline.records import Digest, Phase
    from pipeline.settings import Reader, Settings
    from pipeline.store.outbox import Outbox

PATH = "leave"  # below base_url: the page on which a reader leaves the list
_UNSAFE = re.compile(r"[^\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Writing:
    """What all messages of a moment share; `now` is told by the clock of the project."""

    settings: Settings
    outbox: Outbox
    secret: str
    now: datetime

    @property
    def period(self) -> str:
        """Return the week of the moment: one message for each reader and phase in it."""
        week = self.now.isocalendar()
        return f"{week.year}-W{week.week:02}"

    @property
    def sender(self) -> Sender:
        """Return who writes."""
        mail = self.settings.mail
        return Sender(mail.sender or NOBODY, mail.sender_name or self.settings.project.name, mail.reply_to)

    def leave_at(self, address: str) -> str | None:
        """Return the page on which an address leaves, which knows it from now on; None where there is none."""
        self.outbox.meet(address, name_of(self.secret, address))
        base_url = self.settings.mail.base_url
        return f"{base_url}/{PATH}/{token_of(self.secret, address)}" if base_url else None

    def key(self, phase: Phase, reader: Reader) -> str:
        """Return by what a message is the same one."""
        return f"digest:{self.settings.project.id}:{phase.id}:{self.period}:{address_of(reader)}"


def address_of(reader: Reader) -> str:
    """Return the address of a reader as it is compared."""
    return reader.email.lower()


def file_name(posted: Posted) -> str:
    """Return under which name a message stands as a file."""
    return f"{posted.number:06}-{posted.phase}-{_UNSAFE.sub('-', posted.recipient)}.eml"


def letter_to(reader: Reader, digest: Digest, seen: Seen, writing: Writing, matters: Matters) -> Letter:
    """Return the message of a reader; their address is known to the page for leaving from now on."""
    leaving = Leaving([digest], writing.settings.privacy) if reader.outside else None
    digest = leaving.digest(digest) if leaving else digest
    address, key, sender = address_of(reader), writing.key(digest.phase, reader), writing.sender
    leave_at = writing.leave_at(address)
    with speaking(reader.lang):
        digest = named_anew(digest)
        files = tuple(files_for(digest, matters, writing.settings, leaving))
        names = {file.name for file in files}
        report: Literal["attached", "elsewhere"] = "attached" if f"{digest.stem}.docx" in names else "elsewhere"
        sent = Sent(report, leave_at, answered=writing.settings.mail.sender is not None, calendar=CALENDAR in names)
        content = Content(mail_subject(digest), digest_mail_text(digest, sent), digest_mail(digest, sent), reader.lang, files)
    envelope = Envelope(sender, address, message_id_of(key, sender.address), writing.now, leave_at)
    return Letter(key, address, digest.phase.id, envelope.message_id, content.subject, compose(envelope, content), seen)
