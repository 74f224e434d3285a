"""What stays on one line: a number with its month and year, a month with its year, a time with its น., that no day is known, and titles with names.

Comes in: a text. Goes out: what finds these in it, or the text with blanks in them at which no line ends. Refuses nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import leading_titles
from pipeline.render.words import words_in

NO_BREAK = "\u00a0"
_BEGINS = r"(?=[\u0e01-\u0e2e\u0e40-\u0e44])"  # a Thai word
_LETTER = r"\u0e00-\u0e7fa-zA-Z."
_BEFORE_WORD = re.compile(rf"[^{_LETTER}](?=[{_LETTER}]{{1,24}} )")  # no title is longer up to its first blank
_NUMBER = r"[0-9\u0e50-\u0e59]"
_YEAR = rf"(?: | ?(?:พ|ค)\.ศ\. ?){_NUMBER}{{4}}(?!{_NUMBER})"  # B.E. or C.E. may stand before it
_CLOCK = rf"(?<!{_NUMBER}){_NUMBER}{{1,2}}[.:]{_NUMBER}{{2}} น\."
_SHORT_YEAR = rf" {_NUMBER}{{2}}(?!{_NUMBER})"


@lru_cache(maxsize=1)
def days() -> re.Pattern[str]:
    """Return what finds a day with its month, and its year where that follows, a month with its year, a time with its น., and that no day is known.

    >>> days().findall("ครั้งแรก 12 มกราคม พ.ศ. 2549 แล้วเริ่มกุมภาพันธ์ 2550 จากนั้น 3 เดือน")
    ['12 มกราคม พ.ศ. 2549', 'กุมภาพันธ์ 2550']
    >>> days().findall("ลานวัด · ไม่ทราบวันที่")
    ['ไม่ทราบวันที่']
    >>> days().findall("เวลา 09.30 น. ถึง 16:05 น. ได้ 3.50 บาท")
    ['09.30 น.', '16:05 น.']
    """
    unknown = "|".join(re.escape(words_in(language)["no_day"]) for language in ("th", "en"))
    months = [month for words in (words_in("th"), words_in("en")) for key in ("months", "months_short") for month in words[key].split()]
    named = rf"(?<![a-zA-Z])(?:{'|'.join(map(re.escape, sorted(months, key=lambda month: -len(month))))})(?![a-z])"
    return re.compile(rf"((?<!{_NUMBER}){_NUMBER}{{1,2}} ?{named}(?:{_YEAR}|{_SHORT_YEAR})?|{named}{_YEAR}|{_CLOCK}|{unknown})")


def titles_joined(text: str, name: str, joined: str) -> str:
    r"""Return a text in which titles with one blank and a name behind it are written as `joined` says; a pattern stands for the name.

    Only where a word of letters begins that is short and has a blank behind it are the titles tried: before every sign they would take long.

    >>> titles_joined("ขอเชิญ ผอ. สมชาย กับ นาง ศรี", "([ก-๙]+)", r"\1_\2")
    'ขอเชิญ ผอ._สมชาย กับ นาง_ศรี'
    """
    parts: list[str] = []
    titled, done = _titled(name), 0
    for place in (0, *(found.end() for found in _BEFORE_WORD.finditer(text))):
        if place >= done and (found := titled.match(text, place)):
            parts += (text[done:place], found.expand(joined))
            done = found.end()
    return "".join((*parts, text[done:]))


@lru_cache(maxsize=2)
def _titled(name: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(leading_titles(), key=lambda title: -len(title))))
    return re.compile(f"({known}) {name}")


def kept_together(text: str, *, year: bool = True) -> str:
    r"""Return a text whose lines do not end within a day, or before its year alone, for a column that has no room for both.

    >>> kept_together("นัด 8 มกราคม 2549 นะคะ").split(" ")
    ['นัด', '8\xa0มกราคม\xa02549', 'นะคะ']
    >>> kept_together("8 มกราคม 2549", year=False).split(" ")
    ['8\xa0มกราคม', '2549']
    >>> kept_together("พบ ผอ. สมชาย").split(" ")
    ['พบ', 'ผอ.\xa0สมชาย']
    """
    named = titles_joined(text, _BEGINS, rf"\1{NO_BREAK}")
    return days().sub(lambda found: found[0].replace(" ", NO_BREAK, -1 if year else 1), named)
