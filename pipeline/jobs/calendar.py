"""The calendar of what is followed, of which a night makes only the events that are other.

Comes in: a store, the threads, the settings and the day of the last post. Goes out: ``calendar.ics``. Refuses an output folder that cannot be
written.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from pipeline.jobs.files import write_bytes
from pipeline.jobs.lines import write_known_pieces
from pipeline.jobs.publish import evidence_from
from pipeline.records import short_hash
from pipeline.render import calendar_ics, has_a_day
from pipeline.render.calendar_ics import CALENDAR_END, by_day, calendar_head, event_ics, stamped
from pipeline.render.names import project_name
from pipeline.render.words import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.followed import Thread
    from pipeline.jobs.lines import Piece
    from pipeline.privacy import Leaving
    from pipeline.records import Evidence, Passage
    from pipeline.settings import Settings
    from pipeline.store.store import Store

_FILE = "calendar.ics"
_KEPT_DAYS = 366  # after its day is over, for which a matter that nobody closed stands in the calendar: digests tell it further on


def write_calendar(  # noqa: PLR0913, PLR0917 - and how it may leave
    settings: Settings, threads: Sequence[Thread], last_post: date | None, store: Store, out: Path, leaving: Leaving | None = None
) -> None:
    """Write the calendar, in the language that is spoken; as it may leave, it is made anew."""
    project, zone = project_name(settings.project.name), settings.project.timezone
    until = date.fromordinal(max(1, last_post.toordinal() - _KEPT_DAYS)) if last_post else date.min
    dated = [thread for thread in threads if has_a_day(thread) and (thread.next_expected or thread.own_day or until) >= until]
    evidence = evidence_from(store, dated)
    if leaving:
        write_bytes(out / _FILE, calendar_ics(project, zone, last_post, dated, lambda passage: leaving.evidence(evidence(passage))))
        return

    def pieces() -> Iterator[Piece]:
        yield short_hash(_FILE, language(), project, zone), partial(calendar_head, project, zone)
        for thread in by_day(dated):
            yield _key_of(thread, zone, evidence, store), partial(event_ics, thread, zone, last_post, evidence)
        yield short_hash(_FILE, "end"), lambda: CALENDAR_END

    write_known_pieces(out / _FILE, pieces(), partial(stamped, last_post=last_post))


def _key_of(thread: Thread, zone: str, evidence: Callable[[Passage], Evidence], store: Store) -> str:
    """Return what is another where the event of a thread would be, but for the day with which it is stamped."""
    cited = [*thread.events, *([thread.end_doubt] if thread.end_doubt else [])]
    events = [(store.mark_of(event.passage), event.relation, event.before, event.after) for event in cited]
    posts = [(one.title, one.author, one.posted_at, one.url) for one in map(evidence, (thread.opened_by, thread.last.passage, cited[-1].passage))]
    days = (thread.due, thread.next_expected, thread.day_doubt is not None, thread.day_may_be)
    ends = thread.end_doubt is not None
    stands = (thread.kind, thread.state, thread.owners, thread.refused, events, ends, posts, days)
    return short_hash(language(), zone, thread.id, repr(stands), store.names_told)
