"""A file that is as it was is not read again, and all that came of it is told as if it were; any other is read."""

import pytest

from pipeline.jobs import collect

GREETED = "เยี่ยมบ้านกลุ่ม\n\nยังไม่มีใครจดว่าใครรับปากอะไรไว้ ติดต่อจาก 10.20.30.40\n"


@pytest.fixture(name="watched")
def _watched(team, monkeypatch):
    """Return a team of three files that has run once, its order, and the names of the files that are read from now on."""
    team.write(visit_txt=GREETED, more_jsonl='{"id": "a", "text": "ต้องฟังก่อนตัดสินใจ"}\n{"id": "b", "text": "ยังขาดรถ"}\n')
    order = team.order()
    first = team.run(order)
    names = []
    whole = collect.read_posts
    monkeypatch.setattr(collect, "read_posts", lambda file: names.append(file.name) or whole(file))
    return team, order, names, first.collected


def test_what_is_as_it_was_is_not_read_again_and_is_told_all_the_same(watched):
    team, order, names, first = watched
    again = team.run(order).collected
    assert names == []
    assert (again.new, again.changed, again.unchanged, again.retired) == (0, 0, 4, 0)
    assert (again.files, again.seen, again.notes, again.masked) == (first.files, first.seen, first.notes, first.masked)
    assert again.masked


def test_what_was_changed_is_read_and_what_was_away_is_back(watched):
    team, order, names, first = watched
    visit = team.posts / "visit.txt"
    visit.unlink()
    assert team.run(order).collected.retired == 1
    visit.write_text(GREETED, encoding="utf-8")
    assert team.run(order).collected.seen == first.seen
    assert names == ["visit.txt"]
    visit.write_text(GREETED + "\nตกลงว่าจะนัดคุยกันอีก\n", encoding="utf-8")
    assert team.run(order).collected.new == 1  # a scraped page is known by its text
    assert names == ["visit.txt"] * 2


def test_a_post_that_another_file_has_too_is_set_aside_each_time(watched):
    team, order, names, _ = watched
    team.write(again_jsonl='{"id": "a", "text": "ต้องฟังก่อนตัดสินใจ"}\n')
    for _ in range(2):
        [reject] = team.run(order).collected.rejects
        assert reject.source.startswith("more.jsonl")
    assert "more.jsonl" in names
