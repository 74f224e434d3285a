"""The analysis on a cluster: two worker processes of a local one give the same bytes, each loads its reader once; what is missing is told."""

import logging
import sys
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest

import flows.nightly as flow
from flows.cluster import _OnCluster, reading_cluster
from pipeline.errors import LessonsError, SettingsError

ROOT = Path(__file__).parents[2]
distributed = pytest.importorskip("distributed", reason="the cluster is not tested: the extra 'dask' is not installed", exc_type=ImportError)
pytest.importorskip("prefect_dask", exc_type=ImportError)
pytestmark = [pytest.mark.usefixtures("server"), pytest.mark.filterwarnings("default")]  # the cluster's own warnings are not ours


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as started:
        yield started


@pytest.fixture
def many(order):
    for number in range(9):
        text = f"เรื่องที่ {number}\n\nยังขาดคนช่วยงานข้อที่ {number}\n\nตกลงกันว่านัดประชุมวันที่ {1 + number} มิถุนายน\n"
        Path(order["sources"][0], f"p{number}.txt").write_text(text, encoding="utf-8")
    return order


def files_of(out):
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in sorted(Path(out).rglob("*"))
        if file.is_file() and "lessons.db" not in file.name
    }


# in a worker, which must not load this file to answer: how often it has loaded a reader, and whether it knows Prefect
ASKED = "(__import__('pipeline.jobs.elsewhere', fromlist=['_reader'])._reader.cache_info().misses, 'prefect' in __import__('sys').modules)"


def test_two_workers_give_the_same_bytes_as_one_process_load_the_reader_once_and_start_no_server(many, cluster, tmp_path, monkeypatch):
    flow.nightly(**many)
    monkeypatch.setattr("pipeline.jobs.run.BATCH", 2)
    other = {**many, "out": str(tmp_path / "other"), "database": f"sqlite:///{tmp_path}/other/lessons.db"}
    report = flow.nightly(**other, cluster=cluster.scheduler_address)
    assert report.analysed == 10
    assert files_of(tmp_path / "other") == files_of(many["out"])
    with distributed.Client(cluster) as client:
        assert list(client.run(eval, ASKED).values()) == [(1, False), (1, False)]


def test_two_processes_give_the_same_bytes_as_one(many, tmp_path, monkeypatch):
    flow.nightly(**many)
    monkeypatch.setattr("pipeline.jobs.run.BATCH", 2)
    other = {**many, "out": str(tmp_path / "other"), "database": f"sqlite:///{tmp_path}/other/lessons.db"}
    assert flow.nightly(**other, processes=2).analysed == 10
    assert files_of(tmp_path / "other") == files_of(many["out"])


def test_a_cluster_that_does_not_answer_is_one_sentence(monkeypatch):
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(SettingsError, match=r"must answer at tcp://127\.0\.0\.1:1") as told,
        reading_cluster("tcp://127.0.0.1:1"),
    ):
        pass
    assert "dask scheduler" in told.value.th


def test_a_cluster_without_workers_is_told(cluster):
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty,
        pytest.raises(LessonsError, match="must have workers"),
        reading_cluster(empty.scheduler_address),
    ):
        pass


def test_a_connection_that_is_lost_is_told_by_us_alone(cluster, caplog):
    with reading_cluster(cluster.scheduler_address):
        logging.getLogger("distributed.client").error("Traceback (most recent call last) …")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("lost", "said", "thai"),
    [
        (distributed.KilledWorker("read", None, 3), "Got one that was killed", "ถูกปิดกลางคัน"),
        (distributed.comm.CommClosedError("closed"), r"Got no answer from tcp://10\.0\.0\.5:8786 any more", "หยุดตอบกลางคัน"),
        (CancelledError("scheduler-connection-lost"), r"Got no answer from tcp://10\.0\.0\.5:8786 any more", "หยุดตอบกลางคัน"),
    ],
)
def test_what_is_lost_in_the_middle_is_one_sentence(lost, said, thai):
    awaited = Future()
    awaited.set_exception(lost)
    with pytest.raises(LessonsError, match=said) as told:
        _OnCluster(awaited, "tcp://10.0.0.5:8786").result()
    assert thai in told.value.th


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with pytest.raises(SettingsError, match=r"pip install '\.\[dask\]'"), reading_cluster("tcp://127.0.0.1:8786"):
        pass
