"""Threads that readers marked in series of the corpus: which passages are news of which.

Comes in: ``corpora/threads/<writer>.jsonl``, one thread a line: ``series, kind, title, state, events``, each event ``at`` (``POST:START-END``, in
code points of the post without marks), ``relation`` and where it changes something ``from`` and ``to``. Goes out: `MarkedThread`. Refuses a line
that is not such a line, naming it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args

from pipeline.followed import Relation, ThreadKind, ThreadState
from pipeline.labelled import MarkedEvent, MarkedThread
from pipeline.records import Span
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT = re.compile(r"(?P<post>[\w-]+):(?P<start>\d+)-(?P<end>\d+)")


def read_threads(folder: Path) -> Iterator[MarkedThread]:
    """Yield the marked threads of a folder, writer by writer in the order of names.

    Raises:
        SourceError: when a line is none of ours.
    """
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                yield _thread(line, file.stem, f"{file.name}, line {number}")


def _thread(line: str, writer: str, place: str) -> MarkedThread:
    try:
        row = json.loads(line)
        events = tuple(_event(event, writer) for event in row["events"])
        thread = MarkedThread(writer, row["series"], row["kind"], row["title"], row["state"], events)
        fits = thread.kind in get_args(ThreadKind) and thread.state in get_args(ThreadState) and events[0].relation == "opens"
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _wrong(place, f"{type(error).__name__}: {error}") from error
    if not fits:
        raise _wrong(place, f"{thread.kind}, {thread.state}, {events[0].relation}")
    return thread


def _event(row: dict[str, str], writer: str) -> MarkedEvent:
    at = _AT.fullmatch(row["at"])
    if at is None or row["relation"] not in get_args(Relation):
        raise ValueError(f"{row['at']}, {row['relation']}")
    return MarkedEvent(f"{writer}/{at['post']}.txt", Span(int(at["start"]), int(at["end"])), row["relation"])


def _wrong(place: str, found: str) -> Exception:
    return refusal(
        place,
        f"a thread must have series, kind, title, state and events, the first of which opens it. Got {found}. Correct the line.",
        f"แต่ละบรรทัดต้องมี series kind title state และ events ที่เริ่มด้วย opens แต่พบ {found} โปรดแก้บรรทัดนี้",
    )
