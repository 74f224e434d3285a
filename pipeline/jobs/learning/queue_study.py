"""A long measurement of the queue: how many answers an order needs until the model is better by five points, beside chance alone.

Comes in: the corpus, of which the frozen test is left out, and seeds. Goes out: figures as lines of text. Refuses what `material_of` refuses.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from pipeline.correcting.queue import Facts, passage_items, ranked
from pipeline.correcting.worth import Known
from pipeline.jobs.learning.learn import material_of
from pipeline.nlp.reader import FAST, current_model, load_parts
from pipeline.train.replay import GAIN, answers_needed, cut_corpus, draw, play
from pipeline.train.rereading import Rereading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.correcting.queue import Order
    from pipeline.records import Passage
    from pipeline.train.replay import Ask

CHANCE = "chance"
_ORDERS: tuple[Order, ...] = ("value", "random")
_DRAWS = 2_000


class _Row(NamedTuple):
    """What one seed gave of one order: the answers until the gain was reached, at most those given, and the F1 at the start and at the end."""

    answers: float
    reached: bool
    start: float
    end: float


def replay_queue(corpus: Path, models: Path, seeds: Sequence[int], progress: Callable[[str], None]) -> str:
    """Replay the queue in every order with every seed, and return the answers that each order needs beside chance."""
    material = material_of(corpus)
    cutter = load_parts(models, current_model(models), FAST).weights
    cut, tuning = cut_corpus(material.teaching, cutter), Rereading(cut_corpus(material.validation, cutter).read, characters=False)
    rows: dict[str, list[_Row]] = {name: [] for name in (CHANCE, *_ORDERS)}
    for seed in seeds:
        setting = draw(cut, tuning, seed)
        for name, found in rows.items():
            curve = play(setting, _asking(name, seed))
            found.append(_Row(answers_needed(curve), curve[-1] >= curve[0] + GAIN, curve[0], curve[-1]))
            progress(f"seed {seed} {name} {' '.join(f'{point:.3f}' for point in curve)}")
    return "\n".join(_line(name, found, rows[CHANCE]) for name, found in rows.items())


def _asking(name: str, seed: int) -> Ask:
    """Return an order by its name: one of those of the queue, or chance alone."""
    if name == CHANCE:
        lot = random.Random(seed)  # noqa: S311 - the same draw every time

        def by_chance(waiting: Sequence[Passage], decided: Sequence[str]) -> Sequence[str]:  # noqa: ARG001 - as the queue is asked
            return lot.sample([passage.id for passage in waiting], len(waiting))

        return by_chance
    order: Order = "value" if name == "value" else "random"

    def by_queue(waiting: Sequence[Passage], decided: Sequence[str]) -> Sequence[str]:
        items = passage_items(waiting, Facts({}, decided, len(decided)), Known())
        return [item.item for item in ranked(items, len(decided), order)]

    return by_queue


def _line(name: str, found: Sequence[_Row], chance: Sequence[_Row]) -> str:
    """Return the answers of an order in all, beside those of chance, with the 95 % interval of the ratio from draws of seeds."""
    lot = random.Random(0)  # noqa: S311 - the same draw every time
    drawn = [lot.choices(range(len(found)), k=len(found)) for _ in range(_DRAWS)]
    ratios = sorted(sum(found[seed].answers for seed in seeds) / sum(chance[seed].answers for seed in seeds) for seeds in drawn)
    ratio = sum(row.answers for row in found) / sum(row.answers for row in chance)
    low, high = ratios[int(0.025 * _DRAWS)], ratios[int(0.975 * _DRAWS)]
    mean = sum(row.answers for row in found) / len(found)
    start, end = (sum(row[column] for row in found) / len(found) for column in (2, 3))
    reached = sum(row.reached for row in found)
    return (
        f"{name:8} {mean:6.0f} answers, {ratio:.2f} of chance ({low:.2f}-{high:.2f}), reached {reached} of {len(found)}, F1 {start:.3f} to {end:.3f}"
    )
