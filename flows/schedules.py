"""What the team's program does by itself: the nightly run, the weekly mail and the monthly learning, served from one machine.

Comes in: the order of the runs. Goes out: deployments named by the project, which Prefect starts at their times, never two at once, and the page on
which readers leave the mail. What was missed is done once, what was killed is closed, and a stop leaves nothing paused. Refuses nothing: what is
wrong with the order has been told before. A Prefect server is started on this machine, on 127.0.0.1, unless PREFECT_API_URL names one. As a program
(``python -m flows.schedules SOURCE ...``) it serves as ``lessons serve`` does, by the same variables of the environment.
"""

from __future__ import annotations

import argparse
import os
import signal
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.nightly import nightly
from flows.recovery import close_killed, gather_missed, start_missed
from flows.retrain import retrain
from flows.server import running_server
from flows.weekly import weekly_mail
from pipeline.errors import LessonsError
from pipeline.jobs.mail.desk import leaving_beside
from pipeline.jobs.order import order_to_serve
from pipeline.jobs.run import check_order
from pipeline.jobs.turn import is_at_work
from pipeline.settings import environment_paths, language, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time
    from types import FrameType

    from prefect import Flow

    from pipeline.jobs.order import RunOrder
    from pipeline.settings import Project, Schedule

_DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


@dataclass(frozen=True, slots=True)
class Served:
    """A flow, when it runs in the words of cron, and with what."""

    flow: Flow[..., Any]
    cron: str
    parameters: dict[str, Any]


def what_to_serve(parameters: dict[str, Any], schedule: Schedule) -> list[Served]:
    """Return the flows that the schedule asks for."""
    served = []
    if schedule.nightly:
        served.append(Served(nightly, f"{_at(schedule.nightly)} * * *", {**parameters, "feeds": True}))
    if schedule.mail:
        day, moment = schedule.mail
        served.append(Served(weekly_mail, f"{_at(moment)} * * {_DAYS[day]}", parameters))
    if schedule.retrain:
        day, moment = schedule.retrain
        served.append(Served(retrain, f"{_at(moment)} {day} * *", {name: parameters.get(name) for name in ("database", "out", "models")}))
    return served


def serve_order(order: RunOrder) -> None:
    """Serve what the settings of an order schedule, and the page on which readers leave, until interrupted."""
    settings = read_settings(order.config)
    with leaving_beside(order):
        serve_project(order.as_parameters(), settings.project, settings.schedule)


def serve_project(parameters: dict[str, Any], project: Project, schedule: Schedule) -> None:
    """Serve what the schedule asks for until interrupted, by the clock of the project."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell that starts it in the background makes it deaf, and its server too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop)  # until Prefect has its own: a stop while it starts must not leave the server behind
    served = what_to_serve(parameters, schedule)
    with running_server():
        deployments = [_deployment(one, project) for one in served]
        _recover(served, deployments, project, parameters)
        warnings.filterwarnings("ignore", "coroutine 'Runner.astop' was never awaited")  # what Prefect says of itself at every stop
        serve(*deployments, limit=1, pause_on_shutdown=False)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _recover(served: Sequence[Served], deployments: Sequence[RunnerDeployment], project: Project, parameters: dict[str, Any]) -> None:
    """Close what was killed, and start once what was missed."""
    if is_at_work(parameters["database"], parameters["out"]):
        return  # a run outlived the service before this one; the next start looks again
    for one, deployment in zip(served, deployments, strict=True):
        close_killed(one.flow.name, project.id)
        due = gather_missed(one.flow.name, project.id)
        if due:
            known = deployment.apply()
            assert isinstance(known, UUID)  # a coroutine only where an event loop runs
            start_missed(known, due)


def _deployment(one: Served, project: Project) -> RunnerDeployment:
    made = one.flow.to_deployment(
        project.id,
        schedules=[Cron(one.cron, timezone=project.timezone)],
        parameters=one.parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
    )
    assert isinstance(made, RunnerDeployment)  # a coroutine only where an event loop runs
    return made


def _at(moment: time) -> str:
    return f"{moment.minute} {moment.hour}"


def main() -> None:
    """Serve the folders of posts that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m flows.schedules", description="Serves what lessons.toml schedules, as `lessons serve` does.")
    parser.add_argument("source", nargs="+", type=Path)
    parser.add_argument("--config", type=Path, help="default: LESSONS_CONFIG, else lessons.toml in a SOURCE, if any")
    parser.add_argument("--out", type=Path, help="default: LESSONS_OUT, else out")
    parser.add_argument("--database", help="default: LESSONS_DATABASE, else lessons.db in --out")
    parser.add_argument("--models", type=Path, help="default: LESSONS_MODELS, else the models that ship")
    asked, spoken = parser.parse_args(), language(os.environ)
    try:
        usual = environment_paths(os.environ)
        out, config, models = asked.out or usual.out or Path("out"), asked.config or usual.config, asked.models or usual.models
        order = order_to_serve(asked.source, out, asked.database or usual.database, config, models, spoken)
        check_order(order, asks_feeds=True)
        serve_order(order)
    except LessonsError as error:
        parser.exit(error.exit_status, f"{error.say(spoken)}\n")


if __name__ == "__main__":
    main()
