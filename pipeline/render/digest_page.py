"""The digest as a page to read and print.

Comes in: a `Digest`. Goes out: the text of ``digest.html``, one file with its font in it. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.about import about
from pipeline.render.citation import citations
from pipeline.render.followed import followed_in
from pipeline.render.pages import page
from pipeline.render.registers import registers_in
from pipeline.render.sources import sources

if TYPE_CHECKING:
    from pipeline.records import Digest


def digest_page(digest: Digest) -> str:
    """Return the text of ``digest.html``."""
    cited = {
        section.label: [(citations(item, digest.unsure_below), len(item.evidence), item.posts, sources(item)) for item in section.items]
        for section in digest.sections
    }
    return page("digest.html", digest=digest, cited=cited, followed=followed_in(digest), registers=registers_in(digest), about=about(digest))
