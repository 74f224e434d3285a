"""The tagger: it reads the words of a post in their context and says of each how likely it begins, continues or lies outside a passage.

Comes in: Docs with words and hits of cues. Goes out: ``doc._.tagged``, log-probabilities of seven tags for each word that is no blank, and of the
classes of each field (`pipeline.nlp.heads`). Refuses a network that cannot be loaded. The network is an ONNX file, run by onnxruntime on one
processor; nothing is learnt here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.language import Language

from pipeline.errors import ModelError
from pipeline.nlp.heads import COLUMNS, WIDTH_OF_ALL
from pipeline.nlp.pieces import Tagged
from pipeline.nlp.stretches import GAPS, OVERLAP, STRETCH, Seen, seen_words, windows

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.word_table import WordTable

NETWORK_FILE = "tagger.onnx"
_EDGE = 40  # words from the edge of a window on which context is missing


class Look(NamedTuple):
    """How many words a network sees at once at most, and how many two windows share at least."""

    stretch: int
    overlap: int


LOOK = Look(STRETCH, OVERLAP)
DEEP_LOOK = Look(256, 40)  # for a network whose words look at all others: more than it learnt with serve it no better and cost more


class Tagger:
    """Tag Docs with a trained network."""

    def __init__(self, words: WordTable, network: Any, look: Look = LOOK) -> None:  # noqa: ANN401 - onnxruntime's session has no types
        """Keep the word table and the onnxruntime session."""
        self.words = words
        self._look = look
        self._vectors = words.vectors.astype(np.float32)
        self._network = network

    def tag(self, doc: Doc) -> Tagged:
        """Return the tags of the words of a Doc. Each window is read alone: what stands in other posts changes no figure of this one."""
        seen = seen_words(doc, self.words)
        total = np.zeros((len(seen), WIDTH_OF_ALL), np.float32)
        weight = np.zeros((len(seen), 1), np.float32)
        for start, end in windows(len(seen), *self._look):
            (found,) = self._network.run(None, self._inputs(seen, start, end))
            trust = trust_in(end - start)
            total[start:end] += _by_head(found[0]) * trust
            weight[start:end] += trust
        chances = total / weight
        return Tagged(seen.starts, seen.ends, chances[:, COLUMNS["tags"]], chances)

    def _inputs(self, seen: Seen, start: int, end: int) -> dict[str, NDArray[np.float32]]:
        """Return what the network asks for, as a batch of one."""
        gaps = np.zeros((1, end - start, GAPS), np.float32)
        gaps[0, np.arange(end - start), seen.gaps[start:end]] = 1
        return {"vectors": self._vectors[seen.rows[start:end]][None], "gaps": gaps, "signs": seen.signs[None, start:end].astype(np.float32)}


def trust_in(size: int) -> NDArray[np.float32]:
    """Return how far each word of a window of so many words counts where windows overlap: little at its edges, where context is missing."""
    place = np.arange(1, size + 1)
    return np.minimum(np.minimum(place, place[::-1]), _EDGE).astype(np.float32)[:, None]


def _by_head(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.hstack([_log_softmax(rows[:, columns]) for columns in COLUMNS.values()])


def _log_softmax(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    top = rows - rows.max(axis=1, keepdims=True)
    found: NDArray[np.float32] = top - np.log(np.exp(top).sum(axis=1, keepdims=True))
    return found


def load_tagger(folder: Path, words: WordTable, look: Look = LOOK) -> Tagger:
    """Read the network of a folder of ``models/``; its checksum has been compared before. `look` is how much of a text it sees at once.

    Raises:
        ModelError: when onnxruntime cannot load it.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # posts are spread over processes, not one post over threads
    options.log_severity_level = 3
    file = folder / NETWORK_FILE
    try:
        network = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise ModelError(
            en=f"{file}: a model must be readable by onnxruntime. Got {type(error).__name__}. Rebuild it with `make model`, or restore the file.",
            th=f"{file}: เปิดแบบจำลองด้วย onnxruntime ไม่ได้ ({type(error).__name__}) สร้างใหม่ด้วย `make model` หรือกู้ไฟล์คืนมา",
        ) from error
    return Tagger(words, network, look)


class TagFinder:
    """Set the tags of Docs; without a network it leaves them without any."""

    def __init__(self, tagger: Tagger | None) -> None:
        """Keep the tagger."""
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        doc._.tagged = self.tagger.tag(doc) if self.tagger else None
        return doc


@Language.factory("lessons_tagger")
def make_tag_finder(nlp: Language, name: str) -> TagFinder:  # noqa: ARG001 - spaCy passes both
    """Return a component without a network: a model gives it one."""
    return TagFinder(None)
