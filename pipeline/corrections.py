"""The records of what reviewers decide: corrections as events, each anchored to the words it is about.

Comes in: nothing. Goes out: frozen records. Refuses: a time without a zone, a correction of a passage without an anchor, a note longer than
`LONGEST_NOTE`. A correction is never changed and never deleted; taking one back is a new one. Offsets are code points, half-open, into the post as
scraped. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pipeline.records import Span, short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from pipeline.records import Passage

CorrectedField = Literal[
    "label", "span", "split", "merge", "add",
    "who", "when", "where", "state", "phase", "voice", "speaker", "post-phase",
    "thread", "same-name", "undo",
]  # fmt: skip
Basis = Literal["accepted", "single", "adjudicated"]
Queued = Literal["uncertain", "near", "disputed", "suspected", "changed", "due", "novel", "random", "second", "training", "gold", "asked"]
Verdict = Literal["confirm", "reject", "unsure"]  # of two names
LinkVerdict = Literal["confirm", "reject", "unsure", "related"]  # of a thread's link; the last: news of it that changes nothing
Holding = Literal["kept", "to confirm", "orphan"]
Value = Any  # what JSON holds: text, null, a list or an object

CONTEXT = 32  # code points of a post kept before and after a quote
LONGEST_NOTE = 2_000
ADJUDICATION = "adjudicated"
WEIGHTS: dict[Basis, float] = {"adjudicated": 1.0, "single": 0.8, "accepted": 0.5}  # how much a decision of each kind teaches
_OF_A_PASSAGE = frozenset({"label", "span", "split", "merge", "add", "who", "when", "where", "state", "phase", "voice", "speaker", "thread"})
_TWO = 2
_NOT_THE_TRUTH = frozenset({"training", "gold"})  # decisions that try a reviewer, not a passage


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand in a post, so that they are found again when it has changed: position, quote and context, and of which text."""

    span: Span
    exact: str
    prefix: str
    suffix: str
    text_hash: str


def anchor_of(text: str, span: Span) -> Anchor:
    """Return the anchor of a stretch of a post.

    >>> anchor_of("ฝนตก น้ำท่วม", Span(5, 12)).prefix
    'ฝนตก '
    """
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Anchor(span, span.of(text), before, after, short_hash(text))


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a reviewer on one field of one item.

    `item` is what was decided: the id of a passage as it was shown, of a thread, or `name_pair` of two names. `lane` is empty, or the reviewer where
    two read the same item without seeing each other; `version` counts the decisions on an item in its lane from 1. `before` and `after` are JSON
    values:

    - label: the labels, "other" included; add: None and the label;
    - span, split, merge: None; `anchor` is the passage that was shown, `further` are the passages that stand there after (for merge one, around all);
    - phase, voice, speaker: words or None; post-phase: the same of every passage of the post, without an anchor;
    - who: a list of {text, name, role}; when: a list of {text, first_day, last_day, time, repeats} with ISO days; where and state: words or None;
    - thread: before the post of the news, after a `LinkVerdict`; `anchor` is the passage that opened it, `further` the one that is news of it;
    - same-name: before the two names, after a `Verdict`; confirmed, the first is used for both;
    - undo: None; `undoes` is the key of the correction that is taken back.

    `key` is made by whoever sends it, so that sending twice keeps once; `number` is given by the store.
    """

    item: str
    field: CorrectedField
    reviewer: str
    at: datetime
    key: str
    post: str | None = None
    anchor: Anchor | None = None
    further: tuple[Anchor, ...] = ()
    before: Value = None
    after: Value = None
    basis: Basis = "single"
    queued: Queued = "asked"
    suggestion_shown: bool = True
    model: str | None = None
    guideline: str = ""
    milliseconds: int = 0
    note: str | None = None
    undoes: str | None = None
    lane: str = ""
    version: int = 1
    number: int | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be kept or found again."""
        if self.at.tzinfo is None:
            message = f"A correction must have a time with a zone. Got {self.at.isoformat()} instead."
            raise ValueError(message)
        if self.counts and self.field in _OF_A_PASSAGE and (self.post is None or self.anchor is None):
            message = f"A correction of the field {self.field} must have a post and an anchor. Got none."
            raise ValueError(message)
        if self.note is not None and len(self.note) > LONGEST_NOTE:
            message = f"A note must have at most {LONGEST_NOTE} code points. Got {len(self.note)} instead."
            raise ValueError(message)

    @property
    def counts(self) -> bool:
        """Return whether the decision is about the passage itself: one of training or of a hidden trial is not."""
        return self.queued not in _NOT_THE_TRUTH


