"""The files of a message: the days of what its reader follows, each once and never an old one, and nothing that a reader outside may not see."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import SMTP

import pytest
import vobject

from pipeline.followed import MATTERS
from pipeline.jobs.mail.files import Matters, files_for
from pipeline.mail.composing import Content, Envelope, Sender, compose
from pipeline.masks import MASK
from pipeline.privacy import Leaving
from pipeline.records import Followed
from pipeline.settings import read_settings
from tests.render.conftest import evidence_here, fund_digest, training_on

ENVELOPE = Envelope(Sender("km@example.org", "ทีม"), "reader@example.org", "<one@example.org>", datetime(2007, 4, 1, tzinfo=UTC))


def telling(*threads):
    """Return the digest of the fund with a line for each of some threads."""
    lines = tuple(Followed(one.kind, one.state, evidence_here(one.opened_by), None, None, one.owners, one.due) for one in threads)
    return replace(fund_digest(), followed=lines, followed_total=len(lines))


def files(digest, *threads, attach="calendar", leaving=None):
    settings = read_settings(None)
    settings = replace(settings, mail=replace(settings.mail, attach=attach))
    return list(files_for(leaving.digest(digest) if leaving else digest, Matters(threads, evidence_here), settings, leaving))


def days(digest, *threads, **how):
    return [event for file in files(digest, *threads, **how) for event in vobject.readOne(file.data.decode()).contents["vevent"]]


def test_only_what_the_reader_is_told_stands_in_their_calendar():
    ours = training_on(18)
    theirs = replace(ours, id="other", kind="action")
    assert [event.uid.value for event in days(telling(ours), ours, theirs)] == ["7e0a@thai-lessons"]
    assert files(telling(), ours) == []  # no day, no file
    assert files(telling(*[replace(theirs, due=None)] * MATTERS, ours), ours) == []  # held for the cuts, and told nowhere


def test_the_next_message_moves_the_event_of_the_one_before():
    [before], [after] = (days(telling(thread), thread) for thread in (training_on(11), training_on(11, 18)))
    assert before.uid.value == after.uid.value
    assert int(before.sequence.value) < int(after.sequence.value)
    assert (before.dtstart.value.day, after.dtstart.value.day) == (11, 18)


def test_what_was_dropped_since_the_last_message_is_cancelled():
    dropped = replace(training_on(11), state="dropped")
    digest = telling(dropped)
    gone = replace(digest, followed=(), changes=replace(digest.changes, followed=(("closed", digest.followed[0]),)))
    [event] = days(gone, dropped)
    assert event.status.value == "CANCELLED"


def test_a_reader_outside_gets_the_days_without_the_names():
    thread = training_on(18)
    digest = telling(thread)
    [event] = days(digest, thread, leaving=Leaving([digest], read_settings(None).privacy))
    said = "".join(str(line.value) for line in event.getChildren())
    assert "จินดา" not in said
    assert MASK in said


@pytest.mark.parametrize(("attach", "names"), [("docx", ["digest.docx", "calendar.ics"]), ("calendar", ["calendar.ics"]), ("none", [])])
def test_the_team_says_what_is_attached(attach, names):
    thread = training_on(18)
    assert [file.name for file in files(telling(thread), thread, attach=attach)] == names


def test_mail_programs_see_a_calendar_that_was_published():
    thread = training_on(18)
    content = Content("ก", "ก", "<p>ก</p>", "th", tuple(files(telling(thread), thread)))
    [part] = email.message_from_string(compose(ENVELOPE, content), policy=SMTP).iter_attachments()
    assert (part.get_content_type(), part.get_param("method"), part.get_content_charset()) == ("text/calendar", "PUBLISH", "utf-8")
    assert "METHOD:PUBLISH" in part.get_content()
