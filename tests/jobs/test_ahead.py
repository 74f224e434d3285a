"""Posts read in several processes: the same bytes as one process finds, whatever a process does."""

import os
import signal
import time
from concurrent.futures import Future, ProcessPoolExecutor

import pytest

from pipeline.errors import LessonsError, ModelError
from pipeline.jobs import ahead
from pipeline.jobs.analyse import Read
from pipeline.jobs.elsewhere import Posts, ReadOrder, read_posts
from pipeline.jobs.run import open_run

SENTENCES = "ยังขาดคนช่วยงานข้อที่ {n}\n\nตกลงกันว่านัดประชุมวันที่ {day} มิถุนายน\n"


@pytest.fixture
def many(team, monkeypatch):
    """Write posts of three batches, some of them without a day."""
    monkeypatch.setattr("pipeline.jobs.run.BATCH", 5)
    stamp = "\nหมายเลขบันทึก: {n}เขียนเมื่อ {day} มกราคม 2552\n"
    for n in range(12):
        text = f"เรื่องที่ {n}\n\n" + (SENTENCES + (stamp if n % 3 else "")).format(n=900 + n, day=1 + n)
        team.write(**{f"p{n:02}_txt": text})
    return team


def drive_ahead(order, submit, window=2):
    with open_run(order) as run:
        for batch in run.file_batches():
            run.collect(batch)
        run.retire_gone()
        done = list(ahead.analyse_ahead(run, submit, window))
        run.place_again()
        run.publish([run.digest(phase) for phase in run.phases()])
    return run.report, done


def at_once(order, batch):
    """Read in this process, as a pool would in another."""
    future = Future()
    try:
        future.set_result(read_posts(order, batch))
    except ValueError as error:
        future.set_exception(error)
    return future


def test_two_processes_give_the_same_bytes_as_one(many):
    alone = many.run(many.order())
    with ahead.reading_processes(2) as submit:
        report, done = drive_ahead(many.order(out=many.home / "other"), submit)
    assert many.files(many.home / "other") == many.files(many.home / "out")
    assert (report.analysed, report.passages, done) == (alone.analysed, alone.passages, [5, 10, 13])


def test_what_two_processes_have_read_is_not_read_again(many):
    with ahead.reading_processes(2) as submit:
        drive_ahead(many.order(), submit)
        assert drive_ahead(many.order(), submit)[0].analysed == 0
    assert many.run(many.order()).analysed == 0


def pool_of(submit):
    [pool] = [cell.cell_contents for cell in submit.__closure__ if isinstance(cell.cell_contents, ProcessPoolExecutor)]
    return pool


def test_the_processes_import_no_scheduler_and_no_main_program():
    with ahead.reading_processes(1) as submit:
        submit(ReadOrder(None, "cues", None), Posts([])).result()
        loaded = pool_of(submit).submit(eval, "{name.partition('.')[0] for name in __import__('sys').modules}").result()
    assert "spacy" in loaded
    assert loaded & {"prefect", "pytest", "sqlalchemy"} == set()


def test_a_post_that_the_reader_stumbles_over_is_set_aside_alone(many, stumbling):
    stumbling("ข้อที่ 907")
    report, _ = drive_ahead(many.order(), at_once)
    assert [reject.source for reject in report.collected.rejects] == ["p07.txt"]
    assert report.analysed == 12


def test_a_process_that_is_killed_is_told_and_what_was_kept_stays(many):
    with (  # noqa: PT012 - the pool tells it at its end
        pytest.raises(LessonsError, match="Got one that was killed, perhaps because memory ran out") as told,
        ahead.reading_processes(1) as submit,
    ):
        process = pool_of(submit).submit(os.getpid).result()
        handed = []

        def kill_before_the_second(order, batch):
            handed.append(batch)
            if len(handed) == 2:
                os.kill(process, signal.SIGKILL)
                time.sleep(0.5)
            return submit(order, batch)

        drive_ahead(many.order(), kill_before_the_second, window=1)
    assert "หน่วยความจำ" in told.value.th
    assert many.run(many.order()).analysed == 8


def test_a_reader_of_another_model_is_refused(many):
    def other(order, batch):
        future = Future()
        future.set_result(Read("stacked-00000000", [[] for _ in batch.posts], [[] for _ in batch.posts], set()))
        return future

    with pytest.raises(ModelError, match=r"Every machine must read with the model cues. Got stacked-00000000 from one"):
        drive_ahead(many.order(), other)


def test_posts_on_their_way_are_not_asked_for_twice(many):
    seen = []

    def watch(order, batch):
        seen.extend(post.id for post in batch.posts)
        return at_once(order, Posts(batch.posts))

    drive_ahead(many.order(), watch, window=8)
    assert len(seen) == len(set(seen)) == 13
