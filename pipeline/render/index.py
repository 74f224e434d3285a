"""The first page: all phases of the project, and how the reading went.

Comes in: the digests, what was set aside, and notes about posts. Goes out: the text of ``index.html``. Refuses nothing; long lists
are cut with a line that says so. A sentence does not repeat the source that stands in the column beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.render.pages import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Digest, Reject

ROWS_SHOWN = 200
_AFTER_SOURCE = re.compile(r"(?:[^:\d]{1,20}\d+)?: ")  # the number of the line, in either language


def index_page(
    project_name: str, digests: Sequence[Digest], rejects: Sequence[Reject], notes: Sequence[tuple[str, str]], *, posts: int | None = None
) -> str:
    """Return the text of ``index.html``; `posts` is how many the digests were made of, by default the sum over the phases."""
    return page(
        "index.html",
        project=project_name,
        digests=digests,
        posts=sum(digest.posts for digest in digests) if posts is None else posts,
        rejects=[replace(reject, reason=_without_source(reject.reason, reject.source)) for reject in rejects],
        notes=[(source, _without_source(sentence, source)) for source, sentence in notes],
        rows=ROWS_SHOWN,
    )


def _without_source(sentence: str, source: str) -> str:
    """Return the sentence without the place that it begins with.

    >>> _without_source("a.jsonl, line 3: must be JSON.", "a.jsonl"), _without_source("must be JSON.", "a.jsonl")
    ('must be JSON.', 'must be JSON.')
    """
    place = _AFTER_SOURCE.match(sentence, len(source)) if sentence.startswith(source) else None
    return sentence[place.end() :] if place else sentence
