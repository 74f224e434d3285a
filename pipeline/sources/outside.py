"""Real texts off the genre, labelled by offset: they teach beside our own corpus where somebody has fetched them.

Comes in: ``texts.jsonl`` (where each public text stands, its checksum, and its labelled spans with a hash of each quotation) and the folder
with the texts. Goes out: `LabelledPost` records of the writers ``outside-…``. A text that is missing, or in which a quotation is not found
again, is left out and told. Refuses a list that cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.labelled import LabelledPost
from pipeline.records import Passage, Post, Span, short_hash
from pipeline.sources.gotoknow import read_page
from pipeline.sources.refusals import refusal, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LIST_FILE = "texts.jsonl"
_FARTHEST = 3_000  # code points that a quotation may have moved, where a text was turned to plain text a little otherwise
_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title: *(?P<title>.+)$", re.MULTILINE)
# What a page of the blog holds beside its words: [what, what stands instead]
_MARKUP = (
    (re.compile(r"^\{:.*\}$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])"), ""),
    (re.compile(r"^\[[^\]\n]+\]: .*$", re.MULTILINE), ""),
    (re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<[^>\n]+>"), ""),
    (re.compile(r"^>?[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_NEWS_HEAD = re.compile(r"\A.*\n+.*\n(?P<title>.+)\n")  # the site's name and the title, the day, the title again
_NEWS_FOOT = re.compile(r"\n*ที่มา ?:.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OutsideText:
    """A public text: its name here, where it stands, the SHA-256 of its plain text, and its spans as start, end, label, quotation's hash."""

    source: str
    repository: str
    commit: str
    path: str
    sha256: str
    spans: tuple[tuple[int, int, str, str], ...]


def read_list(folder: Path) -> list[OutsideText]:
    """Return the texts that the list in `folder` names.

    Raises:
        SourceError: when the list cannot be opened, or a row of it is none.
    """
    file = folder / LIST_FILE
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")  # not splitlines: U+2028 may stand in a row
    except OSError as error:
        raise unreadable(str(file), error) from None
    texts = []
    for number, line in enumerate(lines, 1):
        try:
            row: dict[str, Any] = json.loads(line)
            spans = tuple((int(start), int(end), str(label), str(quote)) for start, end, label, quote in row["spans"])
            texts.append(OutsideText(row["source"], row["repository"], row["commit"], row["path"], row["sha256"], spans))
        except (ValueError, KeyError, TypeError) as error:
            raise refusal(
                file.name,
                f"a row must have source, repository, commit, path, sha256 and spans. Got {type(error).__name__}: {error}. Correct the row.",
                f"แต่ละแถวต้องมี source repository commit path sha256 และ spans แต่พบ {error} โปรดแก้แถวนี้",
                number,
            ) from None
    return texts


def read_outside(listed: Sequence[OutsideText], texts: Path) -> Iterator[LabelledPost | OutsideText]:
    """Yield each listed text with its passages; the row itself where the text is not there or is no longer the one that was labelled."""
    for row in listed:
        file = texts / row.source
        text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else None
        found = None if text is None else _labelled(row, text)
        yield found or row


def _labelled(row: OutsideText, text: str) -> LabelledPost | None:
    same = hashlib.sha256(text.encode("utf-8")).hexdigest() == row.sha256
    spans = [(Span(start, end) if same else _moved(text, start, end, quote), label) for start, end, label, quote in row.spans]
    if any(span is None for span, _ in spans):
        return None
    post = read_page(text, row.source, row.source)
    passages = (_passage(post, span, label) for span, label in spans if span)
    return LabelledPost(post, f"outside-{row.source.partition('/')[0].partition('_')[0]}", tuple(passages))


def _moved(text: str, start: int, end: int, quote: str) -> Span | None:
    """Return where the quotation with this hash stands now, the nearest place first."""
    size = end - start
    for step in range(_FARTHEST):
        for place in {start + step, start - step}:
            if place >= 0 and short_hash(text[place : place + size]) == quote:
                return Span(place, place + size)
    return None


def _passage(post: Post, span: Span, label: str) -> Passage:
    return Passage(post=post.id, source=post.source, span=span, quote=span.of(post.text), label=label, confidence=1.0, origin="reviewer")


def plain_text(raw: str, path: str) -> str:
    r"""Return a public page as the plain text that was labelled: the title, a blank line, the words.

    >>> plain_text("---\ntitle: ก\n---\n\nอ่าน[ที่นี่](x)ครับ\n\n![](a.jpg)\n", "a.md")
    'ก\n\nอ่านที่นี่ครับ\n'
    """
    raw = raw.replace("\r\n", "\n")
    if path.endswith(".md"):
        head = _FRONT_MATTER.match(raw)
        title = _TITLE.search(head["head"]) if head else None
        body = raw[head.end() :] if head else raw
        for pattern, instead in _MARKUP:
            body = pattern.sub(instead, body)
    else:
        title = _NEWS_HEAD.match(raw)
        body = _NEWS_FOOT.sub("", raw[title.end() :] if title else raw)
    return f"{title['title'].strip() if title else ''}\n\n{body.strip()}\n"
