"""How well the names of private persons are masked, and who is masked though nobody is to be.

Comes in: mentions of persons, roles and agencies whose kind a careful reader wrote down, each with what of it was masked. Goes out: counts as lines
of text. Refuses nothing. A private person is masked where the end of the name is; anybody else is wrongly masked where any sign is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.masks import Private

WhoKind = Literal["private", "official", "other"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: as it is written, what it names, whether its end was masked, and whether anything of it was."""

    written: str
    kind: WhoKind
    masked: bool
    touched: bool


def mention_in(written: str, kind: WhoKind, start: int, hidden: Iterable[Private]) -> Mention:
    """Return a mention that begins at `start` of a text, with what of the text is hidden."""
    end = start + len(written)
    over = [one for one in hidden if one.start < end and start < one.end]
    return Mention(written, kind, any(one.start < end <= one.end for one in over), bool(over))


def as_table(name: str, mentions: Sequence[Mention]) -> str:
    """Return the counts of some mentions as a line of text."""
    private = [one for one in mentions if one.kind == "private"]
    masked = sum(one.masked for one in private)
    wrongly = {kind: sum(one.touched for one in mentions if one.kind == kind) for kind in ("official", "other")}
    all_of = {kind: sum(one.kind == kind for one in mentions) for kind in wrongly}
    precision = _share(masked, masked + sum(wrongly.values()))
    found = f"{name:22} private {masked:5} of {len(private):5} masked   recall {_share(masked, len(private)):.3f}   precision {precision:.3f}"
    return f"{found}   wrongly masked: officials {wrongly['official']} of {all_of['official']}, others {wrongly['other']} of {all_of['other']}"


def wrong_words(mentions: Iterable[Mention]) -> tuple[list[str], list[str]]:
    """Return the private names that were left to be read, and what was masked though it names nobody private."""
    missed = sorted({one.written for one in mentions if one.kind == "private" and not one.masked})
    wrongly = sorted({one.written for one in mentions if one.kind != "private" and one.touched})
    return missed, wrongly


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
