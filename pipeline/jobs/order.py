"""What a run is asked for, and what it tells of itself.

Comes in: where the posts are, where the files go, the database and the configuration, as a command names them. Goes out: a `RunOrder`, also as plain
words for a scheduler, and a `RunReport`. Refuses nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.jobs.collect import Collected
from pipeline.nlp.reader import FULL
from pipeline.render.names import named_anew
from pipeline.render.words import speaking
from pipeline.settings import database_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.privacy import Counted
    from pipeline.records import Digest
    from pipeline.settings import Language, Settings
    from pipeline.subscribed import FeedReport


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What to run on: `database` is a URL; `config`, `model` and the folder of models may be left to the defaults.

    Messages are in `language`, forms in `lang`. `cluster` is the address of the machines that read; without it, this machine reads in so many
    `processes`.
    """

    sources: tuple[Path, ...]
    out: Path
    database: str
    config: Path | None = None
    model: str | None = None
    models: Path | None = None
    language: Language = "th"
    lang: Language = "th"
    processes: int = 1
    cluster: str | None = None

    def as_configured(self, settings: Settings) -> RunOrder:
        """Return the order with the reader that the team's settings name, where it names no model itself."""
        return self if self.model or settings.project.reading == FULL else replace(self, model=f"@{settings.project.reading}")

    def as_parameters(self) -> dict[str, Any]:
        """Return the order as a flow takes it: in plain words that a scheduler can store."""
        words = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {name: str(value) if isinstance(value, Path) else value for name, value in words.items()}
        return {**plain, "sources": [str(source) for source in self.sources]}


def order_named(  # noqa: PLR0913, PLR0917 - what a command may say of a run
    sources: Sequence[Path], out: Path, database: str | None, config: Path | None, models: Path | None, language: Language
) -> RunOrder:
    """Return the order; the configuration in a folder of posts and the database in the output folder stand in where none is named."""
    beside = next((source / "lessons.toml" for source in sources if (source / "lessons.toml").is_file()), None)
    return RunOrder(tuple(sources), out, database_url(database, out), config or beside, None, models, language)


def order_to_serve(  # noqa: PLR0913, PLR0917 - what a command may say of a run
    sources: Sequence[Path], out: Path, database: str | None, config: Path | None, models: Path | None, language: Language
) -> RunOrder:
    """Return the order, with paths that hold wherever its runs are started."""
    whole = [source.resolve() for source in sources]
    return order_named(whole, out.resolve(), database, config and config.resolve(), models and models.resolve(), language)


@dataclass(slots=True)
class RunReport:
    """What a run did; `feeds` were asked before it, `passages` counts those found in this run.

    `reader` reads, `read_before` is the one that had read most posts when the run began.
    """

    feeds: list[FeedReport] = field(default_factory=list)
    collected: Collected = field(default_factory=Collected)
    analysed: int = 0
    passages: int = 0
    digests: list[Digest] = field(default_factory=list)
    masked_outside: Counted = field(default_factory=Counter)
    reader: str | None = None
    read_before: str | None = None

    def digests_in(self, language: Language) -> list[Digest]:
        """Return the digests with our own names of phases in the language in which they are told of: forms may be in another one."""
        with speaking(language):
            return [named_anew(digest) for digest in self.digests]

    def figures(self) -> dict[str, int]:
        """Return how much was done so far."""
        collected = self.collected
        read = {"new": collected.new, "changed": collected.changed, "unchanged": collected.unchanged, "rejects": len(collected.rejects)}
        asked = {"feeds": len(self.feeds), "feeds_failed": sum(feed.outcome == "failed" for feed in self.feeds)} if self.feeds else {}
        return {**asked, "files": collected.files, **read, "analysed": self.analysed, "passages": self.passages, "digests": len(self.digests)}
