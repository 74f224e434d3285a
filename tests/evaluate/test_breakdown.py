"""Figures by group add up: each passage counts in its own group, and a confidence is held against what was right."""

import pytest

from pipeline.evaluate.breakdown import Lengths, by_domain, by_length, by_voice, calibration_error, confusion, reliability
from pipeline.labelled import LabelledPost, PostFacts
from pipeline.records import Passage, Post, Span

TEXT = "กขคงจฉชซฌญ" * 30


def passage(start, end, label="lesson", voice="author"):
    return Passage("p", "a.txt", Span(start, end), TEXT[start:end], label, 0.9, voice=voice)


def post(*passages, domain="health"):
    return LabelledPost(Post("p", "a.txt", "a.txt", TEXT), "w", passages, PostFacts(domain, "nurse", "report"))


def test_each_domain_has_its_own_figures():
    right, wrong = passage(0, 20), passage(0, 20, "issue")
    found = by_domain([(post(right), [right]), (post(right, domain="school"), [wrong])])
    assert {name: scores.passages["lesson"].f1 for name, scores in found.items()} == {"health": 1.0, "school": 0.0}


def test_comments_are_held_against_comments():
    own, comment = passage(0, 20), passage(50, 70, voice="commenter")
    found = by_voice([(post(own, comment), [own, passage(50, 70, "issue", voice="commenter")])])
    assert (found["author"].passages["lesson"].f1, found["comments"].passages["lesson"].f1) == (1.0, 0.0)


def test_each_class_of_length_counts_what_was_found_and_what_was_right():
    short, long = passage(0, 40), passage(50, 290)
    found = by_length([(post(short, long), [short, passage(60, 260), passage(292, 300)])])
    assert found["under 60"] == Lengths(marked=1, found=1, given=2, right=1)
    assert found["200 and more"] == Lengths(marked=1, found=1, given=1, right=1)
    assert found["60 to 119"] == Lengths(0, 0, 0, 0)


def test_the_confusion_counts_characters():
    table = confusion([(post(passage(0, 30)), [passage(10, 40, "action")])])
    assert table["lesson"] == {"lesson": 0, "issue": 0, "action": 20, "other": 10}
    assert table["other"]["action"] == 10
    assert sum(map(sum, (row.values() for row in table.values()))) == len(TEXT)


def test_confidence_that_is_half_right_is_half_off():
    found = reliability([0.95] * 4 + [0.55] * 2, [True, True, False, False, True, False])
    assert [(one.count, one.right) for one in found] == [(2, 0.5), (4, 0.5)]
    assert calibration_error(found) == pytest.approx((2 * 0.05 + 4 * 0.45) / 6)
