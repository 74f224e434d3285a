"""Collect: files of posts go into the store.

Comes in: source files. Goes out: what was kept, and what was set aside and why. Refuses nothing by raising: a file or a line that is no
post becomes a `Reject`, and the rest goes on. Running twice on the same files changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import NoPosts, SourceError
from pipeline.records import Reject
from pipeline.sources import find_files, read_posts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.records import Note, Post
    from pipeline.sources import SourceFile
    from pipeline.store.store import Store

BATCH = 200  # posts a task and a transaction


@dataclass(slots=True)
class Collected:
    """What came of some files; `seen` holds the content hash and the source of every post by id."""

    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    rejects: list[Reject] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, other: Collected) -> None:
        """Take over what came of other files."""
        for name in ("files", "new", "changed", "unchanged", "retired"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejects += other.rejects
        self.notes += other.notes
        self.seen |= other.seen


def list_files(sources: Sequence[Path]) -> list[SourceFile]:
    """Return the files of the sources in name order.

    Raises:
        NoPosts: when they hold no file of a format that posts come in.
        SettingsError: when a source does not exist.
    """
    files = list(find_files(sources))
    if not files:
        names = ", ".join(str(source) for source in sources)
        raise NoPosts(
            en=f"{names}: a source must hold at least one post (.txt, .jsonl or .csv). Got none. Name the folder in which your posts are.",
            th=f"{names}: ต้องมีไฟล์บันทึกอย่างน้อยหนึ่งไฟล์ (.txt .jsonl หรือ .csv) แต่ไม่พบเลย ระบุโฟลเดอร์ที่เก็บบันทึกไว้",
        )
    return files


def collect_files(files: Sequence[SourceFile], store: Store, before: Mapping[str, tuple[str, str]], language: str) -> Collected:
    """Read the files into the store and return what came of it; `before` are the posts that this run has seen already."""
    collected = Collected()
    for file in files:
        collected.files += 1
        _collect_file(file, store, before, collected, language)
    return collected


def _collect_file(file: SourceFile, store: Store, before: Mapping[str, tuple[str, str]], collected: Collected, language: str) -> None:
    rejects_before = len(collected.rejects)
    ids: set[str] = set()
    batch: list[Post] = []
    for found in read_posts(file):
        if isinstance(found, SourceError):
            collected.rejects.append(_reject(file.name, found, language))
            continue
        first = before.get(found.id) or collected.seen.get(found.id)
        if first:
            collected.rejects.append(_reject(found.source, _second(found, *first), language))
            continue
        collected.seen[found.id] = (found.content_hash, found.source)
        collected.notes += [(found.source, note) for note in found.notes]
        ids.add(found.id)
        batch.append(found)
        if len(batch) >= BATCH:
            _put(batch, store, collected)
            batch = []
    _put(batch, store, collected)
    if len(collected.rejects) == rejects_before:  # a file that was not read whole says nothing about what is missing in it
        collected.retired += store.retire_missing(file.origin, ids)


def _put(batch: list[Post], store: Store, collected: Collected) -> None:
    if batch:
        counts = store.put_posts(batch)
        collected.new += counts.new
        collected.changed += counts.changed
        collected.unchanged += counts.unchanged


def _second(post: Post, first_hash: str, first_source: str) -> SourceError:
    """Return why a post is set aside whose id another post of this run has."""
    same = first_hash == post.content_hash
    return SourceError(
        en=f'{post.source}: a post must have a number of its own. Got "{post.id}", which {first_source} has too, '
        f"with {'the same' if same else 'another'} text. "
        f"{'Remove one of the two.' if same else 'Give one of the two another id.'}",
        th=f'{post.source}: บันทึกแต่ละเรื่องต้องมีรหัสของตัวเอง แต่รหัส "{post.id}" ซ้ำกับ {first_source} ({"เนื้อความเดียวกัน" if same else "เนื้อความต่างกัน"}) '
        f"{'ลบออกหนึ่งไฟล์' if same else 'เปลี่ยนรหัสของเรื่องใดเรื่องหนึ่ง'}",
    )


def _reject(source: str, error: SourceError, language: str) -> Reject:
    aside = " ระบบพักไว้ใน rejected.jsonl" if language == "th" else " It was set aside in rejected.jsonl."
    return Reject(source, error.line, error.say(language) + aside)
