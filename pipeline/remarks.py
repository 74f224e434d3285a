"""The records of how a passage is put: words that hold back, figures, and its number in a list.

Comes in: nothing. Goes out: frozen records; `pipeline.records` passes them on. Refuses nothing. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure as a passage tells it: a headcount, a target with what came of it, or a change from one number to another."""

    kind: str
    text: str
    first: int
    second: int | None
    unit: str
    about: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """How a passage is put: words that hold back, figures, its number in a list, and whether its commenter says to be an outsider (คนนอกพื้นที่)."""

    hedges: tuple[str, ...] = ()
    figures: tuple[FigureTold, ...] = ()
    item: int | None = None
    outsider: bool = False


NO_REMARKS = Remarks()
