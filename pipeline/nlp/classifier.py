"""The linear classifier: rows of features in, calibrated probabilities out, kept on disk in the format of spaCy's own models.

Comes in: a folder of ``models/`` or freshly trained parts. Goes out: `Classifier`. Refuses a file that is missing, whose parts are not the
arrays that ours is made of, or whose label set is not ours. The format (msgpack) holds numbers and strings; nothing in it is ever run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly

from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.cues import cue_set
from pipeline.languages.th.tokens import stop_words
from pipeline.nlp.features import PLACES, Vocabulary, as_blocks, see
from pipeline.nlp.pieces import hashes_of, text_of
from pipeline.nlp.signs import look_up
from pipeline.nlp.unpacking import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

FILE = "classifier.msgpack"
FAST_FILE = "fast.msgpack"  # the same without strings of characters
_WHY = 4  # how many words are shown as reasons
_SHOWN_WORD = re.compile(r"[ก-๙A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Classifier:
    """A multinomial logistic regression: `weights` (feature x label) and `bias` of `labels`, whose scores are divided by `temperature`.

    `leans` are the log-odds that each label is given before "other": the larger, the more passages are found.
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float
    vocabulary: Vocabulary
    leans: Mapping[str, float]

    def probabilities(self, docs: Sequence[Doc]) -> NDArray[np.float64]:
        """Return one row a piece and one column a label, each row summing to 1."""
        scores, width = self.bias.astype(float), 0
        for block in as_blocks(see(docs, characters=self.vocabulary.characters), self.vocabulary):
            scores = scores + block @ self.weights[width : width + block.shape[1]]
            width += block.shape[1]
        return chances_of(scores, self.temperature)

    def reasons(self, found: Sequence[tuple[Doc, Piece, str]]) -> list[tuple[str, ...]]:
        """Return for each piece of a Doc the words that spoke most for a label, strongest first: cue words, then single words."""
        columns = np.array([self.labels.index(label) for _, _, label in found], np.int64)
        lengths = [piece.last_word - piece.first_word for _, piece, _ in found]
        hashes = [hashes_of(doc)[piece.first_word : piece.last_word] for doc, piece, _ in found]
        known = self.vocabulary.words
        places = look_up(known, np.concatenate([np.empty(0, np.uint64), *hashes]), self.vocabulary.index)
        spoken = np.where(places < len(known), self.weights[places, np.repeat(columns, lengths)], 0.0).tolist()
        ends = accumulate(lengths)
        return [
            self._reasons(one, column, spoken[end - length : end])
            for one, column, length, end in zip(found, columns.tolist(), lengths, ends, strict=True)
        ]

    def _reasons(self, found: tuple[Doc, Piece, str], column: int, spoken: Sequence[float]) -> tuple[str, ...]:
        """Return the reasons for the label of one piece; `spoken` is what each of its words speaks for it."""
        doc, piece, label = found
        text, cues, first_cue = text_of(doc), cue_set(), self.vocabulary.first_cue
        scores: dict[str, float] = {}
        for hit in piece.cues:
            if cues[hit.cue].votes == label:
                words = text[hit.start : hit.end].strip()
                scores[words] = max(scores.get(words, 0.0), 1.0 + float(self.weights[first_cue + hit.cue, column]))
        for word, weight in zip(doc._.words[piece.first_word : piece.last_word], spoken, strict=True):
            if weight > 0 and word not in scores and _worth_showing(word):
                scores[word] = min(1.0, weight)
        ranked = sorted(scores, key=lambda word: (-scores[word], word))
        return tuple(islice(_without_repeats(ranked), _WHY))


def chances_of(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return the probabilities of rows of log-odds; a temperature over 1 makes them less sure.

    >>> chances_of(np.array([[0.0, 0.0], [np.log(3), 0.0]]), 1.0).round(2).tolist()
    [[0.5, 0.5], [0.75, 0.25]]
    """
    chances = np.exp((scores - scores.max(axis=1, keepdims=True, initial=-np.inf)) / temperature)
    found: NDArray[np.float64] = chances / chances.sum(axis=1, keepdims=True)
    return found


def _without_repeats(ranked: Iterable[str]) -> Iterator[str]:
    """Yield the words that are part of none before them and hold none of them: เพราะ says all that แต่เพราะ does."""
    stronger: list[str] = []
    for word in ranked:
        if not any(word in other or other in word for other in stronger):
            yield word
        stronger.append(word)


@lru_cache(maxsize=2**14)
def _worth_showing(word: str) -> bool:
    return bool(_SHOWN_WORD.search(word)) and word not in stop_words()


def decide(probabilities: NDArray[np.float64], labels: Sequence[str], leans: Mapping[str, float]) -> list[str]:
    """Return the label of each row: the likeliest once each label has been given its lean, in log-odds, before "other"."""
    scores = np.log(np.maximum(probabilities, 1e-12)) + np.array([leans.get(label, 0.0) for label in labels])
    return [labels[column] for column in scores.argmax(axis=1)]


def save_classifier(classifier: Classifier, file: Path) -> None:
    """Write the classifier into a file of a folder of ``models/``."""
    known = classifier.vocabulary
    parts = {
        "labels": list(classifier.labels),
        "weights": classifier.weights,
        "bias": classifier.bias,
        "temperature": classifier.temperature,
        "words": known.words,
        "word_idf": known.word_idf,
        "characters": known.characters,
        "leans": dict(classifier.leans),
    }
    srsly.write_msgpack(file, parts)


def load_classifier(file: Path) -> Classifier:
    """Read the classifier of a file of a folder of ``models/``; its checksum has been compared before.

    Raises:
        ModelError: when it is none of ours.
    """
    return unpacked(file, _put_together, "a classifier", "แบบจำลอง")


def _put_together(parts: Any) -> Classifier:  # noqa: ANN401 - whatever stands in the file
    """Return the classifier that the parts make.

    Raises:
        ValueError: when a part is of another kind or size than ours.
    """
    words, weights, labels = parts["words"], parts["weights"], tuple(map(str, parts["labels"]))
    vocabulary = Vocabulary(words, parts["word_idf"], bool(parts["characters"]))
    if sorted(labels) != sorted([*label_ids(), OTHER]):
        raise ValueError(f"the labels {', '.join(labels)}")
    shapes: dict[str, tuple[int, ...]] = {"words": (len(words),), "word_idf": (len(words),), "bias": (len(labels),)}
    shapes["weights"] = (vocabulary.first_cue + len(cue_set()) + PLACES, len(labels))
    for name, shape in shapes.items():
        if parts[name].shape != shape or parts[name].dtype.kind not in "fu":
            raise ValueError(f"{name} of the shape {parts[name].shape} instead of {shape}")
    leans = {str(label): float(lean) for label, lean in parts["leans"].items()}
    return Classifier(labels, weights, parts["bias"], float(parts["temperature"]), vocabulary, leans)
