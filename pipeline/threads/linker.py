"""The linker: how likely a later passage is news of an earlier one.

Comes in: the evidence of pairs. Goes out: probabilities. Refuses a file that does not weigh our features. It is a sum of small decision trees,
learnt from pairs that readers linked in series of the corpus.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.threads.evidence import FEATURES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FILE = "linker.json"


@dataclass(frozen=True, slots=True)
class Tree:
    """Questions to a row: a node asks whether its feature is at most its bound, and goes left or right; a leaf leads to itself and has the value."""

    feature: tuple[int, ...]
    bound: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def fits(self) -> bool:
        """Say whether every node asks for one of our features and leads to one of its nodes."""
        nodes = len(self.feature)
        even = {len(self.bound), len(self.left), len(self.right), len(self.value)} == {nodes}
        asks = all(0 <= feature < len(FEATURES) for feature in self.feature)
        return (
            bool(nodes)
            and even
            and asks
            and all(node <= min(pair) and max(pair) < nodes for node, pair in enumerate(zip(self.left, self.right, strict=True)))
        )


@dataclass(frozen=True)
class Linker:
    """Trees over `FEATURES`; from `sure` on a link is made, from `closes` on one that closes, from `maybe` on it is offered to a reviewer."""

    trees: tuple[Tree, ...]
    bias: float
    sure: float
    closes: float
    maybe: float

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return how likely each pair is a link."""
        if not rows:
            return []
        feature, bound, below, value, first = self._forest
        found = np.asarray(rows, np.float64)
        row = np.arange(len(found))[:, None] * found.shape[1]
        node = np.zeros((len(found), len(self.trees)), np.intp) + first
        for _ in range(self._depth):
            goes_left = np.take(found, row + np.take(feature, node)) <= np.take(bound, node)
            node = np.take(below, 2 * node + goes_left)
        scores = self.bias + np.take(value, node).sum(axis=1)
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, float(score))))) for score in scores]

    @cached_property
    def _forest(self) -> tuple[NDArray[Any], ...]:
        """Return what the nodes ask, what lies below each on the right and on the left, their values, and where each tree begins.

        Trees are padded to the largest; nodes count through all trees.
        """
        width = max(len(tree.feature) for tree in self.trees)
        first = np.arange(len(self.trees))[:, None] * width
        columns = [[getattr(tree, field.name) for tree in self.trees] for field in fields(Tree)]
        feature, bound, left, right, value = (np.array([(*row, *[0] * (width - len(row))) for row in column]) for column in columns)
        below = np.stack([right + first, left + first], axis=-1).ravel()
        return feature.ravel(), bound.ravel(), below, value.ravel(), first.ravel()

    @cached_property
    def _depth(self) -> int:
        return max(_depth(tree, 0) for tree in self.trees)


def _depth(tree: Tree, node: int) -> int:
    below = {tree.left[node], tree.right[node]} - {node}
    return 1 + max(_depth(tree, one) for one in below) if below else 0


def save_linker(linker: Linker, folder: Path) -> None:
    """Write the linker into a folder."""
    (folder / FILE).write_text(json.dumps({"features": FEATURES, **asdict(linker)}) + "\n", encoding="utf-8")


def load_linker(folder: Path) -> Linker:
    """Read the linker of a folder.

    Raises:
        ModelError: when it is missing or weighs other features.
    """
    file = folder / FILE
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        trees = tuple(Tree(**{name: tuple(values) for name, values in tree.items()}) for tree in row["trees"])
        linker = Linker(trees, float(row["bias"]), float(row["sure"]), float(row["closes"]), float(row["maybe"]))
        fits = row["features"] == list(FEATURES) and bool(trees) and all(tree.fits() for tree in trees)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _strange(file, type(error).__name__) from error
    if not fits:
        raise _strange(file, "other features")
    return linker


def _strange(file: Path, found: str) -> ModelError:
    return ModelError(
        en=f"{file}: the linker must weigh our features. Got {found}. Rebuild it with `lessons train`, or restore the file.",
        th=f"{file}: ไฟล์นี้ต้องตรงกับโปรแกรม แต่พบ {found} สร้างใหม่ด้วย `lessons train` หรือกู้ไฟล์คืนมา",
    )
