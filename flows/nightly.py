"""The nightly flow: collect, tokenize, classify, digest, each over batches of about 200 posts.

Comes in: where the posts are, where the files go, the database and the configuration. Goes out: what the run did. Without the decorators the
code still works: every step is one of ``pipeline.jobs.run``. No result is persisted and no input is hashed: posts are not Prefect's
business, and the store already knows what is done.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from pipeline.jobs.run import FileBatch, Run, RunOrder, RunReport, open_run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.jobs.analyse import Batch
    from pipeline.records import Digest, Phase, Post

# told while a run goes on: the step, how many are done, of how many
PROGRESS: ContextVar[Callable[[str, int, int], None]] = ContextVar("PROGRESS", default=lambda _step, _done, _of: None)

_STEP: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [1, 5], "cache_policy": NO_CACHE, "persist_result": False}
_REJECTS_SHOWN = 20

Item = TypeVar("Item")
Result = TypeVar("Result")


@task(name="collect", **_STEP)
def _collect(run: Run, files: FileBatch) -> None:
    run.collect(files)


@task(name="tokenize", **_STEP)
def _tokenize(run: Run, posts: Sequence[Post]) -> Batch:
    return run.tokenize(posts)


@task(name="classify", **_STEP)
def _classify(run: Run, batch: Batch) -> None:
    run.classify(batch)


@task(name="digest", **_STEP)
def _digest(run: Run, phase: Phase) -> Digest:
    return run.digest(phase)


def _run_name() -> str:
    return f"nightly {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


@flow(name="nightly", flow_run_name=_run_name, persist_result=False)
def nightly(  # noqa: PLR0913, PLR0917 - the parameters of a run as a scheduler stores them
    sources: list[str],
    out: str,
    database: str,
    config: str | None = None,
    model: str | None = None,
    models: str | None = None,
    language: str = "th",
    lang: str = "th",
) -> RunReport:
    """Collect the posts of `sources`, analyse what is new or changed, and write the digests into `out`."""
    config_file, models_folder = (Path(name) if name else None for name in (config, models))
    order = RunOrder(tuple(map(Path, sources)), Path(out), database, config_file, model, models_folder, language, "en" if lang == "en" else "th")
    with open_run(order) as run:
        _each("collect", run.file_batches(), partial(_collect, run))
        run.retire_gone()
        waiting = run.count_waiting()
        for posts in run.post_batches():
            _tell("analyse", run.report.analysed, waiting)
            run.analyse(posts, partial(_tokenize, run), partial(_classify, run))
        _tell("analyse", waiting, waiting)
        run.place_again()
        run.publish(_each("digest", run.phases(), partial(_digest, run)))
        create_markdown_artifact(key="nightly-counts", markdown=counts(run.report), description="สิ่งที่ทำในรอบนี้")
    return run.report


def _tell(step: str, done: int, of: int) -> None:
    """Tell how far a step is; of its own, because a served flow is pickled with what it names, and a ContextVar cannot be."""
    PROGRESS.get()(step, done, of)


def _each(step: str, items: Sequence[Item], do: Callable[[Item], Result]) -> list[Result]:
    """Do a step for each item, telling how far it is."""
    results = []
    for done, item in enumerate(items):
        _tell(step, done, len(items))
        results.append(do(item))
    _tell(step, len(items), len(items))
    return results


def counts(report: RunReport) -> str:
    """Return what the run did as Markdown tables in Thai."""
    collected = report.collected
    done = {
        "ไฟล์ที่เปิดอ่าน": collected.files,
        "บันทึกใหม่": collected.new,
        "บันทึกที่เปลี่ยนไป": collected.changed,
        "บันทึกเดิม": collected.unchanged,
        "ไฟล์หรือบรรทัดที่พักไว้": len(collected.rejects),
        "บันทึกที่วิเคราะห์รอบนี้": report.analysed,
        "ข้อความที่พบรอบนี้": report.passages,
    }
    by_phase = {digest.phase.name: sum(section.total for section in digest.sections) for digest in report.digests}
    lines = [*_table("รายการ", done), "", *_table("ระยะงาน", by_phase)]
    if collected.rejects:
        lines += ["", "ที่พักไว้:", *(f"- {reject.reason}" for reject in collected.rejects[:_REJECTS_SHOWN])]
    return "\n".join(lines)


def _table(head: str, rows: dict[str, int]) -> list[str]:
    return [f"| {head} | จำนวน |", "| --- | ---: |", *(f"| {name} | {number:,} |" for name, number in rows.items())]
