"""Threads that rest are the threads that they were: what is followed does not depend on how many are at hand, and few are."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store.laid import laid_down
from pipeline.threads import follow, follow_each, resting
from tests.threads.linked import LINKER, NEWS, OPENED, said

DAYS = [date(2009, 3, 6), date(2009, 3, 16), date(2009, 4, 2)]
WORDINGS = [
    (OPENED, {}),
    (NEWS, {"state": "done"}),
    ("ประชุมกลุ่มเลี้ยงปลานิลครั้งที่ 4 ที่ศาลา", {}),
    ("เลื่อนประชุมกลุ่มเลี้ยงปลานิลครั้งที่ 4 ออกไปก่อน", {"state": "postponed"}),
    ("กังหันท้ายบ่อปลาหมุนไม่แรงพอ", {"label": "issue"}),
    ("กังหันท้ายบ่อปลาหมุนแรงพอไหมครับ", {"label": "issue", "voice": "commenter", "facets": ("question",)}),
    ("เรื่องกังหันต้องถามครูแดงครับ", {"voice": "reply"}),
    ("กลุ่มเลี้ยงปลานิลเรียนรู้ว่ากังหันต้องหันรับลม", {"label": "lesson"}),
]
told = st.builds(
    lambda wording, days, group: (wording, sorted(days), group),
    st.sampled_from(WORDINGS),
    st.sets(st.sampled_from(DAYS), max_size=2),
    st.sampled_from([None, None, "a", "b"]),
)
posts = st.lists(st.lists(told, min_size=1, max_size=4), min_size=1, max_size=8)


def archive(posts):
    """Return the passages of posts; some of a post are of one group."""
    return [
        said(quote, number, start=500 * place, days=days, **(more | ({"group": group} if group else {})))
        for number, passages in enumerate(posts)
        for place, ((quote, more), days, group) in enumerate(passages)
    ]


@pytest.fixture(scope="module")
def hardly_any():
    """Keep hardly any thread at hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resting, "_AT_HAND", 1)
        patch.setattr(resting, "_AT_ONCE", 1)
        yield


@given(posts=posts)
@settings(deadline=None)
def test_the_same_is_found_where_nearly_all_threads_rest(hardly_any, posts):
    passages = archive(posts)
    with laid_down() as lines:
        found = follow(passages, LINKER, lines=lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resting, "_AT_HAND", 1_000)
        assert found == follow(passages, LINKER)


def test_what_rests_is_laid_down_and_no_longer_held(hardly_any, monkeypatch):
    held = []
    rest = resting.Resting.rest
    monkeypatch.setattr(resting.Resting, "rest", lambda threads, one: rest(threads, one) or held.append(len(threads.at_hand)))
    passages = [replace(said(f"{OPENED} ชุดที่ {number}"), order=number) for number in range(12)]
    passages = [replace(one, passage=replace(one.passage, post=f"post-{one.order}")) for one in passages]
    with laid_down() as lines:
        found = list(follow_each(passages, replace(LINKER, sure=2.0, closes=2.0, maybe=1.0), lines=lines))
        assert len(found) == len(passages)
        assert len(lines) >= len(passages) - 2
    assert max(held) <= 1
