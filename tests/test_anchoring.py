"""Anchors on posts of the corpus that change as posts do: what moves silently is never the wrong place, and ordinary edits are survived.

Some of each kind of change; `python -m tests.mutations` makes thousands.
"""

import pytest

from tests.mutations import EVERY, ORDINARY, edited, outcomes

PASSAGES = 60


@pytest.mark.parametrize("change", EVERY)
def test_nothing_moves_silently_to_a_wrong_place(change):
    assert [number for number, (holding, right) in enumerate(outcomes(change, PASSAGES)) if holding == "kept" and not right] == []


@pytest.mark.parametrize("change", ORDINARY)
def test_ordinary_edits_are_survived(change):
    survived = [holding == "kept" and right for holding, right in outcomes(change, PASSAGES)]
    assert sum(survived) >= 0.95 * len(survived)


def test_most_of_what_was_edited_heavily_is_at_least_asked():
    offered = [holding != "orphan" and right for holding, right in outcomes(edited, PASSAGES)]
    assert sum(offered) >= 0.9 * len(offered)
