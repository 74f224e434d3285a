"""What happened, for those who watch: a line in the journal of the database for each run, and a line in the log for each step.

Comes in: a store, and the figures of a run as they stand. Goes out: the journal, and records of the logger ``lessons`` with their facts beside
them, in English, without a word of any post and without any address. Refuses nothing.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.store.store import Store

LOG = logging.getLogger("lessons")


def note(event: str, level: int = logging.INFO, **facts: object) -> None:
    """Tell what happened, and its facts."""
    LOG.log(level, event, extra={"facts": facts})


@contextmanager
def journaled(store: Store, figures: Callable[[], Mapping[str, int]]) -> Iterator[None]:
    """Keep when a run began and how it ended; of one that is killed the beginning stays."""
    number = store.journal.begin(_now())
    note("run began", run=number)
    outcome = "failed"
    try:
        yield
        outcome = "done"
    finally:
        counts = figures()
        with suppress(StoreError):  # what ended the run is told, not that it could not be written down
            store.journal.end(number, _now(), outcome, counts)
        note("run ended", logging.INFO if outcome == "done" else logging.ERROR, run=number, outcome=outcome, **counts)


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how grave, what, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row = {"at": at, "level": record.levelname.lower(), "event": record.getMessage(), **getattr(record, "facts", {})}
        return json.dumps(row, ensure_ascii=False, default=str)


def start_log(wanted: str | None) -> None:
    """Write the log on standard error as lines of JSON where LESSONS_LOG asks for it; else nobody is told."""
    LOG.handlers = []
    LOG.propagate = False
    if wanted != "json":
        LOG.addHandler(logging.NullHandler())
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
