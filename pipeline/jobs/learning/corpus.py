"""Look a labelled corpus through: what it holds, who is kept apart, how far two readers agree, and what stands in it twice.

Comes in: the folder ``posts`` of a corpus; beside it ``splits.toml`` and posts read twice in ``readings``. Goes out: the figures of the data
card as text, or a new frozen test. Refuses a corpus that cannot be read, and second readings of another wording.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.evaluate import agreement, census
from pipeline.evaluate.breakdown import gold_of
from pipeline.jobs.learning.learn import no_corpus
from pipeline.sources.marked import read_corpus
from pipeline.sources.second_fields import read_second_fields
from pipeline.sources.splits import FILE as SPLITS_FILE
from pipeline.sources.splits import checksums, copies, frozen_posts, read_splits

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.labelled import LabelledPost

READINGS = "readings"


def look_through(folder: Path) -> str:
    """Return what the corpus holds, as lines of text.

    Raises:
        SourceError: when a page, a list or the frozen test is wrong.
    """
    posts = list(read_corpus(folder)) if folder.is_dir() else []
    if not posts:
        raise no_corpus(folder)
    whole, splits = census.count(posts), read_splits(folder)
    frozen = census.count(frozen_posts(folder))
    kept, waiting = (census.count([row for row in posts if row.writer in writers]) for writers in (splits.validation, splits.waiting))
    twice = [f"{one} repeats {other}" for one, other in copies(*[[labelled.post for labelled in posts]] * 2)]
    lines = [
        census.as_table(posts),
        "",
        f"{whole.empty} posts without a passage, {whole.with_comments} with comments, {whole.voices} voices",
        f"{len(whole.domains)} domains: {', '.join(whole.domains)}",
        f"{whole.series} series, {whole.in_series} posts in them",
        f"validation: {', '.join(sorted(splits.validation))}: {kept.posts} posts, {kept.passages} passages",
        f"waiting: {', '.join(sorted(splits.waiting)) or 'nobody'}: {waiting.posts} posts, {waiting.passages} passages",
        f"frozen test: {', '.join(sorted(splits.test))}: {frozen.posts} posts, {frozen.passages} passages",
        f"near copies: {'; '.join(twice) or 'none'}",
    ]
    if second := read_second_fields(folder.parent / READINGS / "fields.csv"):
        lines += ["", agreement.fields_lines(agreement.fields_agreed(posts, second))]
    readings = read_twice(folder)
    if not readings:
        return "\n".join(lines)
    agreed = agreement.agreement([(first.post.text, gold_of(first), gold_of(second)) for first, second in readings])
    return "\n".join([*lines, "", agreement.as_table(agreed), agreement.voices_line(agreement.voices_heard(readings))])


def read_twice(folder: Path) -> list[tuple[LabelledPost, LabelledPost]]:
    """Return the posts that were read twice, as either reader marked them before differences were settled.

    Raises:
        SettingsError: when the two readings of a post have not the same words.
    """
    first, second = (folder.parent / READINGS / name for name in ("first", "second"))
    if not (first.is_dir() and second.is_dir()):
        return []
    readings = []
    others = {labelled.post.source: labelled for labelled in read_corpus(second)}
    for own in read_corpus(first):
        other = others.get(own.post.source)
        if other is None or own.post.text != other.post.text:
            raise SettingsError(
                en=f"{second / own.post.source}: a second reading must have the words of the first, marks aside. Got others. Copy the page anew.",
                th=f"{second / own.post.source}: การอ่านรอบที่สองต้องมีเนื้อความตรงกับรอบแรกทุกตัวอักษร แต่ไม่ตรง คัดลอกหน้านี้มาใหม่",
            )
        readings.append((own, other))
    return readings


def freeze(folder: Path) -> int:
    """Write the checksums of the test writers' pages anew and return how many pages are frozen now: a new version of the test."""
    posts = list(read_corpus(folder)) if folder.is_dir() else []  # a page with a wrong mark is not frozen
    splits = read_splits(folder)
    frozen = checksums(folder, splits.test)
    if not posts or (splits.test and not frozen):
        raise no_corpus(folder)
    kept = (("validation", splits.validation), ("test", splits.test), ("waiting", splits.waiting))
    # a list of names is written in JSON as in TOML
    lines = [f"{name} = {json.dumps(sorted(writers))}" for name, writers in kept]
    rows = [f'"{source}" = "{found}"' for source, found in frozen.items()]
    text = "\n".join([_HEAD, *lines, "", "# SHA-256 of each page of the test, marks included", "[frozen]", *rows, ""])
    waiting = folder.parent / f"{SPLITS_FILE}.new"
    waiting.write_text(text, encoding="utf-8")
    waiting.replace(folder.parent / SPLITS_FILE)
    return len(frozen)


_HEAD = (
    "# Writers kept apart: a model never learns from those of the test, and learns only its thresholds from those of the validation.\n"
    "# Those who wait teach nobody yet: the network has not been taught with them."
)
