"""What of a scraped text may be shown.

Comes in: any text of a post. Goes out: the text with network addresses and national ID numbers as ▮, without signs that hide text (NUL and other
controls), and with those that turn it round (direction controls) named where they stand. Refuses nothing. `mask` keeps every offset; `display` does
not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.masks import as_one, is_hidden, is_plain
from pipeline.masks import mask as mask  # noqa: PLC0414 - the forms that keep offsets take it from here

_SHOWN_FORMAT = frozenset("\u00ad\u200b\u200c\u200d\u2060")  # where a line may break or signs join: Thai pages and emoji need them
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they change the order in which the words around them are seen


def display(text: str) -> str:
    r"""Return the text as a page shows it.

    >>> display("IP: 203.0.113.9\x00 และ\u202eกลับทาง")
    'IP: ▮ และ[U+202E]กลับทาง'
    """
    if is_plain(text):
        return as_one(mask(text))
    named = _TURNING.sub(lambda sign: f"[U+{ord(sign.group()):04X}]", mask(text))
    return as_one("".join(sign for sign in named if sign in _SHOWN_FORMAT or not is_hidden(sign)))


@lru_cache(maxsize=8_192)  # the same words stand in many forms
def on_one_line(text: str) -> str:
    r"""Return the text as a page shows it, with every run of white space as one space.

    >>> on_one_line("นัดกัน\n ทุกเดือน ")
    'นัดกัน ทุกเดือน'
    """
    return " ".join(display(text).split())
