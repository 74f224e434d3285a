"""Agreement of reviewers is told by label with an interval, and so is the pull of a suggestion."""

import random

import pytest

from pipeline.evaluate.reviewers import Reading, agreement_of, alpha, pull_of_suggestions
from pipeline.evaluate.scores import ANY


def test_alpha_is_one_where_all_agree_nought_by_chance_and_none_where_nothing_can_be_told():
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([]) is None
    draw = random.Random(3)  # noqa: S311 - the same draw every time
    assert abs(alpha([(draw.choice("ab"), draw.choice("ab")) for _ in range(4000)])) < 0.05


def test_the_worked_example_of_krippendorff():
    """Nominal data of four observers and twelve units with gaps (Krippendorff 2011)."""
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]
    assert round(alpha(units), 3) == 0.743


@pytest.fixture
def readings():
    draw = random.Random(5)  # noqa: S311 - the same draw every time
    truth = [draw.choice(["lesson", "issue", "action", "other"]) for _ in range(200)]
    seconds = [label if draw.random() < 0.85 or label == "action" else draw.choice(["lesson", "issue", "other"]) for label in truth]
    return [Reading(f"p{number // 5}", labels) for number, labels in enumerate(zip(truth, seconds, strict=True))]


def test_agreement_is_told_by_label_with_an_interval(readings):
    found = agreement_of([*readings, Reading("alone", ("issue",))])
    assert set(found) == {"lesson", "issue", "action", "other", ANY}
    assert all(one.low <= one.value <= one.high and one.items == 200 for one in found.values())
    assert found["action"].value > found["lesson"].value
    assert agreement_of(readings) == agreement_of(readings)
    assert agreement_of([])[ANY].value is None


def test_the_pull_of_a_suggestion_is_by_how_much_more_readers_follow_it_when_it_is_shown():
    shown = [Reading("p", (label, label), shown=True, suggested="issue") for label in ["issue"] * 8 + ["lesson"] * 2]
    hidden = [Reading("p", ("issue", "lesson"), shown=False, suggested="issue")] * 10
    assert pull_of_suggestions([*shown, *hidden]) == 0.3
    assert pull_of_suggestions(shown) is None
