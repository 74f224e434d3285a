"""Corrections to rows and back, without loss.

Comes in: corrections, or rows of their table. Goes out: the other of the two. Refuses nothing. Times are kept in UTC, without their zone.
"""

from __future__ import annotations

from datetime import UTC
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline.corrections import Anchor, Correction, QueueItem
from pipeline.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    Row = Mapping[Any, Any]

_AS_THEY_ARE = (
    "number", "item", "lane", "version", "field", "reviewer", "key", "undoes", "basis", "queued", "suggestion_shown", "model", "guideline",
    "milliseconds", "before", "after", "note",
)  # fmt: skip
_OF_AN_ITEM = ("item", "kind", "start", "reason", "value", "label", "phase", "place", "day", "double", "shown")
_VALUES_OF = attrgetter(*_OF_AN_ITEM, "post")
OF_AN_ITEM_ITSELF = (*_OF_AN_ITEM, "post_id", "wanted")
NOBODYS = ("first_reader", "leased_to", "leased_until", "truth")  # what nobody who has not read it knows of it
_OF_NOBODY = (True, *(None for _ in NOBODYS))
# the columns of its row: the rank first, since it is what changes, and last what stands there as JSON
OF_A_WAITING_ITEM = ("rank", *OF_AN_ITEM_ITSELF, "open", *NOBODYS, "details")


def correction_row(correction: Correction) -> dict[str, Any]:
    """Return the row of a correction; one without a number leaves it to the database."""
    row = {name: getattr(correction, name) for name in _AS_THEY_ARE if name != "number" or correction.number is not None}
    row["post_id"] = correction.post
    row["at"] = utc(correction.at)
    row["anchor"] = _anchor_json(correction.anchor) if correction.anchor else None
    row["further"] = [_anchor_json(anchor) for anchor in correction.further]
    return row


def correction_of(row: Row) -> Correction:
    """Return the correction of a row."""
    return Correction(
        post=row["post_id"],
        at=row["at"].replace(tzinfo=UTC),
        anchor=_anchor_of(row["anchor"]) if row["anchor"] else None,
        further=tuple(map(_anchor_of, row["further"])),
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def waiting_row(rank: int, item: QueueItem) -> tuple[Any, ...]:
    """Return the row of something that waits at a place, which nobody has read or has before their eyes, in the order of its columns."""
    return (rank, *values_of(item), *_OF_NOBODY, item.details)


def values_of(item: QueueItem) -> tuple[Any, ...]:
    """Return what a row tells of something that waits, but its place and what stands there as JSON, in the order `OF_AN_ITEM_ITSELF`."""
    return (*_VALUES_OF(item), 2 if item.double else 1)


def item_of(row: Row) -> QueueItem:
    """Return what waits in a row."""
    return QueueItem(post=row["post_id"], **{name: row[name] for name in (*_OF_AN_ITEM, "rank", "details")})


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC, without its zone, as both databases keep it alike."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _anchor_json(anchor: Anchor) -> list[Any]:
    return [anchor.span.start, anchor.span.end, anchor.exact, anchor.prefix, anchor.suffix, anchor.text_hash]


def _anchor_of(row: list[Any]) -> Anchor:
    start, end, *words = row
    return Anchor(Span(start, end), *words)
