"""What a reader is told of one mention: its words, who said them, where and when.

Comes in: a piece of `Evidence` and the bound of doubt. Goes out: a `Citation` in Thai, the same for Markdown and HTML. Refuses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.render.display import on_one_line
from pipeline.render.fields import field_pairs
from pipeline.render.post import page_name
from pipeline.render.words import day, word, year

if TYPE_CHECKING:
    from pipeline.records import DigestItem, Evidence, Passage

WORDS_SHOWN = 4
_LETTER = re.compile(r"[^\W\d_]")  # the number of a list entry is no word that a reader looks for


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention as a reader sees it; `why` is empty where no word spoke for it, `doubt` where the machine is sure.

    `fields` are pairs of a name and what the text says: who, when, where, state; cause, effect, remedy.
    """

    quote: str
    who: str
    title: str
    date: str
    href: str
    why: str
    doubt: str
    anchor: str
    fields: tuple[tuple[str, str], ...]


def citations(item: DigestItem, unsure_below: float) -> list[Citation]:
    """Return the citations of an item, the clearest mention first."""
    return [citation(mention, unsure_below) for mention in item.evidence]


def how_often(item: DigestItem) -> str:
    """Return how often a thing is said, in how many posts, since which year and by how many sources; empty where it is said once."""
    said = len(item.evidence)
    if said == 1:
        return ""
    years = [mention.posted_at.year for mention in item.evidence if mention.posted_at]
    since = years and item.posts > 1
    posts = word("posts_count", n=item.posts)
    often = word("said_since", n=said, posts=posts, year=year(min(years))) if since else word("said", n=said, posts=posts)
    voices = item.sources
    return f"{often} {word('said_sources', n=voices)}" if voices > 1 else often


def speaker(mention: Evidence) -> str:
    """Return who says it, as far as the page tells."""
    passage = mention.passage
    author = on_one_line(mention.author or "") or word("by_author_unknown")
    by_author = mention.author if passage.voice in {"author", "reply"} else None
    name = on_one_line(passage.speaker or by_author or "")
    voice = "outsider" if passage.voice == "commenter" and passage.remarks.outsider else passage.voice
    return word(f"by_{voice}", name=name, author=author) if name else word(f"by_{voice}_unknown", author=author)


def words_for(passage: Passage) -> list[str]:
    """Return the first words that spoke for the label of a passage; the number of a list entry is none, and nothing ends within a number."""
    return [sign for sign in passage.why if _LETTER.search(sign) and not _ends_in_number(sign, passage.quote)][:WORDS_SHOWN]


def _ends_in_number(sign: str, quote: str) -> bool:
    """Tell whether a sign is cut within a number wherever it stands in the quote.

    >>> _ends_in_number("เดือนละ 6", "เดือนละ 6,000 บาท"), _ends_in_number("เดือนละ 6", "เดือนละ 6, ปีละ 9")
    (True, False)
    >>> _ends_in_number("วันที่ 1", "วันที่ 18"), _ends_in_number("วันที่ 1", "วันที่ 1 หรือวันที่ 18"), _ends_in_number("ข้อ 1", "สามข้อ")
    (True, False, False)
    """
    return sign[-1:].isdigit() and sign in quote and not re.search(rf"{re.escape(sign)}(?![.,]?\d)", quote)


def passage_link(mention: Evidence) -> str:
    """Return the link from a digest to the passage on the page of its post."""
    return f"../{passage_place(mention)}"


def passage_place(mention: Evidence) -> str:
    """Return where the passage stands on the page of its post, from the output folder."""
    return f"posts/{page_name(mention.passage.post)}.html#p-{mention.passage.id}"


def citation(mention: Evidence, unsure_below: float, *, with_why: bool = True) -> Citation:
    """Put one mention into words; a form that does not tell why a passage was labelled need not have it put into words."""
    passage = mention.passage
    words = " ".join(word("quote", text=on_one_line(sign)) for sign in words_for(passage)) if with_why else ""
    return Citation(
        quote=on_one_line(passage.quote),
        who=speaker(mention),
        title=on_one_line(mention.title or "") or word("no_title"),
        date=day(mention.posted_at),
        href=passage_link(mention),
        why=word("why", words=words) if words else "",
        doubt=word("confidence", n=int(passage.confidence * 100)) if passage.confidence < unsure_below else "",
        anchor=passage.id,
        fields=tuple(field_pairs(passage)),
    )
