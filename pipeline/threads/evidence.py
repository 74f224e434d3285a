"""What speaks for a later passage being news of an earlier one, and the names of what speaks for a thread among its rivals.

Comes in: passages as threads see them, and a later one. Goes out: one row of figures for each pair, named by `FEATURES`. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.threads.own import OF_EACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.threads.said import Said
    from pipeline.threads.strings import Shared

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
OF_RIVALS = (
    "chance",
    "mean chance",
    "chance of the opener",
    "best of the others",
    "likelier ones",
    "sum of all",
    "share of the sum",
    "best in this post",
    "last in this post",
    "events",
    "kind",
    "state",
    "opened in this post",
    "posts since it was heard of",
    "would close",
)
_UNKNOWN = -1_000.0
_FAR = 400.0  # days, or passages: what is farther apart is as far
_OTHER_POST = 99.0


def evidence_of(earlier: Sequence[Said], later: Said) -> list[tuple[float, ...]]:
    """Return the figures of each pair of an earlier passage and a later one, in the order of `FEATURES`."""
    shared = later.strings.shared(later.told.passage.quote, [one.told.passage.quote for one in earlier])
    return [(*_shared(one, later, strings), *_apart(one, later), *one.own, *later.own) for one, strings in zip(earlier, shared, strict=True)]


def other_ordinal(earlier: Said, later: Said) -> bool:
    """Say whether both name the how-manieth it is (ครั้งที่ 3), and not the same."""
    return bool(earlier.ordinals and later.ordinals and not earlier.ordinals & later.ordinals)


def _shared(earlier: Said, later: Said, strings: Shared) -> tuple[float, ...]:
    mine, theirs = earlier.words, later.words
    products = [mine[word] * theirs[word] for word in mine.keys() & theirs.keys()]
    one, other = earlier.told.passage, later.told.passage
    owners, others = earlier.owners, later.owners
    both = bool(owners and others)
    same = both and not owners.isdisjoint(others)
    return (
        sum(products),
        max(products, default=0.0),
        len(products),
        strings.cosine,
        strings.both / max(1, strings.mine + strings.theirs - strings.both),
        strings.both / max(1, min(strings.mine, strings.theirs)),
        len(earlier.figures & later.figures) if later.figures else 0,  # of most passages none has to be looked for in the other
        same,
        both and not same,
        one.speaker is not None and one.speaker == other.speaker,
        bool(earlier.place and later.place and (earlier.place in later.place or later.place in earlier.place)),
        any(owner in other.quote for owner in owners) if owners else False,
        any(owner in one.quote for owner in others) if others else False,
    )


def _apart(earlier: Said, later: Said) -> tuple[float, ...]:
    before, after = earlier.told.day, later.told.day
    due = max(earlier.days) if earlier.days else None
    away = later.told.order - earlier.told.order
    return (
        not earlier.days.isdisjoint(later.days),
        not earlier.ordinals.isdisjoint(later.ordinals),
        other_ordinal(earlier, later),
        away,
        later.number - earlier.number if away == 0 else _OTHER_POST,
        min(_FAR, (after - before).days) if before and after else _UNKNOWN,
        bool(due and before and after and before <= due <= after),
        max(-_FAR, min(_FAR, (after - due).days)) if due and after else _UNKNOWN,
    )
