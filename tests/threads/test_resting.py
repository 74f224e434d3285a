"""Threads that rest are the threads that they were: what is followed does not depend on how many are at hand, and few are."""

import gc
import weakref
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store.laid import laid_down
from pipeline.threads import follow, follow_each, resting
from pipeline.threads.said import all_said
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


def test_doubtful_links_that_rested_share_what_they_have_in_common(hardly_any):
    passages = [said(OPENED, 0), said(f"{OPENED} อีกชุด", 1), said(NEWS, 2, state="done"), said(NEWS, 3, state="done")]
    with laid_down() as lines:
        links = [one for one in follow(passages, replace(LINKER, sure=2.0, closes=2.0), lines=lines) if one.state == "candidate"][1:]
    opened = {id(link.events[0]) for link in links}
    heard = {id(link.last) for link in links}
    assert (len(opened), len(heard)) == (len({link.opened_by.id for link in links}), len({link.last.passage.id for link in links}))
    assert len(links) > max(len(opened), len(heard)) > 1
    assert all(link.title is link.opened_by.quote for link in links)


def test_what_tells_rarity_goes_with_the_following_though_nothing_is_swept():
    """A run does not look for what holds itself in a circle while it follows."""
    gc.disable()
    try:
        following = all_said([said(OPENED, 0)])
        one = next(following)
        rarity = weakref.ref(one.rarity)
        assert all((one.own, one.owners, one.words))  # what is compared is kept at hand meanwhile
        assert rarity().parts.cache_info().currsize == 1
        assert list(following) == []
        del one, following
        assert rarity() is None
    finally:
        gc.enable()
