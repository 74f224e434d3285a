"""Analyse: waiting posts become labelled passages in the store.

Comes in: posts that the model has not read as they are now. Goes out: their passages, each with group and phase. Refuses nothing: a post
that the reader cannot read is reported and left waiting, and the rest goes on. A batch is one transaction.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pipeline.digest.groups import group
from pipeline.errors import SourceError
from pipeline.phases import assign
from pipeline.records import Note, Reject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from pipeline.nlp.reader import Reader
    from pipeline.records import Passage, Phase, Post
    from pipeline.settings import Settings
    from pipeline.store.store import Store

# What a post that nobody foresaw may raise in the reader; whatever else happens ends the run.
UNFORESEEN = (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)

_log = logging.getLogger(__name__)


class Batch:
    """Posts on their way through the reader, with their Docs; not a dataclass, so that no scheduler looks into it."""

    def __init__(self, posts: Sequence[Post], docs: Sequence[Doc]) -> None:
        """Keep them."""
        self.posts = posts
        self.docs = docs


class Read:
    """What a reader found and nearly found in a batch, and which of its posts it told from the middle day; not a dataclass, as `Batch`."""

    def __init__(self, reader: str, passages: list[list[Passage]], nearly: list[list[Passage]], undated: set[str]) -> None:
        """Keep it."""
        self.reader = reader
        self.passages = passages
        self.nearly = nearly
        self.undated = undated


def tokenize(reader: Reader, posts: Sequence[Post]) -> Batch:
    """Return the posts with their words; call it within ``reader.batch()``."""
    return Batch(posts, reader.tokenize(posts))


def classify(reader: Reader, batch: Batch, settings: Settings, store: Store) -> int:
    """Label the batch, keep its passages, and return how many there are."""
    return keep(reader, batch.posts, found_in(reader, batch.posts, batch.docs), settings, store)


def found_in(reader: Reader, posts: Sequence[Post], docs: Sequence[Doc]) -> Read:
    """Label the Docs of posts and return what was found; call it within ``reader.batch()``."""
    passages = reader.classify(docs)
    undated = {post.id for post, doc in zip(posts, docs, strict=True) if reader.is_told_from_collection(doc)}
    return Read(reader.id, passages, reader.nearly(docs), undated)


def keep(reader: Reader, posts: Sequence[Post], read: Read, settings: Settings, store: Store) -> int:
    """Keep the passages of posts in groups and phases, beside them what was nearly found, and return how many passages there are."""
    analysed = [(post, _placed(post, passages, settings.phases)) for post, passages in zip(posts, read.passages, strict=True)]
    store.put_analysis(reader.id, settings.phases_key, analysed, read.undated, reader.around)
    store.near.put(dict(zip((post.id for post in posts), read.nearly, strict=True)), {post.id: post.content_hash for post in posts})
    return sum(len(passages) for passages in read.passages)


def analyse_alone(reader: Reader, post: Post, settings: Settings, store: Store, language: str) -> int | Reject:
    """Analyse one post of a batch that failed; return how many passages it has, or why it cannot be read."""
    try:
        with reader.batch():
            return classify(reader, tokenize(reader, [post]), settings, store)
    except UNFORESEEN as error:
        _log.exception("post %s cannot be analysed", post.id)
        why = not_analysed(post, error)
        told = Note(f"{why.en} It stays in the store unread.", f"{why.th} ตัวบันทึกยังอยู่ในคลัง")
        return Reject(post.source, None, told.th if language == "th" else told.en, told)


def not_analysed(post: Post, error: Exception) -> SourceError:
    """Return the error of a post that the reader stumbled over."""
    return SourceError(
        en=f"{post.source}: a post must be readable by the analysis. Got {type(error).__name__}. Please report it with the post.",
        th=f"{post.source}: วิเคราะห์บันทึกนี้ไม่ได้ โปรดแจ้งผู้ดูแลพร้อมแนบบันทึก",
    )


def place_again(settings: Settings, store: Store, limit: int) -> int:
    """Set the phases of posts that other settings placed, at most `limit` of them; return how many."""
    stale = store.stale_phases(settings.phases_key, limit)
    store.put_phases(settings.phases_key, [(post, assign(post, passages, settings.phases)) for post, passages in stale])
    return len(stale)


def _placed(post: Post, passages: Sequence[Passage], phases: Sequence[Phase]) -> list[Passage]:
    return assign(post, group(post, passages), phases)
