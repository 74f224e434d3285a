"""Posts read in another process, on this machine or on another: what is handed over, and what comes back.

Comes in: a batch of posts, and which model shall read them. Goes out: their passages. Refuses what the reader refuses. Nothing here imports a
scheduler: a process starts fast, and loads its reader once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.jobs.analyse import found_in
from pipeline.jobs.sweeping import seldom_swept
from pipeline.nlp.reader import load_reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pipeline.jobs.analyse import Read
    from pipeline.nlp.reader import Reader
    from pipeline.records import Post


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """Which reader reads, and the middle day of the collection; without `models` those that ship on the machine that reads.

    `team` is the folder of the team's own models, one of which may win.
    """

    models: Path | None
    model: str | None
    around: date | None
    team: Path | None = None


class Posts:
    """Posts on their way to another process; not a dataclass, so that no scheduler looks into it."""

    def __init__(self, posts: Sequence[Post]) -> None:
        """Keep them."""
        self.posts = list(posts)


def read_posts(order: ReadOrder, batch: Posts) -> Read:
    """Read a batch with the reader of this process."""
    reader = _reader(order.models, order.model, order.team)
    reader.tell_from(order.around)
    with seldom_swept(), reader.batch():
        return found_in(reader, batch.posts, reader.tokenize(batch.posts))


@lru_cache(maxsize=1)
def _reader(models: Path | None, model: str | None, team: Path | None) -> Reader:
    return load_reader(models or asset("models"), model, team)
