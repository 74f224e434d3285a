"""The nightly flow: ask the feeds, collect, tokenize, classify, digest, each over batches of about 200 posts.

Comes in: where the posts are, where the files go, the database and the configuration. Goes out: what the run did. Without the decorators the
code still works: every step is one of ``pipeline.jobs.run``. No result is persisted and no input is hashed: posts are not Prefect's
business, and the store already knows what is done.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.cluster import reading_cluster
from flows.pages import keep_alarms, keep_pages
from flows.telling import tell_failure
from pipeline.jobs.ahead import analyse_ahead, reading_processes
from pipeline.jobs.collecting import collect_tonight
from pipeline.jobs.run import Run, RunOrder, RunReport, open_run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.jobs.ahead import Awaited
    from pipeline.jobs.analyse import Batch
    from pipeline.jobs.collect import FileBatch
    from pipeline.jobs.elsewhere import Posts, ReadOrder
    from pipeline.records import Digest, Phase, Post
    from pipeline.subscribed import FeedReport

# told while a run goes on: the step, how many are done, of how many
PROGRESS: ContextVar[Callable[[str, int, int], None]] = ContextVar("PROGRESS", default=lambda _step, _done, _of: None)

_STEP: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [1, 5], "cache_policy": NO_CACHE, "persist_result": False}

Item = TypeVar("Item")
Result = TypeVar("Result")


@task(name="ask the feeds", cache_policy=NO_CACHE, persist_result=False)
def _ask_feeds(order: RunOrder) -> list[FeedReport]:
    return collect_tonight(order)


@task(name="collect", **_STEP)
def _collect(run: Run, files: FileBatch) -> None:
    run.collect(files)


@task(name="tokenize", **_STEP)
def _tokenize(run: Run, posts: Sequence[Post]) -> Batch:
    return run.tokenize(posts)


@task(name="analyse in processes", cache_policy=NO_CACHE, persist_result=False)
def _analyse_in_processes(run: Run, processes: int, waiting: int) -> None:
    with reading_processes(processes) as submit:
        _keep_ahead(run, submit, processes + 1, waiting)


@task(name="analyse on a cluster", cache_policy=NO_CACHE, persist_result=False)
def _analyse_on_cluster(run: Run, cluster: str, waiting: int) -> None:
    with reading_cluster(cluster) as (submit, ahead):
        _keep_ahead(run, submit, ahead, waiting)


@task(name="classify", **_STEP)
def _classify(run: Run, batch: Batch) -> None:
    run.classify(batch)


@task(name="digest", **_STEP)
def _digest(run: Run, phase: Phase) -> Digest:
    return run.digest(phase)


def _run_name() -> str:
    return f"nightly {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


@flow(name="nightly", flow_run_name=_run_name, persist_result=False, on_failure=[tell_failure], on_crashed=[tell_failure])
def nightly(  # noqa: PLR0913, PLR0917 - the parameters of a run as a scheduler stores them
    sources: list[str],
    out: str,
    database: str,
    config: str | None = None,
    model: str | None = None,
    models: str | None = None,
    language: str = "th",
    lang: str = "th",
    processes: int = 1,
    cluster: str | None = None,
    feeds: bool = False,
) -> RunReport:
    """Collect the posts of `sources`, and of the `feeds` if they shall be asked, analyse what is new or changed, and write the digests into `out`."""
    order = order_of(locals())
    asked = _ask_feeds(order) if feeds else []
    with open_run(order) as run:
        run.report.feeds = asked
        _each("collect", run.file_batches(), partial(_collect, run))
        run.retire_gone()
        _analyse(run, processes, cluster)
        run.place_again()
        run.publish(_each("digest", run.phases(), partial(_digest, run)))
        keep_pages(run.report, order.out)
    keep_alarms(order)
    return run.report


def order_of(parameters: dict[str, Any]) -> RunOrder:
    """Return the order of a run from the plain words that a scheduler stores; what else a flow asks is no part of it."""
    parameters = {field.name: parameters[field.name] for field in fields(RunOrder)}
    paths = {name: Path(parameters[name]) if parameters[name] else None for name in ("config", "models")}
    return RunOrder(**{**parameters, **paths, "sources": tuple(map(Path, parameters["sources"])), "out": Path(parameters["out"])})


def _analyse(run: Run, processes: int, cluster: str | None) -> None:
    """Read what waits for the model: on a cluster, in several processes, or here."""
    waiting = run.count_waiting()
    if cluster:
        _analyse_on_cluster(run, cluster, waiting)
    elif processes > 1:
        _analyse_in_processes(run, processes, waiting)
    else:
        for posts in run.post_batches():
            _tell("analyse", run.report.analysed, waiting)
            run.analyse(posts, partial(_tokenize, run), partial(_classify, run))
    _tell("analyse", waiting, waiting)


def _keep_ahead(run: Run, submit: Callable[[ReadOrder, Posts], Awaited], ahead: int, waiting: int) -> None:
    for done in analyse_ahead(run, submit, ahead):
        _tell("analyse", done, waiting)


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
