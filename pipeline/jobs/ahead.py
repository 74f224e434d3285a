"""The analysis by several processes: batches are read ahead in them, and kept here in their order.

Comes in: a run, and how to hand a batch to a process. Goes out: exactly what one process finds: the same batches, read by the same reader. Refuses
a process that is lost; what was kept before stays.
"""

from __future__ import annotations

import multiprocessing
import sys
import types
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import LessonsError
from pipeline.jobs.analyse import UNFORESEEN
from pipeline.jobs.elsewhere import Posts, read_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.jobs.analyse import Read
    from pipeline.jobs.elsewhere import ReadOrder
    from pipeline.jobs.run import Run
    from pipeline.records import Post


class Awaited(Protocol):
    """What will have been read."""

    def result(self) -> Read:
        """Return it, once it is there."""


@contextmanager
def reading_processes(count: int) -> Iterator[Callable[[ReadOrder, Posts], Awaited]]:
    """Start so many processes that read, and stop them at the end; return how to hand a batch to them."""
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:

        def submit(order: ReadOrder, batch: Posts) -> Awaited:
            with _without_main():
                return pool.submit(read_posts, order, batch)

        try:
            yield submit
        except BrokenProcessPool as lost:
            raise worker_lost("--processes") from lost
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def analyse_ahead(run: Run, submit: Callable[[ReadOrder, Posts], Awaited], ahead: int) -> Iterator[int]:
    """Have the waiting posts read, `ahead` batches at a time; keep each in its order, and yield how many posts are done."""
    flying: deque[tuple[list[Post], Awaited]] = deque()
    order = run.read_order()
    while True:
        while len(flying) < ahead and (posts := run.next_batch({post.id for batch, _ in flying for post in batch})):
            flying.append((posts, submit(order, Posts(posts))))
        if not flying:
            return
        posts, awaited = flying.popleft()
        try:
            run.keep_read(posts, awaited.result())
        except UNFORESEEN:
            run.analyse_each(posts)
        yield run.report.analysed


def worker_lost(option: str) -> LessonsError:
    """Return the error of a process that ended before it had read what it was given."""
    return LessonsError(
        en="A process that reads posts must live until the run ends. Got one that was killed, perhaps because memory ran out. What was read before "
        f"is kept: run the command again, with fewer processes ({option}) if it happens again.",
        th=f"โพรเซสที่ช่วยอ่านบันทึกถูกปิดกลางคัน อาจเพราะหน่วยความจำไม่พอ สิ่งที่วิเคราะห์แล้วยังอยู่ครบ โปรดสั่งงานใหม่อีกครั้ง ถ้าเกิดซ้ำให้ลดจำนวนโพรเซส ({option})",
    )


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main program from a process that starts: it would import it first, and with it the scheduler."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
