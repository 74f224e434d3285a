"""How a person can be reached: telephone numbers, e-mail addresses, LINE IDs, house numbers.

Comes in: a text as it is seen. Goes out: `Private`, where it holds one of them. Refuses numbers of another kind: days, years, amounts, the numbers of
documents and of books. Thai digits count as digits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages.th.privacy import cue
from pipeline.masks import Private

if TYPE_CHECKING:
    from collections.abc import Iterator

PHONE, MAIL, LINE, HOUSE = "phone", "e-mail", "LINE ID", "house number"
_DASH = r"\-‐‑‒–−"
_BETWEEN = rf"(?:[ ]?[{_DASH}][ ]?|[ \u00a0.]|\)[ ]?)?"
_ABROAD = rf"(?:\+\s?[6๖]{{2}}|[0๐]{{2}}[6๖]{{2}}|[6๖]{{2}}(?=[{_DASH}]))"
_NUMBER = re.compile(
    rf"(?<![\d/])(?<!\d[{_DASH}.,])(?:(?P<abroad>{_ABROAD}){_BETWEEN}(?:\([0๐]\)[ ]?|[0๐])?(?:\d{_BETWEEN}){{7,8}}\d|\(?[0๐](?:{_BETWEEN}\d){{8,9}})"
    rf"(?P<extension>\s?(?:ต่อ|ext\.?)\s?\d{{1,5}})?(?!\d|[,/.]\d|[{_DASH}]\d\d)"
)
_GROUPS = re.compile(r"\d+")
_MOBILE, _MOBILE_ONCE = re.compile("0[689]"), re.compile("0[135679]")  # nine digits until 2006
_AREA = re.compile("0(?:2|3[2-9]|4[2-5]|5[2-6]|7[3-7])")
_MOBILE_DIGITS, _LAND_DIGITS = 10, 9
_SHAPES = {  # how the digits of a number are grouped
    "3-3-4", "3-7", "2-4-4", "2-8", "1-4-5", "1-9", "3-4-3", "4-3-3", "4-6", "2-4-2-2", "3-3-2-2", "10",
    "2-3-4", "2-7", "3-3-3", "3-6", "1-4-4", "1-8", "2-2-5", "2-3-2-2", "3-2-4", "9",
}  # fmt: skip
_LOOK_BACK = 24
_AT = r"(?:\s?[@＠]\s?|\s?[(\[]\s?(?:at|แอท|@)\s?[)\]]\s?)"
_DOT = r"(?:\.|\s?[(\[]\s?(?:dot|จุด)\s?[)\]]\s?)"
_ADDRESS = re.compile(
    rf"(?i)(?<![a-z0-9.%+-])[a-z0-9_][a-z0-9_.%+-]{{0,63}}{_AT}[a-z0-9][a-z0-9-]{{0,62}}(?:{_DOT}[a-z0-9-]{{1,63}}){{0,4}}{_DOT}[a-z]{{2,24}}(?![a-z0-9@])"
)
_HANDLE = r"(?P<handle>@?[A-Za-z0-9](?:[A-Za-z0-9._-]{1,28}[A-Za-z0-9_]))(?![A-Za-z0-9])"
_SIGN_OF_ID = re.compile(r"[\d._@-]")


def contacts_in(text: str) -> Iterator[Private]:
    """Yield how persons can be reached, by kind."""
    yield from (Private(MAIL, *found.span()) for found in _ADDRESS.finditer(text))
    yield from _line_ids(text)
    yield from _phones(text)
    yield from _house_numbers(text)


def _phones(text: str) -> Iterator[Private]:
    for found in _NUMBER.finditer(text):
        end = found.start("extension") if found["extension"] else found.end()
        written = text[found.start() : end]
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        if _is_abroad(written) if found["abroad"] else _is_phone(written, before):
            yield Private(PHONE, *found.span())


def _is_abroad(written: str) -> bool:
    """Tell a number with the prefix of the country: behind it the zero is left out, or stands in brackets."""
    digits = _digits(written).removeprefix("00")
    return _has_length("0" + digits.removeprefix("66").removeprefix("0"))


def _is_phone(written: str, before: str) -> bool:
    """Tell a telephone number by how many digits it has, what it begins with, how it is grouped, and what stands before it."""
    groups = _GROUPS.findall(written)
    if not _has_length(_digits(written)) or written.startswith(("0.", "๐.")):
        return False
    if _calls(before):
        return True
    bare = len(groups) == 1
    area = bool(_AREA.match(_digits(written)))
    return "-".join(str(len(group)) for group in groups) in _SHAPES and not _counts(before) and (not bare or area or len(groups[0]) == _MOBILE_DIGITS)


def _has_length(digits: str) -> bool:
    """Say whether a number has as many digits as its beginning asks for; mobile numbers had one less until 2006."""
    if len(digits) == _MOBILE_DIGITS:
        return bool(_MOBILE.match(digits))
    return len(digits) == _LAND_DIGITS and bool(_AREA.match(digits) or _MOBILE_ONCE.match(digits))


def _digits(written: str) -> str:
    """Return the digits of a number as Arabic ones."""
    return "".join(str(int(sign)) for sign in written if sign.isdecimal())


def _calls(before: str) -> bool:
    return bool(re.search(rf"(?i){cue('phone', 'cue')}[^\d\n]{{0,12}}$", before))


def _counts(before: str) -> bool:
    return bool(re.search(rf"(?i){cue('phone', 'other')}[^\d\n]{{0,8}}$", before))


def _line_ids(text: str) -> Iterator[Private]:
    for found in _line().finditer(text):
        if found["told"] or found["sign"].strip() or _SIGN_OF_ID.search(found["handle"]):
            yield Private(LINE, *found.span("handle"))


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:(?P<told>{cue('line', 'told')})|{cue('line', 'named')})(?P<sign>[ \t]{{0,2}}[:：=]?[ \t]{{0,2}}){_HANDLE}")


def _house_numbers(text: str) -> Iterator[Private]:
    told, behind, bare = _houses()
    yield from (Private(HOUSE, *found.span("number")) for found in told.finditer(text))
    yield from (Private(HOUSE, *found.span("number")) for found in behind.finditer(text))
    for found in bare.finditer(text):
        if not re.search(cue("house", "not_before"), text[max(0, found.start() - _LOOK_BACK) : found.start()]):
            yield Private(HOUSE, *found.span("number"))


@lru_cache(maxsize=1)
def _houses() -> tuple[re.Pattern[str], ...]:
    """Return what finds a house number: named as one, as any number before an address, and with a stroke before a village."""
    number, stroke = r"(?P<number>\d{1,4}(?:/\d{1,4})?)(?![\d/])", r"(?P<number>\d{1,4}/\d{1,4})(?![\d/])"
    no_year = r"(?!\d{1,4}/(?:25|20|19|๒๕)\d\d)"
    return (
        re.compile(rf"{cue('house', 'cue')}\s{{0,3}}[:：]?\s{{0,2}}{number}"),
        re.compile(rf"เลขที่\s{{0,3}}{no_year}{number}(?=\s{{0,3}}{cue('house', 'behind')})"),
        re.compile(rf"(?<![\d/.,]){no_year}{stroke}(?=\s{{1,3}}{cue('house', 'village')})"),
    )
