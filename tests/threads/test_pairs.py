"""What is counted in arrays is what plain words would give: the leaf to which a tree leads, and the strings that two passages share."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.threads import strings
from pipeline.threads.evidence import FEATURES
from pipeline.threads.forest import MOST_LEAVES, Tree
from pipeline.threads.linker import Linker
from pipeline.threads.strings import Strings

figures = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0, 7.0])


@st.composite
def trees(draw):
    """Draw a tree: leaves are split one after the other, so that every shape can come."""
    feature, bound, left, right, value = [0], [0.0], [0], [0], [draw(st.floats(-1, 1))]
    for _ in range(draw(st.integers(0, MOST_LEAVES - 1))):
        leaf = draw(st.sampled_from([node for node, below in enumerate(left) if below == node]))
        feature[leaf], bound[leaf] = draw(st.integers(0, 3)), draw(figures)
        left[leaf], right[leaf] = len(left), len(left) + 1
        for node in (len(left), len(left) + 1):
            feature.append(0)
            bound.append(0.0)
            left.append(node)
            right.append(node)
            value.append(draw(st.floats(-1, 1)))
    return Tree(tuple(feature), tuple(bound), tuple(left), tuple(right), tuple(value))


def leaf_of(tree, row):
    node = 0
    while tree.left[node] != node:
        node = tree.left[node] if row[tree.feature[node]] <= tree.bound[node] else tree.right[node]
    return tree.value[node]


@given(st.lists(trees(), min_size=1, max_size=4), st.lists(st.lists(figures, min_size=4, max_size=4), min_size=1, max_size=5))
def test_every_tree_leads_to_the_leaf_to_which_its_questions_lead(forest, rows):
    assert all(tree.fits(len(FEATURES)) for tree in forest)
    rows = [[*row, *[0.0] * (len(FEATURES) - 4)] for row in rows]
    wanted = [1 / (1 + math.exp(0.5 - sum(leaf_of(tree, row) for tree in forest))) for row in rows]
    assert Linker(tuple(forest), -0.5, 0.9, 0.9, 0.5).chances(rows) == pytest.approx(wanted)


def test_a_tree_of_more_leaves_than_a_number_has_bits_is_refused():
    many = MOST_LEAVES + 1
    inner = range(many - 1)
    left, right = [*(node + many - 1 for node in inner)], [*(node + 1 for node in inner)]
    right[-1] = 2 * many - 2
    nodes = 2 * many - 1
    tree = Tree((0,) * nodes, (0.0,) * nodes, (*left, *range(many - 1, nodes)), (*right, *range(many - 1, nodes)), (0.0,) * nodes)
    assert not tree.fits(len(FEATURES))


QUOTES = ["ขุดคลองก่อนฝน", "ขุดลอกคลองก่อนหน้าฝน", "นัดประชุมวันศุกร์", "ไป", "ขุดคลองก่อนฝน"]


def test_what_two_passages_share_is_weighed_by_how_rare_it_is():
    found = Strings(QUOTES)
    rows = [{quote[place : place + 3] for place in range(len(quote) - 2)} for quote in QUOTES]
    rarity = {string: math.log((2 + len(rows)) / (1 + sum(string in row for row in rows))) for row in rows for string in row}
    lengths = [math.sqrt(sum(rarity[string] ** 2 for string in row)) or 1.0 for row in rows]
    for own, mine in enumerate(rows):
        for other, shared in enumerate(found.shared(QUOTES[own], QUOTES)):
            both = mine & rows[other]
            cosine = sum(rarity[string] ** 2 for string in both) / (lengths[own] * lengths[other])
            assert shared == (pytest.approx(cosine), len(both), len(rows[other]), len(mine))
    assert found.shared(QUOTES[0], []) == []


@given(st.lists(st.sampled_from([*QUOTES, "", "ก ข", "ขุดขุดขุดขุด", "นัด\ud800ประชุม"]), min_size=1, max_size=12))
def test_passages_that_are_weighed_together_weigh_what_each_does_alone(quotes):
    together = Strings(QUOTES).shared(QUOTES[0], quotes)
    assert together == [Strings(QUOTES).shared(QUOTES[0], [quote])[0] for quote in quotes]  # to the last bit: what is decided hangs on it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings, "_KEPT", 1)
        few = Strings(QUOTES)
        assert [few.shared(QUOTES[0], quotes), few.shared(QUOTES[0], quotes)] == [together, together]
        assert len(few._at_hand) == 1


def test_what_is_not_at_hand_is_cut_at_once_and_what_is_is_not_cut_again(monkeypatch):
    found, cut = Strings(QUOTES), []
    found.shared("", [""])  # those that tell rarity are counted
    counted = strings._strings
    monkeypatch.setattr(strings, "_strings", lambda quotes: cut.append(list(quotes)) or counted(quotes))
    found.shared(QUOTES[0], QUOTES[1:3])
    found.shared(QUOTES[2], QUOTES)
    assert cut == [QUOTES[:3], [QUOTES[3]]]  # the last is as the first
