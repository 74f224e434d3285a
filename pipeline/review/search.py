"""Searching passages by Thai words.

Comes in: words. Goes out: the passages that hold them, with a way to review each. Refuses nothing: without words, the page alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.review.asked import Page
from pipeline.review.pages import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from pipeline.review.asked import Asked

SHOWN = 50
_LONGEST = 200


def _show(asked: Asked) -> Response:
    words = asked.query.get("words", "").strip()[:_LONGEST]
    store = asked.site.store
    found = store.search.find(words) if words else []
    passages = [passage for one in found[:SHOWN] if (passage := store.passage(one))]
    posts = store.posts_by_id(sorted({passage.post for passage in passages}))
    return page(asked, "search.html", words=words, total=len(found), passages=passages, posts=posts, most=SHOWN)


PAGES = (Page("/search", _show, role="reviewer"),)
