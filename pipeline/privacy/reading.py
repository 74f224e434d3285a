"""What nothing ever shows, kept out of a post before anything else reads it.

Comes in: a post as scraped. Goes out: the post with each sign of a network address or an ID number as ▮, so that every offset stays, and how many
there were of each kind, by place. Refuses nothing. The ids of a post and of its file stay: other files know the post by them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.masks import covered, never_shown, private_in

if TYPE_CHECKING:
    from pipeline.records import Post

Counted = Counter[tuple[str, str]]  # by kind and place; never the words


def without_never_shown(post: Post) -> tuple[Post, Counted]:
    """Return the post without what nothing shows, and the counts."""
    counted: Counted = Counter()
    kept = replace(
        post,
        text=_without(post.text, "text", counted),
        title=_maybe(post.title, "title", counted),
        author=_maybe(post.author, "author", counted),
        url=_maybe(post.url, "url", counted),
        blog=_maybe(post.blog, "blog", counted),
        licence=_maybe(post.licence, "licence", counted),
        comments=tuple(replace(one, author=_maybe(one.author, "comment author", counted)) for one in post.comments),
    )
    return (kept if counted else post), counted


def _maybe(text: str | None, place: str, counted: Counted) -> str | None:
    return _without(text, place, counted) if text else text


def _without(text: str, place: str, counted: Counted) -> str:
    found = private_in(text, never_shown)
    counted.update((one.kind, place) for one in found)
    return covered(text, found)
