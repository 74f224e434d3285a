"""The linear classifier: rows of features in, calibrated probabilities out, kept on disk with skops.

Comes in: a folder of ``models/`` or freshly trained parts. Goes out: `Classifier`. Refuses a file that is missing, that holds types
other than the few that ours are made of, or whose label set is not ours. No pickle is ever loaded.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from pipeline.errors import ModelError
from pipeline.labels import OTHER, label_ids
from pipeline.languages.th.cues import cue_set
from pipeline.languages.th.tokens import stop_words
from pipeline.nlp.features import CHARACTER_BUCKETS, Vocabulary, make_features
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

FILE = "classifier.skops"
FAST_FILE = "fast.skops"  # the same without strings of characters
# What a trained model of ours is made of, beside numpy's and scikit-learn's own types. Never "whatever the file says".
_TRUSTED = ["sklearn.calibration._CalibratedClassifier", "sklearn.calibration._TemperatureScaling"]
# What skops and its archive raise for a file that is damaged or none of theirs.
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, BadZipFile, zlib.error)
_WHY = 4  # how many words are shown as reasons
_SHOWN_WORD = re.compile(r"[ก-๙A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Classifier:
    """A trained model: `model` is scikit-learn's, `weights` its coefficients (label x feature).

    `leans` are the log-odds that each label is given before "other": the larger, the more passages are found.
    """

    model: Any
    weights: NDArray[np.float64]
    vocabulary: Vocabulary
    leans: Mapping[str, float]

    @property
    def labels(self) -> list[str]:
        """Return the labels in the order of the probabilities' columns."""
        return [str(label) for label in self.model.classes_]

    def probabilities(self, docs: Sequence[Doc]) -> NDArray[np.float64]:
        """Return one row a piece and one column a label, each row summing to 1."""
        features = make_features(docs, self.vocabulary)
        if not features.shape[0]:
            return np.zeros((0, len(self.labels)))
        found: NDArray[np.float64] = self.model.predict_proba(features)
        return found

    def reasons(self, doc: Doc, hashes: NDArray[np.uint64], piece: Piece, label: str) -> tuple[str, ...]:
        """Return the words of the piece that spoke most for the label, strongest first: cue words, then single words.

        `hashes` are those of the Doc's words, as spaCy's attribute ORTH.
        """
        row, text, doc_words = self.weights[self.labels.index(label)], text_of(doc), doc._.words
        cue_column = len(self.vocabulary.words) + 2 * len(self.vocabulary.neighbours) + CHARACTER_BUCKETS * self.vocabulary.characters
        scores: dict[str, float] = {}
        for hit in piece.cues:
            if cue_set()[hit.cue].votes == label:
                words = text[hit.start : hit.end].strip()
                scores[words] = max(scores.get(words, 0.0), 1.0 + float(row[cue_column + hit.cue]))
        cued = frozenset(scores)
        known, last = self.vocabulary.words, len(self.vocabulary.words) - 1
        own = hashes[piece.first_word : piece.last_word]
        places = np.minimum(known.searchsorted(own), last)
        strength = np.where(known[places] == own, row[places], 0.0)
        speaking = np.flatnonzero(strength > 0)
        for place, weight in zip(speaking.tolist(), strength[speaking].tolist(), strict=True):
            scores.setdefault(doc_words[piece.first_word + place], min(1.0, weight))
        ranked = sorted(scores, key=lambda word: (-scores[word], word))
        shown = (word for word in ranked if word in cued or _worth_showing(word))
        return tuple(islice(_without_repeats(shown), _WHY))


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
    import skops.io

    known = classifier.vocabulary
    parts = {
        "model": classifier.model,
        "weights": classifier.weights,
        "words": known.words,
        "word_idf": known.word_idf,
        "neighbours": known.neighbours,
        "neighbour_idf": known.neighbour_idf,
        "characters": known.characters,
        "leans": dict(classifier.leans),
    }
    skops.io.dump(parts, file, compression=8)


def load_classifier(file: Path) -> Classifier:
    """Read the classifier of a file of a folder of ``models/``; its checksum has been compared before."""
    import skops.io

    try:
        strange = [name for name in skops.io.get_untrusted_types(file=file) if name not in _TRUSTED]
        classifier = None if strange else _put_together(skops.io.load(file, trusted=_TRUSTED))
    except _UNREADABLE as error:
        raise ModelError(
            en=f"{file}: a model must be readable by skops. Got {type(error).__name__}. Rebuild it with `lessons train`, or restore the file.",
            th=f"{file}: เปิดแบบจำลองด้วย skops ไม่ได้ ({type(error).__name__}) สร้างใหม่ด้วย `lessons train` หรือกู้ไฟล์คืนมา",
        ) from error
    if classifier is None or sorted(classifier.labels) != sorted([*label_ids(), OTHER]):
        found = ", ".join(strange) or "another label set"
        raise ModelError(
            en=f"{file}: a model must hold only our own kinds of parts and our labels. Got {found}. It was not loaded; "
            "rebuild it with `lessons train`.",
            th=f"{file}: แบบจำลองต้องมีเฉพาะส่วนประกอบและป้ายของโปรแกรมนี้ แต่พบ {found} จึงไม่เปิดใช้ สร้างใหม่ด้วย `lessons train`",
        )
    return classifier


def _put_together(parts: dict[str, Any]) -> Classifier:
    vocabulary = Vocabulary(parts["words"], parts["word_idf"], parts["neighbours"], parts["neighbour_idf"], bool(parts["characters"]))
    return Classifier(parts["model"], parts["weights"], vocabulary, {str(label): float(lean) for label, lean in parts["leans"].items()})
