"""Which days a passage leaves in doubt: those in whose place it may tell a later one.

Comes in: threads, and a passage that may be news of them. Goes out: the change that it would be, and the thread whose day is likeliest the
one that is put off where no word says which. Refuses nothing. A day that nobody doubts is told as the current one, so less is needed to doubt
it than to make a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.followed import ThreadEvent
from pipeline.threads.evidence import other_ordinal
from pipeline.threads.index import RAISED
from pipeline.threads.openers import NEAR, calls_day, moved_days, puts_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.threads.index import Index, Opened
    from pipeline.threads.rivals import Ranked
    from pipeline.threads.said import Said

_HELD = re.compile("จริง(?!ๆ|จัง|ใจ)")  # "held in truth on the 16th" says that another day had been set
_LIKELY = 0.1  # as news of a thread, for what puts something off and does not say what
_BEFORE, _AFTER = 60, 45  # days around that of a post, in which the day lies that it puts off unnamed
_POSTS = 2  # back to which what was last heard needs nothing in common but its day


def may_move(said: Said) -> bool:
    """Say whether a passage can leave any day in doubt: most name none and put nothing off."""
    return bool(said.days) or puts_off(said.told.passage)


def other_day(thread: Opened, said: Said) -> ThreadEvent | None:
    """Return the change of its day that a passage would be of a thread: it puts it off, or tells as done on a later day what is done once."""
    due, new = thread.due, max(said.days, default=None)
    if due is None or thread.closed or thread.kind in RAISED or thread.kind == "reuse" or other_ordinal(thread.said[0], said):
        return None
    passage = said.told.passage
    old_and_new = moved_days(passage)
    is_another = old_and_new is not None and old_and_new[0] != due
    if is_another or is_far_off(thread, said) or (new and (new <= due or due in said.days)):
        return None
    once = new is not None and thread.kind != "cadence"
    if not (_sets_another(said) or (once and (_is_done(said) or same_event(thread.said[0], said, by_number=True)))):
        return None
    return ThreadEvent(passage, "moved", due.isoformat(), new.isoformat() if new else None)


def is_far_off(thread: Opened, said: Said) -> bool:
    """Say whether a passage names days of which none is within half a year of the one for which a meeting is planned."""
    return thread.kind == "plan" and thread.due is not None and bool(said.days) and min(abs(day - thread.due) for day in said.days) > NEAR


def put_off(ranked: Sequence[Ranked], index: Index, said: Said, known: Sequence[Opened]) -> Opened | None:
    """Return the thread whose day a passage likeliest puts off, beside those of which it is known to be, or to be asked about.

    What is set for a day that the passage calls comes first. Nothing is looked for where it names the old day and one of the known is set for it.
    """
    moves = moved_days(said.told.passage)
    if not (_sets_another(said) or (said.days and said.ordinals)) or (moves and any(other_day(thread, said) for thread in known)):
        return None
    chances = {one.thread: one.chance for one in ranked}
    today = said.told.day
    near = dict.fromkeys(index.set_near(today, _BEFORE, _AFTER)) if today else {}
    called = {thread for thread in near if thread.due and calls_day(said.told.passage, thread.due)}
    found = [
        thread
        for thread in {**chances, **near}
        if thread not in known
        and not (moves and same_event(thread.said[0], said))  # it moves with what this passage opens
        and thread.said[0].told.passage.post != said.told.passage.post
        and (chances.get(thread, 0.0) >= _LIKELY or thread in called or (thread in near and (thread in chances or _is_close(thread, said))))
        and other_day(thread, said)
    ]
    nearest = {one: abs((one.due - today).days) if one.due and today else 0 for one in found}
    return min(found, key=lambda one: (one not in called, -chances.get(one, 0.0), nearest[one], one.number), default=None)


def same_event(opener: Said, said: Said, *, by_number: bool = False) -> bool:
    """Say whether two passages can be about one event: both call it by one number, or share a word where none is called by another.

    `by_number` asks for both, the number and a word.
    """
    same_number = not opener.ordinals.isdisjoint(said.ordinals)
    shared = bool(opener.words.keys() & said.words.keys())
    return (same_number and shared) if by_number else (same_number or shared) and not other_ordinal(opener, said)


def _sets_another(said: Said) -> bool:
    """Say whether a passage sets another day for something, or says that it was held on one."""
    return puts_off(said.told.passage) or bool(said.days and _HELD.search(said.told.passage.quote))


def _is_done(said: Said) -> bool:
    return said.told.passage.action is not None and said.told.passage.action.state == "done"


def _is_close(thread: Opened, said: Said) -> bool:
    """Say whether a passage can mean a thread without a word of it: the same person tells both, or hardly a post stands between."""
    speaker = said.told.passage.speaker
    same = speaker is not None and speaker == thread.said[0].told.passage.speaker
    return same or said.told.order - thread.said[-1].told.order <= _POSTS
