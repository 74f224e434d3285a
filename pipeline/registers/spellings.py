"""One name for one place, where mentions end at different words.

Comes in: rows that are named by places, of all phases. Goes out: the name that each is told under. Refuses a name that only a doubtful
mention has: it has no entry. Thai writes on without a space: what is read as บ้านโคกสูงเล่าขาน, once, is บ้านโคกสูง where that is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Named(Protocol):
    """What is told of the mentions of a name."""

    @property
    def name(self) -> str:
        """The name as read."""

    @property
    def mentions(self) -> int:
        """How many there were."""

    @property
    def sure(self) -> bool:
        """Whether one of them is no guess."""


def one_name(rows: Sequence[Named]) -> dict[str, str]:
    """Return the name under which each name is told: itself, or the known one that it opens with."""
    mentions: dict[str, int] = {}
    sure: set[str] = set()
    for row in rows:
        mentions[row.name] = mentions.get(row.name, 0) + row.mentions
        if row.sure:
            sure.add(row.name)
    told: dict[str, str] = {}
    for name, count in mentions.items():
        known = [other for other in sure if name != other and _opens(name, other) and (name not in sure or (count == 1 and mentions[other] > 1))]
        if known:
            told[name] = max(known, key=len)
        elif name in sure:
            told[name] = name
    return told


def _opens(name: str, other: str) -> bool:
    """Say whether a name opens with another, in its letters: หมู่ 12 is not หมู่ 1, and ต.ดอน หมู่ 4 is not ต.ดอน."""
    return name.startswith(other) and not any(sign.isdigit() for sign in name)