def live(corrections: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that stand, in the order in which they were made: without those taken back, and without the takings-back.

    Taking back a taking-back restores what it took.
    """
    every = sorted(corrections, key=lambda one: one.number or 0)
    gone: set[str] = set()
    for one in reversed(every):
        if one.field == "undo" and one.key not in gone and one.undoes:
            gone.add(one.undoes)
    return [one for one in every if one.field != "undo" and one.key not in gone]


def readings(decisions: Iterable[Correction]) -> dict[str, str]:
    """Return the label that each reviewer gives an item now."""
    return {one.reviewer: str(one.after) for one in live(decisions) if one.field in {"label", "add"} and one.counts}


def truth(decisions: Sequence[Correction]) -> str | None:
    """Return what is known to be the label of an item, None where it is not: an adjudicator's, or one that two reviewers read alike."""
    standing = [one for one in live(decisions) if one.field in {"label", "add"} and one.counts]
    adjudicated = [str(one.after) for one in standing if one.basis == ADJUDICATION]
    if adjudicated:
        return adjudicated[-1]
    found = list(readings(standing).values())
    return found[0] if len(found) >= _TWO and len(set(found)) == 1 else None


def name_pair(one: str, other: str) -> str:
    """Return the item of two names that may be one: the same whichever is named first.

    >>> name_pair("ครูแดง", "อ.แดง") == name_pair("อ.แดง", "ครูแดง")
    True
    """
    return short_hash("same-name", *sorted((one, other)))


@dataclass(frozen=True, slots=True)
class Held:
    """A correction and where it is found in the post as it is now: with what score, and whether silently, to be confirmed, or not at all."""

    correction: Correction
    span: Span | None
    score: float
    holding: Holding


@dataclass(frozen=True, slots=True)
class QueueItem:
    """What waits for a reviewer: a passage, a correction that moved with its post (`kind` "moved"), a doubtful link, or two names.

    `reason` says why it is asked; `value` orders it; `double` says that two reviewers shall read it without seeing each other; `shown` whether the
    suggestion of the model is shown to a second reader. `details` hold what the kind needs: of a link the two passages, of names both of them, of
    what the machine nearly found its end and words.
    """

    item: str
    kind: Literal["passage", "moved", "thread", "name"]
    post: str
    reason: Queued
    value: float
    rank: int = 0
    start: int = 0
    label: str | None = None
    phase: str | None = None
    place: str | None = None
    day: date | None = None
    double: bool = False
    shown: bool = True
    details: Value = None

    def whole(self) -> QueueItem:
        """Return all that is asked: it is this."""
        return self


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A doubtful link that waits, as far as its place in the order follows from it.

    A dozen come of a post, so that they are held as few words; the whole item is made where it is compared or written. `opener` is the id of the
    passage that opened a thread of kind `of`, `news` the one that may be news of it.
    """

    item: str
    opener: str
    news: Passage
    of: str
    relation: str
    kind: ClassVar = "thread"
    reason: ClassVar[Queued] = "uncertain"
    value: ClassVar = 1.0
    label: ClassVar = None

    @property
    def post(self) -> str:
        """Return the post of the news."""
        return self.news.post

    @property
    def start(self) -> int:
        """Return where the news stand in it."""
        return self.news.span.start

    def whole(self) -> QueueItem:
        """Return all that is asked."""
        details = {"opener": self.opener, "news": self.news.id, "kind": self.of, "relation": self.relation}
        return QueueItem(self.item, "thread", self.post, self.reason, self.value, start=self.start, phase=self.news.phase, details=details)


Asked = QueueItem | LinkItem


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reviewer wants to see only; None is everything."""

    phase: str | None = None
    label: str | None = None
    place: str | None = None
    post: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    kind: str | None = None
