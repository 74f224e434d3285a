"""Look: read one file and keep nothing.

Comes in: a file of posts. Goes out: each post with its passages, as they may be shown, or why it could not be read. Refuses by raising only
a file that does not exist, a folder without posts and a model that cannot be loaded. The model is loaded at the first post, so that a file
without one answers at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SourceError
from pipeline.jobs.analyse import UNFORESEEN, not_analysed
from pipeline.jobs.collect import no_posts
from pipeline.jobs.teams.models import check_model
from pipeline.nlp.reader import load_reader
from pipeline.privacy import without_never_shown
from pipeline.render.citation import words_for
from pipeline.render.display import display, on_one_line
from pipeline.render.fields import field_pairs
from pipeline.render.words import speaking
from pipeline.sources import find_files, read_posts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.nlp.reader import Reader
    from pipeline.records import Passage, Post
    from pipeline.settings import Language


class Shown(NamedTuple):
    """A passage as it may be shown, and what is known beside its words as pairs of a name and what the text says."""

    passage: Passage
    fields: tuple[tuple[str, str], ...]


class Looked(NamedTuple):
    """A post and its passages as they may be shown, and the model that read it."""

    post: Post
    passages: list[Shown]
    reader: str


def look_at(file: Path, models: Path, model: str | None, lang: Language = "th", team: Path | None = None) -> Iterator[Looked | SourceError]:
    """Yield what stands in the file, the names of its fields in a language; network addresses and ID numbers are masked.

    The model is the one that is named, else the one that was promoted among the `team`'s own, else the one that ships.
    """
    check_model(models, model, team)
    files = list(find_files([file]))
    if not files:
        raise no_posts([file])
    reader = None
    for source in files:
        for found in read_posts(source):
            if isinstance(found, SourceError):
                yield found
            else:
                reader = reader or load_reader(models, model, team)
                with speaking(lang):
                    shown = _read(reader, without_never_shown(found)[0])
                yield shown


def _read(reader: Reader, post: Post) -> Looked | SourceError:
    try:
        [passages] = reader.read([post])
    except UNFORESEEN as error:
        return not_analysed(post, error)
    return Looked(*_as_shown(post, passages), reader.id)


def _as_shown(post: Post, passages: Sequence[Passage]) -> tuple[Post, list[Shown]]:
    """Return the post and its passages as people may see them."""
    shown = [replace(each, quote=display(each.quote), why=tuple(map(display, words_for(each)))) for each in passages]
    titled = replace(post, title=on_one_line(post.title) if post.title else None)
    return titled, [Shown(each, tuple(field_pairs(each))) for each in shown]
