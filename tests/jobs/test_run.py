"""A run and the runs after it: nothing is done twice, what changed is done again, and what is not ours stays."""

import gc
import time
from dataclasses import replace

import pytest

from pipeline.errors import ModelError, NoPosts, SettingsError
from pipeline.jobs.files import open_store
from pipeline.jobs.run import check_order, open_run
from pipeline.settings import read_settings
from tests.render.conftest import unbroken

EARLY = ("early", 'first_day = 2008-01-01\nlast_day = 2009-06-30\ncues = ["ลองสองตำบล"]')
LATE = ("late", "first_day = 2009-07-01\nlast_day = 2011-12-31")


def without_phase(row):
    return {name: value for name, value in row.items() if name not in {"phase", "phase_by"}}


def test_a_second_run_analyses_nothing_and_changes_no_byte(team):
    team.take_samples()
    order = team.order(config=team.configure(EARLY, LATE))
    first = team.run(order)
    assert (first.collected.new, first.analysed) == (23, 23)
    before = team.files(order.out)
    second = team.run(order)
    assert (second.collected.new, second.collected.changed, second.collected.unchanged) == (0, 0, 23)
    assert (second.analysed, second.passages) == (0, 0)
    assert team.files(order.out) == before


def test_what_stands_already_is_not_written_again(team):
    team.write()
    order = team.order()
    team.run(order)
    pages = [order.out / "index.html", order.out / "all" / "digest.html", *(order.out / "posts").iterdir()]
    before = [page.stat().st_mtime_ns for page in pages]
    time.sleep(0.01)
    team.run(order)
    assert [page.stat().st_mtime_ns for page in pages] == before


def test_two_runs_into_different_folders_give_the_same_bytes(team, tmp_path):
    team.take_samples()
    orders = [team.order(out=tmp_path / name) for name in ("one", "other")]
    for order in orders:
        team.run(order)
    assert team.files(orders[0].out) == team.files(orders[1].out)


def test_a_changed_post_is_the_only_one_analysed_again(team):
    team.take_samples()
    order = team.order()
    team.run(order)
    before = team.rows(order.out / "passages.jsonl")
    changed = team.posts / "04-under-the-house.txt"
    text = changed.read_bytes().decode("utf-8")
    changed.write_bytes(text.replace("\n", "\n\nขอเติมอีกข้อ ยังขาดคนเฝ้าเตาไฟ และยังไม่มีใครรับปาก\n", 1).encode())
    report = team.run(order)
    assert (report.collected.changed, report.analysed) == (1, 1)
    after = team.rows(order.out / "passages.jsonl")
    assert [row for row in after if row["source"] != changed.name] == [row for row in before if row["source"] != changed.name]
    assert any("เฝ้าเตาไฟ" in row["quote"] for row in after)
    raw = changed.read_bytes().decode("utf-8")
    assert [row["quote"] for row in after if row["source"] == changed.name and raw[row["start"] : row["end"]] != row["quote"]] == []


def test_a_file_that_is_renamed_takes_its_passages_along(team):
    folder = team.write()
    order = team.order()
    team.run(order)
    (folder / "good.txt").rename(folder / "renamed.txt")
    assert team.run(order).analysed == 0
    assert {row["source"] for name in ("posts.jsonl", "passages.jsonl") for row in team.rows(order.out / name)} == {"renamed.txt"}


def test_other_phases_place_anew_and_analyse_nothing(team):
    team.take_samples()
    order = team.order(config=team.configure(EARLY, LATE))
    team.run(order)
    before = team.rows(order.out / "passages.jsonl")
    assert {row["phase"] for row in before} == {"early", "late"}
    team.configure(("first", "last_day = 2008-12-31"), ("rest", "first_day = 2009-01-01"))
    report = team.run(order)
    after = team.rows(order.out / "passages.jsonl")
    assert report.analysed == 0
    assert [without_phase(row) for row in after] == [without_phase(row) for row in before]
    assert {row["phase"] for row in after} == {"first", "rest"}  # the sample without a date stands where the days that it names do
    assert [digest.phase.id for digest in report.digests] == ["first", "rest"]


def test_the_folder_of_a_phase_goes_with_the_phase(team):
    team.take_samples()
    order = team.order(config=team.configure(EARLY, LATE))
    team.run(order)
    assert (order.out / "late" / "digest.html").is_file()
    team.configure(EARLY)
    team.run(order)
    assert not (order.out / "late").exists()
    assert (order.out / "early" / "digest.html").is_file()
    assert "late/digest.html" not in (order.out / "index.html").read_text(encoding="utf-8")


def test_what_is_not_ours_stays(team):
    team.write()
    order = team.order(config=team.configure(EARLY, LATE))
    team.run(order)
    foreign = [order.out / name for name in ("notes.txt", "late/minutes.docx", "photos/digest.json/a.jpg", "early/list.csv", "posts/style.css")]
    for file in foreign:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("ของทีม", encoding="utf-8")
    team.configure(EARLY)
    team.run(order)
    assert [file.name for file in foreign if not file.is_file()] == []


