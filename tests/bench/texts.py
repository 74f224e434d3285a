"""The texts that the bench reads: our own corpus, other pages where they stand beside the repository, and generated posts.

Comes in: folders, a size, a seeded source of chance. Goes out: raw pages, or JSON lines in a folder. Refuses nothing.
"""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.sources.marked import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"
POST_LENGTH = 1_500  # code points of a generated post
_BESIDE = (ROOT.parent / "shared" / "posts", ROOT.parent / "shared" / "text")
_POSTS_A_FILE = 1_000
_FIRST_DAY, _POSTS_A_DAY = date(2005, 1, 1), 4
_SENTENCE = re.compile(r"[^\n\s][^\n]{20,}?(?=\s|\n|$)")


def corpus_pages(length: int) -> list[str]:
    """Return the sample pages and the labelled posts without their marks, over and over up to about `length` code points."""
    pages = [file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.txt"))]
    return _up_to(length, pages + [labelled.post.text for labelled in read_corpus(ROOT / "corpora" / "posts")])


def pages_beside(length: int) -> list[tuple[str, list[str]]]:
    """Return other pages by the name of their folder, where any stand in a folder `shared` beside the repository."""
    found = [(folder.name, sorted(folder.rglob("*.txt"))) for folder in _BESIDE]
    return [(name, _up_to(length, [file.read_text(encoding="utf-8", errors="replace") for file in files])) for name, files in found if files]


def _up_to(length: int, pages: Sequence[str]) -> list[str]:
    kept: list[str] = []
    total = 0
    for page in cycle([page for page in pages if page.strip()]):
        if total >= length:
            break
        kept.append(page)
        total += len(page)
    return kept


def sample_sentences() -> list[str]:
    """Return the sentences of the sample pages."""
    return [found[0] for file in sorted(SAMPLES.glob("*.txt")) for found in _SENTENCE.finditer(file.read_text(encoding="utf-8"))]


def write_posts(folder: Path, count: int, behind: int = 0) -> None:
    """Write `count` posts as JSON lines, made of the sentences of the samples in a shuffled order that is always the same.

    They are four a day; those that are written `behind` others are later than they.
    """
    chance, sentences = random.Random(2549 + behind), sample_sentences()  # noqa: S311 - nothing secret is drawn
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(behind, behind + count, _POSTS_A_FILE):
        with (folder / f"posts-{first:06}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(first, min(behind + count, first + _POSTS_A_FILE)):
                text = "\n".join(_paragraphs(sentences, chance))
                day = (_FIRST_DAY + timedelta(days=number // _POSTS_A_DAY)).isoformat()
                post = {"id": f"bench-{number}", "title": f"บันทึกที่ {number}", "author": f"ผู้เขียน {number % 40}", "date": day, "text": text}
                file.write(json.dumps(post, ensure_ascii=False) + "\n")


def _paragraphs(sentences: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Yield paragraphs of a few sentences up to the length of a post."""
    total = 0
    while total < POST_LENGTH:
        paragraph = " ".join(chance.choices(sentences, k=4))
        total += len(paragraph)
        yield paragraph
