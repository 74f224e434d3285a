"""The numbers of the charts are those of the digest; time without posts has bars of nothing; what has no day is counted apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.digest.charts import MOST_BINS, PLACES, charts_of, project_charts
from pipeline.digest.digest import make_digest
from pipeline.records import DigestItem, Evidence, Followed, Passage, Phase, Section, Span

PHASE = Phase("p", "ระยะทดลอง", date(2008, 1, 1), date(2008, 6, 30))


def mention(quote="จะนัดกันอีก", label="action", day=None):
    posted = datetime.combine(date(*day), datetime.min.time()) if day else None
    return Evidence(Passage("1", "1.txt", Span(0, len(quote)), quote, label, 0.9), "บันทึก", None, posted, None)


def digest(phase=PHASE, **facts):
    known = {"groups": {}, "totals": {"lesson": 4, "action": 3}, "model": "m", "posts": 3, "authors": 1, "passages": 7, "unsure": 0}
    return make_digest("โครงการ", phase, **{**known, "first_post": None, "last_post": date(2008, 5, 9), **facts})


def bars(charts, name):
    return next((one for one in charts.bars if one.id == name), None)


def counted(days):
    return Counter(("planned", day) for day in days)


def test_months_without_posts_have_a_bar_of_nothing_from_the_first_day_of_the_phase():
    posts = bars(charts_of(digest(), [date(2008, 2, 3), date(2008, 2, 9), date(2008, 5, 9), None], Counter(), until=date(2008, 5, 9)), "posts")
    assert [(one.first and one.first.month, one.total) for one in posts.bins] == [(1, 0), (2, 2), (3, 0), (4, 0), (5, 1), (None, 1)]


def test_time_that_has_not_come_yet_is_no_gap():
    posts = bars(charts_of(digest(), [date(2008, 1, 5)], Counter(), until=date(2008, 3, 1)), "posts")
    assert [one.first for one in posts.bins] == [date(2008, 1, 1), date(2008, 2, 1), date(2008, 3, 1)]


@pytest.mark.parametrize(("last", "step"), [(date(2009, 12, 1), "month"), (date(2012, 1, 1), "quarter"), (date(2029, 1, 1), "year")])
def test_long_times_have_longer_steps(last, step):
    posts = bars(charts_of(digest(Phase("p", "ระยะ")), [date(2008, 1, 5), last], Counter()), "posts")
    assert posts.step == step
    assert len(posts.bins) <= MOST_BINS
    assert (posts.bins[0].total, posts.bins[-1].total) == (1, 1)


def test_what_has_no_day_is_kept_for_the_sum_of_the_project():
    one = digest()
    one = replace(one, charts=charts_of(one, [None, None], Counter({("planned", None): 3})))
    assert [(each.id, [bin_.values for bin_ in each.bins]) for each in one.charts.bars] == [("posts", [(2,)]), ("actions", [(3,)])]
    assert [bin_.values for bin_ in bars(project_charts([one], [None]), "actions").bins] == [(3,)]


def test_every_action_is_counted_once_under_its_state():
    actions = Counter({("planned", date(2008, 1, 5)): 2, ("done", date(2008, 3, 5)): 1, ("untold", None): 1})
    drawn = bars(charts_of(digest(), [date(2008, 1, 5)], actions), "actions")
    assert drawn.series == ("planned", "done", "untold")
    assert sum(one.total for one in drawn.bins) == actions.total()
    assert drawn.bins[-1].first is None


def test_places_are_those_of_the_register_the_most_heard_of_first():
    lines = [
        DigestItem(label, (mention(),), f"ต.{number:02}", (), count)
        for number, label, count in [(1, "issue", 2), (2, "planned", 3), (2, "lesson", 1)]
    ]
    lines += [DigestItem("quiet", (mention(),), "ต.เงียบ", (), 1)]
    lines += [DigestItem("done", (mention(),), f"ต.{number}", (), 1) for number in range(30, 40)]
    drawn = bars(charts_of(digest(registers=(Section("areas", 13, tuple(lines)),)), [], Counter()), "places")
    assert [(one.name, one.values) for one in drawn.bins[:2]] == [("ต.02", (1, 0, 3)), ("ต.01", (0, 2, 0))]
    assert (len(drawn.bins), drawn.more) == (PLACES, 4)


def test_a_matter_stands_on_the_line_with_its_days_and_its_number():
    lines = (
        Followed("plan", "open", mention(), None, None, (), None),
        Followed(
            "plan", "moved", mention(day=(2008, 1, 5)), mention(day=(2008, 2, 1)), "moved", (), date(2008, 3, 9), (("2008-02-09", "2008-03-09"),)
        ),
    )
    [line] = charts_of(digest(followed=lines, followed_total=2), [], Counter()).lines
    assert [(lane.count, lane.state, lane.first, lane.last) for lane in line.lanes] == [(2, "moved", date(2008, 1, 5), date(2008, 3, 9))]
    assert [kind for kind, _ in line.lanes[0].marks] == ["opened", "moved", "due", "heard"]
    assert (line.first, line.last, line.today, line.more) == (date(2008, 1, 5), date(2008, 3, 9), date(2008, 5, 9), 1)
    doubted = replace(lines[1], doubted=True)  # nobody knows whether it still stands for that day
    [line] = charts_of(digest(followed=(doubted,), followed_total=1), [], Counter()).lines
    assert [kind for kind, _ in line.lanes[0].marks] == ["opened", "moved", "heard"]


def test_the_charts_of_a_project_are_the_sum_of_its_digests():
    days = [date(2008, 1, 5), date(2008, 5, 9)]
    parts = [
        replace(one, charts=charts_of(one, days, counted(days)))
        for one in (digest(), digest(Phase("q", "ระยะหลัง", date(2008, 7, 1)), totals={"issue": 2}))
    ]
    whole = project_charts(parts, [*days, None])
    assert [(one.name, one.values) for one in bars(whole, "phases").bins] == [("ระยะทดลอง", (4, 0, 3)), ("ระยะหลัง", (0, 2, 0))]
    assert sum(one.total for one in bars(whole, "actions").bins) == 4
    assert sum(one.total for one in bars(whole, "posts").bins) == 3
    assert [(lane.name, lane.count, lane.first) for lane in whole.lines[0].lanes] == [
        ("ระยะทดลอง", 3, date(2008, 1, 1)),
        ("ระยะหลัง", 3, date(2008, 7, 1)),
    ]


def test_a_project_without_digests_has_no_charts():
    assert project_charts([], []).bars == ()
    assert project_charts([], []).lines == ()
