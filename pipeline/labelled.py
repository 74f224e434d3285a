"""The records of labelled posts: what careful readers marked, and what they accept.

Comes in: nothing. Goes out: dataclasses for training and evaluation. Refuses nothing. Offsets are code points, half-open, into the post as scraped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pipeline.records import Passage, Post, Span


@dataclass(frozen=True, slots=True)
class GoldFields:
    """What careful readers accept for the fields of an action: names of owners, none where nobody is named; ISO days; states.

    The days are firm where readers agreed on them.
    """

    owners: tuple[str, ...]
    days: tuple[str, ...]
    days_agreed: bool
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A passage that a careful reader marked; `also` is a second accepted range; a disputed one is neither asked for nor punished."""

    span: Span
    label: str
    also: Span | None = None
    disputed: bool = False
    fields: GoldFields | None = None


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the list of a writer's posts says of one: its domain, who speaks, in what register, and its place in a series, if any."""

    domain: str
    persona: str
    register: str
    series: str | None = None
    part: int | None = None
    written_on: date | None = None


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A post with the passages that a careful reader marked in it: what training and evaluation learn from."""

    post: Post
    writer: str
    passages: tuple[Passage, ...]
    facts: PostFacts | None = None


@dataclass(frozen=True, slots=True)
class SecondFields:
    """What a second reader wrote of a marked passage: who does it, in whose voice, and who tells it; empty where the reader found nobody."""

    who: tuple[str, ...]
    voice: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Taught:
    """What reviewers say of a stretch of a post, "other" included; `weight` is how much it teaches."""

    span: Span
    label: str
    weight: float
    reviewer: str


@dataclass(frozen=True, slots=True)
class TaughtPost:
    """A post with what reviewers say of it: only the stretches in `taught` teach, of the rest nobody has said anything."""

    labelled: LabelledPost
    taught: tuple[Taught, ...]


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """A passage that a reader marked as news of a thread: the file of its post, its place there, and what it says."""

    source: str
    span: Span
    relation: str


@dataclass(frozen=True, slots=True)
class MarkedThread:
    """A thread that a reader marked in a series of the corpus; its first event opens it."""

    writer: str
    series: str
    kind: str
    title: str
    state: str
    events: tuple[MarkedEvent, ...]
