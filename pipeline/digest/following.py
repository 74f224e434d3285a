"""The section of a digest on what goes on from post to post (เรื่องสืบเนื่อง).

Comes in: threads, the evidence of their passages, and the day of the last post. Goes out: `Followed` lines, first what a reader can still do
something about: what comes, what is late, what has no day, what nobody waits for any more; then what the machine doubts, and settled matters at the
end. Refuses nothing. Doubtful links and problems of which nothing was heard again stay out: the one waits for a reviewer, and is told of a matter
that it would settle; the other stands among the issues.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.digest.digest import UNSURE_BELOW
from pipeline.followed import SETTLED
from pipeline.records import Followed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from pipeline.followed import Thread
    from pipeline.records import Evidence, Passage

_KEPT_UNHEARD = frozenset(
    {"action", "plan", "promise", "schedule-change", "question", "carried-topic", "commitment"}
)  # kinds that are told though nothing was heard of them

LATE = timedelta(days=365)  # what nobody spoke of for a year after its day is no longer pressing


def in_phase(threads: Iterable[Thread], phase: str | None) -> list[Thread]:
    """Return the threads that belong into the digest of a phase: opened in it, and worth telling.

    The reuse of a lesson is told in the phase that uses it.
    """
    return [
        thread for thread in threads if thread.opened_by.phase == phase and thread.state != "candidate" and thread.kind != "reuse" and _worth(thread)
    ]


def _worth(thread: Thread) -> bool:
    return len(thread.events) > 1 or thread.kind in _KEPT_UNHEARD or thread.unheard_since is not None or thread.end_doubt is not None


def part_questions(threads: Iterable[Thread]) -> tuple[list[Thread], list[Thread]]:
    """Return the questions that wait for an answer, and all other threads: the questions have a section of their own."""
    asked: list[Thread] = []
    others: list[Thread] = []
    for thread in threads:
        (asked if thread.kind == "question" and thread.state not in SETTLED else others).append(thread)
    return asked, others


def followed_lines(threads: Sequence[Thread], evidence: Callable[[Passage], Evidence], most: int, today: date | None = None) -> tuple[Followed, ...]:
    """Return the lines of the most pressing threads, at most so many; `today` is the day of the last post."""
    ranked = sorted(
        threads,
        key=lambda one: (
            one.state in SETTLED,
            one.opened_by.confidence < UNSURE_BELOW,
            *_pressing(one.own_day, today),
            _stands(one),
            -len(one.events),
        ),
    )  # of two alike the one that was opened first
    titles = {thread.id: thread.title for thread in threads}
    return tuple(_line(thread, evidence, titles) for thread in ranked[:most])


def _pressing(due: date | None, today: date | None) -> tuple[int, int]:
    """Return by what a day is put in order: the next one to come first, then the last one that went by."""
    if due is None:
        return 2, 0
    if today is None or due >= today:
        return 0, due.toordinal()
    return (1 if today - due <= LATE else 3), -due.toordinal()


def _stands(thread: Thread) -> bool:
    """Tell whether a matter is a term of an agreement without news: it stands for years, what is carried to the next meeting does not."""
    return thread.kind == "commitment" and len(thread.events) == 1


def _line(thread: Thread, evidence: Callable[[Passage], Evidence], titles: Mapping[str, str]) -> Followed:
    news = [event for event in thread.events[1:] if event.passage.id != thread.opened_by.id and event.relation != "disputes"]
    moved = tuple((event.before, event.after) for event in thread.events if event.relation == "moved" and event.before and event.after)
    last = news[-1] if news else None
    return Followed(
        thread.kind,
        thread.state,
        evidence(thread.opened_by),
        evidence(last.passage) if last else None,
        last.relation if last else None,
        thread.owners,
        thread.own_day,
        moved,
        thread.title if thread.kind == "carried-topic" and thread.title != thread.opened_by.quote else None,
        tuple((ask.question, tuple(map(evidence, ask.answers))) for ask in thread.asks),
        tuple(evidence(event.passage) for event in thread.events if event.relation == "disputes"),
        thread.kept,
        thread.unheard_since,
        tuple(titles[id_] for id_ in thread.depends_on if id_ in titles),
        thread.day_doubt is not None,
        thread.day_may_be,
        (thread.end_doubt.relation, evidence(thread.end_doubt.passage)) if thread.end_doubt else None,
    )
