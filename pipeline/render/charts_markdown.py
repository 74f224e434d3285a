"""The charts of a digest as Markdown: their numbers as tables.

Comes in: a `Digest`; `plain` writes a text of a post so that its signs stand as written. Goes out: paragraphs. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.charts import drawn
from pipeline.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.records import Digest


def charts_markdown(digest: Digest, plain: Callable[[str], str]) -> Iterator[str]:
    """Yield each chart as a table under its title, with its notes."""
    charts = drawn(digest.charts, digest.followed)
    if charts:
        yield f"## {word('charts')}"
    for one in charts:
        yield f"### {one.title}"
        heads = [f"| {' | '.join(one.heads)} |", f"| --- |{' ---: |' * (len(one.heads) - 1)}"]
        yield "\n".join([*heads, *(f"| {' | '.join(map(plain, row))} |" for row in one.rows)])
        yield from one.notes
