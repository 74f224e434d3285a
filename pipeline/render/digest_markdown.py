"""The digest as Markdown that also reads well as plain text.

Comes in: a `Digest`. Goes out: the text of ``digest.md``. Refuses nothing: what a post writes in the signs of Markdown or HTML stands
as written and makes no heading, link or element.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.render.about import about
from pipeline.render.actions import ACTION
from pipeline.render.basis import basis, nothing_in
from pipeline.render.briefing import followed_before, heading
from pipeline.render.briefing_markdown import action_table, first_parts, for_whom, last_parts
from pipeline.render.charts_markdown import charts_markdown
from pipeline.render.citation import Citation, citations, how_often
from pipeline.render.display import on_one_line
from pipeline.render.followed import FollowedLine, followed_in, followed_rest
from pipeline.render.registers_markdown import registers_markdown
from pipeline.render.words import label_names, label_question, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.records import Digest, DigestItem, Section

NUMBER_WIDTH = 4
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SIGNS = re.compile(r"[\\`*_\[\]#~|]")


def digest_markdown(digest: Digest) -> str:
    """Return the text of ``digest.md``: paragraphs, one blank line between them."""
    parts = [_heading(digest), for_whom(digest, plain), *([[nothing]] if (nothing := nothing_in(digest)) else _parts(digest))]
    return "\n\n".join(paragraph for part in parts for paragraph in part) + "\n"


def _parts(digest: Digest) -> list[Iterable[str]]:
    """Return the parts of a digest that holds something."""
    sections = [line for section in digest.sections for line in _with_followed(section, digest)]
    beside = [*charts_markdown(digest, plain), *registers_markdown(digest, plain, _cite)]
    return [first_parts(digest, plain, _cite), sections, beside, last_parts(digest, plain, _cite), _end(digest)]


def plain(text: str) -> str:
    r"""Return a text of a post for a line of Markdown: its signs stand as written.

    >>> plain("ทำ *ทุกวัน* <b>")
    'ทำ \\*ทุกวัน\\* &lt;b>'
    """
    escaped = _ENTITY.sub("&amp;", on_one_line(text)).replace("<", "&lt;")
    return _SIGNS.sub(r"\\\g<0>", escaped)


def _heading(digest: Digest) -> Iterator[str]:
    """Yield the title and what the digest stands on."""
    yield f"# {plain(digest.phase.name)}"
    facts = {word("project"): plain(digest.project), **basis(digest)}
    yield "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _followed(digest: Digest) -> Iterator[str]:
    """Yield what goes on from post to post; an empty section says so, as minutes do."""
    yield f"## {heading(digest, 'followed', word('followed'))} ({word('items_count', n=digest.followed_total)})"
    lines = followed_in(digest)
    if not lines:
        yield word("cut_empty") if digest.cut and digest.cut.kind == "agency" else word("followed_none")
    for number, line in enumerate(lines, start=1):
        yield from _line(number, line)
    if rest := followed_rest(digest):
        yield rest


def _line(number: int, line: FollowedLine) -> Iterator[str]:
    """Yield one matter: its opening, what is known of it, its questions, the last that was heard, and the other side."""
    mark = f"{number}. ".ljust(NUMBER_WIDTH)
    indent = " " * len(mark)
    yield mark + plain(line.opened)
    yield indent + " · ".join(f"**{name}** {plain(said)}" for name, said in line.facts)
    yield indent + _cite(line.opener)
    for question, answers in line.asks:
        yield from (f"{indent}- {question}: {_heard(answer)}" for answer in answers)
    if line.unanswered:
        yield f"{indent}- {word('ask_none')}: {line.unanswered}"
    for name, one in line.news:
        yield f"{indent}- {name}: {_heard(one)}"
    for other in line.disputes:
        yield f"{indent}- {word('heard_disputes')}: {_heard(other)}"


def _heard(one: Citation) -> str:
    """Return a passage that is news with its citation."""
    return f"{word('quote', text=plain(one.quote))} — {_cite(one)}"


def _with_followed(section: Section, digest: Digest) -> Iterator[str]:
    """Yield a section, and before it what is followed where that stands there."""
    if section.label == followed_before(digest):
        yield from _followed(digest)
    yield from _section(section, digest)


def _section(section: Section, digest: Digest) -> Iterator[str]:
    """Yield one label's items."""
    yield f"## {heading(digest, section.label, label_names(section.label))} ({word('items_count', n=section.total)})"
    yield label_question(section.label)
    if not section.items:
        yield word("cut_empty") if digest.cut else word("empty")
    elif section.label == ACTION:
        yield from action_table(section, digest, plain, _cite)
    else:
        for number, item in enumerate(section.items, start=1):
            yield from _item(number, item, digest.unsure_below)
    if section.total > len(section.items):
        yield word("shown", n=len(section.items), total=section.total)


def _item(number: int, item: DigestItem, unsure_below: float) -> Iterator[str]:
    """Yield the quotation, its citation, and the other mentions, all inside one numbered entry."""
    first, *others = citations(item, unsure_below)
    mark = f"{number}. ".ljust(NUMBER_WIDTH)
    indent = " " * len(mark)
    yield mark + word("quote", text=plain(first.quote))
    if first.fields:
        yield indent + " · ".join(f"**{name}** {plain(said)}" for name, said in first.fields)
    yield indent + _cite(first)
    if others:
        yield indent + how_often(item)
        yield "\n".join(f"{indent}- {_mention(other, first)}" for other in others)


def _mention(other: Citation, first: Citation) -> str:
    """Return one further mention; the same words are not written out again."""
    quote = word("same_words") if other.quote == first.quote else word("quote", text=plain(other.quote))
    return f"{quote} — {_cite(other)}"


def _cite(citation: Citation) -> str:
    """Return the line under a quotation."""
    doubt = f"**{word('unsure')}** ({citation.doubt})" if citation.doubt else ""
    parts = [plain(citation.who), plain(citation.title), citation.date, f"[{word('read_in_post')}]({citation.href})", plain(citation.why), doubt]
    return " · ".join(part for part in parts if part)


def _end(digest: Digest) -> Iterator[str]:
    """Yield how to read the digest."""
    yield f"## {word('about')}"
    yield word("about_quotes")
    if digest.short_forms:
        yield "\n".join([f"{word('short_forms')}:", "", *(f"- **{plain(form)}** {plain(full)}" for form, full in digest.short_forms)])
    closing = about(digest)
    yield closing.unsure
    if closing.phase_by:
        yield "\n".join([word("about_phase"), "", *(f"- {reason}" for reason in closing.phase_by)])
    yield f"{word('about_model')}: {plain(digest.model)}"
