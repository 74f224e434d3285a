"""Learn the whole reader from labelled posts: cutter, then classifier, with figures on writers that it has not seen.

Comes in: labelled posts. Goes out: `Trained`, the parts of a model and its figures. Refuses a corpus of fewer than three writers:
nothing could be held out. Nothing is decided by a random split: whole writers are left out, since text of one hand always looks easier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from pipeline.errors import ModelError
from pipeline.evaluate.ceiling import perfect_labels, true_label
from pipeline.evaluate.scores import Scores, count_post, score
from pipeline.labels import OTHER
from pipeline.nlp.classifier import Classifier, decide
from pipeline.nlp.cues import find_piece_cues
from pipeline.nlp.features import learn_vocabulary, make_features
from pipeline.nlp.passages import Cutter
from pipeline.nlp.reader import cues_reader
from pipeline.records import GoldSpan, Span
from pipeline.train.cutter import learn_cutter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.evaluate.scores import Found
    from pipeline.nlp.passages import CutterWeights
    from pipeline.nlp.pieces import Piece
    from pipeline.records import LabelledPost

C = 1.0  # strength of the classifier's fit
_HAIR = 0.01  # of F1
LEANS = tuple(round(0.1 * step, 1) for step in range(16))  # log-odds tried for a label before "other"


@dataclass(frozen=True, slots=True)
class Trained:
    """A model's parts, its figures on writers left out, the ceiling of its cutter there, and the expected calibration error."""

    weights: CutterWeights
    classifier: Classifier
    unseen_writers: Scores
    ceiling: Scores
    calibration_error: float
    passages: int


def train_model(corpus: Sequence[LabelledPost], progress: Callable[[str], None] = lambda _: None) -> Trained:
    """Return a model learnt from all of `corpus`, measured by leaving out each writer in turn."""
    writers = np.array([labelled.writer for labelled in corpus])
    if len(set(writers)) < 3:  # noqa: PLR2004 - one held out, and of the others one to learn from and one to calibrate on
        raise ModelError(
            en=f"corpora/posts: a corpus must have posts of at least three writers, a folder each. Got {len(set(writers))}. "
            "Add posts of another writer.",
            th=f"corpora/posts: คลังต้องมีบันทึกของผู้เขียนอย่างน้อยสามคน คนละโฟลเดอร์ แต่พบ {len(set(writers))} คน เพิ่มบันทึกของผู้เขียนอื่น",
        )
    docs = cues_reader().tokenize(labelled.post for labelled in corpus)
    marks = [_marks_in(doc, labelled) for doc, labelled in zip(docs, corpus, strict=True)]
    judged = [_judge_writer(docs, marks, writers, writer, progress) for writer in sorted(set(writers))]
    held_out = [row for rows in judged for row in rows]
    lean = _choose_lean(corpus, held_out)
    progress("all writers")
    weights = _learn_cutter(docs, marks)
    _cut(docs, weights)
    classifier = replace(_learn_classifier(docs, marks, writers), lean=lean)
    return Trained(
        weights=weights,
        classifier=classifier,
        unseen_writers=_score(corpus, held_out, lean),
        ceiling=_ceiling(corpus, held_out),
        calibration_error=_calibration_error(corpus, held_out),
        passages=sum(len(labelled.passages) for labelled in corpus),
    )


def _choose_lean(corpus: Sequence[LabelledPost], held_out: Sequence[_HeldOut]) -> float:
    """Return the smallest lean that scores as well as the best, but for a hair: fewer false alarms for the same figure."""
    scores = {lean: _score(corpus, held_out, lean).passage_f1 for lean in LEANS}
    return min(lean for lean, found in scores.items() if found >= max(scores.values()) - _HAIR)


@dataclass(frozen=True, slots=True)
class _HeldOut:
    """What was found in a post whose writer was left out: pieces in code points of the post, and each label's probability."""

    post: int
    pieces: list[Span]
    labels: list[str]
    probabilities: NDArray[np.float64]


def gold_of(labelled: LabelledPost) -> list[GoldSpan]:
    """Return the marks of a labelled post as gold spans of its text."""
    return [GoldSpan(passage.span, passage.label) for passage in labelled.passages]


