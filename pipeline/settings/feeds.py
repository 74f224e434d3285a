"""``[[feed]]``: the feeds that `lessons collect` reads.

Comes in: an address as the team wrote it. Goes out: `Feed`, with an id that names its file. Refuses, through pydantic, what is no address of the web,
and one with a name or a password in it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.settings.refusals import must_be

LONGEST = 2_000
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST_HOST = 30


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to collect from; `id` names the file in which its posts are kept."""

    id: str
    url: str


def feed_of(url: str, written_id: str | None) -> Feed:
    """Return a feed; without an id of the team's it is named by its host.

    >>> feed_of("https://kop.example.org/feed", None).id, feed_of("https://kop.example.org/feed", "kop").id
    ('kop-example-org-668ae1', 'kop')
    """
    host = _OTHER.sub("-", (urlsplit(url).hostname or "").casefold()).strip("-")[:_LONGEST_HOST]
    return Feed(written_id or f"{host or 'feed'}-{hashlib.sha256(url.encode()).hexdigest()[:6]}", url)


def feed_url(value: str) -> str:
    """Return an address that a feed may have."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        secret = parts.username is not None or parts.password is not None
    except ValueError:
        sound = secret = False
    if secret:
        rule = ("an address without a name and a password in it", "ที่อยู่ที่ไม่มีชื่อผู้ใช้หรือรหัสผ่าน")
        raise must_be(rule, "…@" + value.rpartition("@")[2], ("Use a public feed.", "โปรดใช้ฟีดที่เปิดสาธารณะ"))
    if not sound or len(value) > LONGEST or any(sign <= " " for sign in value):
        raise must_be(("an address of the web, such as https://example.org/feed", "ที่อยู่เว็บ เช่น https://example.org/feed"), value)
    return value
