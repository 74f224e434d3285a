"""The rules of ``[review]``: where the review app is found, and who stands in front of it.

Comes in: an address as written. Goes out: the same without a slash at its end. Refuses, through pydantic: plain HTTP on anything but this
machine, an address with a path, a name or a password in it, and a proxy that is no network address.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from pipeline.settings.refusals import must_be

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _base_url(value: str) -> str:
    rule = (
        'an address such as "https://review.example.org", or "http://127.0.0.1:8765" on this machine alone',
        'ที่อยู่เว็บ เช่น "https://review.example.org" หรือ "http://127.0.0.1:8765" สำหรับเครื่องนี้เครื่องเดียว',
    )
    remedy = (
        "Plain http is for this machine alone: write https, and put a TLS proxy in front (docs/review-server.md).",
        "http ใช้ได้เฉพาะเครื่องนี้เครื่องเดียว โปรดเขียน https และตั้ง TLS proxy ไว้ด้านหน้า (docs/review-server.md)",
    )
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise must_be(rule, value) from None
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password)
    if not host or not bare or parts.scheme not in {"http", "https"}:
        raise must_be(rule, value)
    if parts.scheme == "http" and host not in LOOPBACK:
        raise must_be(rule, value, remedy)
    return value.rstrip("/")


def _proxy(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise must_be(('the network address of the TLS proxy, such as "127.0.0.1"', 'หมายเลขเครือข่ายของ TLS proxy เช่น "127.0.0.1"'), value) from None


BaseUrl = Annotated[str, AfterValidator(_base_url)]
ProxyAddress = Annotated[str, AfterValidator(_proxy)]
