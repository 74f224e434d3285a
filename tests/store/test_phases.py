"""The figures and the groups of a phase."""

from datetime import date, datetime

import pytest

from pipeline.records import Evidence
from pipeline.store.counts import PhaseSummary


def quotes(groups):
    return [[(mention.passage.post, mention.passage.span.start) for mention in group] for group in groups]


def test_phase_ids_are_those_that_occur_none_last(store, a_post, analyse):
    analyse((a_post("1"), [{"phase": "ข"}, {"phase": None}, {"phase": "a"}, {"phase": "Z"}]), (a_post("2"), [{"phase": "a"}]))
    assert store.phase_ids() == ["Z", "a", "ข", None]


def test_a_store_without_passages_has_no_phase(store):
    assert store.phase_ids() == []
    assert store.phase_summary("p1", 0.5) == PhaseSummary(0, 0, 0, 0, None, None, {})


@pytest.mark.parametrize("phase", ["p1", None])
def test_the_figures_of_a_phase(store, a_post, analyse, phase):
    other = "p1" if phase is None else None
    analyse(
        (
            a_post("1", author="สมใจ", posted_at=datetime(2006, 3, 6, 23, 59)),  # noqa: DTZ001 - local to the page
            [
                {"phase": phase, "group": "g", "confidence": 0.4},
                {"phase": phase, "group": "g", "confidence": 0.5},
                {"phase": phase, "label": "issue"},
                {"phase": phase, "label": "issue"},
                {"phase": other, "confidence": 0.1},
            ],
        ),
        (a_post("2", author="สมใจ", posted_at=datetime(2005, 7, 1)), [{"phase": phase, "group": "g"}, {"phase": phase}]),  # noqa: DTZ001
        (a_post("3", author=None, posted_at=None), [{"phase": phase, "label": "issue", "group": "g"}]),
        (a_post("4", author="สมหมาย", posted_at=datetime(1999, 1, 1)), [{"phase": other}]),  # noqa: DTZ001
        (a_post("5", author="สมบัติ"), []),
    )
    assert store.phase_summary(phase, unsure_below=0.5) == PhaseSummary(
        posts=3,
        authors=1,
        passages=7,
        unsure=1,
        first_post=date(2005, 7, 1),
        last_post=date(2006, 3, 6),
        totals={"lesson": 2, "issue": 3},
    )


def test_groups_are_ranked_by_posts_then_passages_then_confidence_then_place(store, a_post, analyse):
    analyse(
        (
            a_post("1"),
            [
                {"group": None, "confidence": 0.5},
                {"group": None, "confidence": 0.5},
                {"group": "sure", "confidence": 0.99},
                {"group": "twice"},
                {"group": "twice"},
                {"group": "two posts", "confidence": 0.1},
                {"group": "issue", "label": "issue"},
                {"group": "other phase", "phase": "p2"},
            ],
        ),
        (a_post("2"), [{"group": "two posts", "confidence": 0.1}, {"group": None, "confidence": 0.5}]),
    )
    ranked = [[("1", 5), ("2", 0)], [("1", 3), ("1", 4)], [("1", 2)], [("1", 0)], [("1", 1)], [("2", 1)]]
    assert quotes(store.top_groups(None, "lesson", 10)) == ranked
    assert quotes(store.top_groups(None, "lesson", 2)) == ranked[:2]
    assert quotes([next(store.groups(None, "lesson", 10))]) == ranked[:1]
    assert quotes(store.top_groups(None, "action", 2)) == []
    assert quotes(store.top_groups("p2", "lesson", 2)) == [[("1", 7)]]


def test_equal_groups_are_ranked_by_the_place_of_their_first_passage(store, a_post, analyse):
    posts = [a_post("1", source="b.txt"), a_post("2", source="a.txt")]
    analyse((posts[0], [{"group": "x"}, {"group": "y"}]), (posts[1], [{"start": 8, "end": 9, "group": "y"}, {"start": 9, "end": 10, "group": "x"}]))
    assert quotes(store.top_groups(None, "lesson", 5)) == [[("2", 8), ("1", 1)], [("2", 9), ("1", 0)]]


def test_a_passage_alone_never_joins_a_group_that_is_named_like_it(store, a_post, a_passage, analyse):
    alone = a_passage(a_post("1"))
    analyse((a_post("1"), [{}]), (a_post("2"), [{"group": alone.id}]))
    assert quotes(store.top_groups(None, "lesson", 5)) == [[("1", 0)], [("2", 0)]]
    assert store.phase_summary(None, 0.5).totals == {"lesson": 2}


def test_a_group_shows_its_first_20_passages_and_is_ranked_by_all(store, a_post, analyse):
    many = a_post("1", text="บ่อยครั้ง" * 30)
    analyse((many, [{"group": "often"}] * 25), (a_post("2"), [{"group": "sure", "confidence": 1.0}] * 24))
    assert quotes(store.top_groups(None, "lesson", 5)) == [[("1", start) for start in range(20)], [("2", start) for start in range(20)]]


def test_evidence_carries_what_a_reader_needs_to_find_the_post(store, a_post, a_passage, analyse):
    post = a_post("1", title="เวทีแรก", author="สมใจ", url="https://example.org/1")
    analyse((post, [{}]))
    assert store.top_groups(None, "lesson", 1) == [[Evidence(a_passage(post), "เวทีแรก", "สมใจ", post.posted_at, "https://example.org/1")]]
