"""A week by a moved clock, with its troubles or without: seven nights, then the mail before the meeting.

Comes in: a folder, a model, and whether there is trouble. Goes out: a `Week`: what happened when, what each reader received, and the files that the
last night left. The posts come through a real feed and the messages go to a real mail server, both on loopback.
"""

import email
import email.policy
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from pipeline.jobs.mail.desk import stop_address
from pipeline.jobs.mail.mailing import compose_mails, send_mails
from tests.night import night
from tests.postbox import PASSWORD, Postbox, PostOffice, make_certificate
from tests.week.world import BANGKOK, BEFORE, BY_HAND, NIGHTS, Site, at, fetcher, found_team, order_in

ROOT = Path(__file__).resolve().parents[2]
KILLED_IN = "publishing"  # the digests are written and remembered, nothing else is
LATE_BY = timedelta(hours=6, minutes=45)
KILLED, FEED_DOWN, LATE, CHANGED = 2, 3, 4, 6  # the nights of the troubles, and that on which something changes


@dataclass
class Week:
    """What came of a week."""

    diary: list[tuple[str, str]] = field(default_factory=list)
    box: Postbox = field(default_factory=Postbox)
    files: dict[str, bytes] = field(default_factory=dict)

    def note(self, moment, said):
        self.diary.append((f"{moment + BANGKOK:%a %d %b %H:%M}", said))

    def received(self):
        """Return by reader what they received: the day, the subject and the whole message."""
        found = {}
        for recipient, message in self.box.taken:
            read = email.message_from_string(message, policy=email.policy.default)
            found.setdefault(recipient.partition("@")[0], []).append((read["Date"], read["Subject"], message))
        return found


class Simulation:
    """A team, its site and its mail server, through a week."""

    def __init__(self, home, model, *, trouble, nights=range(1, 8), database=None):
        self.home, self.model, self.trouble, self.nights = home, model, trouble, nights
        self.week = Week()
        home.mkdir(parents=True)
        self.certificate = make_certificate(home)
        self.site = Site()
        self.office = self._open_office(0)
        found_team(home, self.site.url, self.office, self.certificate[0])
        self.order = order_in(home, model, database or f"sqlite:///{home / 'out' / 'lessons.db'}")

    def run(self):
        """Live through the week and return what came of it."""
        with closing(self):
            self._before()
            for number in self.nights:
                self._night(number)
            self._mail_day()
            out = self.order.out
            files = (file for file in sorted(out.rglob("*")) if file.is_file() and not file.name.startswith(("lessons.db", ".published")))
            self.week.files = {file.relative_to(out).as_posix(): file.read_bytes() for file in files}
        return self.week

    def close(self):
        self.site.stop()
        self.office.stop()

    def _open_office(self, port):
        office = PostOffice(self.week.box, *self.certificate, port=port)
        office.start()
        return office

    def _before(self):
        """The night and the mail of the week before, from which the readers know what there was."""
        self.site.publish(BEFORE)
        self._go(at(25, 1, 30))
        self._compose_and_send(at(25, 16))

    def _night(self, number):
        self.site.publish(NIGHTS[number - 1])
        moment = at(25, 1, 30) + timedelta(days=number)
        if number == FEED_DOWN:
            (self.home / "posts" / "by-hand.txt").write_text(BY_HAND, encoding="utf-8")
        if number == CHANGED:
            (self.home / "posts" / "by-hand.txt").unlink()
            stop_address(self.order, "leaving@example.org", "unsubscribed", moment)
        if self.trouble and number == KILLED:
            self._killed(moment)
            return
        self.site.up = not (self.trouble and number == FEED_DOWN)
        self._go(moment + LATE_BY if self.trouble and number == LATE else moment)

    def _go(self, moment):
        report = night(self.order, fetcher=fetcher(), now=lambda: moment.replace(tzinfo=None))
        [feed] = report.feeds
        figures = report.figures()
        told = ", ".join(f"{name} {figures[name]}" for name in ("new", "changed", "analysed"))
        self.week.note(moment, f"night: feed {feed.outcome}, {told}, retired {report.collected.retired}")

    def _killed(self, moment):
        told = [str(self.home), self.model, self.order.database, moment.replace(tzinfo=None).isoformat(), KILLED_IN]
        command = [sys.executable, "-m", "tests.week.child", *told]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == -signal.SIGKILL, done.stderr
        self.week.note(moment, f"night: killed (SIGKILL) while {KILLED_IN}")

    def _compose_and_send(self, moment):
        composed = compose_mails(self.order, moment)
        self.week.note(moment, f"mail: {composed.new} composed, {composed.unchanged} without news, {composed.stopped} stopped")
        return self._send(moment)

    def _send(self, moment):
        done = send_mails(self.order, lambda: moment, {"LESSONS_MAIL_PASSWORD": PASSWORD})
        said = "the server cannot be reached" if done.trouble else f"{done.sent} handed over"
        self.week.note(moment, f"mail: {said}")
        return done

    def _mail_day(self):
        """Compose at four; the server is out until twenty to five; whoever sends again finds nothing more."""
        if self.trouble:
            port = self.office.bound_port
            self.office.stop()
        self._compose_and_send(at(2, 16, month=12))
        if self.trouble:
            self._send(at(2, 16, 10, month=12))
            self.office = self._open_office(port)
            self._send(at(2, 16, 40, month=12))
        self._send(at(2, 17, month=12))
