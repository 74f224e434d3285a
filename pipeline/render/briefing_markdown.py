"""The first parts of a digest, and its table of actions, as Markdown.

Comes in: a `Digest`, or a section of it; `plain` writes a text of a post so that its signs stand as written, `cite` the line under a quotation. Goes
out: paragraphs. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.actions import action_rows
from pipeline.render.briefing import briefing, heading
from pipeline.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.records import Digest, Section
    from pipeline.render.actions import ActionRow
    from pipeline.render.briefing import ChangeGroup, Short
    from pipeline.render.citation import Citation
    from pipeline.render.followed import FollowedLine

    Plain = Callable[[str], str]
    Cite = Callable[[Citation], str]


def for_whom(digest: Digest, plain: Plain) -> Iterator[str]:
    """Yield for whom it is cut."""
    if lines := briefing(digest).cut:
        yield "\n".join(f"> {plain(line)}" for line in lines)


def first_parts(digest: Digest, plain: Plain, cite: Cite) -> Iterator[str]:
    """Yield what to know first, and what changed."""
    told = briefing(digest)
    yield f"## {word('top')}"
    yield "\n".join(_shorts(told.top, plain, cite, ordered=True)) or told.top_none
    yield f"## {word('changes')}"
    yield told.compared
    for group in told.changes:
        yield "\n".join([f"**{group.name}** ({word('items_count', n=group.total)})", "", *_changes(group, plain, cite)])
        if group.total > group.shown:
            yield word("changes_more", n=group.shown, total=group.total)


def last_parts(digest: Digest, plain: Plain, cite: Cite) -> Iterator[str]:
    """Yield the open questions, the lessons of the phases before, and what the machine doubts."""
    told = briefing(digest)
    yield f"## {heading(digest, 'questions', word('questions'))} ({word('items_count', n=digest.questions_total)})"
    yield "\n".join(_lines(told.questions, plain, cite)) or word("questions_none")
    if digest.questions_total > len(told.questions):
        yield word("questions_shown", n=len(told.questions), total=digest.questions_total)
    if told.reuse:
        yield f"## {word('reuse')}"
        yield told.reuse
        if told.used:
            yield "\n".join(_lines(told.used, plain, cite))
        if told.unused:
            yield "\n".join([word("reuse_unused"), "", *_shorts(told.unused, plain, cite)])
    if told.doubts:
        yield f"## {word('doubts')} ({word('passages_count', n=told.doubts_total)})"
        yield "\n".join(_shorts(told.doubts, plain, cite))


def action_table(section: Section, digest: Digest, plain: Plain, cite: Cite) -> Iterator[str]:
    """Yield the table of actions, then the further mentions of those that are said more than once."""
    rows = action_rows(section, digest.unsure_below)
    names = ("number", "who", "action_what", "when", "where", "state")
    head = [f"| {' | '.join(word(name) for name in names)} |", f"|{' --- |' * len(names)}"]
    yield "\n".join([*head, *(_row(number, row, plain, cite) for number, row in enumerate(rows, start=1))])
    for number, row in enumerate(rows, start=1):
        if row.others:
            yield "\n".join([f"{word('number')} {number}: {row.often}", "", *(_other(one, row.what, plain, cite) for one in row.others)])


def _row(number: int, row: ActionRow, plain: Plain, cite: Cite) -> str:
    chain = "".join(f"<br>**{name}** {plain(said)}" for name, said in row.chain)
    what = f"{word('quote', text=plain(row.what.quote))}{chain}<br>{cite(row.what)}"
    return f"| {number} | {plain(row.who)} | {what} | {plain(row.when)} | {plain(row.where)} | {row.state} |"


def _other(other: Citation, first: Citation, plain: Plain, cite: Cite) -> str:
    quote = word("same_words") if other.quote == first.quote else word("quote", text=plain(other.quote))
    return f"- {quote} — {cite(other)}"


def _shorts(shorts: Iterable[Short], plain: Plain, cite: Cite, *, ordered: bool = False) -> Iterator[str]:
    for number, one in enumerate(shorts, start=1):
        names = " · ".join([*([f"**{one.label}**"] if one.label else []), *one.tags])
        said = f"{f'{names}: ' if names else ''}{word('quote', text=plain(one.cited.quote))}"
        yield f"{f'{number}.' if ordered else '-'} {said} — {cite(one.cited)}{_review(one)}"


def _review(one: Short) -> str:
    return f" · [{word('review_label')}]({one.review})" if one.review else ""


def _changes(group: ChangeGroup, plain: Plain, cite: Cite) -> Iterator[str]:
    yield from _shorts(group.items, plain, cite)
    yield from _lines(group.lines, plain, cite)


def _lines(lines: Iterable[FollowedLine], plain: Plain, cite: Cite) -> Iterator[str]:
    for line in lines:
        facts = [f"**{name}** {plain(said)}" for name, said in line.facts]
        yield f"- {word('quote', text=plain(line.opener.quote))} — {' · '.join([*facts, cite(line.opener)])}"
        for name, one in line.news:
            yield f"  - {name}: {word('quote', text=plain(one.quote))} — {cite(one)}"
