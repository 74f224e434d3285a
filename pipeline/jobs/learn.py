"""Learn and measure: a corpus becomes a model; a model's reading of marked posts becomes figures.

Comes in: folders of marked posts, gold files, models. Goes out: a model's folder, or scores. Refuses a corpus or a gold file that cannot
be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.evaluate.ceiling import perfect_labels
from pipeline.evaluate.scores import as_table, count_post, score
from pipeline.jobs.models import check_model
from pipeline.nlp.reader import load_reader
from pipeline.records import Post
from pipeline.sources import find_files, read_posts
from pipeline.sources.gold import read_gold
from pipeline.sources.marked import read_corpus
from pipeline.train.card import make_current, write_model
from pipeline.train.model import train_model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.records import GoldSpan, LabelledPost
    from pipeline.train.model import Trained

_CEILING = "with perfect labels: the ceiling of the cutter"


class Learnt(NamedTuple):
    """Where a new model stands, and its figures as lines of text."""

    folder: Path
    figures: str


def corpus_of(folder: Path) -> list[LabelledPost]:
    """Return the marked posts below `folder`.

    Raises:
        SettingsError: when there are none.
    """
    corpus = list(read_corpus(folder)) if folder.is_dir() else []
    if not corpus:
        raise SettingsError(
            en=f"{folder}: a corpus must have marked posts, a folder for each writer. Got none. "
            "Name the folder corpora/posts of the repository with --corpus.",
            th=f"{folder}: ต้องมีบันทึกที่ทำเครื่องหมายแล้ว แยกโฟลเดอร์ตามผู้เขียน แต่ไม่พบ ระบุโฟลเดอร์ corpora/posts ของโครงการด้วย --corpus",
        )
    return corpus


def learn(corpus_folder: Path, models: Path, progress: Callable[[str], None]) -> Learnt:
    """Train a model on the corpus, write it below `models` and make it the current one."""
    corpus = corpus_of(corpus_folder)
    trained = train_model(corpus, progress)
    folder = write_model(trained, corpus, models)
    make_current(models, folder.name)
    return Learnt(folder, _told(trained))


def judge_corpus(corpus_folder: Path, progress: Callable[[str], None]) -> str:
    """Return the figures of the method on writers left out of the corpus."""
    return _told(train_model(corpus_of(corpus_folder), progress))


def judge_gold(models: Path, model: str | None, gold_files: Sequence[Path], posts: Path) -> str:
    """Return the figures of a model on the posts of the gold files, which stand in the folder `posts`."""
    check_model(models, model)
    reader = load_reader(models, model)
    gold: dict[str, list[GoldSpan]] = {}
    for file in gold_files:
        for source, mark in read_gold(file):
            gold.setdefault(source, []).append(mark)
    found_counts, ceiling_counts = [], []
    for source, marks in gold.items():
        post = _read_one(posts / source)
        with reader.batch():
            docs = reader.tokenize([post])
            passages = reader.classify(docs)[0]
            pieces = reader.pieces(docs[0])
        found_counts.append(count_post(post.text, marks, [(passage.span, passage.label) for passage in passages]))
        ceiling_counts.append(count_post(post.text, marks, perfect_labels(pieces, marks)))
    return f"{reader.id}, {len(gold)} posts\n{as_table(score(found_counts))}\n\n{_CEILING}\n{as_table(score(ceiling_counts))}"


def _told(trained: Trained) -> str:
    return (
        f"writers left out of training\n{as_table(trained.unseen_writers)}\n\n{_CEILING}\n{as_table(trained.ceiling)}\n\n"
        f"expected calibration error {trained.calibration_error:.3f}"
    )


def _read_one(file: Path) -> Post:
    posts = [post for source in find_files([file]) for post in read_posts(source)]
    if len(posts) == 1 and isinstance(posts[0], Post):
        return posts[0]
    raise SettingsError(
        en=f"{file}: the gold rows name this file, so it must hold one post. Got {len(posts)} rows that are not one post. "
        "Name the right folder with --posts.",
        th=f"{file}: ไฟล์เฉลยอ้างถึงไฟล์นี้ จึงต้องมีบันทึกหนึ่งเรื่องพอดี ระบุโฟลเดอร์ที่ถูกต้องด้วย --posts",
    )
