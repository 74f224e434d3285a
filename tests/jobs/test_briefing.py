"""What changed since the last digest, over whole runs: told once it is there, told the same by a run that finds nothing, and never lost."""

import json

import pytest

from pipeline.store.store import Store

MORE = "เล่าต่อจากวงคุย\n\nปัญหาคือรถรับส่งยังไม่มีคนขับในวันเสาร์ ทำให้ผู้เฒ่ามาไม่ได้\n\nตกลงกันว่ามอบให้ครูนิดหาคนขับภายในวันที่ 20 พฤษภาคม 2552\n"


def digest_of(order):
    return json.loads((order.out / "all" / "digest.json").read_text(encoding="utf-8"))


@pytest.fixture(name="twice")
def _twice(team):
    """Return the order of a team that ran on one post, and then on one more."""
    team.write()
    order = team.order()
    team.run(order)
    team.write(more_txt=MORE)
    team.run(order)
    return order


def test_a_first_run_has_nothing_to_compare_with(team):
    team.write()
    order = team.order()
    team.run(order)
    assert digest_of(order)["changes"]["basis"] == "first"


def test_a_further_post_is_what_changed(twice):
    changes = digest_of(twice)["changes"]
    assert (changes["basis"], changes["posts"]) == ("compared", 1)
    new = [mention["source"] for section in changes["new"] for item in section["items"] for mention in item["mentions"]]
    assert set(new) == {"more.txt"}


def test_a_run_that_finds_nothing_tells_the_same_changes(team, twice):
    before = team.files(twice.out)
    team.run(twice)
    assert team.files(twice.out) == before


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_run_that_is_cut_off_around_remembering_neither_loses_nor_doubles_a_change(team, twice, monkeypatch, lost):
    whole = team.files(twice.out)
    remember = Store.remember_digest

    def cut_off(store, phase, now):
        if lost == "after":
            remember(store, phase, now)
        raise KeyboardInterrupt

    fresh = team.order(out=team.home / "again")
    team.posts.joinpath("more.txt").unlink()
    team.run(fresh)
    team.write(more_txt=MORE)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "remember_digest", cut_off)
        with pytest.raises(KeyboardInterrupt):
            team.run(fresh)
    team.run(fresh)
    assert team.files(fresh.out) == whole


def test_readers_get_their_cuts_and_lose_those_they_ask_for_no_more(team):
    team.write()
    reader = '[[reader]]\nemail = "{}@example.org"\ncut = "{}"\n'
    config = team.home / "lessons.toml"
    config.write_text(reader.format("a", "host") + reader.format("b", "host") + reader.format("c", "agency") + 'agency = "กศน."\n', encoding="utf-8")
    order = team.order(config=config)
    team.run(order)
    names = {file.name for file in (order.out / "all").iterdir()}
    assert {"digest.host.html", "digest.host.md", "digest.agency.json"} <= names
    assert not [name for name in names if "-2" in name]  # both hosts ask for the same
    config.write_text(reader.format("a", "executive"), encoding="utf-8")
    team.run(order)
    names = {file.name for file in (order.out / "all").iterdir()}
    assert "digest.executive.html" in names
    assert not [name for name in names if "host" in name or "agency" in name]
