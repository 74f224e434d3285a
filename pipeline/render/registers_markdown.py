"""The registers of a digest as Markdown: tables with their quotations under them, and lists by kind.

Comes in: a `Digest`. Goes out: the paragraphs of its registers. Refuses nothing: how a text of a post is made plain is for the caller to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.registers import registers_in
from pipeline.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.records import Digest
    from pipeline.render.citation import Citation
    from pipeline.render.registers import Kind, Line, RegisterView


def registers_markdown(digest: Digest, plain: Callable[[str], str], cite: Callable[[Citation], str]) -> Iterator[str]:
    """Yield the paragraphs of the registers."""
    for register in registers_in(digest):
        yield f"## {register.title} ({word('items_count', n=register.total)})"
        yield register.question
        if register.empty:
            yield register.empty
        elif register.columns:
            yield "\n".join(_table(register, plain))
            for row in register.rows:
                lines = [line for cell in row.cells for line in _quotes(cell, plain, cite)]
                yield "\n".join([f"**{plain(row.name)}**", "", *lines])
        for kind in register.kinds:
            yield f"### {kind.heading} ({kind.count})"
            yield "\n".join(_entry(line, plain, cite) for line in kind.lines) or word("box_none")
        if register.more:
            yield register.more


def _table(register: RegisterView, plain: Callable[[str], str]) -> Iterator[str]:
    heads = [register.of, *register.columns, *([word("line_last")] if register.dated else [])]
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in register.rows:
        last = [f"{row.last} ({word('line_quiet')})" if row.quiet else row.last] if register.dated else []
        yield f"| {' | '.join([plain(row.name), *(cell.count for cell in row.cells[: len(register.columns)]), *last])} |"


def _quotes(cell: Kind, plain: Callable[[str], str], cite: Callable[[Citation], str]) -> Iterator[str]:
    for line in cell.lines:
        yield f"- {cell.heading}: {word('quote', text=plain(line.quoted.quote))} — {cite(line.quoted)}"


def _entry(line: Line, plain: Callable[[str], str], cite: Callable[[Citation], str]) -> str:
    name = f"**{plain(line.name)}** " if line.name else ""
    facts = "".join(f"{label}: {plain(said)} · " for label, said in line.facts)
    more = f" · {line.more}" if line.more else ""
    return f"- {name}{facts}{word('quote', text=plain(line.quoted.quote))} — {cite(line.quoted)}{more}"
