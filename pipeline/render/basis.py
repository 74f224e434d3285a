"""What a digest stands on, in words: the phase, the days of its posts, and how much was kept of them; of a cut what the cut holds, beside the phase.

Comes in: a `Digest`. Goes out: pairs of a name and what is told, the same for every form. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.words import authors, period, word

if TYPE_CHECKING:
    from pipeline.records import Digest


def basis(digest: Digest) -> dict[str, str]:
    """Return what the digest stands on, in its order."""
    phase, cut = digest.phase, digest.cut
    facts = {word("phase_period"): period(phase.first_day, phase.last_day)} if phase.first_day or phase.last_day else {}
    facts[word("posts_period")] = period(digest.first_post, digest.last_post)
    if cut:
        return {**facts, word("cut_holds"): kept(cut.passages, cut.posts), word("phase_holds"): kept(digest.passages, digest.posts)}
    return {
        **facts,
        word("posts_read"): word("posts_count", n=digest.posts),
        word("authors"): authors(digest.authors),
        word("passages"): word("passages_count", n=digest.passages),
    }


def kept(passages: int, posts: int) -> str:
    """Return how many passages were kept of how many posts."""
    return word("kept_of", passages=word("passages_count", n=passages), posts=word("posts_count", n=posts))


def nothing_in(digest: Digest) -> str:
    """Return the one line that stands in the place of all parts of a cut that holds nothing; empty where it holds something."""
    cut, changes = digest.cut, digest.changes
    if cut is None or cut.passages or digest.registers or changes.new or changes.followed or digest.top:
        return ""
    return word("cut_agency_nothing" if cut.kind == "agency" else "cut_nothing")
