"""The text of a post as a page of the review app shows it: sign for sign, so that a word's place on the page is its place in the post.

Comes in: text as scraped. Goes out: as many code points, with addresses and ID numbers masked and with controls, direction marks and other signs
without a shape shown as a sign that has one. Refuses nothing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pipeline.render.display import mask

SHOWN = "\u2423"  # ␣: stands for a sign that has no shape of its own
_KEPT = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u2060")  # where a line may break or signs join: Thai pages and emoji need them


@lru_cache(maxsize=8_192)  # words come again and again
def visible(text: str) -> str:
    r"""Return the text as it is shown, sign for sign.

    >>> visible("ไป\u202eกลับ\x00 IP: 203.0.113.9")
    'ไป␣กลับ␣ IP: ▮▮▮▮▮▮▮▮▮▮▮'
    """
    return "".join(sign if sign in _KEPT or not _is_hidden(sign) else SHOWN for sign in mask(text))


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Cn", "Co"}
