"""How the whole stands: the last runs, what waits, the post, the model, the disk, and what wants a person.

Comes in: the order of a run, and the moment. Goes out: a `Status`. Refuses a database that cannot be used, and makes none where there is none.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.jobs.files import open_store
from pipeline.store.copying import sqlite_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.jobs.run import RunOrder
    from pipeline.outgoing import Ran

RUNS = 5
LEAST_FREE = 500_000_000  # bytes of the disk


@dataclass(frozen=True, slots=True)
class Status:
    """The figures, and the short names of what wants a person: empty where all is well."""

    runs: tuple[Ran, ...]
    posts: int
    waiting: int
    model: str | None
    mail: Mapping[str, int]
    stopped: int
    disk_free: int
    database: int
    wants: tuple[str, ...]


def status_of(order: RunOrder, now: datetime, oldest: timedelta | None = None) -> Status:
    """Return how it stands; a last whole run that is older than `oldest` wants a person, too."""
    file = sqlite_file(order.database)
    if file and not file.is_file():
        raise SettingsError(
            f"{file}: a run must have made the database. There is none. Run first, or name it with --database or --out.",
            f"{file}: ยังไม่มีฐานข้อมูล โปรดสั่ง lessons run ก่อน หรือระบุด้วย --database หรือ --out",
        )
    moment = now.astimezone(UTC).replace(tzinfo=None)
    with open_store(order.database, order.out) as store:
        model = store.model()
        runs = tuple(store.journal.last(RUNS))
        mail = store.outbox.counts()
        waiting = store.count_waiting(model) if model else store.count_posts()
        free = shutil.disk_usage(order.out).free
        size = file.stat().st_size if file else 0
        wants = tuple(_wants(runs, mail, free, moment, oldest))
        return Status(runs, store.count_posts(), waiting, model, mail, len(store.outbox.stopped()), free, size, wants)


def status_row(found: Status) -> dict[str, object]:
    """Return a status as JSON has it: for monitoring, and for the page of health."""

    def told(moment: datetime | None) -> str | None:
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None

    return {
        "well": not found.wants,
        "wants": list(found.wants),
        "runs": [
            {"run": run.number, "began": told(run.began), "ended": told(run.ended), "outcome": run.outcome, "counts": dict(run.counts)}
            for run in found.runs
        ],
        "posts": found.posts,
        "posts_waiting": found.waiting,
        "model": found.model,
        "mail": dict(found.mail),
        "addresses_stopped": found.stopped,
        "disk_free": found.disk_free,
        "database_size": found.database,
    }


def _wants(runs: tuple[Ran, ...], mail: Mapping[str, int], free: int, now: datetime, oldest: timedelta | None) -> Iterator[str]:
    """Yield the names of what wants a person."""
    if runs and runs[0].outcome == "failed":
        yield "last-run-failed"
    if any(run.outcome == "running" for run in runs[1:]):
        yield "run-cut-off"
    whole = next((run.ended for run in runs if run.outcome == "done" and run.ended), None)
    if oldest and (whole is None or now - whole > oldest):
        yield "no-recent-run"
    if runs and runs[0].counts.get("rejects"):
        yield "rejects"
    if mail["sending"]:
        yield "mail-of-unknown-fate"
    if mail["aside"]:
        yield "mail-set-aside"
    if free < LEAST_FREE:
        yield "disk-nearly-full"
