"""What people are told about the reading of posts: a remark, or why something was set aside.

Comes in: nothing. Goes out: frozen records, which `pipeline.records` passes on with its own. Refuses nothing. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about how a post was read, for people, one sentence in English and in Thai."""

    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A file, or a line of one, that was set aside, and the one sentence that says why; `told` is the sentence in both languages."""

    source: str
    line: int | None
    reason: str
    told: Note | None = None
