"""From the groups of a phase to its digest.

Comes in: for each label the groups of evidence, and the counts of the phase. Goes out: a `Digest`, the same for the same evidence in
whatever order it came. Refuses: a group without evidence, and a label that is not in the label set.

The clearest mention of a group stands first. Clearest means, in this order: complete (it opens with no word that leans on what
went before, and breaks off nowhere), of a length that can be read alone (30 to 300 signs), the higher confidence in tenths, and, on
a tie within one post, the later one, because a page repeats its pull quote above the body. The other mentions follow in time order.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.labels import label_ids
from pipeline.records import Digest, DigestItem, Evidence, Followed, Phase, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

UNSURE_BELOW = 0.5
READS_ALONE = range(30, 301)
UNDATED = datetime.max  # noqa: DTZ901  times in records are local to the page and carry no zone; what has no date comes last
_LEANS = re.compile(r"[\s“\"'(]*(?:และ|หรือ|แต่(?!ละ)|ซึ่ง|จึง|ก็|ทำให้|ทั้งนี้|\.\.|…)")
_BREAKS_OFF = re.compile(r"(?:และ|หรือ|ซึ่ง|เพื่อ|โดย|\.\.|…|[,:(“])\s*\Z")


def make_digest(  # noqa: PLR0913  a digest has this many facts, each named by the caller
    project: str,
    phase: Phase,
    *,
    groups: Mapping[str, Sequence[Sequence[Evidence]]],
    totals: Mapping[str, int],
    model: str,
    posts: int,
    authors: int,
    passages: int,
    unsure: int,
    first_post: date | None,
    last_post: date | None,
    followed: tuple[Followed, ...] = (),
    followed_total: int = 0,
    followed_open: int | None = None,
    registers: tuple[Section, ...] = (),
) -> Digest:
    """Return the digest of one phase; `totals` counts the groups of a label where `groups` holds only the first of them."""
    strange = sorted(set(groups) - set(label_ids()))
    if strange:
        message = f"A label of a digest must be one of {', '.join(label_ids())}. Got {', '.join(strange)} instead."
        raise ValueError(message)
    return Digest(
        project=project,
        phase=phase,
        posts=posts,
        authors=authors,
        passages=passages,
        unsure=unsure,
        first_post=first_post,
        last_post=last_post,
        model=model,
        unsure_below=UNSURE_BELOW,
        sections=tuple(_section(label, groups.get(label, ()), totals.get(label, 0)) for label in label_ids()),
        followed=followed,
        followed_total=followed_total,
        followed_open=followed_open,
        registers=registers,
    )


def _section(label: str, groups: Sequence[Sequence[Evidence]], total: int) -> Section:
    """Return the items of a label, what most posts say first."""
    items = sorted((make_item(label, group) for group in groups), key=_rank)
    return Section(label, max(total, len(items)), tuple(items))


def make_item(label: str, group: Sequence[Evidence]) -> DigestItem:
    """Return the item that a group makes."""
    return DigestItem(label, _clearest_first(group))


def _clearest_first(group: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the clearest mention, then the others in time order."""
    if len(group) < 2:  # noqa: PLR2004 - one is the clearest of itself
        return tuple(group)
    clearest = min(group, key=_unclearness)
    return clearest, *sorted((mention for mention in group if mention is not clearest), key=place_of)


def _unclearness(mention: Evidence) -> tuple[bool, bool, int, datetime, str, str, int]:
    """Return a key that sorts the clearest mention first; see the top of the file."""
    passage = mention.passage
    return (
        leans_on_others(passage.quote),
        len(passage.quote.strip()) not in READS_ALONE,
        -round(passage.confidence * 10),
        mention.posted_at or UNDATED,
        passage.source,
        passage.post,
        -passage.span.start,
    )


def leans_on_others(quote: str) -> bool:
    """Tell whether a quotation opens with a word that leans on what went before, or breaks off."""
    return bool(_LEANS.match(quote) or _BREAKS_OFF.search(quote))


def _rank(item: DigestItem) -> tuple[int, int, float, datetime, str, int, str]:
    """Return a key that sorts by posts, mentions and confidence, most first, then by time and place."""
    first = item.evidence[0]
    return (-item.posts, -len(item.evidence), -first.passage.confidence, *place_of(first))


def place_of(mention: Evidence) -> tuple[datetime, str, int, str]:
    """Return when and where a mention stands; the post's id decides between posts of one file."""
    return mention.posted_at or UNDATED, mention.passage.source, mention.passage.span.start, mention.passage.post
