"""A worked example of an outside classifier: a text gets the label of the examples that it is most like.

Comes in: a local folder, named by NEAREST_MODEL, with `examples.tsv`, a label and a text a line. What stands beside it says what likeness is: a
transformer in ONNX (`model.onnx` and `tokenizer.json`, as models of sentence embeddings are exported), vectors of words (`vectors.npy` and
`words.txt`, as in the folder `models/words-…` of thai-lessons), else strings of characters. Goes out: probabilities. Refuses a folder without
examples, and a transformer without the extra `transformer`. Nothing is ever fetched.
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
_SIZE = 4096  # buckets of strings of characters
_SHARPNESS = 6.0
_LONGEST = 256  # tokens of a text that a transformer reads
_COMMON = 200.0  # the rank at which a word counts half: the most frequent ones say little


class Nearest:
    """Probabilities by the direction in which a text, and the mean of the examples of each label, lie from the mean of all examples.

    Directions, not places: the mean of a label whose examples differ much lies near that of all, and would lose to every other.
    """

    labels = LABELS

    def __init__(self, examples: Sequence[Sequence[str]], vectors: Vectors) -> None:
        """Keep the direction of each label."""
        self._vectors = vectors
        found = vectors([text for _, text in examples])
        self._middle = found.mean(axis=0)
        rows = [found[[label == own for label, _ in examples]] for own in LABELS]
        self._directions = _unit(np.array([row.mean(axis=0) - self._middle if len(row) else np.zeros(found.shape[1]) for row in rows]))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return one row a text and one column a label."""
        likeness = np.exp(_SHARPNESS * _unit(self._vectors(texts) - self._middle) @ self._directions.T)
        chances: NDArray[np.float64] = likeness / likeness.sum(axis=1, keepdims=True)
        return chances


def load() -> Nearest:
    """Return the classifier of the folder that NEAREST_MODEL names."""
    examples = Path(os.environ.get("NEAREST_MODEL", "")) / "examples.tsv"
    if "NEAREST_MODEL" not in os.environ or not examples.is_file():
        message = f"NEAREST_MODEL must name the folder that holds examples.tsv, got {os.environ.get('NEAREST_MODEL') or 'none'}"
        raise FileNotFoundError(message)
    lines = examples.read_text(encoding="utf-8").splitlines()
    return Nearest([line.split("\t", 1) for line in lines if line], _likeness(examples.parent))


def _likeness(folder: Path) -> Vectors:
    if (folder / "model.onnx").exists():
        return _embedded(folder)
    return _means_of_words(folder) if (folder / "vectors.npy").exists() else _strings


def _embedded(folder: Path) -> Vectors:
    """Return the vectors that a transformer gives: the mean of those of a text's tokens, as models of sentence embeddings are taught."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    cut = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cut.enable_truncation(_LONGEST)
    cut.no_padding()
    network = InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    wanted = {one.name for one in network.get_inputs()}

    def vector(text: str) -> NDArray[np.float64]:
        found = cut.encode(text)
        given = {"input_ids": found.ids, "attention_mask": found.attention_mask, "token_type_ids": found.type_ids}
        told = network.run(None, {name: np.array([row], np.int64) for name, row in given.items() if name in wanted})
        tokens: NDArray[np.float64] = np.asarray(told[0], float)[0]
        return tokens.mean(axis=0)

    return lambda texts: _unit(np.array([vector(text) for text in texts]))


def _means_of_words(folder: Path) -> Vectors:
    """Return the means of the vectors of known words, the rarer ones counting more; `words.txt` names the last rows, the most frequent word first."""
    from pythainlp.tokenize import word_tokenize

    words = (folder / "words.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    table = np.load(folder / "vectors.npy", allow_pickle=False)[-len(words) :].astype(float)
    ranks = {word: rank for rank, word in enumerate(words)}
    table = (table - table.mean(axis=0)) * (np.arange(len(words)) / (np.arange(len(words)) + _COMMON))[:, None]

    def vectors(texts: Sequence[str]) -> NDArray[np.float64]:
        known = [[ranks[word] for word in word_tokenize(text) if word in ranks] for text in texts]
        return _unit(np.array([table[rows].sum(axis=0) for rows in known]))

    return vectors


def _strings(texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_string_counts(text) for text in texts])


def _string_counts(text: str) -> NDArray[np.float64]:
    solid = "".join(text.split())
    found = np.zeros(_SIZE)
    for string, count in Counter(solid[start : start + 3] for start in range(max(1, len(solid) - 2))).items():
        found[sum(ord(sign) * 31**place for place, sign in enumerate(string)) % _SIZE] += count
    return found / max(1.0, float(np.linalg.norm(found)))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows of length 1."""
    found: NDArray[np.float64] = rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return found
