"""Kinds of threads that need more than one passage and its link: carried topics, terms by party, silence, dependencies, both sides, ends, reuse.

Comes in: the threads that were followed, the passages in the order of time, and the ids of the phases in theirs. Goes out: all threads, those that
are doubtful at the end. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.threads.cadence import silent
from pipeline.threads.depends import depending
from pipeline.threads.disputes import disputed
from pipeline.threads.endings import with_end_doubts
from pipeline.threads.parties import by_party
from pipeline.threads.reuse import with_reuse
from pipeline.threads.topics import carried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.followed import Thread
    from pipeline.threads.said import Told
    from pipeline.threads.topics import TextOf


def with_kinds(threads: Sequence[Thread], told: Sequence[Told], phases: Sequence[str] = (), text_of: TextOf | None = None) -> list[Thread]:
    """Return the threads with all that takes more than one passage to see, in the order in which they were opened.

    `text_of` gives the text of a post by its id: what a meeting carries on may be told where no passage is.
    """
    found = disputed(depending(silent(by_party(carried(threads, told, text_of), told, text_of), told)), told)
    place = {one.passage.id: place for place, one in enumerate(told)}
    found = with_end_doubts(with_reuse(found, told, phases), place)
    return sorted(found, key=lambda thread: (thread.state == "candidate", place[thread.opened_by.id]))
