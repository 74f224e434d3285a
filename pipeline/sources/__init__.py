"""Sources: a file of collected posts becomes `Post` records.

Comes in: files and folders. Goes out: posts, and an error for each file or line that is set aside. Refuses nothing by raising, except a
source that does not exist. To add a format: one file beside this one, one line in `FORMATS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.sources import csv_table, feeds, gotoknow, html, jsonl
from pipeline.sources.files import SourceFile, walk
from pipeline.sources.refusals import refusal, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.records import Post

__all__ = ["FORMATS", "SourceFile", "find_files", "read_posts"]

FORMATS: dict[str, Callable[[SourceFile], Iterator[Post | SourceError]]] = {
    ".txt": gotoknow.read,
    ".html": html.read,
    ".htm": html.read,
    ".jsonl": jsonl.read,
    ".csv": csv_table.read,
    ".rss": feeds.read,
    ".atom": feeds.read,
    ".xml": feeds.read,
}
# a team may well keep posts in these: set aside with one sentence each, so that nobody believes they were read
DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".xls", ".xlsx", ".json")


def find_files(sources: Sequence[Path]) -> Iterator[SourceFile]:
    """Yield the files to read in the sources, in name order, each once.

    Raises:
        SettingsError: when a source does not exist.
    """
    yield from walk(sources, {*FORMATS, *DOCUMENTS})


def read_posts(file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the posts of a file, and a `SourceError` for whatever in it cannot be read."""
    try:
        if file.ending in FORMATS or file.path.is_dir():
            yield from FORMATS.get(file.ending, gotoknow.read)(file)
        else:
            yield _unknown(file)
    except SourceError as error:
        yield error
    except OSError as error:
        yield unreadable(file.name, error)


def _unknown(file: SourceFile) -> SourceError:
    """Return the error of a file whose format is not read."""
    known = ", ".join(FORMATS)
    ending = file.ending or "no ending"
    en = f"a source must be one of {known}. Got {ending}. Save the posts as one of these."
    th = f"ไฟล์ต้องเป็นชนิด {known} แต่พบ {file.ending or 'ไฟล์ไม่มีนามสกุล'} โปรดบันทึกเป็นชนิดที่อ่านได้"
    return refusal(file.name, en, th)
