"""Scraped page text as GotoKnow gives it: title, pull quote, body, glued metadata, comments, page furniture.

Comes in: a ``.txt`` file, one page. Goes out: one `Post`, its parts as spans of the text as decoded. Refuses what is no text; a page
without any of the marks of GotoKnow is read as a title and a body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.records import Comment, Note, Post, Span, short_hash
from pipeline.sources.comments import split_comments
from pipeline.sources.decoding import MAX_PAGE_BYTES, check_text, decode, notes_on
from pipeline.sources.files import open_file
from pipeline.sources.lead import find_lead
from pipeline.sources.lines import Line, read_lines, span_of
from pipeline.sources.refusals import refusal
from pipeline.sources.stamps import STAMP, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.sources.files import SourceFile

LONGEST_TITLE = 150  # a longer first line is the first paragraph of a post without a title
LONGEST_FURNITURE = 20  # lines: what stands below the last comment of a page

_UNNAMED_STAMP = re.sub(r"\?P<\w+>", "?:", STAMP)
_COUNT = re.compile(r"ความเห็น\s{0,9}\((\d{1,6})\)$")
# What opens a line of metadata, and what may stand behind the last words of a post: a search for both would try both at every letter.
_METADATA_LINE = re.compile(
    r"หมายเลขบันทึก\s{0,9}:?\s{0,9}\d"
    rf"|(?:เขียน|แก้ไข)เมื่อ\s{{0,9}}{_UNNAMED_STAMP}\s{{0,9}}(?:$|แก้ไขเมื่อ|สัญญาอนุญาต|หมวด|คำสำคัญ|จำนวนที่อ่าน|ความเห็น)"
    r"|สัญญาอนุญาต\s{0,9}:|คำสำคัญ\s{0,9}(?:\(Tags\)\s{0,9})?:|จำนวนที่อ่าน|หมวดหมู่\s{0,9}:"
)
_GLUED_METADATA = re.compile(r"หมายเลขบันทึก\s{0,9}:\s{0,9}\d{1,12}\s{0,9}(?:เขียนเมื่อ|$)|บันทึกนี้เขียนที่\s{0,9}GotoKnow")
_FURNITURE = re.compile("พบปัญหาการใช้งาน|สงวนลิขสิทธิ์\\s{0,9}(?:©|\\(c\\))|ขอแนะนำ\\s{0,9}ClassStart|ClassStart$|ClassStart Books$")
_REFUSED_COMMENTS = ("ไม่มีความเห็น", "อนุญาตให้แสดงความเห็นได้เฉพาะสมาชิก")

_NUMBER = re.compile(r"หมายเลขบันทึก\s{0,9}:?\s{0,9}(\d{1,12})")
_NEXT_FIELD = r"(?=คำสำคัญ|หมายเลขบันทึก|เขียนเมื่อ|แก้ไขเมื่อ|สัญญาอนุญาต|หมวด|จำนวนที่อ่าน|ความเห็น\s{0,9}\(|$)"
_WRITTEN_AT = re.compile(rf"บันทึกนี้เขียนที่\s{{0,9}}GotoKnow\s{{0,9}}โดย(.{{0,120}}?)\sใน\s(.{{0,120}}?){_NEXT_FIELD}", re.MULTILINE)
_WRITTEN_BY = re.compile(rf"บันทึกนี้เขียนที่\s{{0,9}}GotoKnow\s{{0,9}}โดย(.{{0,120}}?){_NEXT_FIELD}", re.MULTILINE)
_LICENCE = re.compile(rf"สัญญาอนุญาต\s{{0,9}}:(.{{0,120}}?){_NEXT_FIELD}", re.MULTILINE)
_POSTED = re.compile(rf"เขียนเมื่อ\s{{0,9}}{_UNNAMED_STAMP}")
_EDITED = re.compile(rf"แก้ไขเมื่อ\s{{0,9}}{_UNNAMED_STAMP}")


@dataclass(slots=True)
class _Page:
    """A page in its parts: runs of content lines, metadata lines, the lines of the comments and how many the page states."""

    content: list[list[Line]] = field(default_factory=lambda: [[]])
    metadata: list[str] = field(default_factory=list)
    comments: list[Line] = field(default_factory=list)
    stated: int = 0


def read(file: SourceFile) -> Iterator[Post]:
    """Yield the one post of a file.

    Raises:
        SourceError: when the file is no text of one page.
    """
    with open_file(file, MAX_PAGE_BYTES) as opened:
        data = opened.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise refusal(file.name, "a page must not grow while it is read. Run again.", "ไฟล์ต้องไม่เปลี่ยนขณะอ่าน โปรดสั่งทำงานใหม่")
    yield read_page(decode(data, file.name), file.name, file.origin)


def read_page(text: str, source: str, origin: str) -> Post:
    """Return the text of a scraped page as a post.

    Raises:
        SourceError: when the text is empty or no person wrote it as one post.
    """
    check_text(text, source)
    page = _take_apart(read_lines(text))
    content = [run for run in page.content if run]
    title = _title(content, page)
    lines = [line for run in content for line in run]
    lead = find_lead(title.text if title else None, lines[1 if title else 0 :])
    taken = {line.row for line in (title, lead) if line}
    body = tuple(span_of(part) for part in (_trimmed([line for line in run if line.row not in taken]) for run in content) if part)
    comments = split_comments(page.comments, page.stated)
    metadata = "\n".join(page.metadata)
    written = _WRITTEN_AT.search(metadata) or _WRITTEN_BY.search(metadata)
    number = _NUMBER.search(metadata)
    return Post(
        id=str(int(number[1])) if number else short_hash(text),
        source=source,
        origin=origin,
        text=text,
        title=title.text if title else None,
        author=_given(written, 1),
        posted_at=read_stamp(_found(_POSTED, metadata)),
        edited_at=read_stamp(_found(_EDITED, metadata)),
        blog=_given(written, 2),
        licence=_given(_LICENCE.search(metadata), 1),
        lead=Span(lead.start, lead.end) if lead else None,
        body=body,
        comments=comments,
        notes=_notes(source, title, page.stated, comments) + notes_on(text, source),
    )


def _take_apart(lines: Sequence[Line]) -> _Page:
    """Sort the lines of a page into content, metadata and comments, and leave out the furniture."""
    page = _Page()
    lines = lines[: _furniture(lines)]
    for place, line in enumerate(lines):
        metadata = _METADATA_LINE.match(line.text) or _GLUED_METADATA.search(line.text)
        count = _COUNT.search(line.text)
        if count and (metadata or count.start() == 0):
            if metadata:
                page.metadata.append(line.text[metadata.start() :])
                page.content[-1].append(line.part(0, metadata.start()))
            page.stated = int(count[1])
            page.comments = [after for after in lines[place + 1 :] if not after.text.startswith(_REFUSED_COMMENTS)]
            break
        if metadata:
            page.metadata.append(line.text[metadata.start() :])
            page.content[-1].append(line.part(0, metadata.start()))
            page.content.append([])
        else:
            page.content[-1].append(line)
    page.content = [_trimmed(run) for run in page.content]
    return page


def _furniture(lines: Sequence[Line]) -> int:
    """Return the place of the first line of page furniture, which stands in the last lines of a page or nowhere."""
    written = [place for place, line in enumerate(lines) if line.text]
    for place in written[-LONGEST_FURNITURE:]:
        if _FURNITURE.match(lines[place].text):
            return place
    return len(lines)


def _trimmed(run: Sequence[Line]) -> list[Line]:
    """Return a run of lines without the blank ones at its edges."""
    written = [place for place, line in enumerate(run) if line.text]
    return list(run[written[0] : written[-1] + 1]) if written else []


def _title(content: Sequence[Sequence[Line]], page: _Page) -> Line | None:
    """Return the first line where it can be a title: short, and something else stands on the page."""
    if not content:
        return None
    first = content[0][0]
    alone = sum(map(len, content)) == 1 and not page.metadata and not page.comments
    return None if alone or len(first.text) > LONGEST_TITLE else first


def _notes(source: str, title: Line | None, stated: int, comments: Sequence[Comment]) -> tuple[Note, ...]:
    """Return what a reader of the run should know about the shape of the page."""
    notes = []
    if not title:
        en = f"{source}: the first line should be a title of {LONGEST_TITLE} characters at most. Got none. The post is listed without a title."
        notes.append(Note(en, f"{source}: บรรทัดแรกควรเป็นชื่อเรื่องยาวไม่เกิน {LONGEST_TITLE} ตัวอักษร แต่ไม่พบ บันทึกนี้จึงแสดงโดยไม่มีชื่อเรื่อง"))
    if stated != len(comments):
        en = f"{source}: the page states {stated} comments. Found {len(comments)}. Check where one comment ends and the next begins."
        notes.append(Note(en, f"{source}: หน้าเว็บระบุว่ามีความเห็น {stated} รายการ แต่พบ {len(comments)} รายการ โปรดตรวจรอยต่อระหว่างความเห็น"))
    return tuple(notes)


def _given(found: re.Match[str] | None, group: int) -> str | None:
    """Return what a field says, or None where the page leaves it blank."""
    if found is None or group > (found.lastindex or 0):
        return None
    return found[group].strip() or None


def _found(pattern: re.Pattern[str], text: str) -> str:
    """Return what a pattern finds, or nothing."""
    found = pattern.search(text)
    return found[0] if found else ""
