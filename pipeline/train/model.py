"""Learn the whole reader from labelled posts: cutter, classifiers, tagger, and the stack that weighs them.

Comes in: posts to learn from, posts of other writers to validate on, and the pretrained words where a tagger shall be learnt. Goes out: a
`Trained` model's parts. Refuses posts of fewer than three writers. Nothing is decided by a random split: thresholds and the weights of the
stack come from writers from whom the rest has not learnt, since text of one hand always looks easier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.errors import ModelError
from pipeline.evaluate.breakdown import gold_of
from pipeline.evaluate.ceiling import true_label
from pipeline.evaluate.marked import chained_writers, marked_pieces
from pipeline.labels import label_ids
from pipeline.languages import cue_set
from pipeline.nlp.classifier import Classifier, chances_of
from pipeline.nlp.cues import CueFinder, cue_votes
from pipeline.nlp.features import PLACES, feature_families, learn_vocabulary, make_features
from pipeline.nlp.passages import NEVER, Cutter
from pipeline.nlp.reader import Parts, cues_reader
from pipeline.nlp.stack import FEATURES, Stack, stack_features
from pipeline.records import Span
from pipeline.train.cutter import learn_borders, learn_cutter
from pipeline.train.fields import learn_fields
from pipeline.train.leans import Pieces, choose_leans, choose_temperature
from pipeline.train.truths import classes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from pipeline.evaluate.marked import Marked
    from pipeline.labelled import GoldSpan, LabelledPost
    from pipeline.nlp.features import Vocabulary
    from pipeline.nlp.passages import BorderWeights, CutterWeights
    from pipeline.nlp.tagger import Tagger
    from pipeline.nlp.word_table import WordTable
    from pipeline.train.pretrained import Words
    from pipeline.train.tagger import Lesson

C = 0.2  # strength of the classifiers' fit: more fits our own writers better and strangers worse
_STACK_C = 0.3
# Set on validation writers and on 160 real texts off the genre (corpora/outside), from which nothing else is learnt; decision 5 has the figures.
TRUST = 0.15  # log-odds of a vote of the cues
DEEP_OUTSIDE = 0.8  # chance of lying outside from which the deep network cuts a margin off; decision 72 says why the smaller one does not
# Log-odds that a label is given beyond what suits the validation writers. Strangers plan and complain in more ways than ours, and tell more that
# only sounds like a lesson.
STRANGERS = {"lesson": 0.0, "issue": 0.6, "action": 0.55}
_FEWEST_WRITERS = 3  # two to learn from, and one to validate on


class Material(NamedTuple):
    """What a model is learnt from: posts that teach, and posts of other writers on which it is validated."""

    teaching: Sequence[LabelledPost]
    validation: Sequence[LabelledPost]


@dataclass(frozen=True, slots=True)
class Trained:
    """A model's parts: those of the full reader, the classifier of the fast one, and the parts of the deep one, if any."""

    parts: Parts
    fast: Classifier
    deep: Parts | None = None


class Read(NamedTuple):
    """Docs with cues, and their marks in code points of the Docs' text."""

    docs: list[Doc]
    marks: list[list[GoldSpan]]


def divide(posts: Sequence[LabelledPost], validation: frozenset[str]) -> Material:
    """Return the posts divided by writer; where nobody is named for validation, the last writer in the order of names is.

    Raises:
        ModelError: when there are too few writers.
    """
    writers = sorted({labelled.writer for labelled in posts})
    kept = validation & set(writers) or set(writers[-1:])
    if len(writers) < _FEWEST_WRITERS or len(writers) - len(kept) < _FEWEST_WRITERS - 1:
        raise ModelError(
            en=f"corpora/posts: a corpus must have posts of at least three writers, a folder each, one of them to validate on. Got {len(writers)}. "
            "Add posts of another writer.",
            th=f"corpora/posts: คลังต้องมีบันทึกของผู้เขียนอย่างน้อยสามคน คนละโฟลเดอร์ แต่พบ {len(writers)} คน เพิ่มบันทึกของผู้เขียนอื่น",
        )
    material = Material([row for row in posts if row.writer not in kept], [row for row in posts if row.writer in kept])
    for part, rows in material._asdict().items():
        _need_every_label(part, rows)
    return material


def _need_every_label(part: str, posts: Sequence[LabelledPost]) -> None:
    found = {passage.label for labelled in posts for passage in labelled.passages}
    if missing := [label for label in label_ids() if label not in found]:
        raise ModelError(
            en=f"corpora/posts: the posts for {part} must hold passages of every label. Got none marked {', '.join(missing)}. "
            "Mark some, or name other writers for validation in splits.toml.",
            th=f"corpora/posts: บันทึกส่วน {part} ต้องมีช่วงข้อความครบทุกป้าย แต่ไม่มี {', '.join(missing)} "
            "ทำเครื่องหมายเพิ่ม หรือระบุผู้เขียนคนอื่นไว้ตรวจสอบใน splits.toml",
        )


