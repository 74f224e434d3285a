"""The repairs of Thai spelling: what scraped pages get wrong, what is meant, and why.

Comes in: nothing. Goes out: `REPAIRS`, in the order in which they run, and `needs_repair`, which is true whenever one of them
would find something. Refuses to guess: elongations (มากกกก), dialect and plain misspellings stay. Every repair is stable: run again it finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CONSONANT = "ก-ฮ"
VOWEL_MARKS = "\u0e31\u0e34-\u0e3a\u0e47"  # mai han-akat, i, ii, ue, uee, u, uu, phinthu, mai taikhu
LOW_VOWELS = "\u0e38-\u0e3a"
TONES = "\u0e48-\u0e4b"
LAST_MARKS = "\u0e4c-\u0e4e"  # thanthakhat, nikhahit, yamakkan
MARKS = VOWEL_MARKS + TONES + LAST_MARKS

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ROLES = ("คุณเอื้อ", "คุณอำนวย", "คุณกิจ", "คุณลิขิต", "คุณประสาน")

# The private glyphs of old Windows Thai fonts (U+F700 to U+F71A): the same letters and marks, drawn higher, lower or further left.
_GLYPHS = (  # in the order of their private codes
    "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
    "\u0e0d\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
)
PRIVATE_GLYPHS = dict(zip(map(chr, range(0xF700, 0xF71B)), _GLYPHS, strict=True))


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong (`pattern`), what is meant, and why it happens."""

    name: str
    pattern: re.Pattern[str]
    meant: Callable[[re.Match[str]], str]
    why: str


def _rank(mark: str) -> int:
    """Return the place of a mark above its consonant: vowel, tone, silencer, the rest."""
    if "\u0e48" <= mark <= "\u0e4b":
        return 1
    return {"\u0e4c": 2, "\u0e4d": 3, "\u0e4e": 4}.get(mark, 0)


def _in_order(found: re.Match[str]) -> str:
    """Return a run of marks with each mark once, one vowel below at most, vowels before tones."""
    kept = dict.fromkeys(found[0])
    lows = [mark for mark in kept if "\u0e38" <= mark <= "\u0e3a"]
    return "".join(sorted((mark for mark in kept if mark not in lows[1:]), key=_rank))


_ONE_SIGN = {
    **PRIVATE_GLYPHS,
    **{digit: str(value) for value, digit in enumerate(THAI_DIGITS)},
}


def _one_sign(found: re.Match[str]) -> str:
    """Return the plain sign; what is not in the table is a kind of space."""
    return _ONE_SIGN.get(found[0], " ")


_WRONG_PAIR = (
    rf"(?:[{TONES}{LAST_MARKS}][{VOWEL_MARKS}]|[{LAST_MARKS}][{TONES}]|\u0e4d\u0e4c|\u0e4e[\u0e4c\u0e4d]"
    rf"|[{LOW_VOWELS}]{{2}}|([{MARKS}])\1)"
)
_AFTER_ROLE = "|".join(f"(?<={role}{gap}[uv])" for role in ROLES for gap in ("", " "))
_LATE_TONE_ON_O = Repair(
    "late tone on อ",
    re.compile(rf"อ[{TONES}](?![{MARKS}])(?<=\u0e37..)"),
    lambda found: found[0][1] + found[0][0],
    "เพือ่ is meant as เพื่อ: the tone was typed after the อ that closes ือ, where no syllable can carry one",
)

REPAIRS = (
    Repair(
        "invisible",
        re.compile(f"[{INVISIBLE}]+"),
        lambda _: "",
        "editors leave zero-width spaces, joiners, soft hyphens and byte-order marks inside words",
    ),
    Repair(
        "one sign",
        re.compile(f"[{SPACES}{THAI_DIGITS}\uf700-\uf71a]"),
        _one_sign,
        "non-breaking spaces indent old pages; old fonts drew marks with private glyphs; ๒๕๕๐ and 2550 are one year",
    ),
    Repair(
        "order of marks",
        re.compile(rf"(?<![{MARKS}])[{MARKS}]*?{_WRONG_PAIR}[{MARKS}]*"),
        _in_order,
        "a page shows ที่ the same whether the tone was typed before or after the vowel, and marks typed twice lie on each other",
    ),
    Repair(
        "sara am in two",
        re.compile("\u0e4d\u0e32"),
        lambda _: "\u0e33",
        "นํ้า was typed with a circle and an า where น้ำ is meant",
    ),
    Repair(
        "two เ for แ",
        re.compile("เเ"),
        lambda _: "แ",
        "two of the one letter look like the other: เเละ is meant as และ",
    ),
    _LATE_TONE_ON_O,
    Repair(
        "late tone on า",
        re.compile(rf"(?<=[{CONSONANT}])[\u0e32\u0e33][{TONES}](?![{MARKS}])"),
        lambda found: found[0][1] + found[0][0],
        "บา้น is meant as บ้าน: no tone can stand on า or ำ",
    ),
    _LATE_TONE_ON_O,  # once more: the repair before can have moved a tone onto that อ
    Repair(
        "symbol font",
        re.compile(rf"[uv](?![A-Za-z])(?:{_AFTER_ROLE})"),
        lambda found: "❶" if found[0] == "u" else "❷",
        "the tiers of a role were written with the circled digits of a symbol font, of which plain text keeps u and v",
    ),
)

# What the repairs look at, each sign and each pair of signs by itself: a lone sign is wrong wherever it stands.
_ALONE = re.compile(f"[{INVISIBLE}{SPACES}{THAI_DIGITS}\uf700-\uf71a]")
_BEFORE_SYMBOL, _SYMBOLS = {" ", *(role[-1] for role in ROLES)}, {"u", "v"}
_PAIRED = sorted({*re.findall(f"[{MARKS}เอ\u0e32\u0e33]", "".join(map(chr, range(0xE00, 0xE60)))), *_BEFORE_SYMBOL, *_SYMBOLS})
_LONE = len(_PAIRED) + 1
_KINDS = np.uint16(_LONE + 1)


@lru_cache(maxsize=1)
def _numbers() -> NDArray[np.uint16]:
    """Return the number of each sign by its code point: nought where no repair looks at it, as for all signs behind the last one."""
    alone = list(map(ord, _ALONE.findall("".join(map(chr, range(0xD800))) + "".join(map(chr, range(0xE000, 0x10000))))))
    numbers = np.zeros(max(alone) + 2, np.uint16)
    numbers[alone] = _LONE
    numbers[list(map(ord, _PAIRED))] = range(1, _LONE)
    return numbers


@lru_cache(maxsize=1)
def _wrong_pairs() -> NDArray[np.bool_]:
    """Return in which pairs of signs, by both their numbers, a repair may find something."""
    wrong = np.zeros((_KINDS, _KINDS), bool)
    wrong[_LONE] = True
    for (first, before), (second, sign) in product(enumerate(_PAIRED, 1), repeat=2):
        is_symbol = before in _BEFORE_SYMBOL and sign in _SYMBOLS
        wrong[first, second] = is_symbol or any(repair.pattern.search(f"ก{before}{sign}") for repair in REPAIRS)
    return wrong.ravel()


def needs_repair(text: str) -> bool:
    """Say whether a repair may find something in a text, far faster than they are tried; a few harmless texts pass, too."""
    numbers = np.append(_numbers().take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), mode="clip"), np.uint16(0))
    return bool(_wrong_pairs()[numbers[:-1] * _KINDS + numbers[1:]].any()) or _LATE_TONE_ON_O.pattern.search(text) is not None
