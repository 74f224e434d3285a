"""The words everything else speaks: frozen records of posts, passages, phases and digests.

Comes in: nothing. Goes out: dataclasses that every layer passes on. Refuses: a span that runs backwards and a digest item without evidence.
Offsets are code points, half-open, always into ``Post.text`` as scraped. Standard library only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pipeline.actions import ActionFields as ActionFields  # noqa: PLC0414, TC001 - others take it from here
from pipeline.actions import Actor as Actor  # noqa: PLC0414
from pipeline.actions import State as State  # noqa: PLC0414
from pipeline.actions import Strength as Strength  # noqa: PLC0414
from pipeline.actions import When as When  # noqa: PLC0414
from pipeline.charts import NO_CHARTS, Charts
from pipeline.notes import Note as Note  # noqa: PLC0414, TC001
from pipeline.notes import Reject as Reject  # noqa: PLC0414
from pipeline.remarks import NO_REMARKS as NO_REMARKS  # noqa: PLC0414 - others take it from here
from pipeline.remarks import FigureTold as FigureTold  # noqa: PLC0414
from pipeline.remarks import Remarks as Remarks  # noqa: PLC0414

if TYPE_CHECKING:
    from datetime import date, datetime

    from pipeline.cuts import Cut
    from pipeline.remembered import ChangeBasis, ChangeKind

Voice = Literal["author", "commenter", "reply", "quoted"]
PhaseBy = Literal["reviewer", "cue", "date", "default"]
Origin = Literal["model", "reviewer"]
ChainPart = Literal["event", "cause", "effect", "remedy", "condition", "affected"]


def short_hash(*parts: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of the parts, joined by NUL."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a post's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that runs backwards."""
        if not 0 <= self.start <= self.end:
            message = f"A span must have 0 <= start <= end. Got {self.start}..{self.end} instead."
            raise ValueError(message)

    def of(self, text: str) -> str:
        """Return the stretch of `text` that the span covers."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """Return how many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment (ความเห็น): a span of the post's one text, with the author and the time where the page gives them."""

    span: Span
    author: str | None = None
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post (บันทึก) as scraped. What lies in no title, lead, body or comment is page furniture and is never read.

    `source` is relative to the folder that was given; `origin` is the absolute path of the file, and the line where it holds many posts.
    `lead` is the pull quote that the page repeats above the body; `notes` are remarks for people. Times are the page's own, without a zone.
    """

    id: str
    source: str
    origin: str
    text: str
    title: str | None = None
    author: str | None = None
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    url: str | None = None
    blog: str | None = None
    licence: str | None = None
    lead: Span | None = None
    body: tuple[Span, ...] = ()
    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def content_hash(self) -> str:
        """Return the hash of the text and of the borders in it: a change of either asks for a new analysis."""
        borders = [self.lead, *self.body, *(comment.span for comment in self.comments)]
        return short_hash(self.text, repr([(s.start, s.end) for s in borders if s]), str(self.posted_at), str(self.author))


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What a stretch of a lesson or an issue is in its chain: driving event, cause, effect, remedy, condition, or who is affected."""

    part: ChainPart
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One idea of a post: `quote` is its text at `span`, character for character; `second` the next likeliest label, with its chance."""

    post: str
    source: str
    span: Span
    quote: str
    label: str
    confidence: float
    why: tuple[str, ...] = ()
    voice: Voice = "author"
    speaker: str | None = None
    phase: str | None = None
    phase_by: PhaseBy = "default"
    group: str | None = None
    model: str | None = None
    origin: Origin = "model"
    also: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    action: ActionFields | None = None
    chain: tuple[ChainLink, ...] = ()
    remarks: Remarks = NO_REMARKS
    second: tuple[str, float] | None = None
    id: str = field(init=False, repr=False, compare=False)  # stable: a change of label keeps it

    def __post_init__(self) -> None:
        """Name the passage: every step asks for its id."""
        object.__setattr__(self, "id", _id_of(self.post, self.span.start, self.span.end))


@lru_cache(maxsize=4_096)  # a passage is made again with another group or phase
def _id_of(post: str, start: int, end: int) -> str:
    return short_hash(post, str(start), str(end))


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the team's work; both days inclusive, either may be open. `cues` are the team's own words for it."""

    id: str
    name: str
    first_day: date | None = None
    last_day: date | None = None
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage and what a reader needs to find its post again."""

    passage: Passage
    title: str | None
    author: str | None
    posted_at: datetime | None
    url: str | None


def _source(mention: Evidence) -> tuple[str, ...]:
    voice = "author" if mention.passage.voice == "reply" else mention.passage.voice
    name = mention.passage.speaker or (mention.author if voice == "author" else None)
    return (name,) if name else (mention.passage.post, voice)


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One line of a digest: the clearest mention first; a line of a register has a name and facts, and counts its mentions."""

    label: str
    evidence: tuple[Evidence, ...]
    name: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    mentions: int = 0
    said_by: int = 0  # how many sources, counted before names were masked

    def __post_init__(self) -> None:
        """Refuse an item that nothing in a post stands behind."""
        if not self.evidence:
            message = "A digest item must have at least one passage as evidence. Got none."
            raise ValueError(message)

    @property
    def posts(self) -> int:
        """Return how many different posts say it."""
        return len({mention.passage.post for mention in self.evidence})

    @property
    def sources(self) -> int:
        """Return how many independent sources say it: a known speaker is one in however many posts, a lead and the body below it are one."""
        return self.said_by or len({_source(mention) for mention in self.evidence})


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one label in a digest; `total` counts all of them, also those past the digest's limit."""

    label: str
    total: int
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """One line of เรื่องสืบเนื่อง: what was opened, and the last that was heard of it, None where nothing was; a superseded day is never `due`.

    `title` are the words of what is followed where they are not the whole opening passage; `asks` the four questions of a carried topic with their
    answers; `disputes` the other side of a claim; `after` what must be done first; `unheard_since` the last day of a practice fallen silent;
    `doubted` that unconfirmed news would move the day, to `may_be` where they name one; `may_end` how unconfirmed news would settle it.
    """

    kind: str
    state: str
    opener: Evidence
    last: Evidence | None
    relation: str | None
    owners: tuple[str, ...]
    due: date | None
    moved: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    asks: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()
    disputes: tuple[Evidence, ...] = ()
    kept: str | None = None
    unheard_since: date | None = None
    after: tuple[str, ...] = ()
    doubted: bool = False
    may_be: date | None = None
    may_end: tuple[str, Evidence] | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """A thing to know first: whether it is `new`, its day now, whether that was moved, and its kind and how unconfirmed news would end it."""

    item: DigestItem
    new: bool = False
    due: date | None = None
    moved: bool = False
    may_end: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is other than in the last digest by the same model, of `posts` posts up to `last_post`; the totals count what is not shown, too."""

    basis: ChangeBasis = "first"
    posts: int = 0
    last_post: date | None = None
    new: tuple[Section, ...] = ()
    followed: tuple[tuple[ChangeKind, Followed], ...] = ()
    followed_totals: tuple[tuple[ChangeKind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What one phase taught, hindered and promised, by label; what lies below `unsure_below` is marked.

    `followed_open` counts what is open, None where all is held; `short_forms` are abbreviations with what they stand for; `stem` names its files;
    `review_at` is the address of the review app, None for readers who may not review.
    """

    project: str
    phase: Phase
    posts: int
    authors: int
    passages: int
    unsure: int
    first_post: date | None
    last_post: date | None
    model: str
    unsure_below: float
    sections: tuple[Section, ...] = field(default=())
    followed: tuple[Followed, ...] = field(default=())
    followed_total: int = 0
    followed_open: int | None = None
    registers: tuple[Section, ...] = field(default=())
    top: tuple[Highlight, ...] = field(default=())
    changes: Changes = field(default=Changes())
    questions: tuple[Followed, ...] = field(default=())
    questions_total: int = 0
    lessons_before: int = 0
    reused: tuple[Followed, ...] = field(default=())
    unused: tuple[DigestItem, ...] = field(default=())
    cut: Cut | None = field(default=None)
    charts: Charts = field(default=NO_CHARTS)
    short_forms: tuple[tuple[str, str], ...] = field(default=())
    stem: str = field(default="digest")
    review_at: str | None = field(default=None)