def _marks_in(doc: Doc, labelled: LabelledPost) -> list[GoldSpan]:
    """Return the marks as spans of the Doc's repaired text."""
    return [replace(mark, span=doc._.clean.from_raw(mark.span.start, mark.span.end)) for mark in gold_of(labelled)]


def _cut(docs: Sequence[Doc], weights: CutterWeights) -> None:
    cutter = Cutter(weights)
    for doc in docs:
        find_piece_cues(cutter(doc))


def _learn_cutter(docs: Sequence[Doc], marks: Sequence[Sequence[GoldSpan]]) -> CutterWeights:
    return learn_cutter(docs, [[mark.span for mark in row] for row in marks])


def _learn_classifier(docs: Sequence[Doc], marks: Sequence[Sequence[GoldSpan]], writers: NDArray[np.str_]) -> Classifier:
    """Fit the labels of the pieces; the temperature of the probabilities is fitted on writers left out."""
    vocabulary = learn_vocabulary(docs)
    features = make_features(docs, vocabulary)
    labels = [true_label(Span(piece.start, piece.end), row) for doc, row in zip(docs, marks, strict=True) for piece in doc._.passages]
    groups = np.repeat(writers, [len(doc._.passages) for doc in docs])
    folds = list(LeaveOneGroupOut().split(features, labels, groups))
    model: Any = CalibratedClassifierCV(LogisticRegression(C=C, max_iter=1_000), method="temperature", cv=folds, ensemble=False)
    model.fit(features, labels)
    return Classifier(model, np.asarray(model.calibrated_classifiers_[0].estimator.coef_), vocabulary, 0.0)


def _judge_writer(
    docs: list[Doc], marks: list[list[GoldSpan]], writers: NDArray[np.str_], writer: str, progress: Callable[[str], None]
) -> list[_HeldOut]:
    """Return what a model learnt from the other writers finds in this one's posts."""
    progress(writer)
    others, own = np.flatnonzero(writers != writer), np.flatnonzero(writers == writer)
    weights = _learn_cutter([docs[n] for n in others], [marks[n] for n in others])
    _cut(docs, weights)
    classifier = _learn_classifier([docs[n] for n in others], [marks[n] for n in others], writers[others])
    found = []
    for n in own:
        pieces: list[Piece] = docs[n]._.passages
        spans = [docs[n]._.clean.to_raw(piece.start, piece.end) for piece in pieces]
        found.append(_HeldOut(int(n), spans, classifier.labels, classifier.probabilities([docs[n]])))
    return found


def _found(held_out: _HeldOut, lean: float) -> list[Found]:
    labels = decide(held_out.probabilities, held_out.labels, lean)
    return [(span, label) for span, label in zip(held_out.pieces, labels, strict=True) if label != OTHER]


def _score(corpus: Sequence[LabelledPost], held_out: Sequence[_HeldOut], lean: float) -> Scores:
    return score([count_post(corpus[row.post].post.text, gold_of(corpus[row.post]), _found(row, lean)) for row in held_out], draws=500)


def _ceiling(corpus: Sequence[LabelledPost], held_out: Sequence[_HeldOut]) -> Scores:
    gold = [gold_of(corpus[row.post]) for row in held_out]
    return score(
        [count_post(corpus[row.post].post.text, marks, perfect_labels(row.pieces, marks)) for row, marks in zip(held_out, gold, strict=True)],
        draws=500,
    )


def _calibration_error(corpus: Sequence[LabelledPost], held_out: Sequence[_HeldOut], bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest label: the mean gap between confidence and truth, 0 to 1."""
    confidence, right = [], []
    for row in held_out:
        gold = gold_of(corpus[row.post])
        for span, chances in zip(row.pieces, row.probabilities, strict=True):
            confidence.append(chances.max())
            right.append(row.labels[int(chances.argmax())] == true_label(span, gold))
    sure, hit = np.array(confidence), np.array(right, float)
    drawer = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[drawer == n].sum() - hit[drawer == n].sum()) for n in range(bins)]
    return float(sum(gaps) / max(1, len(sure)))
