"""Long measurements of learning from corrections: a simulated year of them, with and without the gate; and wrong labels that are found.

Comes in: the corpus and the model that ships; nothing of the frozen test. Goes out: the years, and figures as lines of text. Refuses a corpus without
posts of the domains that are left out.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.jobs.files import write_text
from pipeline.jobs.learning.learn import material_of
from pipeline.languages import rules_hash
from pipeline.nlp.classifier import load_classifier, save_classifier
from pipeline.nlp.reader import LINEAR, current_model, load_parts
from pipeline.records import short_hash
from pipeline.train.card import data_hash
from pipeline.train.rereading import Rereading
from pipeline.train.rows import load_rows, rows_of_corpus, save_rows
from pipeline.train.suspects import planted_found
from pipeline.train.team import learn_tuned
from pipeline.train.year import World, asked_of, begin, play
from pipeline.train.year_file import load_played, save_played
from pipeline.train.years import DATA_FILE, PICTURE_FILE, Years, as_data, as_lines, as_picture, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.labelled import LabelledPost
    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.passages import CutterWeights
    from pipeline.train.rows import Rows
    from pipeline.train.year import Played, Point

DOMAINS = ("office", "software", "university")  # work at desks: the rest of the corpus tells of villages
_FEWEST = 10  # posts left out
_WAITING, _TEST = 0.55, 0.25  # shares of the posts: the gate decides from 300 passages on


class YearAsked(NamedTuple):
    """The domains that are left out, the seeds of the draws, where what was computed is kept, and every how manyth writer teaches."""

    domains: Sequence[str] = DOMAINS
    seeds: Sequence[int] = (0,)
    keep: Path | None = None
    every: int = 1


def simulate_years(corpus: Path, models: Path, asked: YearAsked, progress: Callable[[str], None], figures: Path | None = None) -> str:
    """Play a year of corrections for each seed, on posts of domains that are left out of the corpus, and return what came of them.

    A seed also draws which posts teach and which test. In the folder `figures` the years stand as data and as a picture.
    """
    with TemporaryDirectory() as unkept:
        folder = asked.keep or Path(unkept)
        ground = _ground(corpus, models, asked, folder, progress)
        played = {seed: _play(ground, seed, folder, progress) for seed in asked.seeds}
        years = Years(tuple(asked.domains), asked.every, current_model(models), played)
    if figures:
        write_text(figures / DATA_FILE, as_data(years))
        write_text(figures / PICTURE_FILE, as_picture(years))
    return "\n".join(as_lines(years))


def _play(ground: _Ground, seed: int, folder: Path, progress: Callable[[str], None]) -> list[Point]:
    """Play the year of a seed, on from where it was cut off."""
    world, key, own = _world(ground, seed), short_hash(ground.key, str(seed)), folder / f"seed-{seed}"

    def keep(played: Played) -> None:
        save_played(played, key, own)
        progress(line_of(played.points[-1]))

    return play(world, seed, load_played(key, own) or begin(world), keep)


def find_planted(corpus: Path, models: Path, asked: YearAsked, progress: Callable[[str], None]) -> str:
    """Turn labels of the corpus by chance, and return how many of the first suspects are among them."""
    seed = asked.seeds[0]
    with TemporaryDirectory() as unkept:
        world = _world(_ground(corpus, models, asked, asked.keep or Path(unkept), progress), seed)
    progress("suspects")
    found = planted_found(world.corpus, world.waiting, seed)
    lines = [f"{found.rows} rows, {found.planted} turned, {found.suspects} suspected; by chance {found.planted / found.rows:.3f} of any are turned"]
    return "\n".join([*lines, *(f"of the first {first:4}: {share:.3f} are turned" for first, share in found.precision.items())])


class _Ground(NamedTuple):
    """What all years stand on: rows of the corpus, the model they give, the posts that are left out, the cutter, and a key of all this."""

    corpus: Rows
    first: Classifier
    left: Sequence[LabelledPost]
    cutter: CutterWeights
    key: str


def _ground(corpus: Path, models: Path, asked: YearAsked, folder: Path, progress: Callable[[str], None]) -> _Ground:
    """Return what years are played on; what takes long to look at or to learn is kept in a folder."""
    material, domains = material_of(corpus), asked.domains
    left = [row for row in material.teaching if _domain(row) in domains]
    if len(left) < _FEWEST:
        raise SettingsError(
            en=f"{corpus}: must hold at least {_FEWEST} posts of the domains {', '.join(domains)}. Got {len(left)}. Name others with --domain.",
            th=f"{corpus}: ต้องมีบันทึกด้าน {', '.join(domains)} อย่างน้อย {_FEWEST} เรื่อง แต่พบ {len(left)} ระบุด้านอื่นด้วย --domain",
        )
    writers = sorted({row.writer for row in material.teaching})[:: asked.every]
    others = [row for row in material.teaching if _domain(row) not in domains and row.writer in writers]
    parts = load_parts(models, current_model(models), LINEAR)
    assert parts.classifier is not None
    key = short_hash(data_hash(others), data_hash(left), rules_hash(), current_model(models))
    progress("corpus")
    if (rows := load_rows(key, folder / "corpus.npz")) is None:
        rows = rows_of_corpus(others, parts.weights)
        save_rows(rows, key, folder / "corpus.npz")
    progress("first model")
    first = folder / f"first-{key}.msgpack"
    if not first.exists():
        validation = Rereading.of([row for row in material.validation if _domain(row) not in domains], parts.weights)
        waiting = first.with_suffix(".new")
        save_classifier(learn_tuned(rows, validation, parts.classifier), waiting)
        waiting.replace(first)  # whole or not at all: the measurement may be cut off
    return _Ground(rows, load_classifier(first), left, parts.weights, key)


def _world(ground: _Ground, seed: int) -> World:
    """Return what a year is played with: the seed draws which posts wait for reviewers, which are the gate's, and which draw the curve."""
    drawn = sorted(ground.left, key=lambda row: short_hash(str(seed), row.post.id))
    first, second = (round(share * len(drawn)) for share in (_WAITING, _WAITING + _TEST))
    waiting, test, curve = drawn[:first], drawn[first:second], drawn[second:]
    asked = asked_of(rows_of_corpus(waiting, ground.cutter), ground.first)
    return World(ground.corpus, asked, Rereading.of(test, ground.cutter), Rereading.of(curve, ground.cutter), ground.first)


def _domain(row: LabelledPost) -> str:
    return row.facts.domain if row.facts else ""
