"""The nightly flow: collect, tokenize, classify, digest, each over batches of about 200 posts.

Comes in: where the posts are, where the files go, the database and the configuration. Goes out: what the run did. Without the decorators the
code still works: every step is a function of ``pipeline.jobs``. No result is persisted and no input is hashed: posts are not Prefect's
business, and the store already knows what is done.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from pipeline.assets import asset
from pipeline.jobs.analyse import UNFORESEEN, Batch, analyse_alone, classify, place_again, tokenize
from pipeline.jobs.collect import BATCH, Collected, collect_files, list_files
from pipeline.jobs.files import open_store
from pipeline.jobs.publish import phases_to_publish, publish_index, publish_pages, publish_phase, publish_rows
from pipeline.nlp.reader import Reader, load_reader
from pipeline.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.records import Digest, Phase, Post
    from pipeline.sources import SourceFile
    from pipeline.store.store import Store

# what a run tells about itself: the step, how many are done, of how many
PROGRESS: ContextVar[Callable[[str, int, int], None]] = ContextVar("progress", default=lambda _step, _done, _all: None)

_STEP: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [1, 5],
    "cache_policy": NO_CACHE,
    "persist_result": False,
    "log_prints": False,
}


@dataclass(slots=True)
class RunReport:
    """What a run did; `passages` counts those found in this run."""

    collected: Collected
    analysed: int = 0
    passages: int = 0
    digests: list[Digest] = field(default_factory=list)


class _Run:
    """What every step of one run needs; not a dataclass, so that Prefect does not look into it."""

    def __init__(self, store: Store, settings: Settings, out: Path, language: str) -> None:
        self.store = store
        self.settings = settings
        self.out = out
        self.language = language
        self.report = RunReport(Collected())


@task(name="collect", **_STEP)
def _collect(run: _Run, files: Sequence[SourceFile]) -> Collected:
    return collect_files(files, run.store, run.report.collected.seen, run.language)


@task(name="tokenize", **_STEP)
def _tokenize(reader: Reader, posts: Sequence[Post]) -> Batch:
    return tokenize(reader, posts)


@task(name="classify", **_STEP)
def _classify(run: _Run, reader: Reader, batch: Batch) -> int:
    return classify(reader, batch, run.settings, run.store)


@task(name="digest", **_STEP)
def _digest(run: _Run, phase: Phase, model: str) -> Digest:
    return publish_phase(phase, run.settings, run.store, run.out, model)


def _run_name() -> str:
    return f"nightly {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


@flow(name="nightly", flow_run_name=_run_name, persist_result=False)
def nightly(  # noqa: PLR0913 - the parameters of a run as a scheduler stores them
    sources: list[str], out: str, database: str, config: str | None = None, model: str | None = None, language: str = "th"
) -> RunReport:
    """Collect the posts of `sources`, analyse what is new or changed, and write the digests into `out`."""
    settings = read_settings(Path(config) if config else None)
    files = list_files([Path(source) for source in sources])
    reader = load_reader(asset("models"), model)
    with open_store(database, Path(out)) as store:
        run = _Run(store, settings, Path(out), language)
        _collect_all(run, files)
        _analyse_all(run, reader)
        _publish_all(run, reader.id)
        create_markdown_artifact(key="nightly-counts", markdown=counts(run.report), description="สิ่งที่ทำในรอบนี้")
    return run.report


def _collect_all(run: _Run, files: Sequence[SourceFile]) -> None:
    for start in range(0, len(files), BATCH):
        PROGRESS.get()("collect", start, len(files))
        run.report.collected.add(_collect(run, files[start : start + BATCH]))
    PROGRESS.get()("collect", len(files), len(files))


def _analyse_all(run: _Run, reader: Reader) -> None:
    waiting = run.store.count_waiting(reader.id)
    unread: set[str] = set()
    while posts := [post for post in run.store.waiting(reader.id, BATCH + len(unread)) if post.id not in unread]:
        PROGRESS.get()("analyse", run.report.analysed, waiting)
        try:
            with reader.batch():
                run.report.passages += _classify(run, reader, _tokenize(reader, posts))
        except UNFORESEEN:
            unread |= _analyse_one_by_one(run, reader, posts)
        run.report.analysed += len(posts)
    PROGRESS.get()("analyse", waiting, waiting)
    while place_again(run.settings, run.store, BATCH):
        pass


def _analyse_one_by_one(run: _Run, reader: Reader, posts: Sequence[Post]) -> set[str]:
    """Analyse the posts of a failed batch alone; return the ids of those that cannot be read."""
    rejects = {post.id: analyse_alone(reader, post, run.settings, run.store, run.language) for post in posts}
    run.report.collected.rejects += [reject for reject in rejects.values() if reject]
    return {post_id for post_id, reject in rejects.items() if reject}


def _publish_all(run: _Run, model: str) -> None:
    phases = phases_to_publish(run.settings, run.store)
    for done, phase in enumerate(phases):
        PROGRESS.get()("digest", done, len(phases))
        run.report.digests.append(_digest(run, phase, model))
    publish_rows(run.store, run.out, run.report.collected)
    publish_pages(run.report.digests, run.store, run.out)
    publish_index(run.settings, run.report.digests, run.report.collected, run.out, run.language)
    PROGRESS.get()("digest", len(phases), len(phases))


def counts(report: RunReport) -> str:
    """Return what the run did as a Markdown table in Thai."""
    collected = report.collected
    rows = [
        ("ไฟล์ที่เปิดอ่าน", collected.files),
        ("บันทึกใหม่", collected.new),
        ("บันทึกที่เปลี่ยนไป", collected.changed),
        ("บันทึกเดิม", collected.unchanged),
        ("ไฟล์หรือบรรทัดที่พักไว้", len(collected.rejects)),
        ("บันทึกที่วิเคราะห์รอบนี้", report.analysed),
        ("ข้อความที่พบรอบนี้", report.passages),
    ]
    lines = [
        "| รายการ | จำนวน |",
        "| --- | ---: |",
        *(f"| {name} | {number:,} |" for name, number in rows),
        "",
        "| ช่วงของงาน | จำนวนข้อ |",
        "| --- | ---: |",
    ]
    lines += [f"| {digest.phase.name} | {sum(section.total for section in digest.sections):,} |" for digest in report.digests]
    if collected.rejects:
        lines += ["", "ที่พักไว้:", *(f"- {reject.reason}" for reject in collected.rejects[:20])]
    return "\n".join(lines)
