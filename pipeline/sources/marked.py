"""Our labelled corpus: scraped pages with the passages marked inline, ``⟦L|…⟧``.

Comes in: a marked page, or a folder with one folder for each writer. Goes out: `LabelledPost` records, offsets counted without the
marks. Refuses a mark that is unknown, nested or not closed, naming the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.labels import label_set
from pipeline.records import LabelledPost, Passage, Post, Span
from pipeline.sources.decoding import MAX_PAGE_BYTES, decode
from pipeline.sources.files import SourceFile, open_file
from pipeline.sources.gotoknow import read_page
from pipeline.sources.refusals import refusal, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.errors import SourceError

_MARK = re.compile(r"⟦(?:(\w{1,8})\|)?|⟧")


def read_corpus(folder: Path) -> Iterator[LabelledPost]:
    """Yield the labelled posts below a folder in name order; the folder of a post is named for its writer.

    Raises:
        SourceError: when a file cannot be read, or a mark in it is wrong.
    """
    for writer in sorted(path for path in folder.iterdir() if path.is_dir()):
        for path in sorted(writer.glob("*.txt")):
            yield read_marked(path, writer.name)


def read_marked(path: Path, writer: str) -> LabelledPost:
    """Return a marked page as a post without the marks, and the passages they stood around.

    Raises:
        SourceError: when the file cannot be read, or a mark in it is wrong.
    """
    file = SourceFile(path, f"{writer}/{path.name}")
    try:
        with open_file(file, MAX_PAGE_BYTES) as opened:
            marked = decode(opened.read(), file.name)
    except OSError as error:
        raise unreadable(file.name, error) from None
    text, spans = strip_marks(marked, file.name)
    post = read_page(text, file.name, file.origin)
    return LabelledPost(post, writer, tuple(_passage(post, span, label) for span, label in spans))


def strip_marks(marked: str, name: str) -> tuple[str, list[tuple[Span, str]]]:
    """Return the text without its marks, and the span and label of each.

    Raises:
        SourceError: when a mark is unknown, nested, empty or not closed.

    >>> strip_marks("ก ⟦L|ขค⟧", "a.txt")
    ('ก ขค', [(Span(start=2, end=4), 'lesson')])
    """
    labels = {label.mark: label.id for label in label_set()}
    pieces: list[str] = []
    spans: list[tuple[Span, str]] = []
    length = done = 0
    opened: tuple[int, str, int] | None = None
    for mark in _MARK.finditer(marked):
        piece = marked[done : mark.start()]
        pieces.append(piece)
        length += len(piece)
        done = mark.end()
        if mark[0] == "⟧":
            if opened is None or opened[0] == length:
                raise _wrong(marked, mark.start(), name, ("⟧ without a passage before it", "⟧ ที่ไม่มีข้อความอยู่ข้างหน้า"))
            spans.append((Span(opened[0], length), opened[1]))
            opened = None
        elif opened is not None:
            raise _wrong(marked, mark.start(), name, ("a mark inside a mark", "เครื่องหมายซ้อนกัน"))
        elif mark[1] not in labels:
            raise _wrong(marked, mark.start(), name, (f"the mark {mark[0]}", f"เครื่องหมาย {mark[0]}"))
        else:
            opened = (length, labels[mark[1]], mark.start())
    if opened is not None:
        raise _wrong(marked, opened[2], name, ("a mark that is not closed", "เครื่องหมายที่ไม่มีตัวปิด"))
    return "".join([*pieces, marked[done:]]), spans


def _wrong(marked: str, place: int, name: str, found: tuple[str, str]) -> SourceError:
    """Return the error of a mark, with its line."""
    known = " ".join(f"⟦{label.mark}|…⟧" for label in label_set())
    return refusal(
        name,
        f"a passage must be marked as one of {known}, one after the other. Got {found[0]}. Correct the line.",
        f"ข้อความต้องทำเครื่องหมายเป็น {known} แบบใดแบบหนึ่ง ไม่ซ้อนกัน แต่พบ{found[1]} โปรดแก้บรรทัดนี้",
        1 + marked.count("\n", 0, place),
    )


def _passage(post: Post, span: Span, label: str) -> Passage:
    """Return a marked passage as a record: certain, given by a reader, in the voice of whoever wrote there."""
    comment = next((comment for comment in post.comments if comment.span.overlap(span)), None)
    return Passage(
        post=post.id,
        source=post.source,
        span=span,
        quote=span.of(post.text),
        label=label,
        confidence=1.0,
        voice="commenter" if comment else "author",
        speaker=comment.author if comment else post.author,
        origin="reviewer",
    )
