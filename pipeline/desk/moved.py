"""Corrections that moved with their posts: a reviewer says whether they hold where they are found now.

Comes in: an item of the queue of the kind "moved", and a press. Goes out: the decision to be kept: the same correction anchored anew, or one that
takes it back. Refuses, as `CorrectionRefused`, an item whose correction is no longer in doubt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.anchoring import find
from pipeline.correcting.apply import held
from pipeline.correcting.queue import moved_item
from pipeline.corrections import Correction, anchor_of, live
from pipeline.errors import CorrectionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pipeline.corrections import Anchor, Held, QueueItem
    from pipeline.records import Post
    from pipeline.store.store import Store


def in_doubt(store: Store, item: QueueItem) -> tuple[Post, Held]:
    """Return the post and the correction that an item asks about, with where it is found now.

    Raises:
        CorrectionRefused: when it is asked no more.
    """
    post = store.posts_by_id([item.post]).get(item.post)
    for one in held(post, live(store.corrections.of_post(item.post))) if post else ():
        if one.holding == "to confirm" and moved_item(one) == item.item:
            assert post is not None
            return post, one
    raise CorrectionRefused(
        en="A correction that is asked about must be in doubt. This one is settled, or its post has changed again. Take the next item.",
        th="รายการนี้ไม่ต้องยืนยันแล้ว เพราะมีผู้ตัดสินไปก่อนหรือบันทึกเปลี่ยนอีกครั้ง โปรดดูรายการถัดไป",
    )


def settled(  # noqa: PLR0913 - who says what of what, when, and under which key
    store: Store, item: QueueItem, *, holds: bool, reviewer: str, now: datetime, key: str
) -> Sequence[Correction]:
    """Return the decision that a reviewer's answer is: what holds is anchored in the text of now, what does not is taken back."""
    post, one = in_doubt(store, item)
    taken_back = Correction(item.item, "undo", reviewer, now, f"{key}/0", post=post.id, undoes=one.correction.key, queued="changed")
    if not holds:
        return [taken_back]
    anchors = [_anew(post, anchor) for anchor in (one.correction.anchor, *one.correction.further) if anchor]
    again = replace(
        one.correction, item=item.item, reviewer=reviewer, at=now, key=f"{key}/1", post=post.id, anchor=anchors[0], further=tuple(anchors[1:]),
        queued="changed", lane="", number=None,
    )  # fmt: skip
    return [taken_back, again]


def _anew(post: Post, anchor: Anchor) -> Anchor:
    place = find(anchor, post.text)
    assert place is not None
    return anchor_of(post.text, place.span)
