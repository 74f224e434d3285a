"""Learn the readers of fields from marked passages: state, strength and voice, who and where, who speaks, and chains.

Comes in: Docs with cues, and the passages marked in them. Goes out: `FieldModels`. Refuses nothing. Thresholds are set on writers from whom the
rest has not learnt. A false owner is worse than a missing one, so that the least chance of an owner is set where few are false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from pipeline.nlp.actions import date_signs, dates_of, written_on
from pipeline.nlp.chains import CHAINED
from pipeline.nlp.choices import Choice, piece_signs
from pipeline.nlp.cues import cues_between
from pipeline.nlp.fields import BEFORE, OWN, QUOTED, FieldModels
from pipeline.nlp.pieces import Piece, parts_of, text_of
from pipeline.nlp.signs import Signs, frequent, look_up, signs_of, words_of_doc
from pipeline.nlp.spans import SpanTagger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.nlp.signs import Hashes
    from pipeline.records import LabelledPost, Passage

_RAREST = 2  # times that a sign must stand in the teaching passages
_CHOICE_C, _TAGGER_C = 20.0, 0.5
_LEANS = (0.0, 0.5, 1.0, 1.5, 2.0)
_LEASTS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8)
_FALSE_WEIGHT = {"who": 2.0}  # how much worse a false stretch of a kind is than a missing one
_CHAIN_KINDS = ("event", "cause", "effect", "remedy", "condition")


class Marked(NamedTuple):
    """A marked passage of a Doc, as a piece of it and as it was marked; `chained` says that its writer's chains are marked."""

    doc: Doc
    piece: Piece
    passage: Passage
    chained: bool


class _Row(NamedTuple):
    """The signs of a stretch of words, their true tags, and the number of stretches of each kind."""

    signs: Signs
    tags: list[int]


Spans = list[tuple[str, int, int]]


def chained_writers(posts: Iterable[LabelledPost]) -> frozenset[str]:
    """Return the writers in whose posts somebody marked chains."""
    return frozenset(labelled.writer for labelled in posts if any(passage.chain for passage in labelled.passages))


def marked_pieces(doc: Doc, labelled: LabelledPost, *, chained: bool) -> list[Marked]:
    """Return the marked passages of a post as pieces of its Doc, which knows its cues."""
    hits = doc._.hits
    starts = [hit.start for hit in hits]
    places = [(part, comment, span) for part, comment, span in parts_of(doc)]
    found = []
    for passage in labelled.passages:
        span = doc._.clean.from_raw(passage.span.start, passage.span.end)
        part, comment = next(((part, comment) for part, comment, whole in places if whole.start <= span.start < whole.end), ("body", None))
        line = text_of(doc).count("\n", 0, span.start)
        cues = cues_between(hits, starts, span.start, span.end)
        found.append(Marked(doc, Piece(span.start, span.end, 0, 0, part, comment, line, cues=cues, label=passage.label), passage, chained))
    return found


def learn_fields(teaching: Sequence[Marked], validation: Sequence[Marked]) -> FieldModels:
    """Return the readers of fields."""
    return FieldModels(
        state=_learn_choice(teaching, lambda row: row.passage.action.state if row.passage.action else None),
        strength=_learn_choice(teaching, lambda row: row.passage.action.strength if row.passage.action else None),
        voice=_learn_choice(teaching, lambda row: QUOTED if row.passage.voice == "quoted" else OWN),
        owners=_learn_tagger(("who", "where"), teaching, validation, _owners, BEFORE),
        speakers=_learn_tagger(("speaker",), teaching, validation, _speaker, BEFORE),
        chains=_learn_tagger(_CHAIN_KINDS, teaching, validation, lambda row: _links(row, _CHAIN_KINDS), 0),
        affected=_learn_tagger(("affected",), teaching, validation, lambda row: _links(row, ("affected",)), 0),
    )


def _signs_for_choice(row: Marked) -> Hashes:
    piece = row.piece
    if piece.label != "action":
        return piece_signs(words_of_doc(row.doc), piece, [f"part {piece.part}"])
    own = [one for one in dates_of(row.doc) if piece.start <= one.start and one.end <= piece.end]
    return piece_signs(words_of_doc(row.doc), piece, date_signs(own, written_on(row.doc, piece)))


def _learn_choice(rows: Sequence[Marked], truth: Callable[[Marked], str | None]) -> Choice:
    known_truth = [(row, value) for row in rows if (value := truth(row))]
    signs = [_signs_for_choice(row) for row, _ in known_truth]
    known = frequent(signs, _RAREST)
    matrix = _matrix([row[:, None] for row in signs], known, [1 / np.sqrt(len(row)) for row in signs])
    fitted = LogisticRegression(C=_CHOICE_C, max_iter=1_000).fit(matrix, [value for _, value in known_truth])
    weights, bias = _both_sides(fitted)
    return Choice(tuple(map(str, fitted.classes_)), known, weights, bias)


def _both_sides(fitted: LogisticRegression) -> tuple[Any, Any]:
    """Return weights (sign x value, and a row of noughts for unknown signs) and bias; two values have one row in scikit-learn."""
    coef, bias = fitted.coef_, fitted.intercept_
    if len(coef) == 1:
        coef, bias = np.vstack([np.zeros_like(coef), coef]), np.array([0.0, bias[0]])
    weights = np.vstack([coef.T, np.zeros(len(coef))]).astype(np.float16).astype(np.float32)
    return weights, bias.astype(np.float32)


