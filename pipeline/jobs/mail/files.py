"""The files of a message: the Word report, and the days of what its reader follows, for the calendar of a telephone or a desk.

Comes in: a digest as its reader gets it, the threads of the project, and how they may leave. Goes out: `Attached` files; no calendar where no matter
of the reader has a day. Refuses nothing. The matters keep their UIDs from message to message and are those of ``calendar.ics``, so that a program
that has both shows each once; what was dropped or put off since the reader's last message is in it as cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.followed import MATTERS
from pipeline.mail.composing import Attached
from pipeline.render import calendar_ics, documents, has_a_day
from pipeline.render.digest_mail import CALENDAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.followed import Thread
    from pipeline.privacy import Leaving
    from pipeline.records import Digest, Evidence, Passage
    from pipeline.settings import Settings

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ICS = "text/calendar"


@dataclass(frozen=True, slots=True)
class Matters:
    """The threads of a project, and where their passages stand."""

    threads: Sequence[Thread]
    evidence: Callable[[Passage], Evidence]


def files_for(digest: Digest, matters: Matters, settings: Settings, leaving: Leaving | None) -> Iterator[Attached]:
    """Yield the files of a message, in the language of its reader; `leaving` masks what a reader outside may not see."""
    if settings.mail.attach == "docx":
        _, make = documents(thai_digits=settings.documents.thai_digits)["docx"]
        yield Attached(f"{digest.stem}.docx", _DOCX, make(digest))
    if settings.mail.attach != "none" and (followed := _followed(digest, matters.threads)):
        threads = [leaving.thread(one) for one in followed] if leaving else followed

        def told(passage: Passage) -> Evidence:
            return leaving.evidence(matters.evidence(passage)) if leaving else matters.evidence(passage)

        data = calendar_ics(digest.project, settings.project.timezone, digest.last_post, threads, told)
        yield Attached(CALENDAR, _ICS, data, (("method", "PUBLISH"), ("charset", "utf-8")))


def _followed(digest: Digest, threads: Sequence[Thread]) -> list[Thread]:
    """Return the threads with a day that the digest tells of, now or as changed."""
    lines = [*digest.followed[:MATTERS], *(line for _, line in digest.changes.followed)]
    told = {(line.kind, line.opener.passage.id) for line in lines}
    return [thread for thread in threads if (thread.kind, thread.opened_by.id) in told and has_a_day(thread)]
