"""What of a scraped text may be shown.

Comes in: any text of a post. Goes out: the text with network addresses and national ID numbers as ▮ and without signs that turn or
hide the text around them (direction controls, NUL and other controls). Refuses nothing. `mask` keeps every offset; `display` does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "▮"
_BYTE = r"(?:\d{1,3}|[xX*]{1,3})"
_IPV4 = re.compile(rf"(?<!\d){_BYTE}(?:\.{_BYTE}){{3}}(?!\d|\.\d)")
_IPV6 = re.compile(r"(?<![0-9A-Za-z:])[0-9A-Fa-f:]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*(?:\d{1,3}(?:\.\d{1,3}){3})?(?![0-9A-Za-z:])")
_IPV6_DIGITS = 2
_MAC = re.compile(r"(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![0-9A-Za-z:-])")
_AFTER_IP = re.compile(r"(?i)(?<![a-z])IP\s*(?:address)?\s*:\s*([\w.:*-]*[\d.:][\w.:*-]*)")
_ID_NUMBER = re.compile(r"(?<![\dA-Za-z-])\d(?:[ -]?\d){12}(?![\dA-Za-z-])")  # beside a Latin letter it is part of a passage's id
_ID_DIGITS = 13
_SHOWN_FORMAT = frozenset("\u00ad\u200b\u200c\u200d\u2060")  # where a line may break or signs join: Thai pages and emoji need them
_SHOWN_CONTROL = frozenset("\t\n\r")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def mask(text: str) -> str:
    """Return the text, sign for sign, with every network address and national ID number as ▮.

    >>> mask("จาก IP: xxx.0.113.9 ครับ")
    'จาก IP: ▮▮▮▮▮▮▮▮▮▮▮ ครับ'
    """
    seen = [i for i, sign in enumerate(text) if not _is_hidden(sign)]
    view = "".join(text[i] for i in seen)
    signs = list(text)
    for start, end in _private_stretches(view):
        for i in range(seen[start], seen[end - 1] + 1):
            signs[i] = MASK
    return "".join(signs)


def display(text: str) -> str:
    r"""Return the text as a page shows it.

    >>> display("IP: 203.0.113.9\x00 และ\u202eกลับทาง")
    'IP: ▮ และกลับทาง'
    """
    shown = "".join(sign for sign in mask(text) if sign in _SHOWN_FORMAT or not _is_hidden(sign))
    return re.sub(f"{MASK}+", MASK, _NONCHARACTERS.sub("", shown))


@lru_cache(maxsize=8_192)  # the same words stand in many forms
def on_one_line(text: str) -> str:
    r"""Return the text as a page shows it, with every run of white space as one space.

    >>> on_one_line("นัดกัน\n ทุกเดือน ")
    'นัดกัน ทุกเดือน'
    """
    return " ".join(display(text).split())


def _is_hidden(sign: str) -> bool:
    """Tell whether a sign has no shape of its own: a control, a format sign or half of a surrogate pair."""
    return sign not in _SHOWN_CONTROL and unicodedata.category(sign) in {"Cc", "Cf", "Cs"}


def _private_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text holds a network address or a national ID number."""
    for pattern in (_IPV4, _MAC):
        yield from (found.span() for found in pattern.finditer(text))
    yield from (found.span(1) for found in _AFTER_IP.finditer(text))
    yield from (found.span() for found in _IPV6.finditer(text) if _is_ipv6(found.group()))
    yield from (found.span() for found in _ID_NUMBER.finditer(text) if _is_id_number(found.group()))


def _is_ipv6(written: str) -> bool:
    """Tell an address from a time of day or a pair of colons."""
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
