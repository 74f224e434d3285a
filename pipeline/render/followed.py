"""เรื่องสืบเนื่อง in Thai words: what was opened, how it stands, and the last that was heard of it.

Comes in: the `Followed` lines of a digest and the bound of doubt. Goes out: `FollowedLine` records, the same for Markdown and HTML. Refuses nothing.
A day that has been moved is shown as old → new, never alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.render.citation import Citation, citation
from pipeline.render.display import on_one_line
from pipeline.render.words import day, word

if TYPE_CHECKING:
    from pipeline.records import Digest, Followed


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One line as a reader sees it; `heard` says what the last passage tells, empty where nothing was heard."""

    facts: tuple[tuple[str, str], ...]
    opener: Citation
    last: Citation | None
    heard: str
    settled: bool


def followed_in(digest: Digest) -> list[FollowedLine]:
    """Return the lines of a digest in its order."""
    return [followed_line(one, digest.unsure_below) for one in digest.followed]


def followed_line(one: Followed, unsure_below: float) -> FollowedLine:
    """Return one line in words."""
    facts = [(word("followed_kind"), word(f"kind_{one.kind.replace('-', '_')}")), (word("state"), word(f"thread_{one.state}"))]
    if one.moved:
        facts.append((word("followed_moved"), " → ".join(map(_day, (one.moved[0][0], *(after for _, after in one.moved))))))
    elif one.due:
        facts.append((word("followed_due"), day(one.due)))
    if one.owners:
        facts.append((word("who"), ", ".join(map(on_one_line, one.owners))))
    last = citation(one.last, unsure_below) if one.last else None
    heard = word(f"heard_{one.relation}") if one.relation else ""
    return FollowedLine(tuple(facts), citation(one.opener, unsure_below), last, heard, one.state in {"done", "dropped"})


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
