"""What tries a reviewer: sentences to be trained on, and what is known to be right of passages.

Comes in: ``training.toml`` beside this file, and decisions. Goes out: training items, and how often a reviewer met what is known. Refuses nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corrections import live

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.corrections import Correction

TRAINED_AFTER = 10  # training items that a new reviewer decides first
EVERY = 20  # decisions of which one is a hidden trial
TRUSTED_FROM = 0.8  # share of hidden trials that a reviewer must meet to teach the model
FEWEST = 5  # trials, of a hundred decisions, from which somebody is judged by them


@dataclass(frozen=True, slots=True)
class TrainingItem:
    """A sentence of our own with its label, and in Thai why it is that."""

    id: str
    text: str
    label: str
    why: str


@lru_cache(maxsize=1)
def training_items() -> tuple[TrainingItem, ...]:
    """Return the sentences, the plain ones first."""
    rows = tomllib.loads(Path(__file__).with_name("training.toml").read_text(encoding="utf-8"))["item"]
    return tuple(TrainingItem(**row) for row in rows)


def met(trials: Iterable[Correction], truths: Mapping[str, str]) -> tuple[int, int]:
    """Return how many hidden trials a reviewer decided as they are known to be, and how many there were."""
    decided = [truths[one.item] == one.after for one in live(trials) if one.queued == "gold" and one.item in truths]
    return sum(decided), len(decided)
