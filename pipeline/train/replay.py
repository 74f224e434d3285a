"""The queue replayed: passages of the corpus are asked in one order after another, and a model learns from the answers; which order is sooner better?

Comes in: the corpus as cut posts, and an order. Goes out: the macro F1 after every batch of answers, until enough is gained. Refuses nothing. A seed
draws the writers of the test, and of the posts of all others those that the model starts from and those that wait. Answers are those of the corpus.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.evaluate.scores import macro_f1
from pipeline.labels import OTHER
from pipeline.nlp.classifier import chances_of, decide
from pipeline.nlp.features import as_features, see
from pipeline.nlp.pieces import text_of
from pipeline.records import Passage, Span
from pipeline.train.model import Read, cut_docs, prepare, true_labels
from pipeline.train.rereading import Rereading
from pipeline.train.rows import LABELS, Rows, chosen, together
from pipeline.train.team import OWN_WEIGHT, learn_labels, learn_tuned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipeline.labelled import LabelledPost
    from pipeline.nlp.classifier import Classifier
    from pipeline.nlp.passages import CutterWeights

    Ask = Callable[[Sequence[Passage], Sequence[str]], Sequence[str]]  # what waits, the words of what was decided -> the ids in the order asked

GAIN = 0.05  # of macro F1 over the start
BATCH, MOST = 100, 1_000  # answers before the model learns anew, and at most
STARTS, WAITS, TESTERS = 24, 160, 5  # posts from which the model starts, posts that wait, and writers of the test
_TWO = 2
SINGLE = 0.8  # how much a decision of one reviewer teaches


class Cut(NamedTuple):
    """Posts as pieces: their Docs, their rows, the number of the post of each, and each as a passage."""

    posts: Sequence[LabelledPost]
    read: Read
    rows: Rows
    post: NDArray[np.int64]
    passages: list[Passage]


class Setting(NamedTuple):
    """What a seed draws: the rows to start from, what waits, and the posts of the test; `tuning` are writers on whom thresholds are set."""

    start: Rows
    waiting: Rows
    passages: list[Passage]
    test: Rereading
    tuning: Rereading


def cut_corpus(posts: Sequence[LabelledPost], cutter: CutterWeights) -> Cut:
    """Return all posts as pieces, with the words and cues that are seen of them."""
    read = prepare(posts)
    cut_docs(read.docs, cutter, None)
    counts = [len(doc._.passages) for doc in read.docs]
    labels = np.array([LABELS.index(label) for label in true_labels(read)], np.int64)
    rows = Rows(see(read.docs, characters=False), labels, np.ones(len(labels)), np.repeat(np.array([row.writer for row in posts]), counts))
    passages = [
        Passage(row.post.id, row.post.source, Span(piece.start, piece.end), text_of(doc)[piece.start : piece.end], OTHER, 0.0)
        for row, doc in zip(posts, read.docs, strict=True)
        for piece in doc._.passages
    ]
    return Cut(posts, read, rows, np.repeat(np.arange(len(posts)), counts), passages)


def draw(corpus: Cut, tuning: Rereading, seed: int) -> Setting:
    """Return what a seed draws of the corpus."""
    rng = np.random.default_rng(seed)
    testers = set(rng.permutation(sorted({row.writer for row in corpus.posts}))[:TESTERS].tolist())
    others = rng.permutation([number for number, row in enumerate(corpus.posts) if row.writer not in testers])
    tested = [number for number, row in enumerate(corpus.posts) if row.writer in testers]
    test = Rereading(Read([corpus.read.docs[number] for number in tested], [corpus.read.marks[number] for number in tested]), characters=False)
    starting, waiting = (np.flatnonzero(np.isin(corpus.post, own)) for own in (others[:STARTS], others[STARTS : STARTS + WAITS]))
    return Setting(chosen(corpus.rows, starting), chosen(corpus.rows, waiting), [corpus.passages[row] for row in waiting], test, tuning)


def play(setting: Setting, ask: Ask) -> list[float]:
    """Return the macro F1 by passages at the start and after every batch of answers, until `GAIN` is reached or `MOST` answers are given."""
    numbers = {passage.id: number for number, passage in enumerate(setting.passages)}
    decided: list[int] = []
    classifier = _learn(setting, decided, None)
    curve = [_f1(setting, classifier)]
    while curve[-1] < curve[0] + GAIN and len(decided) < MOST:
        done = set(decided)
        waiting = [passage for passage in _found(setting, classifier) if numbers[passage.id] not in done]
        asked = ask(waiting, [setting.passages[number].quote for number in decided])[:BATCH]
        if not asked:
            break
        decided += [numbers[item] for item in asked]
        classifier = _learn(setting, decided, classifier)
        curve.append(_f1(setting, classifier))
    return curve


def answers_needed(curve: Sequence[float]) -> float:
    """Return after how many answers `GAIN` was reached, between two batches by their F1; where it was not, how many were given.

    >>> answers_needed([0.5, 0.53, 0.57]), answers_needed([0.5, 0.5, 0.52])
    (150.0, 200.0)
    """
    wanted = curve[0] + GAIN
    if len(curve) < _TWO or curve[-1] < wanted:
        return float(BATCH * (len(curve) - 1))
    before, after = curve[-2:]
    return round(BATCH * (len(curve) - 2 + (wanted - before) / (after - before)), 6)


def _learn(setting: Setting, decided: Sequence[int], before: Classifier | None) -> Classifier:
    said = chosen(setting.waiting, np.array(sorted(decided), np.int64))
    rows = together([setting.start, said._replace(weights=said.weights * SINGLE * OWN_WEIGHT)])
    return learn_labels(rows, before) if before else learn_tuned(rows, setting.tuning, None, characters=False)


def _found(setting: Setting, classifier: Classifier) -> list[Passage]:
    """Return what waits as the classifier labels it, without what it finds to be nothing."""
    scores = as_features(setting.waiting.seen, classifier.vocabulary) @ classifier.weights + classifier.bias
    chances = chances_of(scores, classifier.temperature)
    found = []
    for passage, label, row in zip(setting.passages, decide(chances, classifier.labels, classifier.leans), chances, strict=True):
        if label != OTHER:
            own = dict(zip(classifier.labels, map(float, row), strict=True))
            second = max((name for name in own if name != label), key=own.__getitem__)
            found.append(replace(passage, label=label, confidence=own[label], second=(second, own[second])))
    return found


def _f1(setting: Setting, classifier: Classifier) -> float:
    return macro_f1(setting.test.counts(classifier).sum(axis=0))[1]
