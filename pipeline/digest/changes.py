"""What is other in a digest than in the last one.

Comes in: what is remembered of the last other digest, how the matters stand now, and a way to the evidence. Goes out: `Changes`. Refuses nothing.
Nothing is compared with a digest of another model: it cut the same posts into other passages, and all of them would seem new.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from pipeline.digest.digest import make_item
from pipeline.digest.following import followed_lines
from pipeline.followed import SETTLED
from pipeline.labels import label_ids
from pipeline.records import Changes, Section
from pipeline.remembered import ChangeKind, Remembered, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from pipeline.followed import Thread
    from pipeline.outgoing import Standing as Told
    from pipeline.records import Evidence, Passage

KEPT = 100  # new items of one label, and changed matters of one kind: a cut is made of them, and a form shows the first


def remembered_now(model: str, posts: int, last_post: date | None, groups: Sequence[tuple[str, str]], threads: Sequence[Thread]) -> Remembered:
    """Return what shall be remembered of a digest; `groups` are all of its phase, each with its label, `threads` those opened in it."""
    standing = {thread.id: _standing(thread) for thread in threads if thread.state != "candidate"}
    return Remembered(model, posts, last_post, frozenset(key for _, key in groups), standing)


def last_other(known: Sequence[Remembered], now: Remembered) -> Remembered | None:
    """Return the last digest that held other matters than now; an unchanged run compares with the same one again."""
    return next((one for one in known if not one.is_same(now)), None)


def new_groups(before: Remembered | None, now: Remembered, groups: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the groups that the digest before did not have, in their order; none where nothing is compared."""
    if before is None or before.model != now.model:
        return []
    return [(label, key) for label, key in groups if key not in before.groups]


def first_of_each(groups: Sequence[tuple[str, str]], most: int = KEPT) -> list[str]:
    """Return the keys of the first groups of each label."""
    return [key for label in label_ids() for key in [key for own, key in groups if own == label][:most]]


def changes_since(  # noqa: PLR0913 - both sides, and what leads to the evidence
    before: Remembered | None,
    now: Remembered,
    *,
    new: Sequence[tuple[str, str]],
    found: Mapping[str, Sequence[Evidence]],
    threads: Sequence[Thread],
    evidence: Callable[[Passage], Evidence],
) -> Changes:
    """Return the changes; `found` holds the evidence of those new groups that are shown, `threads` are worth telling."""
    if before is None:
        return Changes()
    if before.model != now.model:
        return Changes("reread", before.posts, before.last_post)
    totals = Counter(label for label, _ in new)
    keys = first_of_each(new)
    sections = [Section(label, totals[label], tuple(make_item(label, found[key]) for key in keys if (label, key) in set(new))) for label in totals]
    fresh = {key for _, key in new}
    moved = _by_kind(before, [thread for thread in threads if thread.id in before.threads or thread.opened_by.group not in fresh])
    lines = tuple((kind, line) for kind, own in moved.items() for line in followed_lines(own, evidence, KEPT))
    ranked = tuple(sorted(sections, key=lambda section: label_ids().index(section.label)))
    return Changes("compared", before.posts, before.last_post, ranked, lines, tuple((kind, len(own)) for kind, own in moved.items()))


def what_became(before: Standing | Told | None, now: Standing | Told) -> ChangeKind | None:
    """Return in which way a matter stands otherwise than before, as a digest or a message remembers it."""
    if before == now:
        return None
    if now.state in SETTLED and (before is None or before.state not in SETTLED):
        return "closed"
    if before is None:
        return "opened"
    if before.due == now.due or now.due == _day(before.due):
        return "news"  # a day that is certain again is the one that was told
    return "doubted" if _day(before.due) == _day(now.due) else "moved"


def day_as_told(due: date | None, *, in_doubt: bool) -> str | None:
    """Return a day as ISO 8601 writes it, with ? where unconfirmed news would move it.

    >>> from datetime import date
    >>> day_as_told(date(2009, 3, 6), in_doubt=True), day_as_told(None, in_doubt=False)
    ('2009-03-06?', None)
    """
    written = due.isoformat() if due else ""
    return f"{written}?" if in_doubt else written or None


def _day(told: str | None) -> str | None:
    """Return the day that was told, whether in doubt or not."""
    return (told or "").removesuffix("?") or None


def _by_kind(before: Remembered, threads: Sequence[Thread]) -> dict[ChangeKind, list[Thread]]:
    """Return the threads that stand otherwise than before, by what became of them."""
    kinds = {thread.id: what_became(before.threads.get(thread.id), _standing(thread)) for thread in threads}
    found = {kind: [thread for thread in threads if kinds[thread.id] == kind] for kind in get_args(ChangeKind)}
    return {kind: own for kind, own in found.items() if own}


def _standing(thread: Thread) -> Standing:
    return Standing(thread.state, day_as_told(thread.own_day, in_doubt=thread.day_doubt is not None), len(thread.events))
