"""Hands messages to a mail server, over a connection that is encrypted and whose certificate is verified, always.

Comes in: a server, a message, sender and recipient. Goes out: what became of the message: taken, refused for now or for good, or not known.
Refuses, as `MailError`, a server that cannot be reached, trusted or logged in to: then nothing was handed over. Between the moment when the message
is on its way and the answer of the server nobody can know whether it will arrive; the caller is asked before that moment begins.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pipeline.errors import MailError, reason_th

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.settings import MailServer

TIMEOUT = 30.0  # seconds without a word from the server
MOST_TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
_GO_ON = 354  # the server waits for the message
_FOR_GOOD = 500  # answers from here on are refusals for good
_TAKEN = 250

# What a person can mend, found by the kind of failure: the reason in Thai, and what to do in both languages.
_TROUBLES: tuple[tuple[type[Exception], tuple[str, str, str]], ...] = (
    (ssl.SSLCertVerificationError, ("ใบรับรองของเซิร์ฟเวอร์ใช้ไม่ได้", "name the office's own authority in ca_file", "หรือระบุ ca_file ของหน่วยงาน")),
    (smtplib.SMTPAuthenticationError, ("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", "correct user and the password", "โปรดแก้ชื่อผู้ใช้หรือรหัสผ่าน")),
    (smtplib.SMTPSenderRefused, ("เซิร์ฟเวอร์ไม่รับอีเมลจากผู้ส่งนี้", "correct sender", "โปรดแก้ sender")),
    (smtplib.SMTPNotSupportedError, ("เซิร์ฟเวอร์ไม่รองรับการเข้ารหัสหรือการเข้าระบบ", "correct security and port", "โปรดแก้ security และ port")),
    (UnicodeError, ("ชื่อผู้ใช้หรือรหัสผ่านมีอักษรที่เซิร์ฟเวอร์ไม่รับ", "use ASCII letters in user and password", "โปรดใช้อักษรอังกฤษในชื่อผู้ใช้และรหัสผ่าน")),
)

What = Literal["taken", "later", "never", "unknown", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message, and what the server said; `elsewhere` if another process took it over meanwhile."""

    what: What
    said: str


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many refusals.

    >>> [str(wait_after(tries)) for tries in (1, 2, 3, 7)]
    ['0:05:00', '0:15:00', '0:45:00', '12:00:00']
    """
    return min(_FIRST_WAIT * float(3 ** (tries - 1)), _LONGEST_WAIT)


class Courier:
    """A connection to the server, logged in."""

    def __init__(self, smtp: smtplib.SMTP, place: str) -> None:
        """Keep the connection, and how to name the server to people."""
        self._smtp = smtp
        self._place = place

    def hand_over(self, message: str, sender: str, recipient: str, take: Callable[[], bool]) -> Outcome:
        """Hand over one message; `take` is asked at the last moment before it is on its way, and says whether it is still ours to send.

        Raises:
            MailError: when the server is of no use for any message; nothing was handed over then.
        """
        if not recipient.isascii():
            return Outcome("never", "the address has letters that mail servers do not take")
        try:
            with suppress(smtplib.SMTPServerDisconnected):
                self._smtp.rset()
            refusal = self._announce(sender, recipient)
        except (smtplib.SMTPException, OSError) as failure:
            raise trouble(self._place, failure) from failure
        if refusal:
            return refusal
        if not take():
            return Outcome("elsewhere", "")
        return self._deliver(message)

    def _announce(self, sender: str, recipient: str) -> Outcome | None:
        """Say from whom and for whom the message is; return why the recipient is refused."""
        code, said = self._smtp.mail(sender)
        if code != _TAKEN:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        code, said = self._smtp.rcpt(recipient)
        return None if code in {_TAKEN, 251} else _refusal(code, said)

    def _deliver(self, message: str) -> Outcome:
        try:
            code, said = self._smtp.docmd("data")
        except (smtplib.SMTPException, OSError) as failure:
            return Outcome("later", _words(failure))  # the message itself was not sent
        if code != _GO_ON:
            return _refusal(code, said)
        try:
            self._smtp.send(_as_data(message))
            code, said = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as failure:
            return Outcome("unknown", _words(failure))
        return Outcome("taken", _said(code, said)) if code == _TAKEN else _refusal(code, said)


@contextmanager
def connected(server: MailServer) -> Iterator[Courier]:
    """Connect to a server, log in, and leave politely at the end."""
    place = f"{server.host}:{server.port}"
    try:
        smtp = _connect(server)
    except (smtplib.SMTPException, OSError, UnicodeError) as failure:
        raise trouble(place, failure) from failure
    try:
        yield Courier(smtp, place)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    context = _context(server.ca_file)
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            smtp.starttls(context=context)  # without a context it takes any certificate; a server without STARTTLS raises
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what verifies the certificate: the authorities of the machine, and that of an office with one of its own."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def trouble(place: str, failure: Exception) -> MailError:
    """Return why a server cannot be used, in one sentence."""
    told = next((told for kind, told in _TROUBLES if isinstance(failure, kind)), None)
    why = failure.verify_message if isinstance(failure, ssl.SSLCertVerificationError) else _words(failure)
    thai, advice, advice_th = told or (_system(failure), "check host, port and the network", "โปรดตรวจ host, port และเครือข่าย")
    return MailError(
        en=f"[mail] {place}: the server must take mail over a verified connection. Got this instead: {why}. "
        f"What waits is kept and tried later; {advice}.",
        th=f"[mail] {place}: ส่งอีเมลไม่ได้ ({thai}) จดหมายที่รอยังอยู่ครบและจะลองใหม่ภายหลัง {advice_th}",
    )


def _system(failure: Exception) -> str:
    told = isinstance(failure, OSError) and failure.errno is not None and failure.errno > 0
    return reason_th(failure) if told and isinstance(failure, OSError) else "เซิร์ฟเวอร์ไม่ตอบหรือตัดการเชื่อมต่อ"


def _refusal(code: int, said: bytes) -> Outcome:
    return Outcome("never" if code >= _FOR_GOOD else "later", _said(code, said))


def _said(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}".replace("\n", " ")[:400]


def _words(failure: Exception) -> str:
    if isinstance(failure, smtplib.SMTPResponseException):
        said = failure.smtp_error
        return _said(failure.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return str(failure).strip().partition("\n")[0].rstrip(".")[:400] or type(failure).__name__


def _as_data(message: str) -> bytes:
    """Return a message as it goes over the line: a point at the beginning of a line is doubled, and one alone ends it."""
    data = message.encode("ascii").replace(b"\r\n.", b"\r\n..")
    return (data if data.endswith(b"\r\n") else data + b"\r\n") + b".\r\n"
