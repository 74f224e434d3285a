"""The short forms that the quotations of a digest use, spelled out.

Comes in: a `Digest`. Goes out: pairs of the form and what it stands for. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.followed import MATTERS, evidence_in
from pipeline.languages import short_forms_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Digest, DigestItem, Followed


def short_forms_of(digest: Digest) -> tuple[tuple[str, str], ...]:
    """Return the short forms that are used in what a digest quotes."""
    return short_forms_in(dict.fromkeys(_quotes(digest)))


def _quotes(digest: Digest) -> Iterator[str]:
    sections = (*digest.sections, *digest.registers, *digest.changes.new)
    items = (*(item for section in sections for item in section.items), *(one.item for one in digest.top), *digest.unused)
    yield from (quote for item in items for quote in _of_item(item))
    lines = (*digest.followed[:MATTERS], *digest.questions, *digest.reused, *(line for _, line in digest.changes.followed))
    yield from (quote for line in lines for quote in _of_line(line))


def _of_item(item: DigestItem) -> Iterator[str]:
    yield from (mention.passage.quote for mention in item.evidence)


def _of_line(line: Followed) -> Iterator[str]:
    yield from (one.passage.quote for one in evidence_in(line))
