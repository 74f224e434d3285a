"""The pages of the posts that digests cite, each written again only where it would be another.

Comes in: digests, and a store. Goes out: a page for each cited post in the folder of pages. Refuses an output folder that cannot be written. A page
stands where it was made of the same post, the same passages and the same program, and the file is as it was written.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.jobs.files import PAGES, remove_file, write_bytes
from pipeline.jobs.publish import cited_posts
from pipeline.jobs.registers import noted_in
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash
from pipeline.registers import NOTED
from pipeline.render import page_name, post_page
from pipeline.render.words import speaking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.privacy import Leaving
    from pipeline.records import Digest, Passage, Post
    from pipeline.settings import Language
    from pipeline.store.store import Store

_PAGE = "page"
_AT_ONCE = 100  # posts in memory while their pages are written


def publish_pages(digests: Sequence[Digest], store: Store, out: Path, language: Language = "th", leaving: Leaving | None = None) -> int:
    """Write a page for each post that a digest cites, as it may leave where `leaving` is given; return how many. What nothing cites is removed."""
    cited, noted = sorted(cited_posts(digests)), noted_in(digests)
    for start in range(0, len(cited), _AT_ONCE):
        some = cited[start : start + _AT_ONCE]
        passages = {post_id: [*found, *noted.get(post_id, ())] for post_id, found in store.passages_of(some).items()}
        with speaking(language):
            if leaving:
                for post_id, post in store.posts_by_id(some).items():
                    write_bytes(_file(out, post_id), _page(leaving.post(post), [leaving.passage(one) for one in passages[post_id]]))
            else:
                _write_others(passages, store, out, language)
    kept = {_file(out, post_id) for post_id in cited}
    for page in (out / PAGES).glob("*.html"):
        if page not in kept:
            remove_file(page)
    return len(cited)


def _write_others(passages: Mapping[str, Sequence[Passage]], store: Store, out: Path, language: Language) -> None:
    """Write the pages that are made of something else than those that stand; texts are read of these alone."""
    made_of = {
        post_id: short_hash(program(), language, content, repr(post), *(_key(one, store) for one in passages[post_id]))
        for post_id, (post, content) in store.outlines_by_id(list(passages)).items()
    }
    known = store.known.of(_PAGE, made_of)
    others = [post_id for post_id in made_of if not _stands(_file(out, post_id), known.get(post_id))]
    pages = {post_id: _page(post, passages[post_id]) for post_id, post in store.posts_by_id(others).items()}
    for post_id, page in pages.items():
        write_bytes(_file(out, post_id), page)
    store.known.keep(_PAGE, made_of, {post_id: _hash(page) for post_id, page in pages.items()})


def _key(passage: Passage, store: Store) -> str:
    """Return what is another where a passage would be told otherwise; what stands in registers alone is no passage of the store."""
    return repr(passage) if passage.label == NOTED else store.key_of(passage)


def _stands(file: Path, known: str | None) -> bool:
    """Say whether a page is as it was written."""
    return known is not None and file.is_file() and known == _hash(file.read_bytes())


def _page(post: Post, cites: Sequence[Passage]) -> bytes:
    return post_page(post, cites).encode("utf-8")


def _file(out: Path, post_id: str) -> Path:
    return out / PAGES / f"{page_name(post_id)}.html"


def _hash(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()
