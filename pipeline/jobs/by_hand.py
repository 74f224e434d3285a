"""Reading by hand, in a notebook or a program of one's own: files become posts, posts become passages, passages become a digest; nothing is kept.

Comes in: files and folders, posts, passages, phases. Goes out: records. Refuses what a run refuses; a file or a line that cannot be read is told as a
warning, and the rest goes on. What only a database knows is left out: corrections, what is followed from post to post, registers.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.assets import asset
from pipeline.digest import UNSURE_BELOW
from pipeline.digest import make_digest as digest_of
from pipeline.digest.alike import joined, leader_of, longest_of
from pipeline.digest.groups import group
from pipeline.errors import SourceError
from pipeline.jobs.collect import BATCH, no_posts
from pipeline.jobs.teams.models import check_model
from pipeline.labels import label_ids
from pipeline.languages import middle_day
from pipeline.nlp.reader import load_reader
from pipeline.phases import assign
from pipeline.privacy import without_never_shown
from pipeline.records import Evidence
from pipeline.settings import EVERYTHING, UNNAMED
from pipeline.sources import find_files, read_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.records import Digest, Passage, Phase, Post


def read(*sources: str | Path) -> list[Post]:
    """Return the posts of files and folders; network addresses and ID numbers are masked.

    Raises:
        NoPosts: when there is no file to read.
        SettingsError: when a source does not exist.
    """
    paths = [Path(source) for source in sources]
    files = list(find_files(paths))
    if not files:
        raise no_posts(paths)
    posts: dict[str, Post] = {}
    for file in files:
        for found in read_posts(file):
            if isinstance(found, SourceError):
                warnings.warn(found.en, stacklevel=2)
            else:
                posts.setdefault(found.id, without_never_shown(found)[0])
    return list(posts.values())


def analyse(posts: Sequence[Post], *, phases: Sequence[Phase] = (EVERYTHING,), model: str | None = None) -> list[Passage]:
    """Return what is lesson, issue or action in the posts, in their order, each passage in its phase and its group.

    `model` is named as on the command line: an id, ``@fast`` for the quick reader, ``cues`` for the cue words alone.
    """
    check_model(asset("models"), model)
    reader = load_reader(asset("models"), model)
    reader.tell_from(middle_day(post.posted_at.date() for post in posts if post.posted_at))
    passages: list[Passage] = []
    for start in range(0, len(posts), BATCH):
        some = posts[start : start + BATCH]
        for post, found in zip(some, reader.read(some), strict=True):
            passages += assign(post, group(post, found), phases)
    joins = joined(longest_of(map(leader_of, passages))).joins
    return [replace(passage, group=joins.get(str(passage.group), passage.group)) for passage in passages]


def make_digest(posts: Iterable[Post], passages: Iterable[Passage], *, phase: Phase = EVERYTHING, project: str = UNNAMED) -> Digest:
    """Return the digest of one phase: for each label what is said, the clearest wording first, with all that say it.

    >>> [section.label for section in make_digest([], []).sections]
    ['lesson', 'issue', 'action']
    """
    by_id = {post.id: post for post in posts}
    ours = [passage for passage in passages if passage.phase == phase.id]
    cited = [by_id[post_id] for post_id in dict.fromkeys(passage.post for passage in ours)]
    days = [post.posted_at.date() for post in cited if post.posted_at]
    groups = {label: _groups([passage for passage in ours if passage.label == label], by_id) for label in label_ids()}
    return digest_of(
        project,
        phase,
        groups=groups,
        totals={label: len(found) for label, found in groups.items()},
        model=next((passage.model for passage in ours if passage.model), ""),
        posts=len(cited),
        authors=len({post.author for post in cited if post.author}),
        passages=len(ours),
        unsure=sum(passage.confidence < UNSURE_BELOW for passage in ours),
        first_post=min(days, default=None),
        last_post=max(days, default=None),
    )


def _groups(passages: Iterable[Passage], posts: dict[str, Post]) -> list[list[Evidence]]:
    def group_of(passage: Passage) -> str:
        return str(passage.group)

    return [
        [Evidence(one, (post := posts[one.post]).title, post.author, post.posted_at, post.url) for one in found]
        for _, found in groupby(sorted(passages, key=group_of), key=group_of)
    ]
