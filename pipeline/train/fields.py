"""Learn the readers of fields from marked passages: state, strength, whose words, who and where, who speaks, and chains.

Comes in: marked passages of writers who teach, and of others. Goes out: `FieldModels`. Refuses nothing. Thresholds, and how far the network is
trusted beside the words, are set on writers from whom neither has learnt. A false owner is worse than a missing one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.actions import action_signs
from pipeline.nlp.choices import Choice, network_view
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.fields import BEFORE, FieldModels
from pipeline.nlp.heads import CHOICES, SPANS, WITHIN
from pipeline.nlp.signs import Signs, frequent, look_up, signs_of
from pipeline.nlp.spans import SpanTagger, Thresholds, network_tags
from pipeline.train.speech import learn_replies, learn_speech
from pipeline.train.truths import choice_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.marked import Marked
    from pipeline.nlp.doc_words import Hashes

    _Stretch = tuple[int, int, int]  # the number of its kind, its first and its last word, half-open

_RAREST_IN_PASSAGES, _RAREST_OF_WORDS = 2, 4  # times that a sign must stand in what teaches
_NEVER_SEEN = -20.0  # log-odds of what nothing has taught
_MEANINGLESS = 0.1  # log-odds
_CHOICE_C, _TAGGER_C = 3.0, 0.5
# How far a rare value weighs more than its share: 1 would let all values weigh the same.
_RARE = {"state": 0.6, "strength": 0.75}
_ROUNDS_OF_TAGGER = 120  # all that is learnt later suits our own writers alone
_LEANS = (0.0, 1.0, 2.0, 3.0)
_LEASTS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_TRUSTS = (0.0, 0.25, 0.5, 1.0, 2.0)
# How much worse a false stretch of a kind is than a missing one: in a passage that holds some, and in one that holds none.
_FALSE_WEIGHT = {"who": (2.0, 30.0), "affected": (3.0, 3.0)}
_WORTH_GIVING, _NEVER = 0.2, 2.0  # score from which a kind is given at all, and the chance that nothing reaches: silence is better than noise


class _Row(NamedTuple):
    """The signs of the words of a stretch, their true tags, and what the network says of them, None without one."""

    signs: Signs
    tags: list[int]
    seen: NDArray[np.float64] | None


def learn_fields(teaching: Sequence[Marked], validation: Sequence[Marked]) -> FieldModels:
    """Return the readers of fields."""
    choices = {head: _learn_choice(head, teaching, validation) for head in ("state", "strength")}
    taggers = {head: _learn_tagger(head, teaching, validation) for head in (*SPANS, *WITHIN)}
    voices = {"speech": learn_speech(teaching, validation), "replies": learn_replies(teaching)}
    return FieldModels(**choices, **voices, **taggers)  # type: ignore[arg-type]  # the names are those of the record


def _learn_choice(head: str, teaching: Sequence[Marked], validation: Sequence[Marked]) -> Choice:
    rows = [(row, value) for row in teaching if (value := choice_of(row, head))]
    signs = [action_signs(row.doc, row.piece) for row, _ in rows]
    known = frequent(signs, _RAREST_IN_PASSAGES)
    matrix = _matrix(signs, known, [1 / np.sqrt(len(row)) for row in signs])
    truth = [value for _, value in rows]
    values = CHOICES[head]
    weights, bias = np.zeros((len(known) + 1, len(values)), np.float32), np.full(len(values), _NEVER_SEEN, np.float32)
    if len(set(truth)) > 1:
        fitted = LogisticRegression(C=_CHOICE_C, max_iter=1_000).fit(matrix, truth, _rarity(truth, _RARE[head]))
        seen = [values.index(value) for value in fitted.classes_]
        weights[:, seen], bias[seen] = _both_sides(fitted)
    elif truth:
        bias[values.index(truth[0])] = 0.0
    choice = Choice(values, *_meaningful(known, weights), bias, 0.0)
    return _with_trust(choice, head, [(row, value) for row in validation if (value := choice_of(row, head))])


def _rarity(truth: Sequence[str], power: float) -> list[float]:
    """Return the weight of each passage: rare values weigh more, so that they are not forgotten."""
    counts = Counter(truth)
    usual = len(truth) / len(counts)
    return [float((usual / counts[value]) ** power) for value in truth]


def _with_trust(choice: Choice, head: str, rows: Sequence[tuple[Marked, str]]) -> Choice:
    """Return the choice with the trust in the network that gives the best macro F1; none where there is no network."""
    if not rows or any(row.doc._.tagged is None for row, _ in rows):
        return choice
    signs = [action_signs(row.doc, row.piece) for row, _ in rows]
    seen = [network_view(row.doc._.tagged, row.piece, head, choice.values) for row, _ in rows]
    truth = [choice.values.index(value) for _, value in rows]

    def right(trust: float) -> float:
        said = choice._replace(trust=trust).chances(signs, seen).argmax(axis=1)
        hits, told = Counter(one for one, other in zip(truth, said, strict=True) if one == other), Counter(truth) + Counter(said.tolist())
        return float(np.mean([2 * hits[value] / told[value] for value in sorted(set(truth))]))

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
    kinds = _kinds(head)
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
        yield _Row(signs, tags.tolist(), network_tags(row.doc, words, signs, head) if head in SPANS else None)


def _kinds(head: str) -> tuple[str, ...]:
    """Return the kinds that the tagger of a head tells apart."""
    return WITHIN.get(head) or tuple(kind for kind in SPANS[head] if kind not in WITHIN)


def _learn_tagger(head: str, teaching: Sequence[Marked], validation: Sequence[Marked]) -> SpanTagger:
    kinds, rows = _kinds(head), list(_rows(teaching, head))
    tags = [tag for row in rows for tag in row.tags]
    known = frequent([row.signs.rows for row in rows], _RAREST_OF_WORDS)
    count = 1 + 2 * len(kinds)
    weights, bias = np.zeros((len(known) + 1, count), np.float32), np.array([0.0, *[_NEVER_SEEN] * (count - 1)], np.float32)
    if len(set(tags)) > 1:
        fitted = LogisticRegression(C=_TAGGER_C, max_iter=_ROUNDS_OF_TAGGER).fit(
            _matrix([signs for row in rows for signs in row.signs.rows], known, [1.0] * len(tags)), tags
        )
        weights[:, fitted.classes_], bias[fitted.classes_] = _both_sides(fitted)
    tagger = SpanTagger(kinds, *_meaningful(known, weights), bias, Thresholds(), Thresholds())
    judged = list(_rows(validation, head))
    tagger = tagger._replace(alone=_thresholds(tagger, [row._replace(seen=None) for row in judged], (0.0,)))
    if judged and all(row.seen is not None for row in judged):
        tagger = tagger._replace(together=_thresholds(tagger, judged, _TRUSTS[2:]))
    return tagger


def _thresholds(tagger: SpanTagger, rows: Sequence[_Row], trusts: Sequence[float]) -> Thresholds:
    """Return the trust in the network, the lean and the least chance of each kind that find the most at the fewest mistakes.

    Each kind takes what suits it alone; since kinds then stand in each other's way, one trust for all of them may be better.
    """
    truth = [_stretches(row.tags) for row in rows]
    tried = {trust: _best_of_kinds(tagger, rows, truth, trust) for trust in trusts}
    mixed = {kind: max(best[kind] for best in tried.values()) for kind in tagger.kinds}
    sets = [_as_thresholds(best) for best in (mixed, *tried.values())]
    return max(sets, key=lambda one: _sum_of_scores(tagger, rows, truth, one))


class _Best(NamedTuple):
    """What suits a kind, and how well; of what scores alike the smaller trust and lean and the higher threshold are taken."""

    score: float
    against_trust: float
    against_lean: float
    least: float


def _best_of_kinds(tagger: SpanTagger, rows: Sequence[_Row], truth: Sequence[set[_Stretch]], trust: float) -> dict[str, _Best]:
    best: dict[str, _Best] = {}
    for lean in _LEANS:
        leaning = Thresholds(dict.fromkeys(tagger.kinds, lean), {}, dict.fromkeys(tagger.kinds, trust))
        found = [tagger.find(row.signs.rows, row.seen, leaning) for row in rows]
        for number, kind in enumerate(tagger.kinds):
            for least in _LEASTS:
                said = [{(number, one.first, one.last) for one in row if one.kind == kind and one.chance >= least} for row in found]
                one = _Best(_score(kind, [{span for span in row if span[0] == number} for row in truth], said), -trust, -lean, least)
                best[kind] = max(best.get(kind, one), one)
    return best


def _as_thresholds(best: Mapping[str, _Best]) -> Thresholds:
    return Thresholds(
        {kind: -row.against_lean for kind, row in best.items()},
        {kind: row.least if row.score >= _WORTH_GIVING else _NEVER for kind, row in best.items()},
        {kind: -row.against_trust for kind, row in best.items()},
    )


def _sum_of_scores(tagger: SpanTagger, rows: Sequence[_Row], truth: Sequence[set[_Stretch]], by: Thresholds) -> float:
    found = [tagger.find(row.signs.rows, row.seen, by) for row in rows]
    said = [{(tagger.kinds.index(one.kind), one.first, one.last) for one in row} for row in found]
    return sum(
        _score(kind, [{one for one in row if one[0] == number} for row in truth], [{one for one in row if one[0] == number} for row in said])
        for number, kind in enumerate(tagger.kinds)
    )


def _stretches(tags: Sequence[int]) -> set[_Stretch]:
    """Return the stretches of some tags: number of the kind, first and last word, half-open."""
    begins = [place for place, tag in enumerate(tags) if tag % 2]
    ends = [next((place for place in range(begin + 1, len(tags)) if tags[place] != tags[begin] + 1), len(tags)) for begin in begins]
    return {(tags[begin] // 2, begin, end) for begin, end in zip(begins, ends, strict=True)}


def _score(kind: str, truth: Sequence[set[_Stretch]], found: Sequence[set[_Stretch]]) -> float:
    """Return F1 over the stretches of a kind, in which false ones weigh as the kind says, most where none is to be found."""
    somewhere, nowhere = _FALSE_WEIGHT.get(kind, (1.0, 1.0))
    hit = false = missed = 0.0
    for true, said in zip(truth, found, strict=True):
        right = sum(any(_same_words(one, other) for other in said) for one in true)
        hit, missed = hit + right, missed + len(true) - right
        false += (len(said) - right) * (somewhere if true else nowhere)
    return hit / (hit + 0.5 * (false + missed)) if hit else 0.0


def _same_words(one: _Stretch, other: _Stretch) -> bool:
    """Say whether two stretches share half of the words that they cover together."""
    return 2 * (min(one[2], other[2]) - max(one[1], other[1])) >= max(one[2], other[2]) - min(one[1], other[1])
