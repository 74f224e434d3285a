"""Over TLS the connection goes to the address that was looked at, under the name that was asked for, and no unknown certificate is trusted."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.errors import FetchError

LOOPBACK = ipaddress.ip_address("127.0.0.1")


@pytest.fixture
def certificate(tmp_path):
    """Return the file of a certificate that nobody has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "feed.test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feed.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "site.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


def test_the_name_is_told_and_an_unknown_certificate_is_refused(certificate, fetcher):
    told = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: told.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            with connection, pytest.raises(ssl.SSLError):
                context.wrap_socket(connection, server_side=True)

        serving = Thread(target=answer)
        serving.start()
        asked = []
        machines = fetcher(resolve=lambda host, _port: asked.append(host) or [LOOPBACK])
        with pytest.raises(FetchError) as error:
            machines.fetch(f"https://feed.test:{listening.getsockname()[1]}/feed")
        serving.join(10)
    assert (asked, told) == (["feed.test"], ["feed.test"])
    assert "CERTIFICATE_VERIFY_FAILED" in error.value.en


def test_a_safe_address_leads_to_no_unsafe_one():
    from pipeline.collecting.addresses import read_address
    from pipeline.collecting.fetch import _next

    with pytest.raises(FetchError, match="redirect to http"):
        _next(read_address("https://feed.test/"), "http://feed.test/")
    assert _next(read_address("http://feed.test/a/"), "../b").url == "http://feed.test/b"
