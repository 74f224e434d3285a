"""How the whole stands: the last runs, what waits, the feeds, the reviewers, the post, the model, the disk, and what wants a person.

Comes in: the order of a run, and the moment. Goes out: a `Status`, also as plain words for other programs. Refuses a database that cannot be used,
and makes none where there is none.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.jobs.files import open_made_store
from pipeline.jobs.teams.history import team_models
from pipeline.jobs.turn import process_state
from pipeline.nlp.reader import FULL, current_model, split_model
from pipeline.nlp.shelf import promoted, read_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.jobs.run import RunOrder
    from pipeline.outgoing import Ran
    from pipeline.store.standing import Reviewing
    from pipeline.store.turns import Turn

RUNS = 5
CUT_OFF = "cut-off"
LEAST_FREE = 500_000_000  # bytes of the disk
FAILED_OFTEN = 3  # askings of a feed in a row
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reading:
    """The model that reads from the next run on, whether it is the team's own, and the one of the team that cannot read any more."""

    model: str
    own: bool
    passed_over: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """The figures, and the short names of what wants a person: empty where all is well."""

    runs: tuple[Ran, ...]
    at_work: bool
    posts: int
    waiting: int
    reading: Reading
    read_by: str | None  # the model by which most posts were read
    feeds: tuple[tuple[str, int], ...]  # those that failed often, and how often
    reviewing: Reviewing
    mail: Mapping[str, int]
    stopped: int
    disk_free: int
    database: int
    wants: tuple[str, ...]


def status_of(order: RunOrder, now: datetime, oldest: timedelta | None = None) -> Status:
    """Return how it stands; a last whole run that is older than `oldest` wants a person, too."""
    moment = now.astimezone(UTC).replace(tzinfo=None)
    reading = _reading(order)
    with open_made_store(order.database, order.out) as store:
        mail, held = store.outbox.counts(), store.turns.holder()
        at_work = held is not None and process_state(held.place) != "gone"
        runs = _as_known_now(store.journal.last(RUNS), held if at_work else None)
        feeds = tuple(store.failing_feeds(FAILED_OFTEN))
        free = shutil.disk_usage(order.out).free
        wants = (*_wants_of_runs(runs, moment, oldest), *_further_wants(reading, feeds, mail, free))
        return Status(
            runs,
            at_work,
            store.count_posts(),
            store.count_waiting(reading.model, store.middle_day()),
            reading,
            store.model(),
            feeds,
            store.reviewing(now.astimezone(UTC) - LATELY),
            mail,
            len(store.outbox.stopped()),
            free,
            store.size(),
            wants,
        )


def status_row(found: Status) -> dict[str, object]:
    """Return a status as JSON has it: for monitoring, and for the page of health."""

    def told(moment: datetime | None) -> str | None:
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None

    people = found.reviewing
    return {
        "well": not found.wants,
        "wants": list(found.wants),
        "at_work": found.at_work,
        "runs": [
            {"run": run.number, "began": told(run.began), "ended": told(run.ended), "outcome": run.outcome, "counts": dict(run.counts)}
            for run in found.runs
        ],
        "posts": found.posts,
        "posts_waiting": found.waiting,
        "model": found.reading.model,
        "model_of_team": found.reading.own,
        "model_passed_over": found.reading.passed_over,
        "read_by": found.read_by,
        "feeds_failing": [{"url": url, "times": times} for url, times in found.feeds],
        "reviews_waiting": people.waiting,
        "reviewers": people.reviewers,
        "reviewers_this_week": people.active,
        "decisions_this_week": people.decided,
        "last_decision": told(people.last),
        "mail": dict(found.mail),
        "addresses_stopped": found.stopped,
        "disk_free": found.disk_free,
        "database_size": found.database,
    }


def _reading(order: RunOrder) -> Reading:
    """Return which model reads, with its reader: the one that was named, else that of the team's pointer, else the shipped one."""
    models, team = order.models or asset("models"), team_models(order.database, order.out)
    (named, kind), own = split_model(order.model), promoted(models, team)
    pointed = read_pointer(team).current
    model = named or own or current_model(models)
    return Reading(model if kind == FULL else f"{model}@{kind}", model == own, pointed if pointed != own else None)


def _as_known_now(runs: Sequence[Ran], held: Turn | None) -> tuple[Ran, ...]:
    """Return the runs, the newest first; one without an end was cut off, unless it began in the turn that lasts: who only collects begins none."""
    since = datetime.fromisoformat(held.started).replace(tzinfo=None) if held else datetime.max  # noqa: DTZ901 - the journal keeps UTC without a zone
    return tuple(replace(run, outcome=CUT_OFF) if run.outcome == "running" and run.began < since else run for run in runs)


def _wants_of_runs(runs: tuple[Ran, ...], now: datetime, oldest: timedelta | None) -> Iterator[str]:
    """Yield the names of what wants a person because of the runs; a whole run has done what those before it left."""
    if runs and runs[0].outcome == "failed":
        yield "last-run-failed"
    if any(run.outcome == CUT_OFF for run in takewhile(lambda run: run.outcome != "done", runs)):
        yield "run-cut-off"
    whole = next((run.ended for run in runs if run.outcome == "done" and run.ended), None)
    if oldest and (whole is None or now - whole > oldest):
        yield "no-recent-run"
    if runs and runs[0].counts.get("rejects"):
        yield "rejects"


def _further_wants(reading: Reading, feeds: tuple[tuple[str, int], ...], mail: Mapping[str, int], free: int) -> Iterator[str]:
    """Yield the names of what else wants a person."""
    if feeds:
        yield "feeds-failing"
    if reading.passed_over:
        yield "model-passed-over"
    if mail["sending"]:
        yield "mail-of-unknown-fate"
    if mail["aside"]:
        yield "mail-set-aside"
    if free < LEAST_FREE:
        yield "disk-nearly-full"
