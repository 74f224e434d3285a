"""What is published for all phases together: the register of actions, issues and lessons, and the calendar.

Comes in: a store whose posts are analysed, the digests of its phases, and the threads. Goes out: the books of the register and
``calendar.ics``. Refuses an output folder that cannot be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.digest.digest import make_item
from pipeline.jobs.books import Register, write_books
from pipeline.jobs.calendar import write_calendar
from pipeline.jobs.publish import UNPLACED, cited_posts, evidence_from
from pipeline.render.followed import news_told
from pipeline.render.names import project_name
from pipeline.render.register_xlsx import MOST_ROWS, Entry
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.followed import Thread
    from pipeline.jobs.publish import Found
    from pipeline.privacy import Leaving
    from pipeline.records import Digest, Evidence
    from pipeline.settings import Settings
    from pipeline.store.store import Store


def publish_together(settings: Settings, digests: Sequence[Digest], store: Store, out: Path, found: Found, leaving: Leaving | None = None) -> None:  # noqa: PLR0913, PLR0917 - and how it may leave
    """Write the files that hold all phases, as they may leave where `leaving` is given; they are dated by the last post."""
    threads = found.threads
    last_post = max((digest.last_post for digest in digests if digest.last_post), default=None)
    paged = cited_posts(digests)
    sure = [thread for thread in reversed(threads) if thread.state != "candidate"]
    news = {event.passage.id: thread for thread in sure if thread.kind != "reuse" for event in thread.events}
    following = news | {thread.opened_by.id: thread for thread in sure}  # what a passage opens itself is told before what it is news of
    evidence = evidence_from(store, [thread for thread in sure if thread.end_doubt])

    def may_end(thread: Thread | None) -> Evidence | None:
        found = evidence(thread.end_doubt.passage) if thread and thread.end_doubt else None
        return leaving.evidence(found) if leaving and found else found

    def entries(label: str) -> Iterator[Entry]:
        for digest in digests:
            key = None if digest.phase.id == UNPLACED.id else digest.phase.id
            for group in store.groups(key, label, MOST_ROWS):
                item = make_item(label, group)
                thread = next((one for mention in item.evidence if (one := following.get(mention.passage.id))), None)
                has_page = item.evidence[0].passage.post in paged
                yield Entry(digest.phase.name, leaving.item(item) if leaving else item, thread, has_page, may_end(thread))

    def key_of(entry: Entry) -> str:
        mentions = [
            (repr(one.passage) if leaving else store.mark_of(one.passage), one.title, one.author, one.posted_at, one.url)
            for one in (*entry.item.evidence, *((entry.may_end,) if entry.may_end else ()))
        ]
        thread = entry.thread
        moves = [(event.before, event.after) for event in thread.events if event.relation == "moved"] if thread else []
        days = (thread.current_due, thread.day_doubt is not None, thread.day_may_be) if thread else None
        return repr((entry.phase, mentions, news_told(thread) if thread else None, days, moves))

    with speaking(found.language):
        project = project_name(settings.project.name)
        total = sum(section.total for digest in digests for section in digest.sections)
        write_books(Register(project, last_post, total, entries, key_of, store.names_told, keeps=leaving is None), out)
        write_calendar(settings, threads, last_post, store, out, leaving)
