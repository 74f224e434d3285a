"""The digests by mail: one message for each reader, phase and week, composed once, then handed over or written as a file.

Comes in: the order of a run, the moment, the environment for the password. Goes out: messages in the outbox, and what became of them. Refuses a wrong
configuration, a database that no run has made, and one or a folder that cannot be used; a server that cannot is told in the result, and what waits
stays. Nothing is composed for a reader to whom nothing is new since their last message.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.assets import asset
from pipeline.digest.cuts import cut
from pipeline.digest.since import seen_in, since, tells_news
from pipeline.errors import MailError
from pipeline.jobs.cuts import view_of
from pipeline.jobs.days import days_in
from pipeline.jobs.files import open_made_store, write_bytes
from pipeline.jobs.journal import note
from pipeline.jobs.keeping.eraser import erasure_of
from pipeline.jobs.mail.effect_letters import compose_effects
from pipeline.jobs.mail.files import Matters
from pipeline.jobs.mail.letters import Writing, address_of, file_name, letter_to
from pipeline.jobs.publish import Found, evidence_from, phase_digest, phases_to_publish
from pipeline.jobs.registers import fill_ledger
from pipeline.jobs.teams.history import team_models
from pipeline.jobs.threads import follow_store, linker_of
from pipeline.mail.leaving import PURPOSE, fresh_secret
from pipeline.mail.sending import MOST_TRIES, Courier, Outcome, connected, wait_after
from pipeline.render import has_a_day
from pipeline.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pipeline.jobs.run import RunOrder
    from pipeline.outgoing import Posted
    from pipeline.records import Digest, Phase
    from pipeline.settings import MailServer, Reader, Settings
    from pipeline.store.outbox import Outbox
    from pipeline.store.store import Store

    Clock = Callable[[], datetime]

FOLDER = "mail"  # inside the output folder: messages as files
_TROUBLE = timedelta(minutes=5)  # before a server that was of no use is asked again
_KEPT = timedelta(days=90)  # the bytes of a message that was sent


@dataclass(slots=True)
class Composed:
    """How many messages were composed, how many readers had one already, had nothing new, or get none; and those that tell reviewers their effect."""

    new: int = 0
    known: int = 0
    unchanged: int = 0
    stopped: int = 0
    effects: int = 0


@dataclass(slots=True)
class Delivery:
    """What became of the messages that were due: counts, and why the server could not be used, if so."""

    sent: int = 0
    filed: int = 0
    later: int = 0
    aside: int = 0
    unknown: int = 0
    trouble: MailError | None = None


def compose_mails(order: RunOrder, now: datetime) -> Composed:
    """Compose what is new to each reader; what was composed for the week already is left as it is."""
    settings = read_settings(order.config)
    with open_made_store(order.database, order.out) as store:
        done = Composed()
        store.outbox.forget(_utc(now - _KEPT))
        writing = Writing(settings, store.outbox, store.outbox.secret(PURPOSE, fresh_secret()), now.astimezone(ZoneInfo(settings.project.timezone)))
        stopped, erasure = store.outbox.stopped(), erasure_of(store)
        wanted = [reader for reader in settings.readers if address_of(reader) not in stopped and not erasure.forgets_reader(address_of(reader))]
        done.stopped = len(settings.readers) - len(wanted)
        for digest, readers, matters in _digests(order, settings, store, writing, wanted, done):
            for reader in readers:
                _compose(writing, digest, reader, matters, done)
        done.effects = compose_effects(writing, store, team_models(order.database, order.out))
    note("mail composed", **asdict(done))
    return done


def _digests(  # noqa: PLR0913, PLR0917 - what a digest is made of
    order: RunOrder, settings: Settings, store: Store, writing: Writing, wanted: list[Reader], done: Composed
) -> Iterator[tuple[Digest, list[Reader], Matters]]:
    """Yield the digest of each phase with the readers who have no message of it yet, and what is followed; nothing heavy is done where all have."""
    left: list[tuple[Phase, list[Reader]]] = []
    for phase in phases_to_publish(settings, store):
        without = [reader for reader in wanted if not store.outbox.has(writing.key(phase, reader))]
        done.known += len(wanted) - len(without)
        if without:
            left.append((phase, without))
    model = store.model()
    if not left or model is None:
        return
    days = days_in(store)
    linker = linker_of(order.models or asset("models"), order.model, team_models(order.database, order.out))
    threads = follow_store(store, linker, days, settings.phases)
    found = Found(model, threads, fill_ledger(store, settings, threads, days), days)
    matters = Matters(threads, evidence_from(store, list(filter(has_a_day, threads))))
    for phase, readers in left:
        yield phase_digest(phase, settings, store, found)[0], readers, matters


def _compose(writing: Writing, digest: Digest, reader: Reader, matters: Matters, done: Composed) -> None:
    """Compose the message of one reader, if anything is new to them."""
    view = view_of(reader)
    cut_digest = cut(digest, view) if view else digest
    before = writing.outbox.last_seen(address_of(reader), digest.phase.id)
    told = since(cut_digest, before, digest.followed)
    if not tells_news(told, before):
        done.unchanged += 1
    elif writing.outbox.put(letter_to(reader, told, seen_in(cut_digest), writing, matters), _utc(writing.now)):
        done.new += 1
    else:
        done.known += 1


def send_mails(order: RunOrder, clock: Clock, environment: Mapping[str, str]) -> Delivery:
    """Hand over what is due, or write it as files where no server is named."""
    settings = read_settings(order.config)
    server = settings.mail.server(environment)
    done = Delivery()
    with open_made_store(order.database, order.out) as store:
        if server is None:
            _file_all(store.outbox, order.out / FOLDER, clock, done)
        else:
            _send_all(store.outbox, server, settings.mail.sender or "", clock, done)
    level = logging.WARNING if done.trouble or done.aside or done.unknown else logging.INFO
    figures = {"sent": done.sent, "filed": done.filed, "later": done.later, "aside": done.aside, "unknown": done.unknown}
    note("mail sent", level, **figures, trouble=done.trouble.en if done.trouble else None)
    return done


def _file_all(outbox: Outbox, folder: Path, clock: Clock, done: Delivery) -> None:
    """Write what is due as files; the same message is always the same file, so that a crash in between does no harm."""
    after = 0
    while found := outbox.due(_utc(clock()), after):
        posted, message = found
        after = posted.number
        write_bytes(folder / file_name(posted), b"X-Unsent: 1\r\n" + message.encode("ascii"))  # Outlook opens it as a draft
        done.filed += outbox.filed(posted.number, _utc(clock()))


def _send_all(outbox: Outbox, server: MailServer, sender: str, clock: Clock, done: Delivery) -> None:
    """Hand over what is due; a server that closes after some messages is called again, one that is of no use is left alone for a while."""
    owner, after = secrets.token_hex(8), 0
    while outbox.due(_utc(clock()), after):
        first = after
        try:
            with connected(server) as courier:
                while found := outbox.due(_utc(clock()), after):
                    _hand_over(outbox, courier, sender, owner, clock, found, done)
                    after = found[0].number
        except MailError as trouble:
            if after == first:
                outbox.hold(_utc(clock() + _TROUBLE))
                done.trouble = trouble
                return


def _hand_over(  # noqa: PLR0913, PLR0917 - a message, its way, and what is kept of it
    outbox: Outbox, courier: Courier, sender: str, owner: str, clock: Clock, found: tuple[Posted, str], done: Delivery
) -> None:
    posted, message = found
    taken = False

    def take() -> bool:
        nonlocal taken
        taken = outbox.claim(posted.number, owner, _utc(clock()))
        return taken

    outcome = courier.hand_over(message, sender, posted.recipient, take)
    now = _utc(clock())
    keep = partial(outbox.refused, posted.number, owner if taken else None, outcome.said)
    if outcome.what == "taken":
        done.sent += outbox.answered(posted.number, owner, "sent", outcome.said, now)
    elif outcome.what == "unknown":
        done.unknown += outbox.noted(posted.number, owner, outcome.said)
    elif _tried_enough(posted, outcome):
        done.aside += keep(None, now)
    elif outcome.what == "later":
        done.later += keep(now + wait_after(posted.tries + 1), now)


def _tried_enough(posted: Posted, outcome: Outcome) -> bool:
    return outcome.what == "never" or (outcome.what == "later" and posted.tries + 1 >= MOST_TRIES)


def _utc(moment: datetime) -> datetime:
    """Return a moment as the store keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None)
