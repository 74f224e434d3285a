"""Our labelled corpus: scraped pages with the passages marked inline, and a list of each writer's posts.

Comes in: a marked page, or a folder with one folder for each writer, with ``posts.csv`` in it. Goes out: `LabelledPost` records, offsets
counted without the marks. Refuses a wrong mark, a list that does not name each post once, and a value in it that is none of its column.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from pipeline.labelled import LabelledPost, PostFacts
from pipeline.records import ActionFields, Actor, ChainLink, ChainPart, Passage, Post, Span, State, Strength, Voice, When
from pipeline.sources.decoding import MAX_PAGE_BYTES, decode
from pipeline.sources.files import SourceFile, open_file
from pipeline.sources.gotoknow import read_page
from pipeline.sources.marks import label_of_mark, strip_marks
from pipeline.sources.refusals import refusal, unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from pipeline.sources.marks import Mark

FACTS_FILE = "posts.csv"
DOMAINS = frozenset({
    "agriculture", "community", "culture", "disaster", "environment", "health", "local-government", "market", "office", "religion", "school",
    "software", "university", "village-fund", "welfare", "youth",
})  # fmt: skip
REGISTERS = frozenset({"chat", "diary", "letter", "minutes", "outline", "rant", "report", "speech", "story"})


def read_corpus(folder: Path, writers: Collection[str] | None = None) -> Iterator[LabelledPost]:
    """Yield the labelled posts below a folder in name order, of all writers or of these; the folder of a post is named for its writer.

    Raises:
        SourceError: when a file cannot be read, a mark in it is wrong, or a list of posts is.
    """
    for writer in sorted(path for path in folder.iterdir() if path.is_dir() and (writers is None or path.name in writers)):
        pages = sorted(writer.glob("*.txt"))
        facts = _read_facts(writer / FACTS_FILE, {page.stem for page in pages})
        for page in pages:
            yield read_marked(page, writer.name, facts.get(page.stem))


def read_marked(path: Path, writer: str, facts: PostFacts | None = None) -> LabelledPost:
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
    text, marks = strip_marks(marked, file.name)
    post = read_page(text, file.name, file.origin)
    return LabelledPost(post, writer, tuple(_passage(post, mark) for mark in marks), facts)


def _passage(post: Post, mark: Mark) -> Passage:
    """Return a marked passage as a record: certain, given by a reader, in the voice of whoever wrote there unless the mark names another."""
    comment = next((comment for comment in post.comments if comment.span.overlap(mark.span)), None)
    return Passage(
        post=post.id,
        source=post.source,
        span=mark.span,
        quote=mark.span.of(post.text),
        label=mark.label,
        confidence=1.0,
        voice=cast("Voice", mark.first("voice") or ("commenter" if comment else "author")),
        speaker=mark.first("speaker") or (comment.author if comment else post.author),
        origin="reviewer",
        also=tuple(label_of_mark(letter) for letter in mark.fields.get("also", ())),
        action=_action(mark) if mark.label == "action" else None,
        chain=tuple(_chain(post, mark)),
    )


def _chain(post: Post, mark: Mark) -> Iterator[ChainLink]:
    """Yield the links of a passage's chain, each where its words stand first in the passage.

    Raises:
        SourceError: when the words of a link are not in the passage.
    """
    quote = mark.span.of(post.text)
    for part in get_args(ChainPart):
        for written in mark.fields.get(part, ()):
            if written not in quote:
                raise refusal(
                    post.source,
                    f'{part}= must be words of its own passage. Got "{written}". Copy them from the passage.',
                    f'{part}= ต้องเป็นคำที่อยู่ในช่วงข้อความเดียวกัน แต่พบ "{written}" โปรดคัดจากช่วงนั้น',
                )
            start = mark.span.start + quote.index(written)
            yield ChainLink(part, Span(start, start + len(written)), written)


def _action(mark: Mark) -> ActionFields:
    return ActionFields(
        who=tuple(Actor(who) for who in mark.fields.get("who", ())),
        when=tuple(_when(written) for written in mark.fields.get("when", ())),
        where=mark.first("where"),
        state=cast("State | None", mark.first("state")),
        strength=cast("Strength | None", mark.first("strength")),
    )


def _when(written: str) -> When:
    """Return a day, a month, a year, a range of them or a recurrence as the dates it spans.

    >>> _when("2007-02").last_day, _when("2007-01-29T09:30").time, _when("FREQ=MONTHLY").repeats
    (datetime.date(2007, 2, 28), '09:30', 'FREQ=MONTHLY')
    """
    if written.startswith("FREQ="):
        return When(text="", repeats=written)
    first, _, last = written.partition("/")
    first_day, _, time = first.partition("T")
    if len(last) == len("00:00"):
        return When("", _first_day(first_day), _last_day(first_day), f"{time}/{last}")
    last_day, _, last_time = last.partition("T")
    return When("", _first_day(first_day), _last_day(last_day or first_day), "/".join(filter(None, (time, last_time))) or None)


def _first_day(written: str) -> date:
    return date(*map(int, [*written.split("-"), "1", "1"][:3]))


def _last_day(written: str) -> date:
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in {0, 12} else date(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _read_facts(file: Path, pages: set[str]) -> Mapping[str, PostFacts]:
    """Return what the list says of each page; a folder without a list says nothing of any.

    Raises:
        SourceError: when the list leaves out a page, names another, or a value in it is none of its column.
    """
    if not file.exists():
        return {}
    name = f"{file.parent.name}/{file.name}"
    facts: dict[str, PostFacts] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened, strict=True)
            for row in rows:
                if row.get("name", "") in facts:
                    raise _wrong_row(name, rows.line_num, f"{row['name']} twice")
                facts[row.get("name", "")] = _facts(row, name, rows.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _wrong_row(name, 1, str(error)) from None
    if facts.keys() != pages:
        odd = ", ".join(sorted(facts.keys() ^ pages))
        raise refusal(
            name, f"the list must name each page once. Got a difference: {odd}. Correct the list.", f"รายการต้องมีครบทุกหน้า แต่ต่างกันที่ {odd} โปรดแก้รายการ"
        )
    return facts


def _facts(row: Mapping[str, str], name: str, line: int) -> PostFacts:
    try:
        facts = PostFacts(
            domain=row["domain"],
            persona=row["persona"],
            register=row["register"],
            series=row["series"] or None,
            part=int(row["part"]) if row["part"] else None,
            written_on=date.fromisoformat(row["date"]) if row["date"] else None,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise _wrong_row(name, line, str(error)) from None
    if facts.domain not in DOMAINS or facts.register not in REGISTERS:
        raise _wrong_row(name, line, f"{facts.domain}, {facts.register}")
    return facts


def _wrong_row(name: str, line: int, found: str) -> Exception:
    columns = "name, domain, persona, register, series, part, date"
    return refusal(
        name,
        f"a row must have {columns}, with a known domain and register. Got {found}. Correct the row.",
        f"แต่ละแถวต้องมี {columns} โดย domain และ register ต้องเป็นค่าที่กำหนดไว้ แต่พบ {found} โปรดแก้แถวนี้",
        line,
    )
