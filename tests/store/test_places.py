"""Numbers of places: they grow, most of them stay, and there is room for all."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.places import placed

LAST = 2**31 - 1


def grow(numbers):
    return all(one < other for one, other in pairwise([0, *numbers, LAST]))


@given(st.lists(st.one_of(st.none(), st.integers(-3, 40), st.integers(LAST - 9, LAST + 9)), max_size=40))
def test_places_grow_whatever_they_were(before):
    now = placed(before)
    assert len(now) == len(before)
    assert grow(now)


@given(st.permutations(range(1, 9)))
def test_as_many_keep_their_places_as_can(order):
    before = [number * 1_000 for number in order]
    kept = sum(was == now for was, now in zip(before, placed(before), strict=True))
    assert kept == longest(order)


def longest(order):
    """Return how many of the numbers grow at most, by trying each as the last."""
    lengths = []
    for place, number in enumerate(order):
        lengths.append(1 + max((length for other, length in zip(order[:place], lengths, strict=True) if other < number), default=0))
    return max(lengths)


def test_where_there_is_no_room_all_are_placed_anew_and_far_apart():
    now = placed([5, None, 6])
    assert grow(now)
    assert min(other - one for one, other in pairwise(now)) > 1_000_000


def test_a_queue_that_grows_for_years_finds_room():
    now = placed([None] * 1_000)
    for _ in range(200):
        now = placed([*now[:500], None, None, *now[500:], None])
        assert grow(now)
