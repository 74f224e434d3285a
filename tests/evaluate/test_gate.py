"""A model takes the place of another only where it is better beyond luck, and worse in nothing."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.assets import asset
from pipeline.evaluate.behaviour import failed_cases, read_cases
from pipeline.evaluate.gate import MOST_LOOKS, Evidence, gains_of, gather, intervals_of, judge
from pipeline.labelled import LabelledPost
from pipeline.labels import label_ids

HITS = {"lesson": 6, "issue": 6, "action": 6}


def counts(hits, found=10, gold=10):
    """Return the counts of one post: of each label so many found, so many of them right."""
    rows = [[hits[label], found, gold, hits[label], found, gold] for label in label_ids()]
    return np.array([*rows, np.sum(rows, axis=0)], np.int64)


def evidence(posts=20, failed=(), **hits):
    own = counts({**HITS, **hits})
    return Evidence(tuple(own for _ in range(posts)), {"who": 0.5, "when": 0.8}, 0.10, tuple(failed), 1.0, 1_000)


def reasons(verdict):
    return [check.name for check in verdict.reasons]


def test_what_is_better_everywhere_is_allowed():
    verdict = judge(evidence(), evidence(lesson=7, issue=7, action=7))
    assert (verdict.decision, reasons(verdict)) == ("allowed", [])
    assert verdict.gain == pytest.approx(0.1)
    assert verdict.bound == pytest.approx(0.1)


def test_the_same_again_is_no_gain():
    assert reasons(judge(evidence(), evidence())) == ["gain"]


def test_a_gain_that_one_post_alone_brings_may_be_luck():
    better = replace(evidence(), counts=(*evidence(posts=19).counts, counts({"lesson": 10, "issue": 10, "action": 10})))
    verdict = judge(evidence(), better)
    assert verdict.gain > 0
    assert reasons(verdict) == ["gain"]


@pytest.mark.parametrize(
    ("better", "look", "decision"), [(15, 1, "refused"), (17, 1, "allowed"), (17, MOST_LOOKS, "allowed"), (16, 100 * MOST_LOOKS, "refused")]
)
def test_every_look_asks_for_the_same_certainty_until_there_were_too_many(better, look, decision):
    """Of twenty posts so many are read better by 0.1, the others worse by 0.1; the draws without a gain are 1.4, 0.3 and 0.02 per cent."""
    good, bad = (evidence(posts=1, **dict.fromkeys(HITS, hits)).counts[0] for hits in (7, 5))
    mixed = replace(evidence(), counts=(*(good,) * better, *(bad,) * (20 - better)))
    verdict = judge(evidence(), mixed, look)
    assert verdict.decision == decision
    assert f"look {look} at this test" in verdict.checks[1].en


def test_under_300_marked_passages_nothing_is_decided():
    verdict = judge(evidence(posts=9), evidence(posts=9, lesson=8, issue=8, action=8))
    assert (verdict.decision, verdict.passages, reasons(verdict)) == ("undecidable", 270, ["enough"])


def test_no_label_pays_for_the_others():
    assert reasons(judge(evidence(), evidence(lesson=9, issue=5, action=9))) == ["label issue"]


def test_a_label_under_its_floor_may_not_fall_further():
    floored = judge(
        evidence(lesson=6), replace(evidence(issue=9, action=9), counts=tuple(counts({"lesson": 6, "issue": 9, "action": 9}, 11) for _ in range(20)))
    )
    assert reasons(floored) == ["label lesson"]  # .600, its floor, to .571: less than three points, but under both


@pytest.mark.parametrize(
    ("worse", "reason"),
    [
        ({"fields": {"who": 0.48, "when": 0.8}}, "field who"),
        ({"calibration": 0.13}, "calibration"),
        ({"failed": ("negation: cannot",)}, "behaviour"),
        ({"seconds": 1.4}, "speed"),
        ({"size": 1_300}, "size"),
    ],
)
def test_nothing_else_may_suffer(worse, reason):
    verdict = judge(evidence(), replace(evidence(lesson=8, issue=8, action=8), **worse))
    assert (verdict.decision, reasons(verdict)) == ("refused", [reason])


def test_a_case_that_the_old_model_fails_too_does_not_stop_the_new_one():
    assert judge(evidence(failed=["a"]), evidence(failed=["a"], lesson=8, issue=8, action=8)).decision == "allowed"


def test_the_same_posts_are_drawn_for_both():
    one, other = [counts(HITS), counts({**HITS, "lesson": 2})], [counts({**HITS, "issue": 7}), counts({**HITS, "lesson": 2, "issue": 7})]
    assert set(np.round(gains_of(one, other, draws=50), 6)) == {round(0.1 / 3, 6)}  # a gain in every post is a gain in every draw


def test_each_label_has_its_interval():
    found, low, high = intervals_of([counts(HITS), counts({**HITS, "lesson": 8})], draws=200)["lesson"]
    assert (found, low, high) == pytest.approx((0.7, 0.6, 0.8))


@pytest.fixture(scope="module")
def cases():
    return read_cases(asset("corpora/behaviour.toml"))


def test_the_shipped_reader_passes_every_case(reader, cases):
    assert failed_cases(reader, cases) == []


def test_each_matter_of_behaviour_has_cases(cases):
    assert {case.id.partition(":")[0] for case in cases} >= {"negation", "ควร", "จะ", "ได้", "date", "reported"}
    assert len({case.id for case in cases}) == len(cases)
    assert all(case.at in case.text and set(case.labels) <= {*label_ids(), "other"} for case in cases)


def test_cue_words_alone_fail_what_they_cannot_know(by_cues, cases):
    failed = failed_cases(by_cues, cases)
    assert {"negation: no trouble any more", "reported: said by somebody"} <= set(failed)
    assert "other: thanks" not in failed


def test_evidence_is_gathered_from_a_reader(reader, make_post):
    found = gather(reader, [LabelledPost(make_post("ตกลงกันว่าจะล้างถังน้ำทุกวันเสาร์"), "w1", ())], [], size=7)
    assert (len(found.counts), found.failed, found.size) == (1, (), 7)
    assert set(found.fields) >= {"who", "when", "state", "voice"}
