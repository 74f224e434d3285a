"""How well the fields of passages are read: who, when, where, state, strength, voice, speaker and chains, on passages whose place is given.

Comes in: marked passages and the same passages with the fields that were read. Goes out: `FieldScores`. Refuses nothing. Text fields count as
found where the two overlap by half of the longer; times where days, time and rule are the same, or lie within a month that the mark names
where the text names a part of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar, get_args

from pipeline.records import ActionFields, ChainPart, State, Strength
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.nlp.pieces import Piece
    from pipeline.records import Passage, Span, When

Value = TypeVar("Value")
_ENOUGH = 0.5  # of the longer text


class ReadFields(NamedTuple):
    """A marked passage, what was read of it, and where each link of the chain that was read lies in the post as scraped."""

    gold: Passage
    read: Piece
    links: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How many values are marked, how many were read, and how many of these are right."""

    marked: int
    read: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of what was read that is right."""
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is marked that was read."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / (self.marked + self.read) if self.marked + self.read else 0.0


@dataclass(frozen=True, slots=True)
class FieldScores:
    """The figures of all fields. `ownerless` are the actions whose mark names no owner, `false_owners` those of them that were given one.

    `state` and `strength` are accuracy and macro F1; `voice` and `speaker` are shares of right answers, the speaker's among reported passages.
    """

    actions: int
    who: Found
    ownerless: int
    false_owners: int
    strange_owners: int
    when: Found
    where: Found
    state: tuple[float, float]
    strength: tuple[float, float]
    passages: int
    voice: float
    quoted: Found
    speaker: float
    chain: dict[str, Found]


def score_fields(rows: Sequence[ReadFields], chained: Sequence[ReadFields] = ()) -> FieldScores:
    """Return the figures; `chained` are the rows of writers whose chains are marked."""
    actions = [(row.gold.action or ActionFields(), row.read.action or ActionFields()) for row in rows if row.gold.label == "action"]
    who = [([one.text for one in gold.who], [one.text for one in read.who]) for gold, read in actions]
    quoted = [row for row in rows if row.gold.voice == "quoted"]
    told = [row for row in quoted if row.gold.speaker]
    return FieldScores(
        actions=len(actions),
        who=matched(who, alike),
        ownerless=sum(not gold for gold, _ in who),
        false_owners=sum(not gold and bool(read) for gold, read in who),
        strange_owners=sum(not any(alike(one, other) for other in gold) for gold, read in who if gold for one in read),
        when=matched(((gold.when, read.when) for gold, read in actions), same_time),
        where=matched((([gold.where] if gold.where else [], [read.where] if read.where else []) for gold, read in actions), alike),
        state=_accuracy([(gold.state, read.state) for gold, read in actions if gold.state], get_args(State)),
        strength=_accuracy([(gold.strength, read.strength) for gold, read in actions if gold.strength], get_args(Strength)),
        passages=len(rows),
        voice=_share(sum(row.gold.voice == row.read.voice for row in rows), len(rows)),
        quoted=Found(len(quoted), sum(row.read.voice == "quoted" for row in rows), sum(row.read.voice == "quoted" for row in quoted)),
        speaker=_share(sum(bool(row.read.speaker) and alike(row.gold.speaker or "", row.read.speaker or "") for row in told), len(told)),
        chain={part: _links(chained, part) for part in get_args(ChainPart)} if chained else {},
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def alike(one: str, other: str) -> bool:
    """Say whether two texts name the same, in whatever digits: one holds the other, which is at least half of it.

    >>> alike("พี่สมพร", "พี่สมพรกับครูแดง"), alike("หมู่ ๙", "หมู่ 9"), alike("ผม", "พวกเรา")
    (False, True, False)
    """
    short, long = sorted(("".join(clean(text).text.split()) for text in (one, other)), key=len)
    return bool(short) and short in long and len(short) >= _ENOUGH * len(long)


def same_time(gold: When, read: When) -> bool:
    """Say whether two times are the same."""
    if gold.repeats or read.repeats:
        return gold.repeats == read.repeats
    if gold.first_day is None or gold.last_day is None or read.first_day is None or read.last_day is None:
        return False
    whole_month = gold.first_day.day == 1 and (gold.last_day - gold.first_day).days >= 27  # noqa: PLR2004 - the shortest month
    days = (gold.first_day, gold.last_day) == (read.first_day, read.last_day)
    part = whole_month and gold.first_day <= read.first_day <= read.last_day <= gold.last_day
    return (days or part) and (gold.time is None or gold.time == read.time)


def matched(pairs: Iterable[tuple[Sequence[Value], Sequence[Value]]], same: Callable[[Value, Value], bool]) -> Found:
    """Return the counts over all pairs of what is marked and what was read, each value of one side matched with at most one of the other."""
    marked = read = right = 0
    for gold, found in pairs:
        left = list(found)
        for value in gold:
            match = next((one for one in left if same(value, one)), None)
            if match is not None:
                left.remove(match)
                right += 1
        marked, read = marked + len(gold), read + len(found)
    return Found(marked, read, right)


def _accuracy(pairs: Sequence[tuple[str | None, str | None]], values: Sequence[str]) -> tuple[float, float]:
    """Return the share of right values and the mean F1 over the values that are marked anywhere."""
    right = sum(gold == read for gold, read in pairs)
    gold_counts, read_counts = Counter(gold for gold, _ in pairs), Counter(read for _, read in pairs)
    hits = Counter(gold for gold, read in pairs if gold == read)
    scores = [2 * hits[value] / (gold_counts[value] + read_counts[value]) for value in values if gold_counts[value]]
    return _share(right, len(pairs)), sum(scores) / len(scores) if scores else 0.0


def _links(rows: Sequence[ReadFields], part: str) -> Found:
    """Return the counts of one part of chains: a link is right where it shares half of what both cover."""
    pairs = (
        ([link.span for link in row.gold.chain if link.part == part], [span for name, span in row.links if name == part])
        for row in rows
        if row.gold.label != "action"
    )
    return matched(pairs, _same_place)


def _same_place(one: Span, other: Span) -> bool:
    return 2 * one.overlap(other) >= max(one.end, other.end) - min(one.start, other.start)


def as_table(scores: FieldScores) -> str:
    """Return the figures as lines of text."""
    lines = [f"fields of {scores.passages} passages, {scores.actions} of them actions       P      R     F1   marked"]
    rows = {"who": scores.who, "when": scores.when, "where": scores.where, "reported speech": scores.quoted}
    rows |= {f"chain: {part}": found for part, found in scores.chain.items()}
    lines += [f"{name:46}{found.precision:8.3f}{found.recall:7.3f}{found.f1:7.3f}{found.marked:9}" for name, found in rows.items()]
    lines.append(
        f"false owners: {scores.false_owners} of {scores.ownerless} actions that name none ({_share(scores.false_owners, scores.ownerless):.1%}), "
        f"{scores.strange_owners} others beside the owners that are named"
    )
    lines.append(f"state: right {scores.state[0]:.3f}, macro F1 {scores.state[1]:.3f}")
    lines.append(f"strength: right {scores.strength[0]:.3f}, macro F1 {scores.strength[1]:.3f}")
    lines.append(f"voice: right {scores.voice:.3f}; speaker of reported speech: right {scores.speaker:.3f}")
    return "\n".join(lines)
