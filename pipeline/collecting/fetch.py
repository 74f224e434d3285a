"""Fetch a feed as a polite guest: asked for only when it changed, one question at a time with a pause, where robots.txt allows it.

Comes in: an address and the marks of what was read last. Goes out: `Fetched`. Refuses, as `FetchError`, what its address, its redirects or its
robots.txt forbid, and every answer that is not a feed's. Time, sleep and the name server come in as arguments.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from protego import Protego

from pipeline.collecting.addresses import Address, is_public, read_address, resolve
from pipeline.collecting.answers import AGENT, Answer, Asking, Limits
from pipeline.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.collecting.addresses import IpAddress

LIMITS = Limits()
MOST_REDIRECTS = 5
PAUSE = 1.0  # seconds between two questions to one host
LONGEST_PAUSE = 30.0  # whatever robots.txt asks for
LONGEST_MARK = 500  # code points of an ETag
LONGEST_WAIT = 7 * 24 * 3600.0
_OK, _UNCHANGED, _TOO_MANY, _BUSY = 200, 304, 429, 503
_GONE = frozenset((404, 410))
_MOVED = frozenset((301, 302, 303, 307, 308))
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address; `body` is None where it is what it was."""

    url: str
    body: bytes | None
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Fetches feeds, one after the other."""

    def __init__(  # noqa: PLR0913 - what a test moves
        self,
        *,
        may_connect: Callable[[IpAddress], bool] = is_public,
        resolve: Callable[[str, int], Sequence[IpAddress]] = resolve,
        limits: Limits = LIMITS,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Keep how to ask; nothing but a test says which machines may be asked beside the public ones."""
        self._asking = Asking(limits, resolve, may_connect)
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._asked: dict[str, float] = {}
        self._rules: dict[str, Protego] = {}

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Return what stands at the address, or that it is unchanged.

        Raises:
            FetchError: when it cannot or may not be fetched now.
        """
        marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {"Accept": _ACCEPT, **{name: mark for name, mark in marks.items() if mark}}
        address, answer = self._follow(read_address(url), headers, by_rules=True)
        if answer.status == _UNCHANGED and (etag or last_modified):
            return Fetched(url, None, etag, last_modified)
        if answer.status != _OK:
            raise self._refused(address, answer)
        return Fetched(url, answer.body, _mark(answer.headers, "etag"), _mark(answer.headers, "last-modified"))

    def _follow(self, address: Address, headers: Mapping[str, str], *, by_rules: bool) -> tuple[Address, Answer]:
        """Return the answer behind the redirects; every step is checked like the first."""
        for _ in range(MOST_REDIRECTS + 1):
            delay = self._check_rules(address) if by_rules else PAUSE
            self._pause(address.host, delay)
            answer = self._asking.ask(address, headers)
            self._asked[address.host] = self._clock()
            target = answer.headers.get("location")
            if answer.status not in _MOVED or not target:
                return address, answer
            address = _next(address, target)
        raise FetchError(
            en=f"{address.origin}: an address must lead to a feed in {MOST_REDIRECTS} redirects at most. Got more. Use the last one.",
            th=f"{address.origin}: ที่อยู่ต้องส่งต่อไม่เกิน {MOST_REDIRECTS} ครั้ง แต่พบมากกว่านั้น โปรดใช้ที่อยู่ปลายทาง",
        )

    def _check_rules(self, address: Address) -> float:
        """Return the pause that robots.txt asks for.

        Raises:
            FetchError: when it forbids the address, or cannot be read.
        """
        rules = self._rules.get(address.origin)
        if rules is None:
            rules = self._rules[address.origin] = self._read_rules(address)
        if not rules.can_fetch(address.url, AGENT):
            raise FetchError(
                en=f"{address.url}: a feed must be one that the site's robots.txt allows. Got a ban. Ask the owner of the site, or save it by hand.",
                th=f"{address.url}: ฟีดต้องเป็นที่ที่ robots.txt ของเว็บอนุญาต แต่เว็บไม่อนุญาต โปรดขอเจ้าของเว็บ หรือบันทึกด้วยตนเอง",
            )
        asked = float(rules.crawl_delay(AGENT) or 0)
        return min(asked, LONGEST_PAUSE) if asked > PAUSE else PAUSE  # "nan" is not more

    def _read_rules(self, address: Address) -> Protego:
        """Return the rules of a site; without a robots.txt all is allowed, with one that cannot be had nothing is."""
        robots = Address(address.scheme, address.host, address.port, "/robots.txt")
        _, answer = self._follow(robots, {"Accept": "text/plain"}, by_rules=False)
        if answer.status == _OK:
            return Protego.parse(answer.body.decode("utf-8", "replace").replace("\0", ""))
        if answer.status >= 500 or answer.status == _TOO_MANY:  # noqa: PLR2004 - the server's own faults
            raise self._refused(robots, answer)
        return Protego.parse("")

    def _pause(self, host: str, delay: float) -> None:
        if host in self._asked:
            left = self._asked[host] + delay - self._clock()
            if left > 0:
                self._sleep(left)

    def _refused(self, address: Address, answer: Answer) -> FetchError:
        status = answer.status
        gone = status in _GONE
        do = ("Take it out of lessons.toml if the blog is gone.", "โปรดลบออกจาก lessons.toml หากบล็อกปิดไปแล้ว")
        later = ("It is asked again later; see if the site is up.", "ระบบจะถามใหม่ภายหลัง โปรดตรวจว่าเว็บยังเปิดอยู่")
        en, th = do if gone else later
        return FetchError(
            en=f"{address.url}: a site must answer with status 200. Got {status} instead. {en}",
            th=f"{address.url}: เว็บต้องตอบด้วยสถานะ 200 แต่ได้ {status} {th}",
            wait=self._asked_to_wait(answer) if status in {_TOO_MANY, _BUSY} else None,
        )

    def _asked_to_wait(self, answer: Answer) -> float | None:
        """Return the seconds of a Retry-After, which names them or a moment."""
        written = answer.headers.get("retry-after", "").strip()[:LONGEST_MARK]
        if written.isascii() and written.isdecimal():
            return min(float(written[:9]), LONGEST_WAIT)
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max((moment - self._now()).total_seconds(), 0.0), LONGEST_WAIT)


def _next(address: Address, target: str) -> Address:
    """Return where a redirect leads."""
    try:
        found = read_address(urljoin(address.url, target.strip()))
    except ValueError:
        found = read_address("")
    if address.scheme == "https" and found.scheme == "http":
        raise FetchError(
            en=f"{address.origin}: a safe address must lead to safe ones. Got a redirect to http:// instead. Use another address of the feed.",
            th=f"{address.origin}: ที่อยู่แบบ https ต้องส่งต่อไป https เท่านั้น แต่ถูกส่งต่อไป http:// โปรดใช้ที่อยู่อื่นของฟีด",
        )
    return found


def _mark(headers: Mapping[str, str], name: str) -> str | None:
    """Return a mark of a version, where it is one that can be sent back."""
    written = headers.get(name, "").strip()
    return written if 0 < len(written) <= LONGEST_MARK and written.isascii() and written.isprintable() else None
