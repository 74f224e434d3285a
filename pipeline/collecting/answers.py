"""One question to one machine, and its answer, bounded in size.

Comes in: a checked address, headers, limits. Goes out: `Answer`. Refuses, as `FetchError`, an answer that is too large, also when it is packed small,
one that takes too long, and what is no HTTP.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore

from pipeline.collecting.connection import CheckedBackend, TimeLimit
from pipeline.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipeline.collecting.addresses import Address, IpAddress

AGENT = "thai-lessons"
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of an answer, unpacked; seconds for a step and for all of it."""

    size: int = 10_000_000
    step_seconds: float = 20.0
    all_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a machine answered; `headers` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Asking:
    """How machines are asked: the limits, how a name is resolved, which machines may be connected to."""

    limits: Limits
    resolve: Callable[[str, int], Sequence[IpAddress]]
    may_connect: Callable[[IpAddress], bool]

    def ask(self, address: Address, headers: Mapping[str, str]) -> Answer:
        """Return the answer to one GET.

        Raises:
            FetchError: when there is none within the limits.
        """
        backend = CheckedBackend(TimeLimit(self.limits.all_seconds), self.resolve, self.may_connect)
        url = httpcore.URL(scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode())
        sent = {"Host": address.origin.partition("//")[2], "User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close", **headers}
        times = dict.fromkeys(("connect", "read", "write", "pool"), self.limits.step_seconds)
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
                pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": times}) as response,
            ):
                found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = b"" if response.status in _WITHOUT_BODY else self._read(address, found, response.iter_stream())
                return Answer(response.status, found, body)
        except httpcore.TimeoutException:
            raise self._too_slow(address) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise _no_answer(address, error) from None

    def _read(self, address: Address, headers: Mapping[str, str], pieces: Iterable[bytes]) -> bytes:
        """Return the body, unpacked; stop as soon as it is too large."""
        coding = headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", "gzip", "x-gzip"}:
            raise _no_answer(address, ValueError(f"an answer packed as {coding[:20]}"))
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > self.limits.size:
            raise self._too_large(address)
        body = bytearray()
        for piece in _unpacked(pieces, self.limits.size) if coding != "identity" else pieces:
            body += piece
            if len(body) > self.limits.size:
                raise self._too_large(address)
        return bytes(body)

    def _too_large(self, address: Address) -> FetchError:
        most = self.limits.size / 1e6
        return FetchError(
            en=f"{address.origin}: an answer must be {most:.0f} MB at most. Got more, and stopped. Ask the blog for a shorter feed.",
            th=f"{address.origin}: คำตอบต้องมีขนาดไม่เกิน {most:.0f} MB แต่พบใหญ่กว่านั้นจึงหยุดรับ โปรดใช้ฟีดที่สั้นกว่านี้",
        )

    def _too_slow(self, address: Address) -> FetchError:
        most = self.limits.all_seconds
        return FetchError(
            en=f"{address.origin}: an answer must come within {most:.0f} seconds. Got none. It is asked again later; see if the site is up.",
            th=f"{address.origin}: ต้องตอบให้ครบภายใน {most:.0f} วินาที แต่ยังไม่ครบ ระบบจะถามใหม่ภายหลัง โปรดตรวจว่าเว็บยังเปิดอยู่",
        )


_WITHOUT_BODY = frozenset((301, 302, 303, 304, 307, 308))


def _unpacked(pieces: Iterable[bytes], most: int) -> Iterable[bytes]:
    """Yield what is packed with gzip, never much more than `most` bytes at once.

    Raises:
        OSError: when it is no gzip.
    """
    unpack = zlib.decompressobj(_GZIP)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                yield unpack.decompress(waiting, most + 1)
                waiting = unpack.unconsumed_tail or unpack.unused_data
                if unpack.eof:
                    unpack = zlib.decompressobj(_GZIP)
    except zlib.error as error:
        raise OSError(0, f"a damaged answer ({error})") from None


def _no_answer(address: Address, error: Exception) -> FetchError:
    said = " ".join(str(error).split())[:120] or type(error).__name__
    return FetchError(
        en=f'{address.origin}: a machine must answer as a web server does. Got "{said}" instead. It is asked again later; see if the site is up.',
        th=f'{address.origin}: เครื่องปลายทางต้องตอบแบบเว็บ แต่ได้ "{said}" ระบบจะถามใหม่ภายหลัง โปรดตรวจว่าเว็บยังเปิดอยู่',
    )
