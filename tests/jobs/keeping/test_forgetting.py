"""Who asks to be forgotten is gone from all that the program keeps, stays gone, and a crash on the way changes nothing of that."""

import io
import json
import logging
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.jobs import collecting
from pipeline.jobs.collecting import _keep
from pipeline.jobs.keeping import erasing
from pipeline.jobs.keeping.backup import back_up, restore
from pipeline.jobs.keeping.eraser import erasure_of
from pipeline.jobs.keeping.forgetting import Asked, forget, look_for
from pipeline.jobs.mail.mailing import compose_mails, send_mails
from pipeline.store.store import Store
from tests.jobs.mail.test_mailing import MONDAY

NAME, NOW = "มะลิวัลย์", datetime(2026, 1, 5)  # noqa: DTZ001 - as the store keeps it, in UTC
TOLD = (
    f"บันทึกของวงคุย\n\nป้า{NAME}บอกว่าต้องถามคนในบ้านก่อนแล้วค่อยวางแผน เพราะแผนที่ไม่มีเจ้าของไม่มีใครทำต่อ\n\nตกลงกันว่าป้า{NAME}จะทำบัญชีให้เสร็จภายในวันที่ 20 มิถุนายน 2552\n"
)
READERS = '[[reader]]\nemail = "Full@example.org"\n[[reader]]\nemail = "other@example.org"\n[mail]\nsender = "km@example.org"\n'
PERSON = Asked(persons=(NAME,))


@pytest.fixture
def kept(team):
    """Return a team that was read, mailed and taught once: the name stands in everything that is kept."""
    team.write(told_txt=TOLD)
    config = team.home / "lessons.toml"
    config.write_text(READERS, encoding="utf-8")
    order = team.order(config=config)
    team.run(order)
    compose_mails(order, MONDAY)
    send_mails(order, lambda: MONDAY, {})
    model = order.out / "models" / "team-1"
    model.mkdir(parents=True)
    taught = [{"id": row["post"], "text": row["text"]} for row in team.rows(order.out / "posts.jsonl")]
    (model / "snapshot.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in taught), encoding="utf-8")
    (model / "shadow.md").write_text(TOLD, encoding="utf-8")
    return order


def holds(file, words):
    """Tell whether words stand in the bytes of a file, or in those of what is packed in it."""
    data = file.read_bytes()
    if words in data:
        return True
    if data[:2] != b"PK":
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return any(words in packed.read(name) for name in packed.namelist())


def holders(order, words=NAME):
    return sorted(file.relative_to(order.out).as_posix() for file in order.out.rglob("*") if file.is_file() and holds(file, words.encode()))


def test_a_look_changes_nothing_and_shows_where_the_name_stands(kept, team):
    before = team.files(kept.out)
    assert {"lessons.db", "all/digest.md", "all/digest.docx", "posts.jsonl", "models/team-1/snapshot.jsonl"} <= set(holders(kept))
    found = look_for(kept, PERSON)
    assert (found.erased.posts, found.erased.messages, [file.name for file in found.own]) == (1, 2, ["told.txt"])
    assert [place for place in found.places if "ป้า▮บอกว่า" in place] == list(found.places) != []
    assert team.files(kept.out) == before


def test_a_name_is_in_nothing_that_is_kept_and_the_next_run_does_not_bring_it_back(kept, team, caplog):
    caplog.set_level(logging.INFO, logger="lessons")
    logging.getLogger("lessons").propagate = True
    forget(kept, PERSON, NOW)
    assert holders(kept) == []
    assert list((kept.out / "mail").glob("*.eml")) == []
    assert "forgotten" in caplog.text
    assert NAME not in repr([vars(record) for record in caplog.records])
    for _ in range(2):
        report = team.run(kept)
        assert (report.collected.changed, holders(kept)) == (0, [])
    text = {row["post"]: row["text"] for row in team.rows(kept.out / "posts.jsonl")}
    rows = team.rows(kept.out / "passages.jsonl")
    assert all(text[row["post"]][row["start"] : row["end"]] == row["quote"] for row in rows)
    assert any("▮" in row["quote"] for row in rows)
    assert NAME in (team.posts / "told.txt").read_text(encoding="utf-8")  # the team's own file is the team's


def test_a_post_goes_and_is_not_read_again(kept, team):
    [row] = [row for row in team.rows(kept.out / "posts.jsonl") if row["source"] == "told.txt"]
    forget(kept, Asked(posts=(row["post"],)), NOW)
    assert holders(kept) == []
    report = team.run(kept)
    assert [row["source"] for row in team.rows(kept.out / "posts.jsonl")] == ["good.txt"]
    assert (report.collected.new, report.collected.rejects, holders(kept)) == (0, [], [])


def test_a_post_is_known_by_its_address_too(team):
    line = json.dumps({"text": "ยังขาดคนช่วยงานของกลุ่ม", "url": "https://kop.example.org/7"}, ensure_ascii=False)
    team.write(rows_jsonl=line + "\n")
    order = team.order()
    team.run(order)
    assert forget(order, Asked(posts=("https://kop.example.org/7/#top",)), NOW).erased.posts == 1
    team.run(order)
    assert [row["url"] for row in team.rows(order.out / "posts.jsonl")] == [None]


def test_a_reader_gets_nothing_more_and_their_address_is_gone(kept):
    found = forget(kept, Asked(readers=("FULL@example.org ",)), NOW)
    assert (found.erased.readers, found.erased.messages, found.blocks) == (1, 1, (1,))
    assert holders(kept, "full@example.org") == []
    assert len(list((kept.out / "mail").glob("*.eml"))) == 1
    done = compose_mails(kept, MONDAY.replace(day=30))
    assert (done.stopped, holders(kept, "full@example.org")) == (1, [])


STEPS = (
    "jobs.keeping.erasing.remove_file",
    "jobs.keeping.erasing._rewrite",
    *(f"store.forgetting.Forgetting.{name}" for name in ("erase", "scrub", "finish")),
)


def test_what_a_crash_leaves_undone_at_any_step_is_done_by_the_next_run(kept, team, monkeypatch):
    for step in STEPS:
        with monkeypatch.context() as crash:
            crash.setattr(f"pipeline.{step}", _crash)
            with pytest.raises(KeyboardInterrupt):
                forget(kept, PERSON, NOW) if step == STEPS[0] else team.run(kept)
        with Store.open(kept.database) as store:
            assert store.forgetting.is_open()
    team.run(kept)
    assert holders(kept) == []
    with Store.open(kept.database) as store:
        assert not store.forgetting.is_open()


def _crash(*_, **__):
    raise KeyboardInterrupt


def test_an_older_backup_is_named_and_does_not_bring_the_name_back(kept, team):
    file = back_up(kept, team.home / "kept.zip")
    assert look_for(kept, PERSON).backups == (file,)
    forget(kept, PERSON, NOW)
    restore(kept, file)
    assert holders(kept) == []
    team.run(kept)
    assert holders(kept) == []


def test_what_a_feed_still_has_is_not_written_down_again(kept, team, tmp_path):
    forget(kept, PERSON, NOW)
    with Store.open(kept.database) as store:
        erasure = erasure_of(store)
        post = next(iter(store.posts()))
    told = replace(post, title=f"ป้า{NAME}")
    assert _keep(tmp_path / "feed.jsonl", [erasure.kept_of(told)]) == (1, 0)
    assert NAME not in (tmp_path / "feed.jsonl").read_text(encoding="utf-8")


def test_the_folder_of_feeds_has_one_name():
    assert erasing.FEEDS == collecting.FOLDER
