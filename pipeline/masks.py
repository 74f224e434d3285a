"""What nothing ever shows, and the sign that stands in its place.

Comes in: any text. Goes out: where it holds a network address or a national ID number, and the text with such stretches as ▮, sign for sign, so that
every offset stays. Refuses nothing. Signs without a shape of their own (controls, format signs) hide nothing: they are looked through.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MASK = "▮"
NETWORK, ID_NUMBER = "network address", "ID number"
_BYTE = r"(?:\d{1,3}|[xX*]{1,3})"
_IPV4 = re.compile(rf"(?<![\d.]){_BYTE}(?:\.{_BYTE}){{3}}(?!\d|\.\d)|(?<=\.\.){_BYTE}(?:\.{_BYTE}){{3}}(?!\d|\.\d)")
_MOST_IN_BYTE = 255
_IPV6 = re.compile(r"(?<![0-9A-Za-z:])(?=[0-9A-Fa-f]*+:)[0-9A-Fa-f:]++(?:\.\d{1,3}){0,3}+(?![0-9A-Za-z:])")
_IPV6_DIGITS, _IPV6_COLONS = 2, 2
_IPV4_DOTS, _MAC_MARKS = 3, 5
_MAC = re.compile(r"(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Za-z:-])")
_AFTER_IP = re.compile(r"(?i)(?<![a-z])IP\s*(?:address)?\s*:\s*([\w.:*-]*[\d.:][\w.:*-]*)")
_DASH = "[-‐‑‒–−]"
_ID_NUMBER = re.compile(  # 13 digits; 1 to 8 say what kind of person it is: ISBN begin with 9, telephone numbers with 0
    rf"(?<![\dA-Za-z])(?<!\d{_DASH})(?:[1-8๑-๘](?:{_DASH}?\d){{12}}|[1-8๑-๘](?P<gap>[ \u00a0.])\d{{4}}(?P=gap)\d{{5}}(?P=gap)\d{{2}}(?P=gap)\d)"
    rf"(?![\dA-Za-z]|{_DASH}\d)"
)
_ID_DIGITS = 13
_SHOWN_CONTROL = frozenset("\t\n\r")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_RUN = re.compile(f"{MASK}+")


class Private(NamedTuple):
    """A stretch of a text that is to be masked, half-open, and of what kind it is."""

    kind: str
    start: int
    end: int


def mask(text: str) -> str:
    """Return the text, sign for sign, with every network address and national ID number as ▮.

    >>> mask("จาก IP: xxx.0.113.9 ครับ")
    'จาก IP: ▮▮▮▮▮▮▮▮▮▮▮ ครับ'
    """
    return covered(text, private_in(text, never_shown))


def as_one(text: str) -> str:
    """Return the text with one ▮ for each stretch that is masked: it does not tell how long the words were.

    >>> as_one("จาก IP: ▮▮▮▮▮▮▮▮▮▮▮ ครับ")
    'จาก IP: ▮ ครับ'
    """
    return _RUN.sub(MASK, text)


def never_shown(text: str) -> Iterator[Private]:
    """Yield the network addresses and ID numbers of a text; the signs between their parts are counted first, for nearly every text has too few."""
    colons = text.count(":")
    if text.count(".") >= _IPV4_DOTS:
        yield from (Private(NETWORK, *found.span()) for found in _IPV4.finditer(text) if _is_ipv4(found.group()))
    if colons + text.count("-") >= _MAC_MARKS:
        yield from (Private(NETWORK, *found.span()) for found in _MAC.finditer(text))
    if colons:
        yield from (Private(NETWORK, *found.span(1)) for found in _AFTER_IP.finditer(text))
    if colons >= _IPV6_COLONS:
        yield from (Private(NETWORK, *found.span()) for found in _IPV6.finditer(text) if _is_ipv6(found.group()))
    yield from (Private(ID_NUMBER, *found.span()) for found in _ID_NUMBER.finditer(text) if _is_id_number(found.group()))


def private_in(text: str, find: Callable[[str], Iterable[Private]]) -> list[Private]:
    """Return what `find` finds in the text as it is seen, at the places of the text as it is written; what overlaps is one, of the first kind."""
    seen = range(len(text)) if is_plain(text) else [place for place, sign in enumerate(text) if not is_hidden(sign)]
    view = "".join(text[place] for place in seen) if len(seen) < len(text) else text
    apart: list[tuple[int, Private]] = []
    for order, found in sorted(enumerate(find(view)), key=lambda one: one[1].start):
        if found.start == found.end:
            continue
        if apart and found.start < apart[-1][1].end:
            before, earlier = apart.pop()
            first = min((before, earlier.kind), (order, found.kind))
            apart.append((first[0], Private(first[1], earlier.start, max(earlier.end, found.end))))
        else:
            apart.append((order, found))
    return [Private(found.kind, seen[found.start], seen[found.end - 1] + 1) for _, found in apart]


def covered(text: str, found: Iterable[Private]) -> str:
    """Return the text with ▮ for every sign of what was found."""
    parts, done = [], 0
    for _, start, end in found:
        parts += [text[done:start], MASK * (end - start)]
        done = end
    return "".join([*parts, text[done:]])


def is_plain(text: str) -> bool:
    r"""Tell at one glance that a text hides nothing; one that may hide something is looked through sign for sign.

    >>> is_plain("นัดกัน\nทุกเดือน"), is_plain("นัดกัน\x00")
    (True, False)
    """
    return text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


@lru_cache(maxsize=4_096)  # it is asked of every sign of every text
def is_hidden(sign: str) -> bool:
    """Tell whether a sign has no shape of its own: a control, a format sign, half of a surrogate pair, a code point that is no character."""
    return sign not in _SHOWN_CONTROL and (unicodedata.category(sign) in {"Cc", "Cf", "Cs"} or bool(_NONCHARACTER.match(sign)))


def _is_ipv4(written: str) -> bool:
    """Tell an address from the number of a section: ข้อ 1.2.1.3."""
    parts = written.split(".")
    return any(len(part) > 1 for part in parts) and all(not part.isdecimal() or int(part) <= _MOST_IN_BYTE for part in parts)


def _is_ipv6(written: str) -> bool:
    """Tell an address from a time of day or a pair of colons."""
    if written.count(":") < _IPV6_COLONS:
        return False
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return sum(sign != ":" for sign in written) >= _IPV6_DIGITS


def _is_id_number(written: str) -> bool:
    """Tell a Thai national ID number by its check digit."""
    digits = [unicodedata.decimal(sign) for sign in written if sign.isdecimal()]
    total = sum(digit * weight for digit, weight in zip(digits[:12], range(_ID_DIGITS, 1, -1), strict=True))
    return (11 - total % 11) % 10 == digits[12]
