"""The bridge from corrections to training: every corrected post with what reviewers say of it.

Comes in: a store. Goes out: `TaughtPost` records, in order of their posts. Refuses nothing: posts that are gone teach nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.correcting.teaching import taught_post
from pipeline.corrections import live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.labelled import TaughtPost
    from pipeline.records import Passage
    from pipeline.store.store import Store


def taught_posts(store: Store) -> Iterator[TaughtPost]:
    """Yield the posts of which reviewers have said something that surely holds."""
    said: dict[str, list[Passage]] = {}
    for passage in store.said_by_model():
        said.setdefault(passage.post, []).append(passage)
    for post_id in store.corrections.posts():
        post = store.posts_by_id([post_id])[post_id]
        taught = taught_post(post, said.get(post_id, ()), live(store.corrections.of_post(post_id)))
        if taught.taught:
            yield taught
