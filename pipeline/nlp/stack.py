"""The stack: it weighs what the linear classifier, the tagger and the grammar of cues say of a piece, and gives calibrated probabilities.

Comes in: the classifier's probabilities, the tags of the piece's words, the votes of its cues. Goes out: one probability for each label.
Refuses a file that does not fit the label set. Its few weights are learnt on writers from whom neither of the two has learnt. How far the votes
are trusted beside them is not learnt there but set: our own writers avoid the stock words of the trade, strangers use them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import ModelError
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.classifier import chances_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Tagged

FILE, DEEP_FILE = "stack.json", "deep_stack.json"
_NEVER_SURE = 1e-6
FEATURES = (
    *(f"linear {label}" for label in label_ids()),
    *(f"tags {label}" for label in label_ids()),
    "begins",
    "breaks off",
    "goes on behind",
    "length",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """`weights` and `bias` are those of a logistic regression over `FEATURES` (a row for each of `labels`), `leans` what each label is given.

    `trust` is the log-odds that a vote of the cues gives its label; all scores are divided by `temperature`.
    """

    labels: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    leans: dict[str, float]
    trust: float = 0.0
    temperature: float = 1.0

    def probabilities(self, features: NDArray[np.float64], votes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return one row a piece and one column for each of `labels`, each row summing to 1; `votes` has the same shape."""
        return chances_of(features @ np.asarray(self.weights).T + np.asarray(self.bias) + self.trust * votes, self.temperature)


def stack_features(docs: Sequence[Doc], linear: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.float64]:
    """Return one row a piece of `docs`; `linear` are the classifier's probabilities of all of them, its columns in the order of `labels`."""
    chances = np.log(np.maximum(linear, _NEVER_SURE))
    other = chances[:, labels.index(OTHER)]
    own = np.stack([chances[:, labels.index(label)] - other for label in label_ids()], axis=1)
    return np.hstack([own, np.vstack([np.zeros((0, len(FEATURES) - own.shape[1])), *(_tag_features(doc) for doc in docs)])])


def _tag_features(doc: Doc) -> NDArray[np.float64]:
    """Return for each piece what the tags of its words say: of each label against "other", of its first word, of a break within, of what follows."""
    tagged: Tagged = doc._.tagged
    pieces = doc._.passages
    starts = np.array([piece.start for piece in pieces])
    ends = np.array([piece.end for piece in pieces])
    rows = np.zeros((len(pieces), len(FEATURES) - len(label_ids())))
    middles = (tagged.starts + tagged.ends) / 2
    first, last = np.searchsorted(middles, starts), np.searchsorted(middles, ends)
    chances = np.exp(tagged.chances.astype(np.float64))
    count = len(label_ids())
    by_label = np.hstack([chances[:, :1], chances[:, 1 : 1 + count] + chances[:, 1 + count :]])
    logs = np.log(np.maximum(by_label, _NEVER_SURE))
    begins, continues = chances[:, 1 : 1 + count].sum(axis=1), chances[:, 1 + count :].sum(axis=1)
    for row, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        if start < end:
            mean = logs[start:end].mean(axis=0)
            within = begins[start + 1 : end].max(initial=0.0)
            behind = continues[end] if end < len(continues) else 0.0
            rows[row] = [*(mean[1:] - mean[0]), begins[start], within, behind, np.log((ends[row] - starts[row]) / 100)]
    return rows


def save_stack(stack: Stack, file: Path) -> None:
    """Write the stack into a file of a folder of ``models/``."""
    file.write_text(json.dumps({"features": FEATURES, **asdict(stack)}, indent=1) + "\n", encoding="utf-8")


def load_stack(file: Path) -> Stack:
    """Read the stack of a file of ``models/``; its checksum has been compared before.

    Raises:
        ModelError: when it does not fit our labels and features.
    """
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        weights = tuple(map(tuple, row["weights"]))
        stack = Stack(tuple(row["labels"]), weights, tuple(row["bias"]), row["leans"], float(row["trust"]), float(row["temperature"]))
        fits = sorted(stack.labels) == sorted((OTHER, *label_ids())) and row["features"] == list(FEATURES)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _strange(file, type(error).__name__) from error
    if not fits:
        raise _strange(file, "other labels or features")
    return stack


def _strange(file: Path, found: str) -> ModelError:
    return ModelError(
        en=f"{file}: the stack of a model must weigh our labels and features. Got {found}. Rebuild the model with `make model`, or restore the file.",
        th=f"{file}: ไฟล์นี้ต้องตรงกับป้ายของโปรแกรม แต่พบ {found} สร้างแบบจำลองใหม่ด้วย `make model` หรือกู้ไฟล์คืนมา",
    )
