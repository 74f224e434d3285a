"""The figures on cases that a person can count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.ceiling import perfect_labels, true_label
from pipeline.evaluate.scores import ANY, Figures, as_table, count_post, score
from pipeline.labelled import GoldSpan
from pipeline.labels import OTHER, label_ids
from pipeline.records import Span

TEXT = "0123456789" * 10
NOTHING, PERFECT = Figures(0.0, 0.0, 0.0), Figures(1.0, 1.0, 1.0)


def gold(start, end, label="lesson", *, also=None, disputed=False):
    return GoldSpan(Span(start, end), label, Span(*also) if also else None, disputed)


def found(start, end, label="lesson"):
    return Span(start, end), label


def judge(marks, spans, text=TEXT):
    return score([count_post(text, marks, spans)], draws=20)


def test_all_right_is_one_everywhere():
    places = [(0, 10, "lesson"), (20, 40, "issue"), (50, 55, "action")]
    scores = judge([gold(*place) for place in places], [found(*place) for place in places])
    assert scores.characters == scores.passages == dict.fromkeys((*label_ids(), ANY), PERFECT)
    assert (scores.character_f1, scores.passage_f1) == (1.0, 1.0)
    assert scores.character_interval == scores.passage_interval == (1.0, 1.0)
    assert scores.gold == {"lesson": 1, "issue": 1, "action": 1, ANY: 3}


@pytest.mark.parametrize(("marks", "spans"), [([], []), ([gold(0, 10)], []), ([], [found(0, 10)])], ids=["neither", "none found", "none marked"])
def test_nothing_right_is_nought_and_no_error(marks, spans):
    scores = judge(marks, spans)
    assert scores.characters == scores.passages == dict.fromkeys((*label_ids(), ANY), NOTHING)
    assert (scores.character_f1, scores.passage_f1) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("span", "characters", "passages"),
    [
        ((0, 20), Figures(1.0, 1.0, 1.0), PERFECT),
        ((10, 30), Figures(0.5, 0.5, 0.5), NOTHING),  # a third of both together
        ((0, 10), Figures(1.0, 0.5, 2 / 3), PERFECT),  # just half: enough
        ((0, 9), Figures(1.0, 9 / 20, 18 / 29), NOTHING),
        ((0, 40), Figures(0.5, 1.0, 2 / 3), PERFECT),
        ((0, 41), Figures(20 / 41, 1.0, 40 / 61), NOTHING),
        ((20, 40), NOTHING, NOTHING),
    ],
)
def test_half_of_both_together_is_the_same_place(span, characters, passages):
    scores = judge([gold(0, 20)], [found(*span)])
    assert scores.characters["lesson"] == scores.characters[ANY] == characters
    assert scores.passages["lesson"] == scores.passages[ANY] == passages
    assert scores.passage_f1 == pytest.approx(passages.f1 / 3)


def test_another_label_counts_for_any_alone():
    scores = judge([gold(0, 20, "lesson")], [found(0, 20, "issue")])
    assert (scores.passages["lesson"], scores.passages["issue"], scores.passages[ANY]) == (NOTHING, NOTHING, PERFECT)
    assert (scores.characters["lesson"], scores.characters["issue"], scores.characters[ANY]) == (NOTHING, NOTHING, PERFECT)


def test_blanks_count_for_nothing():
    text = "กข \n\t\u00a0 คง"
    assert judge([gold(0, len(text))], [found(0, 2)], text).characters["lesson"] == Figures(1.0, 0.5, 2 / 3)


def test_passages_are_matched_one_to_one_and_the_best_first():
    scores = judge([gold(0, 20)], [found(0, 20), found(0, 18)])
    assert scores.passages["lesson"] == Figures(0.5, 1.0, 2 / 3)
    assert scores.characters["lesson"] == PERFECT
    both = judge([gold(0, 20), gold(4, 24)], [found(2, 22), found(4, 24)])
    assert both.passages["lesson"] == PERFECT


def test_characters_under_two_marks_count_once():
    assert judge([gold(0, 10), gold(5, 15)], [found(0, 15)]).characters["lesson"] == PERFECT


@pytest.mark.parametrize("label", ["lesson", "issue"])
def test_what_is_disputed_is_neither_asked_for_nor_punished(label):
    marks = [gold(0, 20), gold(40, 60, "issue", disputed=True)]
    silent, spoken = judge(marks, [found(0, 20)]), judge(marks, [found(0, 20), found(40, 60, label)])
    assert silent == spoken
    assert silent.passages[ANY] == silent.characters[ANY] == PERFECT
    assert silent.gold[ANY] == 1


def test_what_lies_mostly_beside_the_disputed_is_punished():
    scores = judge([gold(40, 50, disputed=True)], [found(45, 75)])
    assert scores.characters["lesson"] == NOTHING
    assert count_post(TEXT, [gold(40, 50, disputed=True)], [found(45, 75)])[0].tolist() == [0, 25, 0, 0, 1, 0]


@pytest.mark.parametrize(("span", "hit"), [((0, 20), True), ((0, 40), True), ((20, 40), True), ((21, 40), False), ((0, 60), True), ((0, 90), False)])
def test_a_second_accepted_range_is_as_good_as_the_first(span, hit):
    scores = judge([gold(0, 20, also=(0, 40))], [found(*span)])
    assert scores.passages["lesson"] == (PERFECT if hit else NOTHING)


def test_the_second_range_asks_for_no_more_characters():
    assert judge([gold(0, 20, also=(0, 40))], [found(0, 40)]).characters["lesson"] == Figures(0.5, 1.0, 2 / 3)


def test_counts_add_up_over_posts():
    one = count_post(TEXT, [gold(0, 10)], [found(0, 10)])
    two = count_post(TEXT, [gold(0, 10), gold(20, 30)], [])
    scores = score([one, two], draws=200)
    assert scores.passages["lesson"] == Figures(1.0, 1 / 3, 0.5)
    assert scores.passage_f1 == pytest.approx(0.5 / 3)
    assert scores.passage_interval == (0.0, pytest.approx(1 / 3))


def test_the_same_draws_give_the_same_interval():
    counts = [count_post(TEXT, [gold(0, n)], [found(0, 10)]) for n in range(5, 40, 3)]
    assert score(counts) == score(counts)
    low, high = score(counts).passage_interval
    assert low < score(counts).passage_f1 < high


def test_the_table_shows_every_label_and_the_means():
    lines = as_table(judge([gold(0, 20)], [found(0, 10)])).split("\n")
    assert [line.split()[0] for line in lines] == ["char", *label_ids(), ANY, "macro"]
    assert lines[1].split() == ["lesson", "1.000", "0.500", "0.667", "1.000", "1.000", "1.000", "1"]
    assert "char 0.222" in lines[-1]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 40), st.sampled_from(label_ids())).map(lambda row: (Span(row[0], row[0] + row[1]), row[2]))
ROWS = st.lists(SPANS, max_size=6)


def marked(rows):
    return [GoldSpan(span, label) for span, label in rows]


@given(ROWS, ROWS)
def test_the_two_sides_can_be_exchanged(left, right):
    here, there = count_post(TEXT, marked(left), right), count_post(TEXT, marked(right), left)
    assert np.array_equal(here[:, [0, 1, 2, 4, 5]], there[:, [0, 2, 1, 5, 4]])


@given(ROWS, ROWS)
def test_hits_are_never_more_than_found_or_marked(left, right):
    counts = count_post(TEXT, marked(left), right)
    assert (counts >= 0).all()
    for hit, given_, asked in ((0, 1, 2), (3, 4, 5)):
        assert (counts[:, hit] <= np.minimum(counts[:, given_], counts[:, asked])).all()


@given(ROWS)
def test_what_was_marked_finds_itself(rows):
    counts = count_post(TEXT, marked(rows), rows)
    assert np.array_equal(counts[:, [0, 0]], counts[:, [1, 2]])
    assert np.array_equal(counts[:, [4]], counts[:, [5]])


@given(ROWS, ROWS, st.randoms())
def test_the_order_of_what_was_found_says_nothing_of_characters(left, right, random):
    mixed = random.sample(right, len(right))
    assert np.array_equal(count_post(TEXT, marked(left), mixed)[:, :3], count_post(TEXT, marked(left), right)[:, :3])


@given(ROWS)
def test_nothing_is_lost_where_everything_is_disputed(rows):
    disputed = [GoldSpan(span, label, None, disputed=True) for span, label in rows]
    assert not count_post(TEXT, disputed, rows).any()


@pytest.mark.parametrize(
    ("piece", "label"),
    [((0, 20), "lesson"), ((10, 30), "lesson"), ((11, 31), "issue"), ((60, 80), OTHER), ((30, 60), OTHER), ((35, 45), "issue"), ((36, 48), OTHER)],
)
def test_a_piece_has_the_label_that_holds_half_of_it(piece, label):
    assert true_label(Span(*piece), [gold(0, 20, "lesson"), gold(20, 40, "issue")]) == label


def test_perfect_labels_leave_out_the_rest():
    pieces = [Span(0, 20), Span(50, 60)]
    assert perfect_labels(pieces, [gold(0, 20, "action")]) == [(Span(0, 20), "action")]
    assert perfect_labels(pieces, []) == []
