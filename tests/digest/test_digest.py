"""How the groups of a phase become a digest."""

from __future__ import annotations

import itertools
from datetime import date, datetime

import pytest

from pipeline.digest import UNSURE_BELOW, make_digest
from pipeline.records import Evidence, Passage, Phase, Span

PHASE = Phase("project-1", "ระยะที่ 1")
WHOLE = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง"


def mention(quote: str = WHOLE, *, post: str = "1", start: int = 0, day: int | None = 1, **facts) -> Evidence:
    span = Span(start, start + len(quote))
    passage = Passage(post=post, source=f"{post}.txt", span=span, quote=quote, **({"label": "lesson", "confidence": 0.8} | facts))
    return Evidence(passage, "วงคุย", "อรุณ", None if day is None else datetime.fromisoformat(f"2007-02-{day:02}T09:00"), None)


def digest_of(groups, totals=None, **facts):
    usual = {"model": "cues", "posts": 3, "authors": 2, "passages": 9, "unsure": 1, "first_post": date(2007, 2, 1), "last_post": None}
    return make_digest("กองทุน", PHASE, groups=groups, totals=totals or {}, **(usual | facts))


def lessons_of(*groups):
    return digest_of({"lesson": groups}).sections[0].items


def test_there_is_a_section_for_every_label_in_order_even_when_empty():
    digest = digest_of({"issue": [[mention(label="issue")]]})
    assert [(section.label, section.total) for section in digest.sections] == [("lesson", 0), ("issue", 1), ("action", 0)]


def test_the_total_counts_what_the_digest_leaves_out():
    (lessons, *_) = digest_of({"lesson": [[mention()]]}, {"lesson": 2345}).sections
    assert (lessons.total, len(lessons.items)) == (2345, 1)


def test_the_digest_carries_the_bound_of_doubt():
    assert digest_of({}).unsure_below == UNSURE_BELOW


@pytest.mark.parametrize(
    ("clear", "unclear"),
    [
        pytest.param(mention(start=90), mention("แต่กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกตั้งกติกา", confidence=0.99), id="opens on its own"),
        pytest.param(mention("แต่ละหมู่บ้านต้องตั้งกติกาของตนเองก่อนรับสมาชิก"), mention("และหมู่บ้านต้องตั้งกติกาของตนเองก่อนรับสมาชิก"), id="each is no but"),
        pytest.param(mention(start=90), mention(WHOLE[:-3] + "...", confidence=0.99), id="does not break off"),
        pytest.param(mention(start=90), mention("สมาชิกตั้งกติกาเอง", confidence=0.99), id="not too short"),
        pytest.param(mention(start=90), mention(WHOLE * 8, confidence=0.99), id="not too long"),
        pytest.param(mention(confidence=0.9), mention(start=90, confidence=0.7), id="surer"),
        pytest.param(mention(start=90, confidence=0.8), mention(confidence=0.81), id="the body, not its pull quote"),
    ],
)
def test_the_clearest_mention_stands_first(clear, unclear):
    for group in ([clear, unclear], [unclear, clear]):
        (item,) = lessons_of(group)
        assert item.evidence == (clear, unclear)


def test_the_other_mentions_follow_in_time_order_and_the_undated_last():
    first, second, undated = mention("ตั้งกติกาเอง", day=3), mention("ตั้งกติกาเอง", day=9, post="2"), mention("ตั้งกติกาเอง", day=None, post="3")
    clearest = mention(day=20, post="4")
    (item,) = lessons_of([undated, second, clearest, first])
    assert item.evidence == (clearest, first, second, undated)


def test_items_are_ordered_by_posts_mentions_confidence_date_and_place():
    expected = [
        [mention(confidence=0.5), mention(post="2", confidence=0.5)],
        [mention(confidence=0.6, start=50), mention(confidence=0.6)],
        [mention(confidence=0.9)],
        [mention(confidence=0.8, day=2)],
        [mention(confidence=0.8, day=3)],
        [mention(confidence=0.8, day=3, start=70)],
        [mention(confidence=0.8, day=3, start=70, post="9")],
        [mention(confidence=0.8, day=None)],
    ]
    for groups in itertools.islice(itertools.permutations(expected), 0, None, 997):
        assert [set(item.evidence) for item in lessons_of(*groups)] == [set(group) for group in expected]


def test_a_group_without_evidence_is_refused():
    with pytest.raises(ValueError, match="at least one passage"):
        lessons_of([])


def test_a_label_that_is_not_in_the_label_set_is_refused():
    with pytest.raises(ValueError, match="Got gossip"):
        digest_of({"gossip": [[mention()]]})
