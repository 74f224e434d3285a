"""Look: read one file and keep nothing.

Comes in: a file of posts. Goes out: each post with its passages, or why it could not be read. Refuses nothing by raising but a file that does
not exist and a model that cannot be loaded. The model is loaded at the first post, so that a file without one answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.nlp.reader import load_reader
from pipeline.sources import find_files, read_posts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.records import Passage, Post


def look_at(file: Path, models: Path, model: str | None) -> Iterator[tuple[Post, list[Passage]] | SourceError]:
    """Yield what stands in the file."""
    reader = None
    for source in find_files([file]):
        for found in read_posts(source):
            if isinstance(found, SourceError):
                yield found
            else:
                reader = reader or load_reader(models, model)
                yield found, reader.read([found])[0]
