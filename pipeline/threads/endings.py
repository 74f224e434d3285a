"""What may have settled a matter: news that would end it and that nobody has confirmed yet.

Comes in: threads with their doubtful links, and the place of each passage in time. Goes out: the threads, open ones with the last such news.
Refuses nothing, and of a trouble takes only what says that it is gone. It closes nothing: a reader is told of it, and that somebody has to confirm
it (decision 79 says how often it is right).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.followed import ENDS, SETTLED
from pipeline.threads.relations import says_its_end

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.followed import Thread, ThreadEvent

_NOT_ASKED = SETTLED | {"candidate"}


def with_end_doubts(threads: Sequence[Thread], place: Mapping[str, int]) -> list[Thread]:
    """Return the threads, the open ones with the last unconfirmed news that would settle them; `place` is that of a passage in time."""
    last: dict[tuple[str, str, tuple[str, ...]], ThreadEvent] = {}
    for link in threads:
        if link.state == "candidate" and link.last.relation in ENDS and says_its_end(link.kind, link.last.passage):
            matter = _matter(link)
            last[matter] = max(last.get(matter, link.last), link.last, key=lambda news: place[news.passage.id])
    return [_with_doubt(thread, last.get(_matter(thread))) for thread in threads]


def _matter(thread: Thread) -> tuple[str, str, tuple[str, ...]]:
    """Return what a matter has in common with its doubtful links: a term stands once for each party, with the news of that party alone."""
    return thread.opened_by.id, thread.kind, thread.owners


def _with_doubt(thread: Thread, news: ThreadEvent | None) -> Thread:
    if news is None or thread.state in _NOT_ASKED or (thread.state, news.relation) == ("referred", "refers"):
        return thread  # what was referred on is not doubted to be
    return replace(thread, end_doubt=news)
