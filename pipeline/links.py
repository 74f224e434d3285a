"""Signed links by which a reviewer enters: nothing but a random number, signed.

Comes in: keys, the newest first, and the number. Goes out: what stands in the link's address, and back. Refuses, as None: what no key of ours signed,
or signed too long ago. Whom a link lets in, until when, and whether it was revoked, the store knows; it keeps only the hash of the number.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from itsdangerous import BadData, URLSafeTimedSerializer

if TYPE_CHECKING:
    from collections.abc import Sequence

LIFETIME = 7 * 24 * 3600
_BYTES = 16  # 128 bit
_SALT = "review-link"


def new_number() -> str:
    """Return a new random number for a link or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def kept_as(number: str) -> str:
    """Return under which id the store keeps a link or a session.

    >>> kept_as("abc")[:16]
    'ba7816bf8f01cfea'
    """
    return hashlib.sha256(number.encode()).hexdigest()


def sign(keys: Sequence[str], number: str) -> str:
    """Return the signed number, safe to stand in an address.

    >>> read(["old" * 11], sign(["old" * 11], "abc"))
    'abc'
    >>> read(["new" * 11], sign(["old" * 11], "abc"))
    """
    return str(_serializer(keys).dumps(number))


def read(keys: Sequence[str], signed: str) -> str | None:
    """Return the number if one of our keys signed it within a link's lifetime."""
    try:
        number = _serializer(keys).loads(signed, max_age=LIFETIME)
    except BadData:
        return None
    return number if isinstance(number, str) else None


def reason_token(keys: Sequence[str], reviewer: str, item: str, reason: str) -> str:
    """Return what a page sends back for why an item was asked, so that nobody reads in it which items are trials.

    >>> reason_token(["key" * 11], "somsri", "a1", "gold") == reason_token(["key" * 11], "somsri", "a1", "random")
    False
    """
    return hmac.new(keys[0].encode(), f"reason\0{reviewer}\0{item}\0{reason}".encode(), hashlib.sha256).hexdigest()[:16]


def form_token(keys: Sequence[str], session_number: str) -> str:
    """Return what every form of a session must send back.

    >>> form_token(["key" * 11], "abc") == form_token(["key" * 11], "abd")
    False
    """
    return hmac.new(keys[0].encode(), f"form:{session_number}".encode(), hashlib.sha256).hexdigest()


def _serializer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(reversed(keys)), salt=_SALT)  # it signs with the last of a list
