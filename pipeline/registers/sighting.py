"""What the registers are made of: sightings, each a passage that fills one line of one register.

Comes in: nothing. Goes out: the record `Sighting`, and `Part`, a section of a post with the passages in it. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import Passage, Span
from pipeline.registers.quotes import around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Post, Voice
    from pipeline.text import CleanText

AREAS, PARTNERS, PRACTICES, TERMS, CARD, FURTHER = "areas", "partners", "practices", "terms", "card", "further"
REGISTERS = (AREAS, PARTNERS, PRACTICES, TERMS, CARD, FURTHER)
NOTED = "other"  # the label of a stretch that is quoted for a register alone


@dataclass(frozen=True, slots=True)
class Sighting:
    """A passage for a line of a register: `label` is the line's kind, `name` what it is about, empty where each passage is a line.

    `sure` is not said of what another sighting must bear out.
    """

    register: str
    label: str
    name: str
    passage: Passage
    facts: tuple[tuple[str, str], ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a post: its repaired text, where it begins in the post's, who speaks, and the passages that stand in it."""

    post: Post
    start: int
    clean: CleanText
    voice: Voice
    speaker: str | None
    passages: Sequence[Passage]

    @property
    def text(self) -> str:
        """Return the repaired text."""
        return self.clean.text

    def raw(self, start: int, end: int) -> str:
        """Return the words of the post behind a stretch of the repaired text."""
        return self.clean.to_raw(start, end).of(self.clean.raw)

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage that holds a stretch, else the words around it as a passage of their own."""
        span = self._in_post(start, end)
        held = next((one for one in self.passages if one.span.start <= span.start and span.end <= one.span.end), None)
        return held or self._noted(*around(self.text, start, end))

    def _noted(self, start: int, end: int) -> Passage:
        span = self._in_post(start, end)
        post = self.post
        quote = span.of(post.text)
        return Passage(post=post.id, source=post.source, span=span, quote=quote, label=NOTED, confidence=1.0, voice=self.voice, speaker=self.speaker)

    def _in_post(self, start: int, end: int) -> Span:
        raw = self.clean.to_raw(start, end)
        return Span(self.start + raw.start, self.start + raw.end)
