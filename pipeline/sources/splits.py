"""Who of the corpus' writers teaches, who validates, who is kept for the frozen test, and who waits.

Comes in: ``splits.toml`` beside the folder of marked posts. Goes out: `Splits`, and the posts of either side. Refuses a test page that is not
the one that was frozen, and, for training, any post of the frozen test, whatever folder it lies in and however it is spaced.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from pipeline.sources.marked import read_corpus
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.labelled import LabelledPost
    from pipeline.records import Post

FILE = "splits.toml"
_SHINGLE = 40  # squeezed code points: longer than any usual phrase of two writers
_ONE_IN = 8  # stretches of which one is compared
_SAME = 0.3  # share of common shingles over which a post counts as another one's copy


@dataclass(frozen=True, slots=True)
class Splits:
    """The writers kept for validation and for the test, those who wait to teach, and the SHA-256 of each frozen page by its source."""

    validation: frozenset[str] = frozenset()
    test: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    frozen: Mapping[str, str] | None = None


def read_splits(folder: Path) -> Splits:
    """Return the splits of the marked posts below `folder`; without a file beside it every writer teaches."""
    file = folder.parent / FILE
    if not file.exists():
        return Splits()
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise refusal(FILE, f"must be readable TOML. Got {error}. Correct the file.", f"ต้องเป็น TOML ที่อ่านได้ แต่พบ {error} โปรดแก้ไฟล์") from None
    validation, test, waiting = (frozenset(rows.get(name, ())) for name in ("validation", "test", "waiting"))
    return Splits(validation, test, waiting, rows.get("frozen", {}))


def teaching_posts(folder: Path) -> list[LabelledPost]:
    """Return the posts that a model may learn from: all but those of the frozen test and of writers who wait.

    Raises:
        SourceError: when a page cannot be read, or one is a post of the frozen test or holds much of one.
    """
    splits = read_splits(folder)
    corpus = list(read_corpus(folder))
    kept = [labelled for labelled in corpus if labelled.writer in splits.test]
    teaching = [labelled for labelled in corpus if labelled.writer not in splits.test | splits.waiting]
    refuse_frozen(teaching, [labelled.post for labelled in kept])
    return teaching


def frozen_posts(folder: Path) -> list[LabelledPost]:
    """Return the posts of the frozen test, each compared with the checksum under which it was frozen.

    Raises:
        SourceError: when a page was changed, added or taken away since.
    """
    splits = read_splits(folder)
    frozen = splits.frozen or {}
    found = checksums(folder, splits.test)
    if found != frozen:
        odd = sorted(source for source in found.keys() | frozen.keys() if found.get(source) != frozen.get(source))
        raise refusal(
            FILE,
            f"the pages of the frozen test must be those that were frozen. Got others: {', '.join(odd[:5])}. Restore them, "
            "or make a new version of the test with `lessons corpus --freeze`.",
            f"หน้าของชุดทดสอบต้องเหมือนตอนที่ตรึงไว้ แต่ต่างกันที่ {', '.join(odd[:5])} กู้ไฟล์คืน หรือตรึงชุดใหม่ด้วย `lessons corpus --freeze`",
        )
    return list(read_corpus(folder, splits.test))


def checksums(folder: Path, writers: frozenset[str]) -> dict[str, str]:
    """Return the SHA-256 of every page of the writers, by its source."""
    pages = (page for writer in sorted(writers) for page in sorted((folder / writer).glob("*.txt")))
    return {f"{page.parent.name}/{page.name}": hashlib.sha256(page.read_bytes()).hexdigest() for page in pages}


def refuse_frozen(teaching: Sequence[LabelledPost], frozen: Sequence[Post]) -> None:
    """Refuse posts for training that repeat a post of the frozen test.

    Raises:
        SourceError: naming the first one.
    """
    for one, other in copies([labelled.post for labelled in teaching], frozen):
        raise refusal(
            one,
            f"no post of the frozen test may teach a model. Got a post that repeats {other}. Take it out of the corpus.",
            f"ห้ามใช้บันทึกของชุดทดสอบสอนแบบจำลอง แต่พบว่าซ้ำกับ {other} นำออกจากคลังก่อน",
        )


def copies(posts: Sequence[Post], others: Sequence[Post]) -> Iterator[tuple[str, str]]:
    """Yield the sources of each pair in which much of a post stands also in the other; pairs of one list with itself come once."""
    held: dict[int, list[int]] = {}
    for number, post in enumerate(others):
        for shingle in _shingles(post):
            held.setdefault(shingle, []).append(number)
    for place, post in enumerate(posts):
        own = _shingles(post)
        shared: dict[int, int] = {}
        for shingle in own:
            for number in held.get(shingle, ()):
                shared[number] = shared.get(number, 0) + 1
        for number, count in sorted(shared.items()):
            if count > _SAME * len(own) and not (posts is others and number <= place):
                yield post.source, others[number].source


def _shingles(post: Post) -> set[int]:
    """Return the hashes of a post's stretches, at places that depend on the text alone, so that a shifted copy is still found."""
    text = "".join(post.text.split()).encode("utf-32-le")
    hashes = (crc32(text[start : start + _SHINGLE * 4]) for start in range(0, max(1, len(text) - _SHINGLE * 4 + 1), 4))
    return {found for found in hashes if found % _ONE_IN == 0}
