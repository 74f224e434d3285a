"""Standing practices of which the posts have fallen silent.

Comes in: threads, and the passages in the order of time. Goes out: the threads, practices with the day on which they were last heard of where
the collection goes on past the expected day by more than one interval, and by a month at least. Refuses nothing; the state stays as it was, since
silence proves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipeline.followed import Thread
    from pipeline.threads.said import Told


_WRITTEN_UP = timedelta(days=31)  # what is done daily or weekly is not written up each time


def silent(threads: Sequence[Thread], told: Sequence[Told]) -> list[Thread]:
    """Return the threads, practices not heard of for too long marked with the day on which they last were."""
    days = {one.passage.post: one.day for one in told if one.day}
    end = max(days.values(), default=None)
    since = {thread.id: day for thread in threads if thread.kind == "cadence" and (day := _unheard_since(thread, days, end))}
    return [replace(thread, unheard_since=since[thread.id]) if thread.id in since else thread for thread in threads]


def _unheard_since(thread: Thread, days: Mapping[str, date], end: date | None) -> date | None:
    if thread.next_expected is None or end is None or thread.state in {"candidate", "dropped"}:
        return None
    heard = [days[event.passage.post] for event in thread.events if event.passage.post in days]
    if not heard:
        return None
    last = heard[-1]
    return last if end - thread.next_expected > max(_WRITTEN_UP, thread.next_expected - last) else None
