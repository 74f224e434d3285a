"""How many independent sources stand behind an item of a digest.

Comes in: a `DigestItem`. Goes out: a count. Refuses nothing. A speaker whose name is known is one source in however many posts; one without a name
is one in each post; a lead and the body below it are the same voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import DigestItem, Evidence


def sources(item: DigestItem) -> int:
    """Return how many independent sources say it."""
    return len({_source(mention) for mention in item.evidence})


def _source(mention: Evidence) -> tuple[str, ...]:
    passage = mention.passage
    voice = "author" if passage.voice == "reply" else passage.voice
    name = passage.speaker or (mention.author if voice == "author" else None)
    return (name,) if name else (passage.post, voice)
