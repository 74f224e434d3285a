"""What who watches is told: the model that reads, the runs that were cut off, the feeds, the reviewers, and what wants a person."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.corrections import Correction, anchor_of
from pipeline.jobs.status import status_of, status_row
from pipeline.jobs.teams.history import team_models
from pipeline.jobs.turn import one_at_a_time
from pipeline.languages.th.rules import rules_hash
from pipeline.nlp.shelf import CARD_FILE, POINTER
from pipeline.records import Post, Span
from pipeline.reviewers import Reviewer
from pipeline.store.store import Store
from pipeline.subscribed import FeedState

NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)
TEXT = "ยังขาดคนจดบัญชีของกลุ่ม"


@pytest.fixture
def watched(team):
    """Return the order of a team that has run once, and how it stands now."""
    team.write()
    order = team.order()
    team.run(order)

    def now(model="cues"):
        return status_of(replace(order, model=model), NOW)

    now.order = order
    return now


def promote(order, rules):
    team = team_models(order.database, order.out)
    (team / "team-1").mkdir(parents=True)
    (team / "team-1" / CARD_FILE).write_text(json.dumps({"rules": rules}), encoding="utf-8")
    (team / POINTER).write_text(json.dumps({"current": "team-1", "previous": None}), encoding="utf-8")


def test_the_model_is_the_one_to_which_the_gate_points_not_the_one_that_read_before(watched):
    promote(watched.order, rules_hash())
    found = watched(model=None)
    assert (found.reading.model, found.reading.own, found.read_by, found.waiting, found.wants) == ("team-1", True, "cues", 1, ())


def test_the_reader_that_the_settings_name_is_told_and_the_posts_that_it_has_not_read_wait(team):
    team.write()
    team.run(order := team.order(model="@fast"))
    fast, linear = (status_of(replace(order, model=f"@{kind}"), NOW) for kind in ("fast", "linear"))
    assert (fast.reading.model, fast.waiting) == (fast.read_by, 0)
    assert (linear.reading.model.partition("@")[2], linear.waiting) == ("linear", fast.posts)


def test_a_promoted_model_that_cannot_read_any_more_wants_a_person(watched):
    promote(watched.order, "other words")
    found = watched()
    assert (found.reading.own, found.reading.passed_over, found.wants) == (False, "team-1", ("model-passed-over",))


def test_a_run_that_nobody_does_any_more_was_cut_off_until_a_later_one_is_whole(watched):
    moment = datetime(2009, 3, 6)  # noqa: DTZ001 - the journal keeps UTC without a zone
    with Store.open(watched.order.database) as store:
        with one_at_a_time(store):
            begun = store.journal.begin(datetime.now(UTC).replace(tzinfo=None))
            assert (watched().at_work, watched().wants, watched().runs[0].outcome) == (True, (), "running")
            store.journal.end(begun, moment, "done", {})
        store.journal.begin(moment)
        with one_at_a_time(store):  # who collects feeds or forgets somebody has the turn, and is no run
            assert (watched().at_work, watched().wants, watched().runs[0].outcome) == (True, ("run-cut-off",), "cut-off")
        assert (watched().at_work, watched().wants) == (False, ("run-cut-off",))
        assert [run.outcome for run in watched().runs] == ["cut-off", "done", "done"]
        store.journal.end(store.journal.begin(moment), moment, "failed", {})
        assert watched().wants == ("last-run-failed", "run-cut-off")
        store.journal.end(store.journal.begin(moment), moment, "done", {})
        assert watched().wants == ()


@pytest.mark.parametrize(("failures", "wants"), [(2, ()), (3, ("feeds-failing",))])
def test_a_feed_that_fails_again_and_again_wants_a_person(watched, failures, wants):
    with Store.open(watched.order.database) as store:
        store.feeds.keep(FeedState("https://kop.example.org/feed", failures=failures, said="ไม่ตอบ"))
    assert watched().wants == wants


def test_the_work_of_the_reviewers_is_counted(watched):
    post = Post(id="p", source="p.txt", origin="p.txt", text=TEXT)
    with Store.open(watched.order.database) as store:
        store.put_posts([post])
        for name in ("somchai", "suda"):
            assert store.reviewers.add(Reviewer(name, name, "reviewer"), None, 0)
        for number, (name, days) in enumerate([("somchai", 1), ("somchai", 2), ("suda", 9)]):
            span = Span(number, number + 5)
            made = Correction(
                key=f"k{number}/0", item=f"p {number}", field="label", reviewer=name, at=NOW - timedelta(days=days), post="p",
                milliseconds=900, after="issue", anchor=anchor_of(TEXT, span),
            )  # fmt: skip
            store.corrections.add([made], 0)
    row = status_row(watched())
    assert (row["reviewers"], row["reviewers_this_week"], row["decisions_this_week"]) == (2, 1, 2)
    assert row["last_decision"] == "2026-11-26T02:00:00Z"
    assert json.loads(json.dumps(row)) == row
