"""A simulated year of corrections: batches of them from a reviewer who errs now and then, on posts of domains from which nothing was learnt.

Comes in: the corpus without those domains, and their posts. Goes out: a row for each retraining, for a team that lets every model read and for one
behind the gate. Refuses nothing. Of the posts that are kept apart some are the gate's, the others draw the curve. For a few batches a poisoned
reviewer sends turned labels. The same seed gives the same year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.evaluate.gate import judge
from pipeline.evaluate.scores import macro_f1
from pipeline.labels import OTHER
from pipeline.nlp.classifier import chances_of, decide
from pipeline.nlp.features import as_features
from pipeline.nlp.labels import NEARLY
from pipeline.train.rows import LABELS, Rows, chosen, together
from pipeline.train.suspects import agreement_of
from pipeline.train.team import OWN_WEIGHT, learn_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from pipeline.evaluate.gate import Evidence, Verdict
    from pipeline.nlp.classifier import Classifier
    from pipeline.train.rereading import Rereading

BATCHES, BATCH, EVERY = 40, 25, 2
ERRORS = 0.05
SINGLE = 0.8  # how much a decision of one reviewer teaches
POISONED = range(20, 24)  # the batches in which the poisoned reviewer sends
POISON = 100  # labels a batch
CAREFUL, TURNED = "careful", "poisoned"


class World(NamedTuple):
    """What the year is played with: the corpus, rows that wait for reviewers, the gate's posts, those of the curve, and the first model."""

    corpus: Rows
    waiting: Rows
    test: Rereading
    curve: Rereading
    first: Classifier


@dataclass(slots=True)
class Team:
    """A team: the classifier that reads, the one before, and the reviewers of whom nothing is taken any more."""

    reading: Classifier
    before: Classifier | None = None
    without: set[str] = field(default_factory=set)


class Point(NamedTuple):
    """One retraining: how many corrections of the careful reviewer there were, F1 on the posts of the curve, and what happened.

    `offered_f1` is that of the model that stood before the gate; `seconds` are the processor's, of learning and judging it, once.
    """

    corrections: int
    open_f1: float
    gated_f1: float
    offered_f1: float
    allowed: bool
    seconds: float
    told: str


@dataclass(slots=True)
class Played:
    """How far a year is played: both teams, and the points so far; from here it goes on as if it had never been interrupted."""

    free: Team
    gated: Team
    points: list[Point]


def begin(world: World) -> Played:
    """Return a year of which nothing is played yet."""
    f1 = _Judge(world)(world.first).f1
    return Played(Team(world.first), Team(world.first), [Point(0, f1, f1, f1, allowed=False, seconds=0.0, told="")])


