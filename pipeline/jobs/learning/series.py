"""Series of the corpus: the linker is learnt from the threads marked in them, and judged on those of the frozen test.

Comes in: the corpus. Goes out: a linker, or figures. Refuses a corpus without marked threads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.evaluate.lost import place_of
from pipeline.evaluate.threads import judge_threads
from pipeline.jobs.threads import linker_of
from pipeline.nlp.remarks import facets_of, remarks_on
from pipeline.sources.splits import frozen_posts, read_splits, teaching_posts
from pipeline.sources.threads import read_threads
from pipeline.threads import follow, in_time
from pipeline.train.threads import Series, learn_linker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pipeline.evaluate.lost import Pair
    from pipeline.labelled import LabelledPost, MarkedThread
    from pipeline.records import Passage
    from pipeline.threads import Linker
    from pipeline.threads.index import Opened
    from pipeline.threads.said import Said, Told

THREADS = "threads"


def linker_from(corpus: Path) -> Linker | None:
    """Return the linker that the marked threads of a corpus teach; None where it has none of teaching and of validation writers."""
    validation = read_splits(corpus).validation
    found = series_of(corpus, teaching_posts(corpus))
    teaching = [one for one in found if one.marked[0].writer not in validation]
    judging = [one for one in found if one.marked[0].writer in validation]
    return learn_linker(teaching, judging) if teaching and judging else None


def judge_series(corpus: Path, models: Path, model: str | None) -> str:
    """Return how well the linker of a model follows the threads of the frozen test, through passages whose labels and fields are given."""
    linker = linker_of(models, model)
    series = series_of(corpus, frozen_posts(corpus))
    if linker is None or not series:
        raise SettingsError(
            en=f"{corpus.parent / THREADS}: threads must be marked in series of the frozen test, and the model must have a linker. Got none. "
            "Name another corpus with --corpus, or train anew.",
            th=f"{corpus.parent / THREADS}: ต้องมีเรื่องสืบเนื่องที่ทำเครื่องหมายในชุดทดสอบ และแบบจำลองต้องมีตัวเชื่อมโยง แต่ไม่พบ ระบุคลังอื่นด้วย --corpus หรือสอนใหม่",
        )
    marked = [thread for one in series for thread in one.marked]
    passages = [told.passage for one in series for told in one.told]
    compared: set[Pair] = set()

    def watch(thread: Opened, said: Said, _: tuple[float, ...]) -> None:
        compared.add((place_of(thread.said[0].told.passage), place_of(said.told.passage)))

    return judge_threads(marked, passages, [thread for one in series for thread in follow(one.told, linker, watch=watch)], compared)


def series_of(corpus: Path, posts: Sequence[LabelledPost]) -> list[Series]:
    """Return the series of some posts in which threads are marked."""
    marked: dict[str, list[MarkedThread]] = defaultdict(list)
    own: dict[str, list[LabelledPost]] = defaultdict(list)
    for thread in read_threads(corpus.parent / THREADS):
        marked[thread.series].append(thread)
    for labelled in posts:
        if labelled.facts and labelled.facts.series and labelled.facts.series in marked:
            own[labelled.facts.series].append(labelled)
    return [Series(_told(found), marked[name]) for name, found in sorted(own.items())]


def _told(posts: list[LabelledPost]) -> list[Told]:
    ranked = sorted(posts, key=lambda labelled: (labelled.facts and labelled.facts.part) or 0)
    days = [_day(labelled) for labelled in ranked]
    passages = [_remarked(labelled.post.text, passage) for labelled in ranked for passage in labelled.passages]
    return in_time(zip((labelled.post for labelled in ranked), days, strict=True), passages)


def _remarked(text: str, passage: Passage) -> Passage:
    """Return a passage with the facets and remarks that it has where the program has read it: readers marked none."""
    remarks = remarks_on(text, passage.span.start, passage.span.end)
    return replace(passage, facets=facets_of(passage.label, passage.action, passage.quote, remarks), remarks=remarks)


def _day(labelled: LabelledPost) -> date | None:
    if labelled.post.posted_at:
        return labelled.post.posted_at.date()
    return labelled.facts.written_on if labelled.facts else None
