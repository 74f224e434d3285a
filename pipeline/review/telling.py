"""What else the machine read of a passage, on the page: its phase, whose words it has, who speaks.

Comes in: an item, and what the page sends. Goes out: names to choose from, and the changes. Refuses, as `CorrectionRefused`: a phase that the team
does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.correcting.told import OF_POST
from pipeline.errors import CorrectionRefused
from pipeline.labels import OTHER
from pipeline.languages import people_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.records import Passage, Phase, Post
    from pipeline.review.forms import Decision

_MOST = 12


def speakers(post: Post, passage: Passage) -> tuple[str, ...]:
    """Return the names that may speak: who wrote the post or a comment, and whom the passage names."""
    people = [post.author, *(comment.author for comment in post.comments), *(person.named for person in people_in(passage.quote))]
    return tuple(dict.fromkeys(name for name in people if name))[:_MOST]


def changes(passage: Passage, sent: Decision, phases: Sequence[Phase]) -> Iterator[tuple[str, Any, Any]]:
    """Yield each field that was changed, with its value before and after; of what is no passage any more only the phase of its post."""
    if sent.told is None:
        return
    told = sent.told
    before = {"phase": passage.phase, "voice": passage.voice, "speaker": passage.speaker}
    after = {"phase": told.phase, "voice": told.voice, "speaker": (told.speaker or "").strip() or None}
    if "phase" in told.model_fields_set and told.phase not in {None, *(phase.id for phase in phases)}:
        raise CorrectionRefused(
            en=f"A phase must be one of lessons.toml. Got {told.phase!r} instead. Load the page again and choose one.",
            th=f"ระยะงานต้องเป็นระยะที่มีใน lessons.toml แต่ได้รับ {told.phase!r} โปรดเปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง",
        )
    if told.whole and "phase" in told.model_fields_set:
        yield OF_POST, before["phase"], after["phase"]
    for field in ("phase", "voice", "speaker"):
        asked = field in told.model_fields_set and not (field == "phase" and told.whole)
        if asked and sent.label != OTHER and before[field] != after[field]:
            yield field, before[field], after[field]
