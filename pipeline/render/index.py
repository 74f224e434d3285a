"""The first page: all phases of the project, and how the reading went.

Comes in: the digests, what was set aside, and notes about posts. Goes out: the text of ``index.html``. Refuses nothing; long lists
are cut with a line that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.pages import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Digest, Reject

ROWS_SHOWN = 200


def index_page(
    project_name: str, digests: Sequence[Digest], rejects: Sequence[Reject], notes: Sequence[tuple[str, str]], *, posts: int | None = None
) -> str:
    """Return the text of ``index.html``; `posts` is how many were read, by default the sum over the phases."""
    return page(
        "index.html",
        project=project_name,
        digests=digests,
        posts=sum(digest.posts for digest in digests) if posts is None else posts,
        rejects=rejects,
        notes=notes,
        rows=ROWS_SHOWN,
    )