def test_the_page_of_a_post_that_nothing_cites_goes(team):
    folder = team.write()
    order = team.order()
    team.run(order)
    [page] = (order.out / "posts").iterdir()
    (folder / "good.txt").write_text("ทักทาย\n\nสวัสดี\n", encoding="utf-8")
    team.run(order)
    assert not page.exists()


@pytest.mark.parametrize("inside", ["out", "out/older"])
def test_the_output_is_never_read_as_a_source(team, inside):
    folder = team.write()
    order = team.order(out=folder / inside)
    team.run(order)
    before = team.files(order.out)
    (order.out / "passages.jsonl").unlink()  # as a run leaves it that was killed between the two files
    report = team.run(order)
    assert (report.collected.files, report.collected.rejects) == (1, [])
    assert team.files(order.out) == before


@pytest.mark.parametrize("out", ["posts", "posts/../posts", "."])
def test_a_run_does_not_write_where_the_posts_are(team, tmp_path, out):
    team.write()
    with pytest.raises(SettingsError, match="must not write where the posts are") as refused:
        check_order(team.order(out=tmp_path / out))
    assert "โฟลเดอร์" in refused.value.th


def test_posts_may_lie_in_a_folder_beside_the_digests(team, tmp_path):
    inbox = team.write().rename(tmp_path / "inbox")
    report = team.run(team.order(inbox, out=tmp_path))
    assert report.collected.new == 1
    assert (tmp_path / "index.html").is_file()


def test_many_batches_are_one_run(team, monkeypatch):
    for module in ("run", "collect"):
        monkeypatch.setattr(f"pipeline.jobs.{module}.BATCH", 2)
    team.write(**{f"p{n}_txt": f"เรื่องที่ {n}\n\nยังขาดคนช่วยงาน ข้อที่ {n}\n" for n in range(6)})
    report = team.run(team.order())
    assert (report.collected.files, report.collected.new, report.analysed) == (7, 7, 7)
    assert report.passages == sum(digest.passages for digest in report.digests) > 7


@pytest.mark.parametrize(
    ("prepare", "error", "said"),
    [
        (lambda folder: folder / "nowhere", SettingsError, "nowhere: POSTS must be a file or a folder"),
        (lambda folder: folder, NoPosts, "must hold at least one post"),
    ],
    ids=["missing source", "folder without posts"],
)
def test_sources_without_posts_are_refused_before_anything_is_written(team, tmp_path, prepare, error, said):
    (tmp_path / "empty").mkdir()
    order = team.order(prepare(tmp_path / "empty"))
    with pytest.raises(error, match=said) as refused:
        check_order(order)
    assert refused.value.exit_status == 2
    assert not order.out.exists()


def test_an_unknown_key_is_named_with_the_one_that_was_meant(team):
    team.write()
    order = team.order(config=team.configure(("early", "fist_day = 2009-01-01")))
    with pytest.raises(SettingsError, match=r'unknown key "fist_day" in .*Did you mean "first_day"'):
        check_order(order)
    assert not order.out.exists()


def test_a_model_that_is_not_there_is_named(team):
    team.write()
    order = team.order(model="no-such-model")
    with pytest.raises(ModelError, match="no-such-model"):
        team.run(order)
    with pytest.raises(SettingsError, match="no-such-model"):
        check_order(order)
    assert not order.out.exists()


def test_the_settings_name_the_reader_where_the_order_names_no_model(team):
    team.write()
    config = team.configure(EARLY)
    config.write_text(f'[project]\nreading = "fast"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    order = team.order(config=config, model=None)
    team.run(order)
    with open_store(order.database, order.out) as store:
        assert store.model().partition("@")[2] == "fast"
    assert replace(order, model="cues").as_configured(read_settings(config)).model == "cues"


def test_an_address_of_no_database_is_refused_before_anything_is_made(team):
    team.write()
    order = team.order(database="mysql://km@host/lessons")
    with pytest.raises(SettingsError, match="must be named by an address"):
        check_order(order)
    assert not order.out.exists()


def test_the_index_counts_the_posts_of_the_archive(team):
    folder = team.write(rows_jsonl='{"text": "ยังขาดคนช่วยงาน"}\n{"text": "ต้องคุยกันก่อน"}\n')
    order = team.order()
    team.run(order)
    (folder / "rows.jsonl").write_text("{\n", encoding="utf-8")  # set aside: what was read of it before stays
    assert len(team.run(order).collected.seen) == 1
    assert "อ่านบันทึกทั้งหมด 3 บันทึก" in unbroken((order.out / "index.html").read_text(encoding="utf-8"))


def test_a_run_sweeps_seldom_and_leaves_python_as_it_was(team):
    team.write()
    before = gc.get_threshold()
    with open_run(team.order()):
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before
    with pytest.raises(ModelError), open_run(team.order(model="none")):
        pass
    assert gc.get_threshold() == before