def _matrix(rows: Sequence[Any], known: Hashes, weight: Sequence[float]) -> Any:  # noqa: ANN401 - scipy ships no types
    """Return a sparse matrix of known signs; `rows` are arrays of signs, one for each row of the matrix in all their columns."""
    places = [look_up(known, row.ravel()) for row in rows]
    kept = [place[place < len(known)] for place in places]
    ends = np.cumsum([0, *map(len, kept)])
    data = np.concatenate([np.full(len(row), one) for row, one in zip(kept, weight, strict=True)] or [np.empty(0)])
    return sparse.csr_matrix((data, np.concatenate(kept or [np.empty(0, np.int64)]), ends), shape=(len(rows), len(known)))


def _owners(row: Marked) -> Spans | None:
    """Return where the owners and the place of an action stand: in the passage, else just before it."""
    action = row.passage.action
    if action is None:
        return None
    found = [("who", *span) for actor in action.who if (span := _place(row, actor.text))]
    if action.where and (span := _place(row, action.where)):
        found.append(("where", *span))
    return found


def _speaker(row: Marked) -> Spans | None:
    if row.passage.voice != "quoted" or not row.passage.speaker:
        return None
    span = _place(row, row.passage.speaker)
    return [("speaker", *span)] if span else []


def _links(row: Marked, kinds: Sequence[str]) -> Spans | None:
    """Return where the links of a chain stand; None for passages of writers whose chains nobody marked."""
    if row.passage.label not in CHAINED or not row.chained:
        return None
    clean = row.doc._.clean
    spans = [(link.part, clean.from_raw(link.span.start, link.span.end)) for link in row.passage.chain if link.part in kinds]
    return [(part, span.start, span.end) for part, span in spans]


def _place(row: Marked, written: str) -> tuple[int, int] | None:
    """Return where words stand: first in the passage, else last among the words before it."""
    text, piece = text_of(row.doc), row.piece
    inside = text.find(written, piece.start, piece.end)
    start = inside if inside >= 0 else text.rfind(written, max(0, piece.start - 8 * BEFORE), piece.start)
    return (start, start + len(written)) if start >= 0 else None


def _rows(marked: Sequence[Marked], truth: Callable[[Marked], Spans | None], kinds: Sequence[str], before: int) -> Iterator[_Row]:
    for row in marked:
        spans = truth(row)
        words = words_of_doc(row.doc)
        signs = signs_of(words, row.piece.start, row.piece.end, before) if spans is not None else None
        if signs is None or spans is None:
            continue
        tags = np.zeros(signs.last - signs.first, np.int64)
        for kind, start, end in spans:
            first, last = int(np.searchsorted(words.ends, start, "right")), int(np.searchsorted(words.starts, end))
            first, last = max(first, signs.first) - signs.first, min(last, signs.last) - signs.first
            if first < last:
                tags[first:last] = 2 + 2 * kinds.index(kind)
                tags[first] = 1 + 2 * kinds.index(kind)
        yield _Row(signs, tags.tolist())


def _learn_tagger(
    kinds: tuple[str, ...], teaching: Sequence[Marked], validation: Sequence[Marked], truth: Callable[[Marked], Spans | None], before: int
) -> SpanTagger:
    rows = list(_rows(teaching, truth, kinds, before))
    tags = [tag for row in rows for tag in row.tags]
    known = frequent([row.signs.rows for row in rows], _RAREST)
    matrix = _matrix([signs for row in rows for signs in row.signs.rows], known, [1.0] * len(tags))
    count = 1 + 2 * len(kinds)
    weights, bias = np.zeros((len(known) + 1, count), np.float32), np.full(count, -20.0, np.float32)
    if len(set(tags)) > 1:
        fitted = LogisticRegression(C=_TAGGER_C, max_iter=300).fit(matrix, tags)
        found, found_bias = _both_sides(fitted)
        weights[:, fitted.classes_], bias[fitted.classes_] = found, found_bias
    else:
        bias[0] = 0.0
    tagger = SpanTagger(kinds, known, weights, bias, {}, {})
    return _with_thresholds(tagger, list(_rows(validation, truth, kinds, before)) or rows)


def _with_thresholds(tagger: SpanTagger, rows: Sequence[_Row]) -> SpanTagger:
    """Return the tagger with the lean and the least chance of each kind that find the most at the fewest mistakes."""
    best: dict[str, tuple[float, float, float]] = {}
    for lean in _LEANS:
        leaning = SpanTagger(tagger.kinds, tagger.known, tagger.weights, tagger.bias, dict.fromkeys(tagger.kinds, lean), {})
        found = [leaning.find(row.signs.rows) for row in rows]
        for kind in tagger.kinds:
            for least in _LEASTS:
                score = _score(tagger.kinds, kind, rows, [[one for one in said if one.chance >= least] for said in found])
                best[kind] = max(best.get(kind, (-1.0, 0.0, 0.0)), (score, -lean, least))
    leans = {kind: -row[1] for kind, row in best.items()}
    return SpanTagger(tagger.kinds, tagger.known, tagger.weights, tagger.bias, leans, {kind: row[2] for kind, row in best.items()})


def _score(kinds: Sequence[str], kind: str, rows: Sequence[_Row], found: Sequence[Any]) -> float:
    """Return F1 over words of a kind, in which words of false stretches weigh as the kind says."""
    begins = 1 + 2 * kinds.index(kind)
    hit = false = missed = 0.0
    for row, said in zip(rows, found, strict=True):
        true = {place for place, tag in enumerate(row.tags) if tag in {begins, begins + 1}}
        told = {place for one in said if one.kind == kind for place in range(one.first, one.last)}
        hit, false, missed = hit + len(true & told), false + len(told - true), missed + len(true - told)
    return hit / (hit + 0.5 * (_FALSE_WEIGHT.get(kind, 1.0) * false + missed)) if hit else 0.0
