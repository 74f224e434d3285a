"""Of which open threads a passage is news, and which of them a person is asked about.

Comes in: the index of open threads, what their post has said so far, a passage, and the linker. Goes out: a `Decision`. Refuses nothing. The
bounds are the linker's; what speaks against a link, or for it, beside its chance, stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.threads.decided import Decision
from pipeline.threads.doubts import is_far_off, other_day, put_off
from pipeline.threads.evidence import other_ordinal
from pipeline.threads.index import RAISED
from pipeline.threads.openers import calls_day, kind_opened, moved_days, puts_off
from pipeline.threads.relations import closes, dates_differ, falls_short, keeps_word, refers, says_its_end, says_yes_or_no

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.threads.index import Index, Opened
    from pipeline.threads.linker import Linker
    from pipeline.threads.rivals import Ranked, Rivals
    from pipeline.threads.said import Said

_MOST = 3  # threads that one passage can be news of
_OFFERED = 3  # threads of which a passage may be news, offered to a reviewer
_FREE, _STEP = 3, 0.1  # offers of a thread that need no more than any, and what each further one must be likelier: a person reads few
_MOVES = 0.65  # of the bound of a link, enough for a passage that sets a later day for what has one and calls the old one
_BODY = frozenset({"author", "quoted"})
_TASKS = frozenset({"action", "plan", "target", "carried-topic", "promise"})
_SET = frozenset({"plan", "cadence", "commitment"})  # what stands for itself: a meeting, a practice, a term
_MORE, _AGAIN = 1.5, 2.0  # times the bound of an offer, for what is less often news of what it looks like, and for what seldom is
_SHARE = 0.4  # of the likeliest offer of a passage, which another one must be


def decide(index: Index, rivals: Rivals, said: Said, linker: Linker) -> Decision:
    """Say of which threads a passage is news, and of which it may be."""
    ranked = rivals.ranked(index.candidates(said), said, linker)
    answered = _answered(index, said)
    believed = [one for one in ranked if one.thread is not answered and _believed(one, said, linker)][:_MOST]
    news_of = [*([answered] if answered else []), *(one.thread for one in believed)]
    doubted = _offered([one for one in ranked if one.thread not in news_of and _asked(one, said, linker)], said)
    asked = index.asked_before(said) if said.told.passage.voice == "reply" and refers(said.told.passage) else None
    doubted += [asked] if asked and asked not in news_of and asked not in doubted else []
    unnamed = put_off(ranked, index, said, (*news_of, *doubted))
    doubted += [unnamed] if unnamed else []
    unsure = [one.thread for one in believed if not _may_close(one, said, linker)]
    return Decision(*(tuple(thread.number for thread in some) for some in (news_of, unsure, doubted)))


def _offered(asked: Sequence[Ranked], said: Said) -> list[Opened]:
    """Return what a person is asked about, the likeliest first.

    What is far less likely than the first is left out, but for what may tell another day.
    """
    least = asked[0].chance * _SHARE if asked else 0.0
    return [one.thread for one in asked if one.chance >= least or other_day(one.thread, said) is not None][:_OFFERED]


def _answered(index: Index, said: Said) -> Opened | None:
    """Return the one question of a comment to which a reply in its post says yes or no in its own words; none where it may answer several."""
    near = (index.threads[number] for number in dict.fromkeys(index.near))
    asked = [one for one in near if one.kind == "question" and not one.closed and one.said[0].told.passage.voice == "commenter"]
    found = [one for one in asked if says_yes_or_no(one.said[0].told.passage, said.told.passage)]
    return found[0] if len(found) == 1 else None


def _believed(ranked: Ranked, said: Said, linker: Linker) -> bool:
    """Say whether a link is made without asking: no day may speak against it.

    What moves the day that it calls needs less: an old one must not be current.
    """
    if dates_differ(ranked.thread.said, said):
        return False
    if _moves_it(ranked.thread, said):
        return ranked.chance >= linker.maybe
    if _beside(ranked.thread, said) or _is_own_meeting(ranked.thread, said):
        return ranked.nearest >= linker.closes
    if _sets_later(ranked.thread, said):  # one of both looks is enough
        return max(ranked.chance, ranked.nearest) >= linker.sure * _MOVES
    return ranked.chance >= linker.sure


def _asked(ranked: Ranked, said: Said, linker: Linker) -> bool:
    """Say whether a person is asked: the more is offered of a thread, the likelier the next must be, but for what may tell another day.

    So must what the same voice goes on to say in the post that opened it, and what is mostly of another matter. Of a task that one voice puts beside
    another, of a meeting half a year away from what was planned, and of a sequel that another post promises, nobody is asked.
    """
    if ranked.chance < linker.maybe:
        return False
    if other_day(ranked.thread, said) is not None:
        return True
    own = _in_own_words(ranked.thread, said)
    if (own and _beside(ranked.thread, said)) or is_far_off(ranked.thread, said) or _promises_its_own(ranked.thread, said):
        return False
    mostly_another = (own and ranked.thread.kind != "issue") or _is_another_meeting(ranked.thread, said) or _is_another_matter(ranked.thread, said)
    least = linker.maybe * (_AGAIN if mostly_another else _MORE if _sets_out(ranked.thread, said) else 1.0)
    return ranked.chance >= least + _STEP * max(0, ranked.thread.offered + 1 - _FREE)


def _moves_it(thread: Opened, said: Said) -> bool:
    """Say whether a passage moves the day of the very meeting that was set, which both call by its number (ครั้งที่ 4)."""
    same = bool(thread.said[0].ordinals & said.ordinals) and thread.kind not in RAISED and thread.kind not in {"cadence", "reuse"}
    return same and moved_days(said.told.passage) is not None


def _beside(thread: Opened, said: Said) -> bool:
    """Say whether a post puts a task beside another: mostly two tasks, though of one matter and in the same words.

    Who takes up a task in a comment puts none beside it.
    """
    opener, passage = thread.said[0].told.passage, said.told.passage
    in_body = opener.post == passage.post and _BODY.issuperset({opener.voice, passage.voice})
    return opener.label == passage.label == "action" and (in_body or _in_own_words(thread, said))


def _in_own_words(thread: Opened, said: Said) -> bool:
    """Say whether who opened a thread goes on in the same post."""
    opener, passage = thread.said[0].told.passage, said.told.passage
    return (opener.post, opener.voice, opener.speaker) == (passage.post, passage.voice, passage.speaker)


def _is_own_meeting(thread: Opened, said: Said) -> bool:
    """Say whether a passage sets a day for a meeting, and the thread is a task without one: taken for its news, the meeting would have no thread."""
    return thread.kind == "action" and not thread.said[0].days and kind_opened(said.told.passage) == "plan"


def _is_another_meeting(thread: Opened, said: Said) -> bool:
    """Say whether a passage tells of a coming meeting on another day than that of a planned one, and no word moves it."""
    action = said.told.passage.action
    coming = action is not None and action.state != "done" and not puts_off(said.told.passage)
    return thread.kind == "plan" and coming and bool(said.days) and thread.due is not None and thread.due not in said.days


def _is_another_matter(thread: Opened, said: Said) -> bool:
    """Say whether a passage seldom tells of a thread: what another post sets for itself, on another day, is no news of a task.

    Nor does what another post puts answer a question, or the trouble that a comment tells tell of what its post puts; nor is a trouble in the post of
    a lesson a use of it.
    """
    opener, passage = thread.said[0].told.passage, said.told.passage
    if opener.post != passage.post:
        if thread.kind == "question":
            return passage.action is not None and passage.action.state != "done"
        same_day = thread.due is not None and thread.due in said.days
        return thread.kind in _TASKS and not same_day and kind_opened(passage) in _SET
    doubted = opener.label == "action" and opener.voice in _BODY and passage.voice == "commenter"
    return passage.label == "issue" and (thread.kind == "reuse" or doubted)


def _sets_out(thread: Opened, said: Said) -> bool:
    """Say whether another post sets out to do something, or tells what it has learnt, and the thread is a task, a practice or a trouble."""
    opener, passage = thread.said[0].told.passage, said.told.passage
    if opener.post == passage.post or not (thread.kind in _TASKS or thread.kind in {"cadence", "issue"}):
        return False
    same_day = thread.due is not None and thread.due in said.days
    planned = passage.action is not None and passage.action.state == "planned" and not puts_off(passage) and not same_day
    return planned or passage.label == "lesson"


def _promises_its_own(thread: Opened, said: Said) -> bool:
    """Say whether another post promises a sequel of its own."""
    return thread.said[0].told.passage.post != said.told.passage.post and kind_opened(said.told.passage) == "promise"


def _may_close(ranked: Ranked, said: Said, linker: Linker) -> bool:
    """Say whether a link may do what its passage says: one that would close must be surer by itself, and no number may speak against it.

    Of a task, who says that it was done as promised or agreed needs to be no surer than another link.
    """
    thread = ranked.thread
    answers = thread.kind == "question" and says_yes_or_no(thread.said[0].told.passage, said.told.passage)
    if not (answers or closes(thread.kind, said)):
        return True
    least = linker.sure if thread.kind not in RAISED and keeps_word(said.told.passage) else linker.closes
    return ranked.nearest >= least and says_its_end(thread.kind, said.told.passage) and not falls_short(thread.said, said)


def _sets_later(thread: Opened, said: Said) -> bool:
    """Say whether a passage puts something off to a day later than that of a thread, which is to be done once, and calls that day or its number."""
    if thread.due is None or not said.days or thread.kind in RAISED or thread.kind in {"cadence", "reuse"}:
        return False
    moves = puts_off(said.told.passage) and thread.due < max(said.days) and not other_ordinal(thread.said[0], said)
    return moves and (calls_day(said.told.passage, thread.due) or not thread.said[0].ordinals.isdisjoint(said.ordinals))
