"""Long measurements of learning from corrections: a simulated year of them, with and without the gate; and wrong labels that are found.

Comes in: the corpus and the model that ships; nothing of the frozen test. Goes out: figures as lines of text. Refuses a corpus without posts of the
domains that are left out.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.jobs.learn import material_of
from pipeline.languages.th.rules import rules_hash
from pipeline.nlp.classifier import load_classifier, save_classifier
from pipeline.nlp.reader import LINEAR, current_model, load_parts
from pipeline.records import short_hash
from pipeline.train.card import data_hash
from pipeline.train.rereading import Rereading
from pipeline.train.rows import load_rows, rows_of_corpus, save_rows
from pipeline.train.suspects import planted_found
from pipeline.train.team import learn_labels
from pipeline.train.year import World, begin, play
from pipeline.train.year_file import load_played, save_played

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pipeline.labelled import LabelledPost
    from pipeline.train.year import Played, Point

DOMAINS = ("office", "software", "university")  # work at desks: the rest of the corpus tells of villages
_PARTS = 10


class YearAsked(NamedTuple):
    """The domains that are left out, the seed of the draws, where what was computed is kept for another time, and every how manyth writer teaches."""

    domains: Sequence[str] = DOMAINS
    seed: int = 0
    keep: Path | None = None
    every: int = 1


def simulate_year(corpus: Path, models: Path, asked: YearAsked, progress: Callable[[str], None]) -> str:
    """Play a year of corrections on posts of domains that are left out of the corpus, and return its curve."""
    with TemporaryDirectory() as unkept:
        folder = asked.keep or Path(unkept)
        world, key = _world(corpus, models, asked, folder, progress)
        key = short_hash(key, str(asked.seed))

        def keep(played: Played) -> None:
            save_played(played, key, folder)
            progress(_line(played.points[-1]))

        return "\n".join(map(_line, play(world, asked.seed, load_played(key, folder) or begin(world), keep)))


def find_planted(corpus: Path, models: Path, asked: YearAsked, progress: Callable[[str], None]) -> str:
    """Turn labels of the corpus by chance, and return how many of the first suspects are among them."""
    with TemporaryDirectory() as unkept:
        world, _ = _world(corpus, models, asked, asked.keep or Path(unkept), progress)
    progress("suspects")
    found = planted_found(world.corpus, world.waiting, asked.seed)
    lines = [f"{found.rows} rows, {found.planted} turned, {found.suspects} suspected; by chance {found.planted / found.rows:.3f} of any are turned"]
    return "\n".join([*lines, *(f"of the first {first:4}: {share:.3f} are turned" for first, share in found.precision.items())])


def _world(corpus: Path, models: Path, year: YearAsked, folder: Path, progress: Callable[[str], None]) -> tuple[World, str]:
    """Return what a year is played with, and its key; what takes long to look at or to learn is kept in a folder."""
    material, domains = material_of(corpus), year.domains
    left = [row for row in material.teaching if _domain(row) in domains]
    if len(left) < _PARTS:
        raise SettingsError(
            en=f"{corpus}: must hold at least {_PARTS} posts of the domains {', '.join(domains)}. Got {len(left)}. Name others with --domain.",
            th=f"{corpus}: ต้องมีบันทึกด้าน {', '.join(domains)} อย่างน้อย {_PARTS} เรื่อง แต่พบ {len(left)} ระบุด้านอื่นด้วย --domain",
        )
    writers = sorted({row.writer for row in material.teaching})[:: year.every]
    others = [row for row in material.teaching if _domain(row) not in domains and row.writer in writers]
    waiting, test, curve = (_part(left, parts) for parts in (range(6), range(6, 8), range(8, 10)))
    parts = load_parts(models, current_model(models), LINEAR)
    assert parts.classifier is not None
    key = short_hash(data_hash(others), data_hash(left), rules_hash(), current_model(models))
    progress("corpus")
    if (rows := load_rows(key, folder / "corpus.npz")) is None:
        rows = rows_of_corpus(others, parts.weights)
        save_rows(rows, key, folder / "corpus.npz")
    validation = Rereading.of([row for row in material.validation if _domain(row) not in domains], parts.weights)
    progress("first model")
    first = folder / f"first-{key}.msgpack"
    if not first.exists():
        save_classifier(learn_labels(rows, validation, parts.classifier), first)
    asked, judging, drawing = rows_of_corpus(waiting, parts.weights), Rereading.of(test, parts.weights), Rereading.of(curve, parts.weights)
    return World(rows, asked, validation, judging, drawing, load_classifier(first)), key


def _domain(row: LabelledPost) -> str:
    return row.facts.domain if row.facts else ""


def _part(posts: Sequence[LabelledPost], parts: Collection[int]) -> list[LabelledPost]:
    """Return the posts whose hash falls into these tenths."""
    return [row for row in posts if int(short_hash(row.post.id), 16) % _PARTS in parts]


def _line(point: Point) -> str:
    return f"{point.corrections:5} corrections: open {point.open_f1:.3f}, gated {point.gated_f1:.3f}, {point.seconds:5.1f} s  {point.told}"
