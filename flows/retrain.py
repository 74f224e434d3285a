"""The retraining flow: what reviewers said becomes a model of the team's own, with its effect as an artifact; a person promotes it.

Comes in: where the database and the files stand. Goes out: lines of text. Without the decorators the code still works. What is refused is told by the
job behind it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.telling import tell_failure
from pipeline.assets import asset
from pipeline.errors import SettingsError
from pipeline.jobs.teams.drift import as_lines, team_drift
from pipeline.jobs.teams.team import Home, learn_from_corrections, listed


def _run_name() -> str:
    return f"retrain {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


@flow(name="retrain", flow_run_name=_run_name, persist_result=False, on_failure=[tell_failure], on_crashed=[tell_failure])
def retrain(database: str, out: str, corpus: str | None = None, models: str | None = None) -> str:
    """Learn a model from the corrections in the database, judge it, and tell what became of it."""
    marked, shipped = Path(corpus) if corpus else asset("corpora/posts"), Path(models) if models else asset("models")
    home = Home(marked, shipped, database, Path(out), getuser())
    try:
        told = learn_from_corrections(home, lambda _step: None)
    except SettingsError as too_little:  # a month without corrections is no failure
        told = too_little.th
    try:
        months = "\n".join(as_lines(team_drift(home.database, home.out, home.models)))
    except SettingsError as no_run:  # nor is one before the first night
        months = no_run.th
    create_markdown_artifact(key="retrain-effect", markdown=f"{told}\n\n```\n{listed(home)}\n```\n\n{months}", description="ผลของการสอนจากการตรวจแก้")
    return told
