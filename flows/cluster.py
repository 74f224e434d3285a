"""The analysis on a cluster of machines: batches are handed to the workers of an existing Dask cluster, which know nothing of Prefect.

Comes in: the address of the cluster's scheduler. Goes out: how to hand a batch to it, and how many batches to keep on their way. Refuses a cluster
that does not answer or answers no more, a worker that is lost, and an installation without the extra ``dask``.
"""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pipeline.errors import LessonsError, SettingsError
from pipeline.jobs.ahead import worker_lost
from pipeline.jobs.elsewhere import read_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.jobs.ahead import Awaited
    from pipeline.jobs.analyse import Read
    from pipeline.jobs.elsewhere import Posts, ReadOrder

_AHEAD = 2  # batches for each worker: one that is read, and one that waits beside it
_RETRIES = 2


class _OnCluster:
    """A batch on its way; what the cluster says of it is told in our words."""

    def __init__(self, future: Any, address: str) -> None:  # noqa: ANN401 - a future of an extra that may be absent
        """Keep the future, and where the cluster was."""
        self._future, self._address = future, address

    def result(self) -> Read:
        """Return what was read."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            read: Read = self._future.result()
        except KilledWorker as lost:
            raise worker_lost("--cluster") from lost
        except (CommClosedError, CancelledError) as lost:
            raise LessonsError(
                en=f"--cluster: the Dask scheduler must live until the run ends. Got no answer from {self._address} any more. What was read before "
                "is kept: start the cluster, and run the command again.",
                th=f"--cluster: ตัวจัดคิวของ Dask ที่ {self._address} หยุดตอบกลางคัน สิ่งที่วิเคราะห์แล้วยังอยู่ครบ โปรดเปิดคลัสเตอร์ แล้วสั่งงานใหม่อีกครั้ง",
            ) from lost
        return read


@contextmanager
def reading_cluster(address: str) -> Iterator[tuple[Callable[[ReadOrder, Posts], Awaited], int]]:
    """Reach the cluster for the time of the block; return how to hand a batch to it, and how many to keep on their way."""
    try:
        from prefect_dask import DaskTaskRunner
    except ModuleNotFoundError as missing:
        raise SettingsError(
            en=f"--runner dask: needs the extra 'dask'. Got no package {missing.name}. In the project's folder: pip install '.[dask]'",
            th=f"--runner dask: ต้องติดตั้งส่วนเสริม dask แต่ไม่พบแพ็กเกจ {missing.name} โปรดติดตั้งจากโฟลเดอร์ของโครงการด้วย pip install '.[dask]'",
        ) from missing
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # of a connection that is lost it tells in many lines what we tell in one
    runner: Any = DaskTaskRunner(address=address).__enter__()
    try:
        workers = _workers(runner, address)

        def submit(order: ReadOrder, batch: Posts) -> Awaited:
            # no task of Prefect: for one each worker would start a Prefect server of its own, and leave it behind
            return _OnCluster(runner.client.submit(read_posts, order, batch, pure=False, retries=_RETRIES), address)

        yield submit, workers * _AHEAD
    finally:
        runner.__exit__(None, None, None)


def _workers(runner: Any, address: str) -> int:  # noqa: ANN401 - a class of an extra that may be absent
    """Return how many workers the cluster has; the first question to it connects."""
    try:
        workers = len(runner.client.scheduler_info()["workers"])
    except (OSError, ValueError) as failure:
        raise SettingsError(
            en=f"--cluster: a Dask scheduler must answer at {address}. Got none. Start it with `dask scheduler`, or correct the address.",
            th=f"--cluster: ต้องมีตัวจัดคิวของ Dask ตอบที่ {address} แต่ไม่พบ โปรดเปิดด้วย `dask scheduler` หรือแก้ที่อยู่",
        ) from failure
    if not workers:
        raise LessonsError(
            en=f"--cluster: a cluster must have workers. Got none at {address}. Start some with `dask worker {address}`.",
            th=f"--cluster: คลัสเตอร์ที่ {address} ยังไม่มีเครื่องทำงาน โปรดเปิดด้วย `dask worker {address}`",
        )
    return workers
