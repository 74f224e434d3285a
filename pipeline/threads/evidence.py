"""What speaks for a later passage being news of an earlier one.

Comes in: two passages as threads see them, the earlier first. Goes out: one row of figures, named by `FEATURES`. Refuses nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.threads.said import Said

FEATURES = (
    "shared words",
    "rarest shared word",
    "shared strings",
    "held by the shorter",
    "same owner",
    "other owner",
    "same day",
    "same ordinal",
    "other ordinal",
    "same label",
    "news",
    "later is done",
    "later is moved",
    "earlier is open",
    "earlier is an issue",
    "next post",
    "posts between",
    "same post",
)
_NEWS = frozenset({"done", "ongoing", "postponed", "cancelled"})


def evidence(earlier: Said, later: Said) -> tuple[float, ...]:
    """Return the figures of a pair in the order of `FEATURES`."""
    one, other = earlier.told.passage, later.told.passage
    shared = earlier.words.keys() & later.words.keys()
    products = [earlier.words[word] * later.words[word] for word in shared]
    both = len(earlier.grams & later.grams)
    before, after = one.action, other.action
    away = later.told.order - earlier.told.order
    return (
        sum(products),
        max(products, default=0.0),
        both / max(1, len(earlier.grams | later.grams)),
        both / max(1, min(len(earlier.grams), len(later.grams))),
        float(bool(earlier.owners & later.owners)),
        float(bool(earlier.owners and later.owners and not earlier.owners & later.owners)),
        float(bool(earlier.days & later.days)),
        float(bool(earlier.ordinals & later.ordinals)),
        float(other_ordinal(earlier, later)),
        float(one.label == other.label),
        float(bool(after and after.state in _NEWS)),
        float(bool(after and after.state == "done")),
        float(bool(after and after.state == "postponed")),
        float(bool(before and before.state in {"planned", "postponed"})),
        float(one.label == "issue"),
        float(away == 1),
        math.log1p(max(0, away)),
        float(away == 0),
    )


def other_ordinal(earlier: Said, later: Said) -> bool:
    """Say whether both name the how-manieth it is (ครั้งที่ 3), and not the same."""
    return bool(earlier.ordinals and later.ordinals and not earlier.ordinals & later.ordinals)
