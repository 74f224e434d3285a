"""What speaks for a later passage being news of an earlier one.

Comes in: two passages as threads see them, the earlier first. Goes out: one row of figures, named by `FEATURES`. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.threads.own import OF_EACH

if TYPE_CHECKING:
    from pipeline.threads.said import Said

_PAIR = (
    "shared words",
    "rarest shared word",
    "count of shared words",
    "shared strings",
    "share of strings",
    "held by the shorter",
    "shared figures",
    "same owner",
    "other owner",
    "same speaker",
    "same place",
    "owner named later",
    "owner named earlier",
    "same day",
    "same ordinal",
    "other ordinal",
    "posts between",
    "passages between",
    "days between",
    "due between",
    "days after due",
)
FEATURES = (*_PAIR, *(f"earlier: {name}" for name in OF_EACH), *(f"later: {name}" for name in OF_EACH))
_UNKNOWN = -1_000.0
_FAR = 400.0  # days, or passages: what is farther apart is as far
_OTHER_POST = 99.0


def evidence(earlier: Said, later: Said) -> tuple[float, ...]:
    """Return the figures of a pair in the order of `FEATURES`."""
    return (*_shared(earlier, later), *_apart(earlier, later), *earlier.own, *later.own)


def other_ordinal(earlier: Said, later: Said) -> bool:
    """Say whether both name the how-manieth it is (ครั้งที่ 3), and not the same."""
    return bool(earlier.ordinals and later.ordinals and not earlier.ordinals & later.ordinals)


def _shared(earlier: Said, later: Said) -> tuple[float, ...]:
    products = [earlier.words[word] * later.words[word] for word in earlier.words.keys() & later.words.keys()]
    mine, theirs = earlier.grams, later.grams
    strings = mine.keys() & theirs.keys()
    one, other = earlier.told.passage, later.told.passage
    return (
        sum(products),
        max(products, default=0.0),
        float(len(products)),
        sum(mine[string] * theirs[string] for string in strings),
        len(strings) / max(1, len(mine) + len(theirs) - len(strings)),
        len(strings) / max(1, min(len(mine), len(theirs))),
        float(len(earlier.figures & later.figures)),
        float(bool(earlier.owners & later.owners)),
        float(bool(earlier.owners and later.owners and not earlier.owners & later.owners)),
        float(one.speaker is not None and one.speaker == other.speaker),
        float(bool(earlier.place and later.place and (earlier.place in later.place or later.place in earlier.place))),
        float(any(owner in other.quote for owner in earlier.owners)),
        float(any(owner in one.quote for owner in later.owners)),
    )


def _apart(earlier: Said, later: Said) -> tuple[float, ...]:
    before, after = earlier.told.day, later.told.day
    due = max(earlier.days, default=None)
    away = later.told.order - earlier.told.order
    return (
        float(bool(earlier.days & later.days)),
        float(bool(earlier.ordinals & later.ordinals)),
        float(other_ordinal(earlier, later)),
        float(away),
        float(later.number - earlier.number) if away == 0 else _OTHER_POST,
        min(_FAR, float((after - before).days)) if before and after else _UNKNOWN,
        float(bool(due and before and after and before <= due <= after)),
        max(-_FAR, min(_FAR, float((after - due).days))) if due and after else _UNKNOWN,
    )
