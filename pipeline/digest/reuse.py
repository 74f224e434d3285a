"""Lessons of earlier phases that a phase takes up, and those of which it says nothing.

Comes in: threads of all phases, and the lessons of the phases before. Goes out: the threads of lessons used in this phase, and the first lessons that
are not. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipeline.followed import Thread
    from pipeline.records import DigestItem

UNUSED = 3  # lessons that are named as not used


def reused_in(phase: str | None, earlier: Collection[str], threads: Iterable[Thread]) -> list[Thread]:
    """Return the threads of lessons of the phases before that a passage of this phase takes up."""
    own = (thread for thread in threads if thread.kind == "reuse" and thread.state != "candidate" and thread.opened_by.phase in earlier)
    return [thread for thread in own if any(event.passage.phase == phase for event in thread.events[1:])]


def not_reused(lessons: Sequence[DigestItem], used: Iterable[Thread]) -> tuple[DigestItem, ...]:
    """Return the first lessons that no thread takes up."""
    groups = {thread.opened_by.group for thread in used}
    return tuple(item for item in lessons if item.evidence[0].passage.group not in groups)[:UNUSED]
