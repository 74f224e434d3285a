"""Sums of small decision trees, which weigh figures without the package that learnt them.

Comes in: rows of figures. Goes out: how likely each is. Refuses nothing: whether the trees fit the figures, their reader asks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_LEAVES = 16  # of a tree: a bit of a number each
_EVERY_LEAF = (1 << MOST_LEAVES) - 1
_LOWEST = np.array([(number & -number).bit_length() - 1 for number in range(_EVERY_LEAF + 1)], np.intp)  # of the leaves that are possible, the first


@dataclass(frozen=True, slots=True)
class Tree:
    """Questions to a row: a node asks whether its feature is at most its bound, and goes left or right; a leaf leads to itself and has the value."""

    feature: tuple[int, ...]
    bound: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def fits(self, width: int) -> bool:
        """Say whether every node asks for one of so many features and leads to one of its nodes."""
        nodes = len(self.feature)
        even = {len(self.bound), len(self.left), len(self.right), len(self.value)} == {nodes}
        asks = all(0 <= feature < width for feature in self.feature)
        return (
            bool(nodes)
            and even
            and asks
            and sum(node == below for node, below in enumerate(self.left)) <= MOST_LEAVES
            and all(node <= min(pair) and max(pair) < nodes for node, pair in enumerate(zip(self.left, self.right, strict=True)))
        )


@dataclass(frozen=True)
class Forest:
    """Trees whose values are added to a bias, on the scale of log odds."""

    trees: tuple[Tree, ...]
    bias: float

    def fits(self, width: int) -> bool:
        """Say whether there are trees, and all of them ask for some of so many features."""
        return bool(self.trees) and all(tree.fits(width) for tree in self.trees)

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return how likely each row is."""
        if not rows:
            return []
        found = np.asarray(rows, np.float64)
        possible = np.full((len(found), len(self.trees)), _EVERY_LEAF, np.uint16)
        for_all = np.full(len(self.trees), _EVERY_LEAF, np.uint16)
        for feature, (bounds, left) in self._asked.items():
            figures = found[:, feature]
            if (figures == figures[0]).all():  # as of all that is told of the later passage alone
                for_all &= left[np.searchsorted(bounds, figures[0])]
            else:
                possible &= left[np.searchsorted(bounds, figures)]
        possible &= for_all
        scores = self.bias + np.take(self._values, np.take(_LOWEST, possible) + self._first).sum(axis=1)
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, float(score))))) for score in scores]

    @cached_property
    def _asked(self) -> dict[int, tuple[NDArray[Any], NDArray[Any]]]:
        """Return for each feature its bounds in order, and by how many of them a figure exceeds, which leaves of each tree it leaves possible.

        Leaves count from the left, a bit each. A node that is passed on the right rules out the leaves on its left; of those that all nodes leave
        possible, the lowest is the one to which the tree leads.
        """
        rules: dict[int, list[tuple[float, int, int]]] = {}
        for number, tree in enumerate(self.trees):
            for node, (low, high) in _ruled_out(tree).items():
                rules.setdefault(tree.feature[node], []).append((tree.bound[node], number, _EVERY_LEAF & ~(((1 << (high - low)) - 1) << low)))
        return {feature: self._table(sorted(found)) for feature, found in sorted(rules.items())}

    def _table(self, rules: Sequence[tuple[float, int, int]]) -> tuple[NDArray[Any], NDArray[Any]]:
        bounds = np.array([bound for bound, _, _ in rules])
        left = np.full((len(rules) + 1, len(self.trees)), _EVERY_LEAF, np.uint16)
        for place, (_, number, mask) in enumerate(rules):
            left[place + 1] = left[place]
            left[place + 1, number] &= mask
        return bounds, left

    @cached_property
    def _values(self) -> NDArray[Any]:
        """Return the values of the leaves from the left, tree after tree, each tree padded to the most that a tree may have."""
        values = [[tree.value[leaf] for leaf in _leaves(tree, 0)] for tree in self.trees]
        return np.array([[*row, *[0.0] * (MOST_LEAVES - len(row))] for row in values]).ravel()

    @cached_property
    def _first(self) -> NDArray[Any]:
        return np.arange(len(self.trees)) * MOST_LEAVES


def _leaves(tree: Tree, node: int) -> list[int]:
    """Return the leaves below a node, from the left."""
    if tree.left[node] == node:
        return [node]
    return [*_leaves(tree, tree.left[node]), *_leaves(tree, tree.right[node])]


def _ruled_out(tree: Tree, node: int = 0, first: int = 0) -> dict[int, tuple[int, int]]:
    """Return for each question from a node on the leaves on its left, as the first and the one behind the last; the node's own begin at `first`."""
    if tree.left[node] == node:
        return {}
    middle = first + len(_leaves(tree, tree.left[node]))
    below = {**_ruled_out(tree, tree.left[node], first), **_ruled_out(tree, tree.right[node], middle)}
    return {node: (first, middle), **below}
