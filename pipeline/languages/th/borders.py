"""Where a stretch of Thai prose may be cut: word classes, and gaps that are never a border.

Comes in: ``borders.toml`` beside this file. Goes out: word classes as look-ups. Refuses nothing at run time: the tests read the file.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

# - • * 1. 2) (3) ๔. standing alone: the mark of a list item
LIST_MARK = re.compile(r"[-•*·●–]|\(?\d{1,2}[.)]|[๐-๙]{1,2}[.)]?")
# 1)ฝ่าย… 2.จัด…: a mark glued to its item
GLUED_MARK = re.compile(r"\(?\d{1,2}[.)](?!\d)|[-•·●]")
ITEM_NUMBER = re.compile(r"\(?(?P<number>\d{1,2})[.)](?!\d)")
TITLE_STOP = re.compile(r"(?:^|[^ก-๙.])(?:ต|อ|จ|ม|น|ดร|ผอ|พล|รศ|ผศ|ศ|นพ|พญ|ด|ร|พ)\.$")
BARE_PLACE = re.compile(r"(?:ต|อ|จ)\.[ก-๙]{2,30}")
# a place that can head a paragraph within a line; not อ., which is as often a teacher (อ.วิทย์)
HEADING_PLACE = re.compile(r"(?:ต|จ)\.[ก-๙]{2,30}")
MONTH = re.compile(
    r"(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|ม\.?ค\.|ก\.?พ\.|มี\.?ค\.|เม\.?ย\.|พ\.?ค\.|มิ\.?ย\.|ก\.?ค\.|ส\.?ค\.|ก\.?ย\.|ต\.?ค\.|พ\.?ย\.|ธ\.?ค\.)"
)


class BorderWords(NamedTuple):
    """Classes of words by what they do at the border of an idea."""

    opener: dict[str, str]
    closer: dict[str, tuple[str, ...]]
    never_after: frozenset[str]
    classifier: frozenset[str]
    condition: tuple[str, ...]
    heading_barrier: frozenset[str]


@lru_cache(maxsize=1)
def border_words() -> BorderWords:
    """Return the word classes of the data file."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    closer: dict[str, tuple[str, ...]] = {}
    for name, words in data["closer"].items():
        for word in words.split():
            closer[word] = (*closer.get(word, ()), name)
    never = {name: words.split() for name, words in data["never"].items()}
    return BorderWords(
        opener={word: name for name, words in data["opener"].items() for word in words.split()},
        closer=closer,
        never_after=frozenset(never["after"]),
        classifier=frozenset(never["classifier"]),
        condition=tuple(never["condition"]),
        heading_barrier=frozenset(never["heading-barrier"]),
    )
