"""Words that count only where they stand in a certain place, as an expression that begins with the words themselves.

Comes in: words, and what must or must not stand before them. Goes out: alternatives, in no group: where all alternatives of an expression begin
with a letter, a search passes over whatever does not begin so, in far less time than looking back from every sign of a text takes. Refuses
nothing.
"""

from __future__ import annotations

OPENS = r"(?<![^\s\"“(]#)"  # at the beginning, behind a blank, a bracket or a quotation mark


def placed(words: str, *places: str) -> str:
    r"""Return some words, divided by bars, each in one of some places; `#` stands for the word where a place looks back over it.

    >>> placed("ผม|เรา", "(?<!#)", "(?<=ให้#)")
    'ผม(?:(?<!ผม)|(?<=ให้ผม))|เรา(?:(?<!เรา)|(?<=ให้เรา))'
    >>> import re
    >>> re.findall(placed("คง", "(?<!ยัง#)(?<!มั่น#)"), "มั่นคง ยังคงมา คงมา")
    ['คง']
    """
    place = places[0] if len(places) == 1 else f"(?:{'|'.join(places)})"
    return "|".join(word + place.replace("#", word) for word in words.split("|"))