def play(world: World, seed: int, played: Played, keep: Callable[[Played], None]) -> list[Point]:
    """Play the rest of the year, which is kept after every point, and return its points."""
    reviews = _reviews(world.waiting, np.random.default_rng(seed))
    free, gated, points = played.free, played.gated, played.points
    judged = _Judge(world)
    keep(played)
    for done in range(EVERY * len(points), BATCHES + 1, EVERY):
        begun = process_time()
        given = _given(reviews, done)
        told = [f"reviewer {name} is contradicted: kappa {kappa:.2f}" for name, kappa in _caught(world, given, gated)]
        behind = _learn(world, given, gated)
        verdict = judge(judged(gated.reading).evidence, judged(behind).evidence, done // EVERY)
        told.append(_told(verdict))
        if verdict.decision == "allowed":  # somebody promotes it at once
            gated.before, gated.reading = gated.reading, behind
        seconds = process_time() - begun
        alone = behind if free.without == gated.without else _learn(world, given, free)
        told += _open(judged, free, alone, done)
        scores = (judged(free.reading).f1, judged(gated.reading).f1, judged(behind).f1)
        count = min(done * BATCH, len(reviews.careful))
        points.append(Point(count, *scores, allowed=verdict.decision == "allowed", seconds=round(seconds, 1), told="; ".join(told)))
        keep(played)
    return points


class _Judged(NamedTuple):
    classifier: Classifier
    f1: float
    evidence: Evidence


class _Judge:
    """What classifiers do on the posts of the curve and on those of the gate; each is asked once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[int, _Judged] = {}

    def __call__(self, classifier: Classifier) -> _Judged:
        if id(classifier) not in self._known:
            f1 = macro_f1(self._world.curve.counts(classifier).sum(axis=0))[1]
            self._known[id(classifier)] = _Judged(classifier, f1, self._world.test.evidence(classifier))
        return self._known[id(classifier)]


def asked_of(rows: Rows, classifier: Classifier) -> Rows:
    """Return what the queue would ask of these pieces: what a classifier finds, or nearly finds."""
    chances = chances_of(as_features(rows.seen, classifier.vocabulary) @ classifier.weights + classifier.bias, classifier.temperature)
    found = np.array(decide(chances, classifier.labels, classifier.leans)) != OTHER
    nearly = np.delete(chances, classifier.labels.index(OTHER), axis=1).max(axis=1) >= NEARLY
    return chosen(rows, np.flatnonzero(found | nearly))


class _Reviews(NamedTuple):
    """The rows in the order in which the careful reviewer and the poisoned one answer them, with what each says."""

    rows: Rows
    careful: NDArray[np.int64]
    turned: NDArray[np.int64]
    said: NDArray[np.int64]
    turned_said: NDArray[np.int64]


def _reviews(waiting: Rows, rng: np.random.Generator) -> _Reviews:
    order = rng.permutation(len(waiting.labels))
    careful, turned = order[: BATCHES * BATCH], rng.permutation(order)[: POISON * len(POISONED)]
    said = waiting.labels.copy()
    wrong = careful[rng.random(len(careful)) < ERRORS]
    said[wrong] = (said[wrong] + rng.integers(1, len(LABELS), len(wrong))) % len(LABELS)
    return _Reviews(waiting, careful, turned, said, (waiting.labels + 1) % len(LABELS))


def _given(reviews: _Reviews, done: int) -> Rows:
    """Return what both reviewers have said after so many batches."""
    own = np.sort(reviews.careful[: done * BATCH])
    sent = POISON * sum(batch < done for batch in POISONED)
    parts = [_said(reviews.rows, own, reviews.said, CAREFUL)]
    return together([*parts, *([_said(reviews.rows, np.sort(reviews.turned[:sent]), reviews.turned_said, TURNED)] if sent else [])])


def _said(rows: Rows, kept: NDArray[np.int64], labels: NDArray[np.int64], reviewer: str) -> Rows:
    found = chosen(rows, kept)
    return found._replace(labels=labels[kept], weights=np.full(len(kept), SINGLE), writers=np.full(len(kept), reviewer))


def _caught(world: World, given: Rows, team: Team) -> list[tuple[str, float]]:
    """Return the reviewers who are contradicted for the first time; nothing of them is taken from now on."""
    found = agreement_of(given, world.first)
    new = [(name, one.kappa) for name, one in found.items() if one.contradicted and name not in team.without]
    team.without.update(name for name, _ in new)
    return new


def _learn(world: World, given: Rows, team: Team) -> Classifier:
    trusted = chosen(given, np.flatnonzero(~np.isin(given.writers, list(team.without))))
    return learn_labels(together([world.corpus, trusted._replace(weights=trusted.weights * OWN_WEIGHT)]), team.reading)


def _open(judged: _Judge, team: Team, learnt: Classifier, done: int) -> list[str]:
    """Let whatever was learnt read; once the poisoned reviewer is done, somebody sees it, goes back and takes nothing of them any more."""
    if TURNED not in team.without and done > POISONED.stop:
        team.without.add(TURNED)
        assert team.before is not None
        begun = perf_counter()
        team.reading, lost = team.before, team.reading
        took = perf_counter() - begun
        return [f"without the gate: rolled back, F1 {judged(lost).f1:.3f} to {judged(team.reading).f1:.3f} ({took:.3f} s)"]
    if not (TURNED not in team.without and done > POISONED.start):
        team.before = learnt  # the last one from before the poison is kept for going back
    team.reading = learnt
    return []


def _told(verdict: Verdict) -> str:
    reasons = ", ".join(check.name for check in verdict.reasons)
    return f"gate: {verdict.decision} {verdict.gain:+.3f} (bound {verdict.bound:+.3f}){': ' + reasons if reasons else ''}"
