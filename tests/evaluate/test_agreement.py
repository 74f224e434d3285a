"""Agreement of two readers: one for the same marks, nothing for marks at random."""

import pytest

from pipeline.evaluate.agreement import agreement, as_table
from pipeline.labelled import GoldSpan
from pipeline.records import Span

TEXT = "กขคงจฉชซฌญ" * 10


def mark(start, end, label="lesson"):
    return GoldSpan(Span(start, end), label)


def test_the_same_marks_agree_wholly():
    marks = [mark(0, 20), mark(40, 60, "issue"), mark(70, 80, "action")]
    found = agreement([(TEXT, marks, marks)])
    assert set(found.kappa.values()) == {1.0}
    assert found.scores.passage_f1 == 1.0


def test_kappa_takes_off_what_chance_gives():
    # 30 of 100 characters lesson for either, 20 of them for both: seen .80, chance .58
    found = agreement([(TEXT, [mark(0, 30)], [mark(10, 40)])])
    assert found.kappa["lesson"] == pytest.approx((0.80 - 0.58) / 0.42)
    assert found.kappa["issue"] == 1.0  # neither saw one


def test_other_labels_on_the_same_stretch_lower_the_label_and_the_whole():
    found = agreement([(TEXT, [mark(0, 50)], [mark(0, 50, "action")])])
    assert found.kappa["lesson"] == found.kappa["action"] == 0.0
    assert found.kappa["any"] == pytest.approx((0.5 - 0.25) / 0.75)
    assert found.scores.passages["any"].f1 == 1.0


def test_the_table_has_a_line_for_each_label():
    table = as_table(agreement([(TEXT, [mark(0, 30)], [mark(0, 30)])]))
    assert [line.split()[0] for line in table.splitlines()[1:5]] == ["lesson", "issue", "action", "any"]
    assert table.endswith("1 posts read twice")
