"""Learn the readers of fields from marked passages: state, strength and voice, who and where, who speaks, and chains.

Comes in: marked passages of writers who teach, and of others. Goes out: `FieldModels`. Refuses nothing. Thresholds, and how far the network is
trusted beside the words, are set on writers from whom neither has learnt. A false owner is worse than a missing one.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.actions import action_signs
from pipeline.nlp.choices import Choice, network_view
from pipeline.nlp.fields import BEFORE, FieldModels
from pipeline.nlp.heads import CHOICES, SPANS
from pipeline.nlp.signs import Signs, frequent, look_up, signs_of, words_of_doc
from pipeline.nlp.spans import SpanTagger, Thresholds, network_tags
from pipeline.nlp.voice import voice_signs
from pipeline.train.speech import learn_speech
from pipeline.train.truths import choice_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.marked import Marked
    from pipeline.nlp.signs import Hashes

_RAREST_IN_PASSAGES, _RAREST_OF_WORDS = 2, 4  # times that a sign must stand in what teaches
_NEVER_SEEN = -20.0  # log-odds of what nothing has taught
_MEANINGLESS = 0.1  # log-odds
_CHOICE_C, _TAGGER_C = 20.0, 0.5
_LEANS = (0.0, 0.5, 1.0, 1.5, 2.0)
_LEASTS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_TRUSTS = (0.0, 0.5, 1.0, 2.0, 4.0)
_FALSE_WEIGHT = {"who": 4.0}  # how much worse a false stretch of a kind is than a missing one


class _Row(NamedTuple):
    """The signs of the words of a stretch, their true tags, and what the network says of them, None without one."""

    signs: Signs
    tags: list[int]
    seen: NDArray[np.float64] | None


def learn_fields(teaching: Sequence[Marked], validation: Sequence[Marked]) -> FieldModels:
    """Return the readers of fields."""
    choices = {head: _learn_choice(head, teaching, validation) for head in ("state", "strength", "voice")}
    taggers = {head: _learn_tagger(head, teaching, validation) for head in SPANS}
    return FieldModels(**choices, speech=learn_speech(teaching, validation), **taggers)  # type: ignore[arg-type]  # the names are those of the record


def _learn_choice(head: str, teaching: Sequence[Marked], validation: Sequence[Marked]) -> Choice:
    rows = [(row, value) for row in teaching if (value := choice_of(row, head))]
    signs = _choice_signs(head, rows)
    known = frequent(signs, _RAREST_IN_PASSAGES)
    matrix = _matrix(signs, known, [1 / np.sqrt(len(row)) for row in signs])
    truth = [value for _, value in rows]
    values = CHOICES[head]
    weights, bias = np.zeros((len(known) + 1, len(values)), np.float32), np.full(len(values), _NEVER_SEEN, np.float32)
    if len(set(truth)) > 1:
        fitted = LogisticRegression(C=_CHOICE_C, max_iter=1_000).fit(matrix, truth, _rarity(truth))
        seen = [values.index(value) for value in fitted.classes_]
        weights[:, seen], bias[seen] = _both_sides(fitted)
    elif truth:
        bias[values.index(truth[0])] = 0.0
    choice = Choice(values, *_meaningful(known, weights), bias, 0.0)
    return _with_trust(choice, head, [(row, value) for row in validation if (value := choice_of(row, head))])


def _rarity(truth: Sequence[str]) -> list[float]:
    """Return the weight of each passage: rare values weigh more, so that they are not forgotten."""
    counts = Counter(truth)
    usual = len(truth) / len(counts)
    return [float((usual / counts[value]) ** 0.75) for value in truth]


def _choice_signs(head: str, rows: Sequence[tuple[Marked, str]]) -> list[Hashes]:
    """Return the signs of each passage; the voice of a passage also depends on that of the one before it."""
    if head != "voice":
        return [action_signs(row.doc, row.piece) for row, _ in rows]
    before = [None, *((row.piece, value) for row, value in rows)]
    same = [False, *(one[0].doc is other[0].doc for one, other in pairwise(rows))]
    return [voice_signs(row.doc, row.piece, before[place] if same[place] else None) for place, (row, _) in enumerate(rows)]


def _with_trust(choice: Choice, head: str, rows: Sequence[tuple[Marked, str]]) -> Choice:
    """Return the choice with the trust in the network under which the true values are the likeliest; none where there is no network."""
    if not rows or any(row.doc._.tagged is None for row, _ in rows):
        return choice
    signs = _choice_signs(head, rows)
    seen = [network_view(row.doc, row.piece, head, choice.values) for row, _ in rows]
    truth = [choice.values.index(value) for _, value in rows]
    weights = _rarity([value for _, value in rows])

    def right(trust: float) -> float:
        chances = choice._replace(trust=trust).chances(signs, seen)
        return float(np.average(np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-9)), weights=weights))

    return choice._replace(trust=max(_TRUSTS, key=right))


def _both_sides(fitted: LogisticRegression) -> tuple[Any, Any]:
    """Return weights (sign x value, and a row of noughts for unknown signs) and bias; two values have one row in scikit-learn."""
    coef, bias = fitted.coef_, fitted.intercept_
    if len(coef) == 1:
        coef, bias = np.vstack([np.zeros_like(coef), coef]), np.array([0.0, bias[0]])
    weights = np.vstack([coef.T, np.zeros(len(coef))]).astype(np.float16).astype(np.float32)
    return weights, bias.astype(np.float32)


def _meaningful(known: Hashes, weights: Any) -> tuple[Hashes, Any]:  # noqa: ANN401 - an array whose shape numpy's types do not tell
    """Return the signs that weigh anything, with their weights and the last row of noughts: fewer are looked up faster."""
    kept = np.abs(weights[:-1]).max(axis=1, initial=0.0) >= _MEANINGLESS
    return known[kept], np.vstack([weights[:-1][kept], weights[-1:]])


def _matrix(rows: Sequence[Hashes], known: Hashes, weight: Sequence[float]) -> Any:  # noqa: ANN401 - scipy ships no types
    """Return a sparse matrix of known signs, the signs of each row with that row's weight."""
    lengths = [len(row) for row in rows]
    places = look_up(known, np.concatenate(rows) if rows else np.empty(0, np.uint64))
    kept = places < len(known)
    ends = np.concatenate(([0], np.cumsum(kept)))[np.cumsum([0, *lengths])]
    return sparse.csr_matrix((np.repeat(weight, lengths)[kept], places[kept], ends), shape=(len(rows), len(known)))


