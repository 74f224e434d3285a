"""A long measurement of learning from corrections: a simulated year of them, with and without the gate.

Comes in: the corpus and the model that ships; nothing of the frozen test. Goes out: figures as lines of text. Refuses a corpus without posts of the
domains that are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.jobs.learn import material_of
from pipeline.nlp.reader import LINEAR, current_model, load_parts
from pipeline.records import short_hash
from pipeline.train.rereading import Rereading
from pipeline.train.rows import rows_of_corpus
from pipeline.train.team import learn_labels
from pipeline.train.year import World, play

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from pipeline.labelled import LabelledPost
    from pipeline.train.year import Point

DOMAINS = ("office", "software", "university")  # work at desks: the rest of the corpus tells of villages
_PARTS = 10


def simulate_year(corpus: Path, models: Path, domains: Collection[str], seed: int, progress: Callable[[str], None]) -> str:
    """Play a year of corrections on posts of domains that are left out of the corpus, and return its curve."""
    material = material_of(corpus)
    left = [row for row in material.teaching if _domain(row) in domains]
    if len(left) < _PARTS:
        raise SettingsError(
            en=f"{corpus}: must hold at least {_PARTS} posts of the domains {', '.join(domains)}. Got {len(left)}. Name others with --domain.",
            th=f"{corpus}: ต้องมีบันทึกด้าน {', '.join(domains)} อย่างน้อย {_PARTS} เรื่อง แต่พบ {len(left)} ระบุด้านอื่นด้วย --domain",
        )
    others = [row for row in material.teaching if _domain(row) not in domains]
    waiting, test, curve = (_part(left, parts) for parts in (range(6), range(6, 8), range(8, 10)))
    model = current_model(models)
    parts = load_parts(models, model, LINEAR)
    assert parts.classifier is not None
    progress("corpus")
    rows = rows_of_corpus(others, parts.weights)
    validation = Rereading([row for row in material.validation if _domain(row) not in domains], parts.weights)
    first = learn_labels(rows, validation, parts.classifier)
    asked, judging, drawing = rows_of_corpus(waiting, parts.weights), Rereading(test, parts.weights), Rereading(curve, parts.weights)
    world = World(rows, asked, validation, judging, drawing, first)
    return "\n".join(map(_line, play(world, seed, lambda point: progress(_line(point)))))


def _domain(row: LabelledPost) -> str:
    return row.facts.domain if row.facts else ""


def _part(posts: Sequence[LabelledPost], parts: Collection[int]) -> list[LabelledPost]:
    """Return the posts whose hash falls into these tenths."""
    return [row for row in posts if int(short_hash(row.post.id), 16) % _PARTS in parts]


def _line(point: Point) -> str:
    return f"{point.corrections:5} corrections: open {point.open_f1:.3f}, gated {point.gated_f1:.3f}, {point.seconds:5.1f} s  {point.told}"
