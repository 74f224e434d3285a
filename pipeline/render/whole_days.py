"""Days that stay on one line: a number with its month and year, and a month with its year, in both languages.

Comes in: a text. Goes out: what finds a day in it, or the text with blanks in its days at which no line ends. Refuses nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.render.words import words_in

NO_BREAK = "\u00a0"
_NUMBER = r"[0-9\u0e50-\u0e59]"
_YEAR = rf"(?: | ?(?:พ|ค)\.ศ\. ?){_NUMBER}{{4}}(?!{_NUMBER})"  # B.E. or C.E. may stand before it
_SHORT_YEAR = rf" {_NUMBER}{{2}}(?!{_NUMBER})"


@lru_cache(maxsize=1)
def days() -> re.Pattern[str]:
    """Return what finds a day with its month, with its year where that follows, and a month with its year.

    >>> days().findall("ครั้งแรก 12 มกราคม พ.ศ. 2549 แล้วเริ่มกุมภาพันธ์ 2550 จากนั้น 3 เดือน")
    ['12 มกราคม พ.ศ. 2549', 'กุมภาพันธ์ 2550']
    """
    months = [month for words in (words_in("th"), words_in("en")) for key in ("months", "months_short") for month in words[key].split()]
    named = rf"(?<![a-zA-Z])(?:{'|'.join(map(re.escape, sorted(months, key=lambda month: -len(month))))})(?![a-z])"
    return re.compile(rf"((?<!{_NUMBER}){_NUMBER}{{1,2}} ?{named}(?:{_YEAR}|{_SHORT_YEAR})?|{named}{_YEAR})")


def with_whole_days(text: str, *, year: bool = True) -> str:
    r"""Return a text whose lines do not end within a day, or before its year alone, for a column that has no room for both.

    >>> with_whole_days("นัด 8 มกราคม 2549 นะคะ").split(" ")
    ['นัด', '8\xa0มกราคม\xa02549', 'นะคะ']
    >>> with_whole_days("8 มกราคม 2549", year=False).split(" ")
    ['8\xa0มกราคม', '2549']
    """
    return days().sub(lambda found: found[0].replace(" ", NO_BREAK, -1 if year else 1), text)
