"""The weekly mail: each reader's digest composed once and handed over before the team meets; no logic.

Comes in: the parameters of a run. Goes out: counts of what was composed and of what became of it. A mail server that cannot be used is asked again
for some hours; what was handed over is never handed over again, and what waits is known by the outbox.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.nightly import order_of
from flows.telling import tell_failure
from pipeline.jobs.files import is_made
from pipeline.jobs.mail.mailing import Composed, Delivery, compose_mails, send_mails

if TYPE_CHECKING:
    from pipeline.jobs.run import RunOrder

_WAITS: list[float] = [600, 1800, 3600, 7200, 14400]  # seconds until the server is asked again


@task(name="compose", cache_policy=NO_CACHE, persist_result=False)
def _compose(order: RunOrder) -> Composed:
    return compose_mails(order, datetime.now(UTC))


@task(name="send", retries=len(_WAITS), retry_delay_seconds=_WAITS, cache_policy=NO_CACHE, persist_result=False)
def _send(order: RunOrder) -> Delivery:
    done = send_mails(order, lambda: datetime.now(UTC), os.environ)
    if done.trouble:
        raise done.trouble
    return done


def _run_name() -> str:
    return f"weekly mail {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


@flow(name="weekly-mail", flow_run_name=_run_name, persist_result=False, on_failure=[tell_failure], on_crashed=[tell_failure])
def weekly_mail(  # noqa: PLR0913, PLR0917 - the parameters of a run as a scheduler stores them
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
) -> None:
    """Compose what is new to each reader, and hand it over."""
    order = order_of(locals())
    composed, done = Composed(), Delivery()
    if is_made(order.database):  # before the first night nothing is composed, nothing made, and nothing has failed
        composed, done = _compose(order), _send(order)
    create_markdown_artifact(key="weekly-mail-counts", markdown=mail_counts(composed, done), description="อีเมลของสัปดาห์นี้")


def mail_counts(composed: Composed, done: Delivery) -> str:
    """Return what became of the messages as a Markdown table in Thai."""
    rows: dict[str, Any] = {
        "เขียนใหม่": composed.new,
        "เขียนไว้แล้ว": composed.known,
        "ไม่มีข่าวใหม่ จึงไม่เขียน": composed.unchanged,
        "ผู้อ่านที่เลิกรับ": composed.stopped,
        "ผลจากการตรวจทาน ถึงผู้ตรวจทาน": composed.effects,
        "ส่งแล้ว": done.sent,
        "เขียนเป็นไฟล์ .eml": done.filed,
        "รอส่งภายหลัง": done.later,
        "พักไว้ให้คนดู": done.aside,
        "ไม่ทราบว่าถึงผู้รับหรือไม่ ให้คนดู": done.unknown,
    }
    return "\n".join(["| อีเมล | จำนวน |", "| --- | ---: |", *(f"| {name} | {number:,} |" for name, number in rows.items())])
