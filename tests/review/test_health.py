"""People read how the system stands in plain words; a monitor learns whether all is well and nothing else."""

from dataclasses import replace

import pytest

from pipeline.errors import StoreError
from pipeline.render.kept_together import NO_BREAK
from pipeline.review.standing import EVERY, Standing
from tests.review.conftest import Browser

ROW = {
    "well": False,
    "wants": ["disk-nearly-full", "something-new"],
    "runs": [{"run": 3, "began": "2026-01-05T18:30:00Z", "ended": None, "outcome": "failed", "counts": {"new": 2, "analysed": 2}}],
    "posts": 1200,
    "posts_waiting": 7,
    "model": "stacked-12345678",
    "mail": {"waiting": 1, "sending": 0, "aside": 0, "sent": 5},
    "addresses_stopped": 0,
    "disk_free": 9_000_000,
    "database_size": 2_500_000,
}


@pytest.fixture
def looks():
    return []


@pytest.fixture
def watched(site, looks):
    def look():
        looks.append(1)
        return ROW

    return replace(site, standing=Standing(look))


def test_people_read_what_wants_them_what_ran_and_what_waits(watched):
    browser = Browser(watched)
    browser.enter()
    page = browser.get("/health").text.replace(NO_BREAK, " ")
    for told in ("มีเรื่องที่ต้องให้คนดู 2 เรื่อง", "ดิสก์ใกล้เต็ม", "something-new", "6 มกราคม 2569", "ไม่สำเร็จ", "1,200 รายการ รอวิเคราะห์ 7", "4 ข้อ", "ว่าง 9 MB"):
        assert told in page


def test_nobody_reads_the_page_without_a_session_and_a_monitor_learns_two_words(watched, looks, clock):
    stranger = Browser(watched)
    assert stranger.get("/health").headers["location"] == "/enter"
    assert [stranger.get("/health.json").json() for _ in range(5)] == [{"up": True, "well": False}] * 5
    clock.now += EVERY + 1
    stranger.get("/health.json")
    assert len(looks) == 2


def test_a_database_that_does_not_answer_is_told_without_its_place(site):
    def look():
        raise StoreError("/srv/secret/lessons.db: no", "/srv/secret/lessons.db: ไม่ได้")

    answer = Browser(replace(site, standing=Standing(look))).get("/health.json")
    assert (answer.status_code, answer.json()) == (503, {"up": False, "well": False})
