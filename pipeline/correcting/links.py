"""Decisions on links of threads and on names, found again in the passages of now.

Comes in: corrections that stand, the texts of posts, passages. Goes out: verdicts by the ids of two passages, and the name under which each name is
told. Refuses nothing: where one of the two passages is gone or doubtful, there is no verdict.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.anchoring import SAME, find, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.corrections import Anchor, Correction
    from pipeline.records import Passage


def posts_of_links(corrections: Iterable[Correction]) -> set[str]:
    """Return the posts that decisions on links are about."""
    links = [one for one in corrections if one.field == "thread"]
    return {post for one in links for post in (one.post, one.before) if post}


def renamed_posts(link: Correction, of_now: Mapping[str, str]) -> Correction:
    """Return a decision on a link with its posts as they are named now."""
    return replace(link, post=of_now.get(link.post or "", link.post), before=of_now.get(link.before, link.before))


def verdicts_on_links(
    corrections: Iterable[Correction], texts: Mapping[str, str], passages: Mapping[str, Sequence[Passage]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the verdict and the reviewer of each link, by the ids of the opening passage and of the news; the newest decision counts."""
    found = {}
    for one in corrections:
        if one.field != "thread" or not one.anchor or not one.further:
            continue
        pair = [_passage(anchor, post, texts, passages) for anchor, post in ((one.anchor, one.post), (one.further[0], one.before))]
        if pair[0] and pair[1]:
            found[pair[0].id, pair[1].id] = (str(one.after), one.reviewer)
    return found


def one_name_for(corrections: Iterable[Correction]) -> dict[str, str]:
    """Return the name under which each name is told that somebody has said to be another's; the newest decision on two names counts."""
    decided = {one.item: one for one in corrections if one.field == "same-name"}
    told: dict[str, str] = {}
    for one in decided.values():
        if one.after == "confirm":
            kept, other = one.before
            told = {name: kept if name_told == other else name_told for name, name_told in told.items()}
            told[other] = told.get(kept, kept)
    return {name: kept for name, kept in told.items() if name != kept}


def _passage(anchor: Anchor, post: str | None, texts: Mapping[str, str], passages: Mapping[str, Sequence[Passage]]) -> Passage | None:
    place = find(anchor, texts[post]) if post and post in texts else None
    if place is None or place.holding != "kept":
        return None
    best = max(passages.get(post or "", ()), key=lambda passage: shared(passage.span, place.span), default=None)
    return best if best and shared(best.span, place.span) >= SAME else None
