"""How fast posts are read, beside how fast pythainlp alone cuts the same texts into words.

Comes in: raw pages. Goes out: rows of code points a second, and the share of each component. Refuses nothing. One process, one thread, seconds of the
processor: on a busy machine others' work is not counted.
"""

from __future__ import annotations

import cProfile
import pstats
from functools import partial
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from pythainlp.tokenize import word_tokenize

from pipeline.assets import asset
from pipeline.jobs.sweeping import seldom_swept
from pipeline.languages.th.tokens import words_of
from pipeline.nlp.reader import DEEP, FAST, FULL, LINEAR, Reader, cues_reader, load_reader
from pipeline.sources.gotoknow import read_page
from tests.bench.table import rounds, row, say, section
from tests.bench.texts import corpus_pages, pages_beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.records import Post

TARGETS = {FULL: "0.20", DEEP: "", LINEAR: "0.60", FAST: "0.90"}  # nobody set one for the deep reader
_FIELDS = ("voice and actions", "chains", "remarks")
_LENGTH = 1_000_000  # code points
_ROUNDS = 5
_BATCH = 200  # posts at a time, as in a run


def bench(scale: float) -> None:
    """Print the figures of our own texts, and of those beside the repository; memory is swept as seldom as in a run."""
    with seldom_swept():
        _bench(scale)


def _bench(scale: float) -> None:
    length = int(_LENGTH * scale)
    readers = {kind: load_reader(asset("models"), f"@{kind}") for kind in TARGETS}
    pages = corpus_pages(length)
    _compare("corpora", pages, readers)
    for kind, reader in readers.items():
        _break_down(kind, pages, reader)
    others = pages_beside(length)
    for name, found in others:
        _compare(f"shared/{name}", found, readers)
    if not others:
        say("\n1 speed: other texts skipped, no folder ../shared/posts or ../shared/text with pages beside the repository")


def profile(scale: float) -> None:
    """Print the 25 functions in which the analysis stays longest."""
    reader, pages = load_reader(asset("models")), corpus_pages(int(_LENGTH * scale))
    _analyse(pages, reader)
    profiler = cProfile.Profile(process_time)
    profiler.runcall(_analyse, pages, reader)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def _compare(name: str, pages: Sequence[str], readers: Mapping[str, Reader]) -> None:
    """Print a row for each way of reading the same pages."""
    cues = cues_reader()
    seconds = rounds(
        {
            "word_tokenize": lambda: [word_tokenize(page) for page in pages],
            "words_of": lambda: [words_of(page) for page in pages],
            "parse": lambda: _parse(pages),
            **{kind: partial(_analyse, pages, reader) for kind, reader in readers.items()},
            "cues": lambda: _analyse(pages, cues),
        },
        _ROUNDS,
        process_time,
    )
    length = sum(map(len, pages))
    section(f"1 speed: {name}, {len(pages)} posts, {length:,} code points; code points a second")
    titles = {
        "word_tokenize": "(a) pythainlp word_tokenize, default",
        "words_of": "(b) nlpo3 with our dictionary",
        "parse": "(c) page to post",
        **{kind: f"(d) page to labelled passages, the {kind} reader" for kind in readers},
        "cues": "(e) the same by cue words alone",
    }
    for key, title in titles.items():
        ratios = [base / own for base, own in zip(seconds["word_tokenize"], seconds[key], strict=True)]
        row(title, [length / taken for taken in seconds[key]], ratio=median(ratios), target=TARGETS.get(key, ""), form=",.0f")


def _parse(pages: Sequence[str]) -> list[Post]:
    return [read_page(page, f"{number}.txt", f"{number}.txt") for number, page in enumerate(pages)]


def _analyse(pages: Sequence[str], reader: Reader) -> None:
    for start in range(0, len(pages), _BATCH):
        reader.read(_parse(pages[start : start + _BATCH]))


def _break_down(kind: str, pages: Sequence[str], reader: Reader) -> None:
    """Print which part of the analysis takes how much of it."""
    taken = [_parts(pages, reader) for _ in range(_ROUNDS)]
    whole = [sum(parts.values()) for parts in taken]
    section(f"1 speed: share of each part of (d), the {kind} reader, in per cent")
    for name in taken[0]:
        row(name, [100 * parts[name] / total for parts, total in zip(taken, whole, strict=True)], form=".1f")
    fields = [100 * sum(parts[name] for name in _FIELDS) / total for parts, total in zip(taken, whole, strict=True)]
    row("all fields", fields, target="20", form=".1f")


def _parts(pages: Sequence[str], reader: Reader) -> dict[str, float]:
    """Return the seconds of each part, the components of the spaCy pipeline by their names."""
    seconds: dict[str, float] = {}
    for first in range(0, len(pages), _BATCH):
        clock = process_time()

        def lap(name: str) -> None:
            nonlocal clock
            now = process_time()
            seconds[name] = seconds.get(name, 0.0) + now - clock
            clock = now

        posts = _parse(pages[first : first + _BATCH])
        lap("parse")
        with reader.batch():
            docs = reader.tokenize(posts)
            lap("tokenize and Doc")
            for name, component in reader.nlp.pipeline:
                docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
                lap("voice and actions" if name in {"voice", "actions"} else name)
            del docs
    return seconds
