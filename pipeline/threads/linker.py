"""The linker: how likely a later passage is news of an earlier one.

Comes in: the evidence of a pair. Goes out: a probability. Refuses a file that does not weigh our features. Its few weights are learnt from
pairs that readers linked in series of the corpus.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ModelError
from pipeline.threads.evidence import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "linker.json"


@dataclass(frozen=True, slots=True)
class Linker:
    """A logistic regression over `FEATURES`; from `sure` on a link is made, from `maybe` on it is offered to a reviewer."""

    weights: tuple[float, ...]
    bias: float
    sure: float
    maybe: float

    def chance(self, row: Sequence[float]) -> float:
        """Return how likely the pair is a link."""
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, row, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def save_linker(linker: Linker, folder: Path) -> None:
    """Write the linker into a folder."""
    (folder / FILE).write_text(json.dumps({"features": FEATURES, **asdict(linker)}, indent=1) + "\n", encoding="utf-8")


def load_linker(folder: Path) -> Linker:
    """Read the linker of a folder.

    Raises:
        ModelError: when it is missing or weighs other features.
    """
    file = folder / FILE
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        linker = Linker(tuple(map(float, row["weights"])), float(row["bias"]), float(row["sure"]), float(row["maybe"]))
        fits = row["features"] == list(FEATURES) and len(linker.weights) == len(FEATURES)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _strange(file, type(error).__name__) from error
    if not fits:
        raise _strange(file, "other features")
    return linker


def _strange(file: Path, found: str) -> ModelError:
    return ModelError(
        en=f"{file}: the linker must weigh our features. Got {found}. Rebuild it with `lessons train`, or restore the file.",
        th=f"{file}: ไฟล์นี้ต้องตรงกับโปรแกรม แต่พบ {found} สร้างใหม่ด้วย `lessons train` หรือกู้ไฟล์คืนมา",
    )
