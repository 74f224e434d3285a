"""Labelled posts as other tools read and write them: one file a format, all of them through `Page` and back.

Comes in: pages, or the bytes of a file. Goes out: the other of the two. Refuses, as `SourceError`, not raised, a row that is none of its format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.exchange import csv_table, docbin, doccano, label_studio, prodigy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.errors import SourceError
    from pipeline.exchange.pages import Page

    Write = Callable[[Iterable[Page]], bytes]
    Read = Callable[[bytes, str], Iterator[Page | SourceError]]


class Format(NamedTuple):
    """How a format is written and read, and how its files end."""

    write: Write
    read: Read
    ending: str


FORMATS = {
    "label-studio": Format(label_studio.write, label_studio.read, ".json"),
    "prodigy": Format(prodigy.write, prodigy.read, ".jsonl"),
    "doccano": Format(doccano.write, doccano.read, ".jsonl"),
    "spacy": Format(docbin.write, docbin.read, ".spacy"),
    "csv": Format(csv_table.write, csv_table.read, ".csv"),
}