def train_model(
    material: Material, words: Words | None, folder: Path, progress: Callable[[str], None] = lambda _: None, deep: Tagger | None = None
) -> Trained:
    """Return a model learnt from the material; its network is written into `folder`. Without pretrained words it has no tagger.

    Nothing is learnt into the network of the `deep` tagger: it is weighed beside the others, as the tagger is.
    """
    teaching, validation = prepare(material.teaching), prepare(material.validation)
    progress("cutter")
    weights = learn_cutter(teaching.docs, [[mark.span for mark in row] for row in teaching.marks])
    for docs in (teaching.docs, validation.docs):
        cut_docs(docs, weights, None)
    progress("classifier")
    linear = _learn_classifier(teaching, validation, characters=True)
    progress("fast classifier")
    fast = _learn_classifier(teaching, validation, characters=False)
    marked = marked_in(teaching, material.teaching), marked_in(validation, material.validation)
    if words is None:
        progress("fields")
        return Trained(Parts(weights, linear, fields=learn_fields(*marked)), fast)
    tagger = _learn_tagger(teaching, marked[0], words, folder, progress)
    parts = stacked(validation, Parts(weights, linear, tagger))
    progress("fields")
    parts = parts._replace(fields=learn_fields(*marked))
    if deep is None:
        return Trained(parts, fast)
    progress("the deep network weighed")
    return Trained(parts, fast, stacked(validation, parts._replace(tagger=deep), DEEP_OUTSIDE))


def stacked(validation: Read, parts: Parts, outside: float = NEVER) -> Parts:
    """Return the parts of a reader with borders and stack learnt from what its tagger says of the validation posts, which are cut by it.

    `outside` is that of the borders.
    """
    assert parts.tagger is not None
    assert parts.classifier is not None
    borders = replace(_learn_borders(validation, parts.tagger, parts.weights), outside=outside)
    cut_docs(validation.docs, parts.weights, borders)
    return parts._replace(borders=borders, stack=learn_stack(validation, parts.classifier))


def prepare(posts: Sequence[LabelledPost]) -> Read:
    """Return posts as Docs that know their cues, with their marks."""
    docs = cues_reader().tokenize(labelled.post for labelled in posts)
    find = CueFinder()
    return Read([find(doc) for doc in docs], [marks_in(doc, labelled) for doc, labelled in zip(docs, posts, strict=True)])


def marked_in(read: Read, posts: Sequence[LabelledPost]) -> list[Marked]:
    """Return the marked passages of all posts as pieces of their Docs."""
    chained = chained_writers(posts)
    return [row for doc, labelled in zip(read.docs, posts, strict=True) for row in marked_pieces(doc, labelled, chained=labelled.writer in chained)]


def marks_in(doc: Doc, labelled: LabelledPost) -> list[GoldSpan]:
    """Return the marks of a post as spans of its Doc's repaired text."""
    return [replace(mark, span=doc._.clean.from_raw(mark.span.start, mark.span.end)) for mark in gold_of(labelled)]


def _learn_tagger(read: Read, marked: Sequence[Marked], words: Words, folder: Path, progress: Callable[[str], None]) -> Tagger:
    """Learn the network, write it, and return it as it will read."""
    from pipeline.nlp.tagger import load_tagger
    from pipeline.train.export import save_network
    from pipeline.train.tagger import learn_tagger

    lessons = lessons_of(read, marked, words.table)
    save_network(learn_tagger(lessons, words.table, words.context(), start=words.start, progress=progress), folder)
    return load_tagger(folder, words.table)


def lessons_of(read: Read, marked: Sequence[Marked], table: WordTable) -> list[Lesson]:
    """Return what the tagger learns from each post."""
    from pipeline.nlp.stretches import seen_words
    from pipeline.train.tagger import Lesson, tags_of

    fields: dict[int, list[Marked]] = {}
    for row in marked:
        fields.setdefault(id(row.doc), []).append(row)
    lessons = []
    for doc, marks in zip(read.docs, read.marks, strict=True):
        seen = seen_words(doc, table)
        lessons.append(Lesson(seen, classes_of(seen, fields.get(id(doc), []), tags_of(seen, marks))))
    return lessons


def _learn_borders(read: Read, tagger: Tagger, weights: CutterWeights) -> BorderWeights:
    for doc in read.docs:
        doc._.tagged = tagger.tag(doc)
    return learn_borders(read.docs, [[mark.span for mark in row] for row in read.marks], weights)


def cut_docs(docs: Sequence[Doc], weights: CutterWeights, borders: BorderWeights | None) -> None:
    """Cut Docs into pieces."""
    cut = Cutter(weights, borders)
    for doc in docs:
        cut(doc)


