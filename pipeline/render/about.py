"""What stands at the end of a digest: how sure the machine is, and why the passages are in this phase.

Comes in: a `Digest`. Goes out: sentences in Thai, the same for Markdown and HTML. Refuses nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from pipeline.records import PhaseBy
from pipeline.render.words import word

if TYPE_CHECKING:
    from pipeline.records import Digest


@dataclass(frozen=True, slots=True)
class About:
    """The sentence about doubt, and one line for each reason that put passages in the phase."""

    unsure: str
    phase_by: tuple[str, ...]


def about(digest: Digest) -> About:
    """Return the closing sentences of a digest; reasons are counted over the passages that it shows."""
    bound = round(digest.unsure_below * 100)
    counted = digest.cut or digest
    key = "about_unsure_some" if counted.unsure else "about_unsure_none"
    reasons = Counter(mention.passage.phase_by for section in digest.sections for item in section.items for mention in item.evidence)
    return About(
        unsure=word(key, n=counted.unsure, total=counted.passages, bound=bound),
        phase_by=tuple(
            word("phase_by_count", reason=word(f"phase_by_{reason}"), n=reasons[reason]) for reason in get_args(PhaseBy) if reasons[reason]
        ),
    )
