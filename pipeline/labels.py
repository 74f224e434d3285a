"""The label set: what a passage can be, in the order of a digest.

Comes in: ``labels.toml`` beside this file, owned by people of the trade. Goes out: `Label` records. Refuses nothing at run time: the
tests read the file. A passage that is none of these is `OTHER` and is not kept.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its words for people; `mark` is its letter in the labelled corpus, `colour` a CSS colour."""

    id: str
    mark: str
    thai: str
    english: str
    question: str
    question_english: str
    definition: str
    colour: str


@lru_cache(maxsize=1)
def label_set() -> tuple[Label, ...]:
    """Return the labels in the order of a digest."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["label"]
    return tuple(Label(**row) for row in rows)


def label_ids() -> tuple[str, ...]:
    """Return the ids in the order of a digest.

    >>> label_ids()
    ('lesson', 'issue', 'action')
    """
    return tuple(label.id for label in label_set())