def true_labels(read: Read) -> list[str]:
    """Return the label of every piece, "other" where it lies in no mark."""
    return [true_label(Span(piece.start, piece.end), marks) for doc, marks in zip(read.docs, read.marks, strict=True) for piece in doc._.passages]


def _learn_classifier(teaching: Read, validation: Read, *, characters: bool, without: str | None = None) -> Classifier:
    """Fit the labels of the pieces on the one side, and the temperature of the probabilities and the leans on the other.

    `without` leaves out a family of features: its weights are nought.
    """
    vocabulary = learn_vocabulary(teaching.docs, characters=characters)
    kept = _kept_columns(vocabulary, without)
    fitted = LogisticRegression(C=C, max_iter=1_000).fit(make_features(teaching.docs, vocabulary) @ kept, true_labels(teaching))
    return classifier_of(fitted, vocabulary, validation)


def classifier_of(fitted: LogisticRegression, vocabulary: Vocabulary, validation: Read) -> Classifier:
    """Return what was fitted as a classifier, its temperature and leans chosen on the validation writers."""
    labels, features = tuple(map(str, fitted.classes_)), make_features(validation.docs, vocabulary)
    scores = fitted.decision_function(features)
    temperature = choose_temperature(partial(chances_of, scores), labels, true_labels(validation))
    leans = choose_leans(pieces_of(validation), chances_of(scores, temperature), labels)
    weights, bias = (np.ascontiguousarray(part.T, np.float32) for part in (fitted.coef_, fitted.intercept_))
    return Classifier(labels, weights, bias, temperature, vocabulary, leans)


def _kept_columns(vocabulary: Vocabulary, without: str | None) -> Any:  # noqa: ANN401 - scipy ships no types
    kept = np.ones(vocabulary.first_cue + len(cue_set()) + PLACES)
    if without:
        kept[feature_families(vocabulary)[without]] = 0
    return sparse.diags(kept).tocsr()


def learn_stack(validation: Read, linear: Classifier, without: Sequence[int] = ()) -> Stack:
    """Fit the weights of the stack; those of the features `without` are nought."""
    features = stack_features(validation.docs, linear.probabilities(validation.docs), linear.labels)
    kept = np.ones(features.shape[1])
    kept[list(without)] = 0
    truth = true_labels(validation)
    fitted = LogisticRegression(C=_STACK_C, max_iter=1_000).fit(features * kept, truth)
    labels = tuple(map(str, fitted.classes_))
    weights = tuple(tuple(round(float(weight), 4) for weight in row) for row in fitted.coef_)
    bias = tuple(round(float(weight), 4) for weight in fitted.intercept_)
    votes = cue_votes(validation.docs, labels)
    stack = Stack(labels, weights, bias, {}, TRUST)
    stack = replace(stack, temperature=choose_temperature(lambda one: replace(stack, temperature=one).probabilities(features, votes), labels, truth))
    leans = choose_leans(pieces_of(validation), stack.probabilities(features, votes), labels)
    return replace(stack, leans={label: round(lean + STRANGERS.get(label, 0.0) / stack.temperature, 3) for label, lean in leans.items()})


def variants(material: Material, parts: Parts) -> Iterator[tuple[str, Parts]]:
    """Yield a model of the same material for each part that may be left out, by what it lacks: its parts are fitted anew without it."""
    teaching, validation = prepare(material.teaching), prepare(material.validation)
    if parts.tagger and parts.borders and parts.classifier:
        for doc in validation.docs:
            doc._.tagged = parts.tagger.tag(doc)
        cut_docs(validation.docs, parts.weights, parts.borders)
        linear = [number for number, name in enumerate(FEATURES) if name.startswith("linear")]
        tags = [number for number in range(len(FEATURES)) if number not in linear]
        yield "the stack without the linear classifier", parts._replace(stack=learn_stack(validation, parts.classifier, linear))
        yield "the stack without the tags, borders with them", parts._replace(stack=learn_stack(validation, parts.classifier, tags))
    alone = parts._replace(tagger=None, borders=None, stack=None)
    for docs in (teaching.docs, validation.docs):
        for doc in docs:
            doc._.tagged = None
        cut_docs(docs, parts.weights, None)
    for family in feature_families(learn_vocabulary(teaching.docs)):
        yield f"linear without {family}", alone._replace(classifier=_learn_classifier(teaching, validation, characters=True, without=family))


def pieces_of(read: Read) -> list[Pieces]:
    """Return the pieces of Docs with their marks."""
    return [
        Pieces(doc, tuple(Span(piece.start, piece.end) for piece in doc._.passages), tuple(marks))
        for doc, marks in zip(read.docs, read.marks, strict=True)
    ]
