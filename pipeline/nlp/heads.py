"""What the network says of each word beside its tag: a head for each field, each with its own classes.

Comes in: nothing. Goes out: the names of the heads, their classes, and the columns of the network's answer in which they stand.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, get_args

from pipeline.labels import OTHER, label_ids
from pipeline.records import ChainPart, State, Strength

if TYPE_CHECKING:
    from collections.abc import Mapping

# A word is outside, begins a passage of a label, or continues one.
TAGS = (OTHER, *(f"begins {label}" for label in label_ids()), *(f"continues {label}" for label in label_ids()))
OWN, QUOTED, REPLY = "own", "quoted", "reply"  # a reply is the author's among the comments
# The kinds of stretches that are looked for in passages, by the head that finds them.
SPANS: Mapping[str, tuple[str, ...]] = {
    "owners": ("who", "where"),
    "speakers": ("speaker",),
    "chains": get_args(ChainPart),
}
# Those that are found by the words alone, since they lie within stretches of another family, whose last they are.
WITHIN: Mapping[str, tuple[str, ...]] = {"affected": ("affected",)}
CHOICES: Mapping[str, tuple[str, ...]] = {"state": get_args(State), "strength": get_args(Strength), "voice": (OWN, QUOTED, REPLY)}


def span_tags(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags of some kinds of stretches.

    >>> span_tags(("who", "where"))
    ('outside', 'begins who', 'continues who', 'begins where', 'continues where')
    """
    return ("outside", *(f"{place} {kind}" for kind in kinds for place in ("begins", "continues")))


HEADS: Mapping[str, tuple[str, ...]] = {"tags": TAGS, **{name: span_tags(kinds) for name, kinds in SPANS.items()}, **CHOICES}
_ENDS = list(accumulate((len(classes) for classes in HEADS.values()), initial=0))
COLUMNS: Mapping[str, slice] = {name: slice(start, end) for name, (start, end) in zip(HEADS, pairwise(_ENDS), strict=True)}
WIDTH_OF_ALL = _ENDS[-1]
