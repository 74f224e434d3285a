"""All that a digest cites.

Comes in: a digest. Goes out: its lines of what is followed, its items, and the evidence in all of them. Refuses nothing; what stands in two parts
comes twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.followed import evidence_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Digest, DigestItem, Evidence, Followed


def lines_of(digest: Digest) -> Iterator[Followed]:
    """Yield the lines of what is followed, asked, used again and changed."""
    yield from (*digest.followed, *digest.questions, *digest.reused, *(line for _, line in digest.changes.followed))


def items_of(digest: Digest) -> Iterator[DigestItem]:
    """Yield the items of all parts."""
    for section in (*digest.sections, *digest.registers, *digest.changes.new):
        yield from section.items
    yield from (*(one.item for one in digest.top), *digest.unused)


def evidence_of(digest: Digest) -> Iterator[Evidence]:
    """Yield every passage that a digest cites."""
    for item in items_of(digest):
        yield from item.evidence
    for line in lines_of(digest):
        yield from evidence_in(line)
