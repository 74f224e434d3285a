"""A worked example of an outside classifier: a text gets the label of the examples that it is most like.

Comes in: a local folder, named by NEAREST_MODEL, with `examples.tsv`, a label and a text a line. Where a model of sentence embeddings stands too
(`modules.json`, as sentence-transformers saves one), likeness is that of its vectors, else that of strings of characters. Goes out: probabilities.
Refuses a folder without examples, and a model without the extra `sentences`. Nothing is ever fetched.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Vectors = Callable[[Sequence[str]], NDArray[np.float64]]  # texts -> a row of length 1 for each

LABELS = ("action", "issue", "lesson", "other")
_SIZE = 4096
_SHARPNESS = 8.0


class Nearest:
    """Probabilities by likeness to the mean of the examples of each label."""

    labels = LABELS

    def __init__(self, examples: Sequence[Sequence[str]], vectors: Vectors) -> None:
        """Keep the mean of each label."""
        self._vectors = vectors
        found = vectors([text for _, text in examples])
        rows = [found[[label == own for label, _ in examples]] for own in LABELS]
        self._means = np.array([row.mean(axis=0) if len(row) else np.zeros(found.shape[1]) for row in rows])

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return one row a text and one column a label."""
        likeness = np.exp(_SHARPNESS * self._vectors(texts) @ self._means.T)
        chances: NDArray[np.float64] = likeness / likeness.sum(axis=1, keepdims=True)
        return chances


def load() -> Nearest:
    """Return the classifier of the folder that NEAREST_MODEL names."""
    folder = Path(os.environ["NEAREST_MODEL"])
    lines = (folder / "examples.tsv").read_text(encoding="utf-8").splitlines()
    return Nearest([line.split("\t", 1) for line in lines if line], _embedded(folder) if (folder / "modules.json").exists() else _strings)


def _embedded(folder: Path) -> Vectors:
    """Return the vectors of a model of sentence embeddings that stands in a folder."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(model.encode(list(texts), normalize_embeddings=True), float)


def _strings(texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_string_counts(text) for text in texts])


def _string_counts(text: str) -> NDArray[np.float64]:
    solid = "".join(text.split())
    found = np.zeros(_SIZE)
    for string, count in Counter(solid[start : start + 3] for start in range(max(1, len(solid) - 2))).items():
        found[sum(ord(sign) * 31**place for place, sign in enumerate(string)) % _SIZE] += count
    return found / max(1.0, float(np.linalg.norm(found)))
