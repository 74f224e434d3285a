"""What must hold of whatever a reader makes of a file, however damaged: a post whose parts lie in its text, or one sentence.

Comes in: a file and what was read of it. Goes out: nothing. Fails, as AssertionError, on anything else than posts and explained rejects.
"""

from __future__ import annotations

import re
from itertools import pairwise
from time import process_time
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.records import Post
from pipeline.sources import SourceFile, read_posts

if TYPE_CHECKING:
    from pathlib import Path

MOST_SECONDS = 10.0  # of the processor, for a file of some kilobytes: more is a hang
_HALF = re.compile("[\ud800-\udfff]")
# the place, the rule, what was found, what to do
_SENTENCE = re.compile(r"(?P<place>[^\n]+?)(?:, line \d+)?: [^\n]*\bmust\b[^\n]*?\.? (?:Got|It) [^\n]+[.;] [^\n]*[A-Z][^\n]+\.")


def check_file(path: Path) -> tuple[int, int]:
    """Read a file, check all that comes of it, and return how many posts and how many rejects there were."""
    file = SourceFile(path, path.name)
    begun = process_time()
    found = list(read_posts(file))
    taken = process_time() - begun
    assert taken < MOST_SECONDS, f"{taken:.1f} seconds"
    assert found, "neither a post nor a reject"
    for one in found:
        if isinstance(one, Post):
            check_post(one)
        else:
            check_reject(one, file.name)
    rejects = sum(isinstance(one, SourceError) for one in found)
    return len(found) - rejects, rejects


def check_post(post: Post) -> None:
    """Check that everything of a post lies in its text, apart from each other, and can be written down."""
    text = post.text
    assert post.id.strip()
    assert text.strip()
    spans = sorted(span for span in (post.lead, *post.body, *(comment.span for comment in post.comments)) if span)
    assert all(span.end <= len(text) and span.of(text).strip() for span in spans), "a part that is not in the text"
    assert all(before.end <= after.start for before, after in pairwise(spans)), "parts that overlap"
    written = [post.id, text, post.source, post.origin, post.title, post.author, post.url, post.blog, post.licence]
    written += [comment.author for comment in post.comments] + [note.th for note in post.notes]
    assert not any(_HALF.search(value) for value in written if value), "half a surrogate pair"
    dates = [post.posted_at, post.edited_at, *(comment.posted_at for comment in post.comments)]
    assert all(date.tzinfo is None for date in dates if date), "a time with a zone"


def check_reject(error: object, name: str) -> None:
    """Check that a reject is one sentence in each language that says place, rule, what was found and what to do."""
    assert isinstance(error, SourceError), f"{error!r} is no reject"
    for said in (error.en, error.th):
        assert said.startswith(name)
        assert "\n" not in said
        assert not _HALF.search(said)
    assert _SENTENCE.fullmatch(error.en), error.en
    assert "ต้อง" in error.th
    assert "โปรด" in error.th
