"""What a reader has not seen yet: a digest told against the last one that this reader got.

Comes in: a digest as its reader gets it, and what the reader had seen. Goes out: what is seen with it, and the digest with the changes since then.
Refuses nothing. Ids alone are remembered, no words. A digest of another model is not compared: it cut the same posts into other passages.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from pipeline.digest.changes import day_as_told, what_became
from pipeline.followed import MATTERS
from pipeline.outgoing import Seen, Standing
from pipeline.records import Changes, Section
from pipeline.remembered import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Digest, DigestItem, Followed

SHOWN = 3  # new items of one label, and changed matters of one kind


def seen_in(digest: Digest) -> Seen:
    """Return what a reader knows who has read a digest."""
    items = frozenset(name for section in digest.sections for item in section.items for name in _names(item))
    lines = {line.opener.passage.id: _standing(line) for line in digest.followed[:MATTERS]}
    return Seen(digest.model, digest.posts, digest.last_post, items, lines)


def holds_anything(digest: Digest) -> bool:
    """Tell whether there is anything in a digest to read."""
    return bool(digest.followed or any(section.items for section in digest.sections))


def tells_news(digest: Digest, before: Seen | None) -> bool:
    """Tell whether a digest that was told since the last one has anything new for its reader."""
    if before is None or before.model != digest.model:
        return holds_anything(digest)
    return bool(digest.changes.new or digest.changes.followed)


def since(digest: Digest, before: Seen | None, whole: Sequence[Followed]) -> Digest:
    """Return the digest with what is new to its reader as its changes; `whole` are the matters of the digest before it was cut.

    What a reader followed and is settled now may have left the cut: that it was settled is told once.
    """
    if before is None:
        return replace(digest, changes=Changes(), top=tuple(replace(one, new=False) for one in digest.top))
    if before.model != digest.model:
        changes = Changes("reread", before.posts, before.last_post)
        return replace(digest, changes=changes, top=tuple(replace(one, new=False) for one in digest.top))
    new = tuple(found for section in digest.sections if (found := _new(section, before)).items)
    left = {line.opener.passage.id: line for line in whole if line.opener.passage.id in before.lines}
    pressing = digest.followed[:MATTERS]
    lines = [*pressing, *(line for name, line in left.items() if name not in {one.opener.passage.id for one in pressing})]
    changed = [(kind, line) for line in lines if (kind := what_became(before.lines.get(line.opener.passage.id), _standing(line)))]
    changed = [(kind, line) for kind, line in changed if kind != "opened" or not _is_new(line, new)]  # told as a new item already
    totals = Counter(kind for kind, _ in changed)
    kinds = [kind for kind in get_args(ChangeKind) if totals[kind]]
    shown = tuple(one for kind in kinds for one in [one for one in changed if one[0] == kind][:SHOWN])
    few = tuple(replace(section, items=section.items[:SHOWN]) for section in new)
    changes = Changes("compared", before.posts, before.last_post, few, shown, tuple((kind, totals[kind]) for kind in kinds))
    return replace(digest, changes=changes, top=tuple(replace(one, new=not before.items.intersection(_names(one.item))) for one in digest.top))


def _names(item: DigestItem) -> set[str]:
    """Return by what an item is known again: its group, which may change when groups are joined, and its clearest passage."""
    first = item.evidence[0].passage
    return {first.group or first.id, first.id}


def _new(section: Section, before: Seen) -> Section:
    """Return the items that the reader has not seen: none of their passages stood for an item then."""
    known = before.items
    items = tuple(
        item for item in section.items if not known.intersection(_names(item)) and not any(one.passage.id in known for one in item.evidence)
    )
    return Section(section.label, len(items), items)


def _is_new(line: Followed, new: tuple[Section, ...]) -> bool:
    opened = line.opener.passage.id
    return any(one.passage.id == opened for section in new for item in section.items for one in item.evidence)


def _standing(line: Followed) -> Standing:
    return Standing(line.state, day_as_told(line.due, in_doubt=line.doubted), line.last.passage.id if line.last else None)
