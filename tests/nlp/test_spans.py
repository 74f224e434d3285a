"""Stretches of a kind are found in words by their signs; a tag never continues what did not begin."""

import numpy as np
import pytest

from pipeline.nlp.choices import Choice, choice_of
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.paths import best_path, best_tags
from pipeline.nlp.pieces import Piece
from pipeline.nlp.signs import index_of, look_up, signs_of
from pipeline.nlp.spans import NOTHING, SpanTagger, Stretch, Thresholds, stretches_in, stretches_of_each, tagger_of

KNOWN = np.array([10, 20, 30], np.uint64)
WEIGHTS = np.array([[0, 5, 0], [0, 0, 5], [5, 0, 0], [0, 0, 0]], np.float32)  # 10 begins, 20 goes on, 30 is outside


def tagger(**changed):
    return SpanTagger(("who",), KNOWN, WEIGHTS, np.zeros(3, np.float32), Thresholds(), Thresholds())._replace(**changed)


def rows(*signs):
    return np.array([[sign] for sign in signs], np.uint64)


def found(model, *signs, seen=None):
    return [(one.kind, one.first, one.last) for one in model.find(rows(*signs), seen)]


def test_a_stretch_begins_and_goes_on():
    assert found(tagger(), 30, 10, 20, 20, 30, 10) == [("who", 1, 4), ("who", 5, 6)]


def test_what_did_not_begin_does_not_go_on():
    path = best_path(np.log(np.array([[0.1, 0.2, 0.7], [0.1, 0.1, 0.8]])))
    assert path == [1, 2]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_paths_of_many_passages_are_those_of_each_alone(kind):
    chance = np.random.default_rng(2549)
    for sureness in (0.5, 3.0, 20.0):
        scores = chance.normal(size=(600, 7), scale=sureness).astype(kind)
        scores[:, 0] += sureness
        starts = [0, *sorted(chance.choice(np.arange(1, 600), 40, replace=False).tolist())]
        alone = [best_path(scores[start:end]) for start, end in zip(starts, [*starts[1:], 600], strict=True)]
        assert any(tag and tag % 2 == 0 for path in alone for tag in path)
        assert best_tags(scores, starts) == [tag for path in alone for tag in path]


def test_many_rows_are_read_as_each_alone():
    texts = [(30, 10, 20), (30, 30), (10,), (99, 10, 10, 20)]
    alone = [tagger().find(rows(*text)) for text in texts]
    assert tagger().find_each([rows(*text) for text in texts]) == alone
    assert [len(found) for found in alone] == [1, 0, 1, 2]


def test_the_chance_of_a_stretch_is_the_mean_of_its_words():
    (only,) = tagger().find(rows(30, 10, 20))
    sure = np.exp(5) / (np.exp(5) + 2)
    assert only.chance == pytest.approx(sure)
    doubtful = tagger(weights=np.array([[0, 5, 0], [0, 0, 2], [5, 0, 0], [0, 0, 0]], np.float32))
    (only,) = doubtful.find(rows(30, 10, 20))
    assert only.chance == pytest.approx((sure + np.exp(2) / (np.exp(2) + 2)) / 2)


def test_several_taggers_find_what_each_finds_alone(by_cues, make_post):
    with by_cues.batch():
        doc = by_cues.prepare(make_post("ลุงคำจะขุดลอกคลอง  ป้าศรีทอเสื่อ"))
        work = [(doc, [Piece(0, 5, 0, 0, "body", label="action"), Piece(17, 19, 0, 0, "body", label="action")])]  # the second is blank
        signs = signs_of(words_of_doc(doc, work[0][1]), 0, 5).rows
        first, second = (tagger(known=np.sort(np.unique(row)), weights=weights_of(np.unique(row))) for row in (signs[0], signs[-1]))
        together = list(stretches_of_each([(first, None), (second, None)], work))
        assert together == list(zip(stretches_in(first, work, None), stretches_in(second, work, None), strict=True))
        assert [len(found.stretches) for found in together[0]] != [0, 0]
        assert together[1] == (NOTHING, NOTHING)


def weights_of(known):
    return np.array([[0, 1, 0]] * len(known) + [[0, 0, 0]], np.float32)


def test_a_stretch_under_its_least_chance_is_left_out():
    sure = tagger().find(rows(10))[0].chance
    assert tagger(alone=Thresholds({}, {"who": sure - 0.01})).find(rows(10)) == [Stretch("who", 0, 1, sure)]
    assert tagger(alone=Thresholds({}, {"who": sure + 0.001})).find(rows(10)) == []


def test_a_lean_finds_more_and_a_network_is_weighed_beside_the_words():
    assert found(tagger(), 99) == []
    assert found(tagger(alone=Thresholds({"who": 3.0})), 99) == [("who", 0, 1)]
    says = np.log(np.array([[0.05, 0.9, 0.05]]))
    assert found(tagger(together=Thresholds({}, {}, {"who": 1.0})), 99, seen=says) == [("who", 0, 1)]
    assert found(tagger(together=Thresholds({}, {}, {"who": 0.0})), 99, seen=says) == []


def test_unknown_signs_weigh_nothing():
    assert look_up(KNOWN, rows(5, 10, 99)).ravel().tolist() == [3, 0, 3]
    assert look_up(np.empty(0, np.uint64), rows(5)).tolist() == [[0]]


def test_an_index_finds_the_same_signs_as_halving():
    chance = np.random.default_rng(2550)
    known = np.unique(chance.integers(0, 2**64, 5_000, np.uint64))
    asked = np.concatenate([known, chance.integers(0, 2**64, 5_000, np.uint64), np.array([0, 2**64 - 1], np.uint64)]).reshape(2, -1)
    index = index_of(known)
    assert index
    assert np.array_equal(look_up(known, asked, index), look_up(known, asked))
    assert look_up(KNOWN, rows(5, 10, 99), index_of(KNOWN)).ravel().tolist() == [3, 0, 3]
    assert index_of(np.arange(1_000, dtype=np.uint64)) is None  # all share their first bits


def test_parts_come_back_from_disk_as_they_went():
    kept = tagger(alone=Thresholds({"who": 1.0}, {"who": 0.5}, {"who": 0.25})).as_parts()
    again = tagger_of(kept)
    assert again.alone == Thresholds({"who": 1.0}, {"who": 0.5}, {"who": 0.25})
    assert np.array_equal(again.weights, WEIGHTS)
    with pytest.raises(ValueError, match="weights of the shape"):
        tagger_of({**kept, "weights": WEIGHTS[:2]})


def test_a_choice_takes_the_likeliest_value_and_hears_the_network():
    choice = Choice(("done", "planned"), KNOWN, np.array([[2, 0], [0, 2], [0, 0], [0, 0]], np.float32), np.zeros(2, np.float32), 1.0)
    signs = [np.array([10], np.uint64), np.array([20, 99], np.uint64)]
    assert choice.chances(signs, [None, None]).argmax(axis=1).tolist() == [0, 1]
    assert choice.chances(signs[:1], [np.log(np.array([0.01, 0.99]))]).argmax(axis=1).tolist() == [1]
    assert choice.chances(signs, [None, None]).sum(axis=1) == pytest.approx(1)
    with pytest.raises(ValueError, match="2 values"):
        choice_of({**choice.as_parts(), "weights": np.zeros((2, 2), np.float32)})
