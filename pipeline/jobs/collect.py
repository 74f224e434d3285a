"""Collect: files of posts go into the store.

Comes in: source files. Goes out: what was kept, and what was set aside and why. Refuses nothing by raising: a file or a line that is no
post becomes a `Reject`, and the rest goes on. Running twice on the same files changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import NoPosts, SettingsError, SourceError
from pipeline.jobs.files import PAGES
from pipeline.jobs.keeping.eraser import erasure_of
from pipeline.jobs.read_before import Came, ReadBefore
from pipeline.masks import as_one, mask
from pipeline.privacy import without_never_shown
from pipeline.records import Note, Reject
from pipeline.sources import FORMATS, SourceFile, find_files, read_posts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.jobs.keeping.eraser import Erasure
    from pipeline.privacy import Counted
    from pipeline.records import Post
    from pipeline.store.store import Store

BATCH = 200  # posts a task and a transaction


@dataclass(slots=True)
class Collected:
    """What came of some files; `seen` holds the content hash and the source of every post by id, `masked` counts what nothing ever shows."""

    files: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    rejects: list[Reject] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    masked: Counted = field(default_factory=Counter)

    def add(self, other: Collected) -> None:
        """Take over what came of other files."""
        for name in ("files", "new", "changed", "unchanged", "retired"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejects += other.rejects
        self.notes += other.notes
        self.seen |= other.seen
        self.masked += other.masked


def list_files(sources: Sequence[Path], out: Path) -> list[SourceFile]:
    """Return the files of the sources in name order, but not what a run, perhaps a killed one, has written into `out`.

    Raises:
        NoPosts: when they hold no file of a format that posts come in.
        SettingsError: when a source does not exist, or lies where a run writes and removes files.
    """
    written, named = out.resolve(), [source.resolve() for source in sources]
    if written in named or any(_is_within(source, [written / PAGES]) for source in named):
        raise SettingsError(
            en=f"{out}: a run must not write where the posts are. Got POSTS in the output folder or in its folder {PAGES}. Name another --out.",
            th=f"{out}: โฟลเดอร์ผลลัพธ์ต้องแยกจากที่เก็บบันทึก แต่บันทึกอยู่ในโฟลเดอร์ผลลัพธ์หรือในโฟลเดอร์ย่อย {PAGES} โปรดระบุโฟลเดอร์อื่นด้วย --out",
        )
    inside = [source for source in named if written in source.parents]
    files = [file for file in find_files(sources) if not _is_within(file.path, [written]) or _is_within(file.path, inside)]
    if not files:
        raise no_posts(sources)
    return files


def no_posts(sources: Sequence[Path]) -> NoPosts:
    """Return the error of sources in which there is no file to read."""
    names = ", ".join(str(source) for source in sources)
    return NoPosts(
        en=f"{names}: a source must hold at least one post ({', '.join(FORMATS)}). Got none. Name the folder in which your posts are.",
        th=f"{names}: ต้องมีไฟล์บันทึกอย่างน้อยหนึ่งไฟล์ ({' '.join(FORMATS)}) แต่ไม่พบเลย ระบุโฟลเดอร์ที่เก็บบันทึกไว้",
    )


def _is_within(path: Path, places: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(place) for place in places)


def collect_files(files: Sequence[SourceFile], store: Store, before: Mapping[str, tuple[str, str]], language: str) -> Collected:
    """Read the files into the store and return what came of it; `before` are the posts that this run has seen already."""
    collected = Collected()
    erasure = erasure_of(store)
    read_before = ReadBefore(files, store, erasure.key)
    for file in files:
        collected.files += 1
        came = read_before.of(file, (before, collected.seen))
        if came:
            collected.unchanged += len(came.posts)
        else:
            aside = len(collected.rejects)
            came = _collect_file(file, store, before, collected, language, erasure)
            if len(collected.rejects) == aside:
                read_before.keep(file, came)
        collected.seen |= came.posts
        collected.notes += came.notes
        collected.masked += came.masked
    read_before.close()
    return collected


def retire_gone(sources: Sequence[Path], files: Sequence[SourceFile], collected: Collected, store: Store) -> int:
    """Retire the posts whose files are no longer in the source folders, and return how many.

    A file that was set aside keeps what was read of it before; a folder that could not be listed, all folders.
    """
    folders = [SourceFile(source, source.name).origin for source in sources if source.is_dir()]
    if any(file.path.is_dir() for file in files):
        return 0
    aside = {reject.source for reject in collected.rejects}
    kept = {post.id for post, _ in store.outlines() if post.source in aside} if aside else set()
    return sum(store.retire_missing(folder, kept | collected.seen.keys()) for folder in folders)


def _collect_file(  # noqa: PLR0913, PLR0917 - what a file is read with
    file: SourceFile, store: Store, before: Mapping[str, tuple[str, str]], collected: Collected, language: str, erasure: Erasure
) -> Came:
    """Read a file into the store and return what came of it; what was set aside, and how many posts changed, is told in `collected`."""
    rejects_before = len(collected.rejects)
    came = Came()
    batch: list[Post] = []
    for read in read_posts(file):
        if isinstance(read, SourceError):
            collected.rejects.append(_reject(file.name, read, language))
            continue
        kept, masked = without_never_shown(read)  # here, so that nothing behind can show it: the store does not hold it
        found = erasure.kept_of(kept)
        if found is None:
            continue
        came.masked += masked
        first = before.get(found.id) or collected.seen.get(found.id) or came.posts.get(found.id)
        if first:
            collected.rejects.append(_reject(found.source, _second(found, *first), language))
            continue
        came.posts[found.id] = (found.content_hash, found.source)
        came.notes += [(found.source, note) for note in found.notes]
        batch.append(found)
        if len(batch) >= BATCH:
            _put(batch, store, collected)
            batch = []
    _put(batch, store, collected)
    if len(collected.rejects) == rejects_before:  # a file that was not read whole says nothing about what is missing in it
        collected.retired += store.retire_missing(file.origin, came.posts.keys())
    return came


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
    en, th = (as_one(mask(said)) for said in (error.en, error.th))
    told = Note(f"{en} It was set aside in rejected.jsonl.", f"{th} ระบบพักไว้ใน rejected.jsonl")
    return Reject(source, error.line, told.th if language == "th" else told.en, told)


class FileBatch:
    """Files on their way into the store; not a dataclass, so that no scheduler looks into it."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        """Keep them."""
        self.files = files
