"""Which phase each passage belongs to, and what says so.

Comes in: a post, its passages and the team's phases. Goes out: the same passages with `phase` and `phase_by`. Refuses nothing: a passage
that nothing places has no phase. In this order: what a reviewer said, as long as there is such a phase; the team's own words for a phase in the
passage itself; the day of the post; the words of the whole post. A post without a date is thereby placed by its own words, and where they name no
phase by the middle one of the days that its passages name, as it stands in time among the others (`pipeline.threads.follow.in_time`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.languages import middle_day
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.records import Passage, Phase, PhaseBy, Post

_WORD = re.compile(r"\d+|[^\d\s]+")
_GAP = r"[^\S\n]*+(?:\n[^\S\n]*+)?"  # a line may break inside a cue, a paragraph may not
_NOTHING = r"(?!)"
_DATE: PhaseBy = "date"
_DEFAULT: PhaseBy = "default"


@dataclass(frozen=True, slots=True)
class _Cues:
    """One pattern for the cues of all phases; `owners` holds the phase of each of its groups."""

    pattern: re.Pattern[str]
    owners: tuple[str, ...]


def assign(post: Post, passages: Sequence[Passage], phases: Sequence[Phase]) -> list[Passage]:
    """Return the passages, each with its phase and what placed it there.

    >>> from pipeline.records import Passage, Phase, Post, Span
    >>> post = Post(id="7", source="7.txt", origin="/7.txt", text="ระยะที่ ๒ เริ่มแล้ว")
    >>> passage = Passage(post="7", source="7.txt", span=Span(0, 19), quote=post.text, label="action", confidence=0.9)
    >>> [placed] = assign(post, [passage], [Phase("pilot", "นำร่อง", cues=("ระยะที่ 1",)), Phase("wide", "ขยายผล", cues=("ระยะที่ 2",))])
    >>> placed.phase, placed.phase_by
    ('wide', 'cue')
    """
    cues = _read_cues(tuple(phases))
    dated = _phase_of_day(post.posted_at.date(), phases) if post.posted_at else None
    told = _phase_of_post(post, cues, phases) or (None if post.posted_at else _phase_of_named_days(passages, phases))
    rest, rest_by = (dated, _DATE) if dated else (told, _DEFAULT)
    cued = [_phase_of_quote(passage.quote, cues, dated) for passage in passages]
    known = {None, *(phase.id for phase in phases)}
    return [
        passage
        if passage.phase_by == "reviewer" and passage.phase in known
        else replace(passage, phase=phase, phase_by="cue")
        if phase
        else replace(passage, phase=rest, phase_by=rest_by)
        for passage, phase in zip(passages, cued, strict=True)
    ]


def _phase_of_quote(quote: str, cues: _Cues, dated: str | None) -> str | None:
    """Return the phase with the most different cues in the quote, then the phase of the post's day, then the one named first."""
    hits = dict.fromkeys(_hits(quote, cues))
    if not hits:
        return None
    counts = Counter(cues.owners[hit] for hit in hits)
    most = max(counts.values())
    best = [phase for phase, count in counts.items() if count == most]
    return dated if dated in best else best[0]


def _phase_of_day(day: date, phases: Sequence[Phase]) -> str | None:
    """Return the first phase with this day in it; a phase without days claims none."""
    for phase in phases:
        if (phase.first_day or phase.last_day) and (phase.first_day or day) <= day <= (phase.last_day or day):
            return phase.id
    return None


def _phase_of_post(post: Post, cues: _Cues, phases: Sequence[Phase]) -> str | None:
    """Return the phase that the post itself names most often, ties to the earliest; comments may speak of other times."""
    if len(phases) == 1 and phases[0].first_day is phases[0].last_day is None and not phases[0].cues:
        return phases[0].id
    spans = [post.lead, *post.body] if post.lead else post.body
    parts = [post.title or "", *(span.of(post.text) for span in spans)]
    counts = Counter(cues.owners[hit] for hit in _hits("\n\n".join(parts), cues))
    return max((phase.id for phase in phases if counts[phase.id]), key=counts.__getitem__, default=None)


def _phase_of_named_days(passages: Sequence[Passage], phases: Sequence[Phase]) -> str | None:
    """Return the phase of the middle one of the days that passages name."""
    day = middle_day(when.first_day for passage in passages if passage.action for when in passage.action.when if when.first_day)
    return _phase_of_day(day, phases) if day else None


def _hits(text: str, cues: _Cues) -> list[int]:
    """Return the cues in the text, in order of mention; a cue inside a longer one is not named."""
    return [found.lastindex - 1 for found in cues.pattern.finditer(clean(text).text) if found.lastindex]


@lru_cache(maxsize=8)
def _read_cues(phases: tuple[Phase, ...]) -> _Cues:
    """Return one pattern for all cues, the longest first; a cue that two phases claim is the earlier one's."""
    owners: dict[tuple[str, ...], str] = {}
    for phase in phases:
        for cue in phase.cues:
            owners.setdefault(tuple(_WORD.findall(clean(cue).text)), phase.id)
    owners.pop((), None)
    longest_first = sorted(owners, key=lambda words: -len("".join(words)))
    pattern = "|".join(f"({_cue_pattern(words)})" for words in longest_first) or _NOTHING
    return _Cues(re.compile(pattern, re.IGNORECASE), tuple(owners[words] for words in longest_first))


def _cue_pattern(words: tuple[str, ...]) -> str:
    """Return the pattern of one cue: never a part of a longer number or of a longer Latin word, spaces as the writer likes.

    >>> bool(re.search(_cue_pattern(("โครงการ", "1")), "โครงการ 10")), bool(re.search(_cue_pattern(("400", "หมู่บ้าน")), "1,400 หมู่บ้าน"))
    (False, False)
    """
    first, last = words[0][0], words[-1][-1]
    before = r"(?<!\d)(?<!\d,)" if first.isdigit() else "(?<![a-z])" if first.isascii() and first.isalpha() else ""
    after = r"(?!\d)(?!,\d{3}(?!\d))" if last.isdigit() else "(?![a-z])" if last.isascii() and last.isalpha() else ""
    pattern = re.escape(words[0])
    for left, right in pairwise(words):
        two_numbers = left.isdigit() and right.isdigit()  # 5 10 is not 510
        pattern += (r"(?=\s)" if two_numbers else "") + _GAP + re.escape(right)
    return before + pattern + after
