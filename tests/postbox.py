"""A real mail server on this machine: TLS with a certificate of its own authority, login, and a memory of what it took.

Used by the tests of the post.
"""

import socket
import ssl
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.settings import MailServer

USER, PASSWORD = "km", "รหัสลับ-ascii".encode().hex()
OK = "250 taken"


def make_certificate(folder, host="127.0.0.1"):
    """Write a certificate for an address of this machine; return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "server.pem", folder / "server.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate, private


@dataclass
class Postbox:
    """What the server does and remembers: every message it took, in order, by recipient; `answers` for a recipient stand in for its own."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    after_data: object = None  # called with the envelope once the message is there, before the answer
    sender_refused: bool = False
    most: int | None = None  # messages before it closes the connection
    sessions: int = 0
    logins: list[bytes] = field(default_factory=list)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - the name that the library calls
        session.host_name = hostname
        self.sessions += 1
        session.count = 0
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.sender_refused:
            return "550 not from you"
        if self.most is not None and session.count >= self.most:
            server.transport.close()
            return "421 enough"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        [recipient] = envelope.rcpt_tos
        if answer := self.answers.get(f"data {recipient}"):
            return answer
        self.taken.append((recipient, envelope.content.decode("ascii")))
        session.count += 1
        if self.after_data:
            await self.after_data(server, envelope)
        return OK


class PostOffice(Controller):
    """The server: STARTTLS or TLS from the beginning, login asked for; or "plain", which offers no encryption."""

    def __init__(self, box, certificate, key, security="starttls", port=0):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.security = security
        super().__init__(box, hostname="127.0.0.1", port=port, ssl_context=self.context if security == "tls" else None)

    def factory(self):
        tls = {"tls_context": self.context, "require_starttls": True} if self.security == "starttls" else {}
        # a wrong login must be answered, or the client waits for ever: handled=False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a line that is encrypted from the beginning it knows nothing
            asked = self.security != "plain"
            return SMTP(self.handler, authenticator=self._login, auth_required=asked, auth_require_tls=self.security == "starttls", **tls)

    def _login(self, server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.handler.logins.append(data.login)
        return AuthResult(success=right, handled=False)

    @property
    def bound_port(self):
        return self.server.sockets[0].getsockname()[1]

    def _trigger_server(self):
        """Greet the server once, at the port that it got: the library would take the one that was asked for, which was any."""
        with socket.create_connection(("127.0.0.1", self.bound_port), 5):
            pass


def settings_of(office, certificate, **other):
    """Return how to reach a server."""
    known = {"host": "127.0.0.1", "port": office.bound_port, "security": office.security, "user": USER, "password": PASSWORD, "ca_file": certificate}
    return MailServer(**{**known, **other})
