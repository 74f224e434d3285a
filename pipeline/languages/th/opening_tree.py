"""The tree of what patterns begin with: which patterns may match at which place of a text, for all its places at once.

Comes in: patterns with the signs that their matches begin with; then texts and places. Goes out: the places at which some pattern may match,
each with those patterns. Refuses nothing. Each step looks at one more sign behind all places together: place by place it would take far longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

Pattern = TypeVar("Pattern")


class OpeningTree(Generic[Pattern]):
    """Nodes by number, 0 being the root: `_after` has a row for each and a column for each sign, and holds the node behind it, 0 for none."""

    def __init__(self, openings: Iterable[tuple[str, Pattern]]) -> None:
        """Grow the tree of openings, each with its pattern."""
        nodes: list[dict[str, int]] = [{}]
        ending: dict[int, list[Pattern]] = {}
        for opening, pattern in openings:
            node = 0
            for sign in opening:
                if sign not in nodes[node]:
                    nodes[node][sign] = len(nodes)
                    nodes.append({})
                node = nodes[node][sign]
            ending.setdefault(node, []).append(pattern)
        signs = sorted({sign for after in nodes for sign in after})
        columns = {sign: number for number, sign in enumerate(signs, 1)}
        self._columns = np.zeros(ord(signs[-1]) + 2 if signs else 1, np.uint16)  # the last is for every greater sign: no opening has it
        self._columns[[ord(sign) for sign in signs]] = list(columns.values())
        self._after = np.zeros((len(nodes), len(signs) + 1), np.min_scalar_type(len(nodes)))
        self._patterns: list[tuple[Pattern, ...]] = [()] * len(nodes)
        for number, after in enumerate(nodes):  # a node stands before all behind it
            self._patterns[number] = tuple(dict.fromkeys((*self._patterns[number], *ending.get(number, ()))))
            for sign, behind in after.items():
                self._after[number, columns[sign]] = behind
                self._patterns[behind] = self._patterns[number]
        self._speaks = np.array([bool(patterns) for patterns in self._patterns])

    def may_match(self, text: str, places: NDArray[np.int64]) -> Iterator[tuple[int, tuple[Pattern, ...]]]:
        """Yield those of some places of a text at which patterns may match, in their order, each with these patterns."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        columns = np.append(self._columns.take(codes, mode="clip"), np.uint16(0))
        deepest = np.zeros(len(places), self._after.dtype)
        going, nodes, depth = np.arange(len(places)), deepest, 0
        while len(going):
            nodes = self._after[nodes, columns.take(places[going] + depth, mode="clip")]
            alive = np.flatnonzero(nodes)
            going, nodes, depth = going[alive], nodes[alive], depth + 1
            deepest[going] = nodes
        found = np.flatnonzero(self._speaks[deepest])
        patterns = self._patterns
        return ((place, patterns[node]) for place, node in zip(places[found].tolist(), deepest[found].tolist(), strict=True))
