"""How fast each source format is read, the same posts in each: beside the analysis, reading must not count.

Comes in: the sample pages and labelled posts. Goes out: a row of code points a second for each format. Refuses nothing. One process, one thread.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from functools import partial
from html import escape
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from pipeline.records import Post
from pipeline.sources import SourceFile, read_posts
from tests.bench.table import rounds, row, section
from tests.bench.texts import corpus_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = 400_000
_ROUNDS = 5
_WORDPRESS = "<meta name='generator' content='WordPress'>"


def bench(scale: float) -> None:
    """Print a row for each format."""
    pages = corpus_pages(int(_LENGTH * scale))
    with tempfile.TemporaryDirectory() as name:
        files = _written(pages, Path(name))
        seconds = rounds({title: partial(_read, some) for title, some in files.items()}, _ROUNDS)
    length = sum(map(len, pages))
    section(f"formats: {len(pages)} posts, {length:,} code points; code points a second, ratio to scraped text")
    for title, taken in seconds.items():
        ratio = median(base / own for base, own in zip(seconds["scraped text (.txt)"], taken, strict=True))
        row(title, [length / one for one in taken], ratio=ratio, form=",.0f")


def _read(files: Sequence[Path]) -> None:
    for path in files:
        if not all(isinstance(found, Post) for found in read_posts(SourceFile(path, path.name))):
            message = f"{path}: not read as posts"
            raise ValueError(message)


def _written(pages: Sequence[str], folder: Path) -> dict[str, list[Path]]:
    """Write the pages in every format and return the files by the title of their row."""
    bodies = ["".join(f"<p>{escape(line)}</p>" for line in page.splitlines() if line.strip()) for page in pages]
    known = [f"<html><head>{_WORDPRESS}</head><body class='single'><article class='post'><div class='entry-content'>{body}" for body in bodies]
    items = "".join(f"<item><guid>{number}</guid><description>{escape(body)}</description></item>\n" for number, body in enumerate(bodies))
    table = io.StringIO()
    csv.writer(table).writerows([["text"], *([page] for page in pages)])
    return {
        "scraped text (.txt)": [_file(folder / f"{number}.txt", page) for number, page in enumerate(pages)],
        "saved page, known blog (.html)": [_file(folder / f"{number}.html", page) for number, page in enumerate(known)],
        "saved page, any blog (.html)": [
            _file(folder / f"any-{number}.html", f"<html><body><article>{body}</article>") for number, body in enumerate(bodies)
        ],
        "JSON lines (.jsonl)": [_file(folder / "a.jsonl", "".join(json.dumps({"text": page}, ensure_ascii=False) + "\n" for page in pages))],
        "feed (.rss)": [_file(folder / "a.rss", f"<rss version='2.0'><channel>{items}</channel></rss>")],
        "table (.csv)": [_file(folder / "a.csv", table.getvalue())],
    }


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path
