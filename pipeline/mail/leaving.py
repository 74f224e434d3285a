"""The name by which a link calls an address: opaque, signed, always the same.

Comes in: the secret of the database and an address, or a token out of a link. Goes out: a token, or the name that it holds. Refuses, as None, a
token that was not signed with the secret. Nobody learns the address from it, and nobody can make one for another reader.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

PURPOSE = "unsubscribe"
_TOKEN = re.compile(r"([\w-]{22})([\w-]{22})", re.ASCII)


def fresh_secret() -> str:
    """Return a secret of 256 bits that nobody knows."""
    return secrets.token_urlsafe(32)


def name_of(secret: str, address: str) -> str:
    """Return the name of an address."""
    return _digest(secret, "name", address)


def token_of(secret: str, address: str) -> str:
    """Return what stands in the link of an address.

    >>> read_token("s", token_of("s", "a@example.org")) == name_of("s", "a@example.org")
    True
    >>> read_token("another", token_of("s", "a@example.org"))
    """
    name = name_of(secret, address)
    return name + _digest(secret, "signature", name)


def read_token(secret: str, token: str) -> str | None:
    """Return the name in a token; None where the token is not ours."""
    found = _TOKEN.fullmatch(token)
    if not found or not hmac.compare_digest(found[2], _digest(secret, "signature", found[1])):
        return None
    return found[1]


def _digest(secret: str, use: str, said: str) -> str:
    """Return 128 bits as 22 letters."""
    mac = hmac.new(secret.encode("utf-8"), f"{use}\0{said}".encode(), sha256).digest()
    return urlsafe_b64encode(mac[:16]).decode("ascii").rstrip("=")