def _rows(marked: Sequence[Marked], head: str) -> Iterator[_Row]:
    kinds = SPANS[head]
    for row in marked:
        spans = spans_of(row, head)
        words = words_of_doc(row.doc)
        signs = signs_of(words, row.piece.start, row.piece.end, BEFORE if head in {"owners", "speakers"} else 0) if spans is not None else None
        if signs is None or spans is None:
            continue
        tags = np.zeros(signs.last - signs.first, np.int64)
        for kind, start, end in spans:
            first, last = int(np.searchsorted(words.ends, start, "right")), int(np.searchsorted(words.starts, end))
            first, last = max(first, signs.first) - signs.first, min(last, signs.last) - signs.first
            if first < last:
                tags[first:last] = 2 + 2 * kinds.index(kind)
                tags[first] = 1 + 2 * kinds.index(kind)
        yield _Row(signs, tags.tolist(), network_tags(row.doc, words, signs, head))


def _learn_tagger(head: str, teaching: Sequence[Marked], validation: Sequence[Marked]) -> SpanTagger:
    kinds, rows = SPANS[head], list(_rows(teaching, head))
    tags = [tag for row in rows for tag in row.tags]
    known = frequent([row.signs.rows for row in rows], _RAREST_OF_WORDS)
    count = 1 + 2 * len(kinds)
    weights, bias = np.zeros((len(known) + 1, count), np.float32), np.array([0.0, *[_NEVER_SEEN] * (count - 1)], np.float32)
    if len(set(tags)) > 1:
        fitted = LogisticRegression(C=_TAGGER_C, max_iter=200).fit(
            _matrix([signs for row in rows for signs in row.signs.rows], known, [1.0] * len(tags)), tags
        )
        weights[:, fitted.classes_], bias[fitted.classes_] = _both_sides(fitted)
    tagger = SpanTagger(kinds, *_meaningful(known, weights), bias, Thresholds(), Thresholds())
    judged = list(_rows(validation, head))
    tagger = tagger._replace(alone=_thresholds(tagger, [row._replace(seen=None) for row in judged], (0.0,)))
    if judged and all(row.seen is not None for row in judged):
        tagger = tagger._replace(together=_thresholds(tagger, judged, _TRUSTS[1:]))
    return tagger


def _thresholds(tagger: SpanTagger, rows: Sequence[_Row], trusts: Sequence[float]) -> Thresholds:
    """Return the trust in the network, and the lean and the least chance of each kind, that find the most at the fewest mistakes."""
    found = [_thresholds_at(tagger, rows, trust) for trust in trusts]
    return max(found, key=lambda one: one[0])[1]


def _thresholds_at(tagger: SpanTagger, rows: Sequence[_Row], trust: float) -> tuple[float, Thresholds]:
    best: dict[str, tuple[float, float, float]] = {}
    for lean in _LEANS:
        leaning = Thresholds(dict.fromkeys(tagger.kinds, lean), {}, trust)
        found = [tagger.find(row.signs.rows, row.seen, leaning) for row in rows]
        for kind in tagger.kinds:
            for least in _LEASTS:
                score = _score(tagger.kinds, kind, rows, [[one for one in said if one.chance >= least] for said in found])
                best[kind] = max(best.get(kind, (-1.0, 0.0, 0.0)), (score, -lean, least))
    chosen = Thresholds({kind: -row[1] for kind, row in best.items()}, {kind: row[2] for kind, row in best.items()}, trust)
    return sum(row[0] for row in best.values()), chosen


def _score(kinds: Sequence[str], kind: str, rows: Sequence[_Row], found: Sequence[Any]) -> float:
    """Return F1 over words of a kind, in which words of false stretches weigh as the kind says."""
    begins = 1 + 2 * kinds.index(kind)
    hit = false = missed = 0.0
    for row, said in zip(rows, found, strict=True):
        true = {place for place, tag in enumerate(row.tags) if tag in {begins, begins + 1}}
        told = {place for one in said if one.kind == kind for place in range(one.first, one.last)}
        hit, false, missed = hit + len(true & told), false + len(told - true), missed + len(true - told)
    return hit / (hit + 0.5 * (_FALSE_WEIGHT.get(kind, 1.0) * false + missed)) if hit else 0.0
