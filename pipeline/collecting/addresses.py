"""Addresses of the web, and which machines may be asked.

Comes in: a written address, or the number of a machine. Goes out: `Address`, checked, and whether a machine is on the public network. Refuses other
schemes than http and https, names and passwords in an address, and addresses that no browser would send.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from threading import Thread
from urllib.parse import quote, urlsplit

from pipeline.errors import FetchError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2_000
PORTS = {"http": 80, "https": 443}
RESOLVE_SECONDS = 10.0
_SAFE = "/%:@!$&'()*+,;=-._~?"
_NEVER_SENT = re.compile(r"[\x00-\x20\x7f\\]")
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "2002::/16")))  # an IPv4 machine behind a translator: NAT64, 6to4
_IPV4_AT = {_TRANSLATED[0]: 0, _TRANSLATED[1]: 80}  # how many bits stand behind the number of that machine
_ALL_OF_IPV4 = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: the host in ASCII, the target with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Return scheme, host and, where it is an unusual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """Return the whole address."""
        return self.origin + self.target


def read_address(written: str) -> Address:
    """Return a checked address.

    Raises:
        FetchError: when it is none that may be asked.

    >>> read_address("https://บล็อก.example.org/ฟีด?a=1#x").url
    'https://xn--12c3c7a6a7i.example.org/%E0%B8%9F%E0%B8%B5%E0%B8%94?a=1'
    """
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError):
        raise _wrong(written) from None
    if parts.scheme not in PORTS or not host or len(written) > LONGEST or _NEVER_SENT.search(written):
        raise _wrong(written)
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            en=f"{parts.scheme}://{host}: an address must hold no name and no password. Got one with them. Take them out, and use a public address.",
            th=f"{parts.scheme}://{host}: ที่อยู่ต้องไม่มีชื่อผู้ใช้หรือรหัสผ่าน แต่พบในที่อยู่นี้ โปรดเอาออก และใช้ที่อยู่ที่เปิดสาธารณะ",
        )
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Address(parts.scheme, host, port, (quote(parts.path, safe=_SAFE) or "/") + query)


def is_public(machine: IpAddress) -> bool:
    """Say whether a machine is on the public network, also behind the ways to write one kind of number in the other.

    >>> [is_public(ipaddress.ip_address(one)) for one in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "169.254.169.254")]
    [True, False, False, False, False]
    """
    if isinstance(machine, ipaddress.IPv6Address):
        if machine.ipv4_mapped:
            return is_public(machine.ipv4_mapped)
        for network, behind in _IPV4_AT.items():
            if machine in network:
                return is_public(ipaddress.IPv4Address(int(machine) >> behind & _ALL_OF_IPV4))
    return machine.is_global and not machine.is_multicast


def resolve(host: str, port: int) -> list[IpAddress]:
    """Return the machines that a name stands for, none where it cannot be told within some seconds."""
    found: list[IpAddress] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(ipaddress.ip_address(answer[4][0]) for answer in answers))

    asking = Thread(target=ask, daemon=True)  # the system's own time limit can be minutes
    asking.start()
    asking.join(RESOLVE_SECONDS)
    return list(found)


def _wrong(written: str) -> FetchError:
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in written.rpartition("@")[2][:80])  # what stands before it may be a password
    return FetchError(
        en=f"{shown}: an address must begin with http:// or https:// and name a host. Got another one. Correct it in lessons.toml.",
        th=f"{shown}: ที่อยู่ต้องขึ้นต้นด้วย http:// หรือ https:// และมีชื่อเครื่อง แต่พบแบบอื่น โปรดแก้ใน lessons.toml",
    )
