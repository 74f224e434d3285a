"""What is told of a run that did not end well.

Comes in: the flow, its run and its state, as Prefect hands them to a hook: it names them, so the names of the arguments are fixed. Goes out: one
line in the log of the service; whoever started a run by hand tells it himself. Refuses, in one sentence, a server that does not answer, and an
address at which something else does.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL

from pipeline.errors import LessonsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prefect import Flow, State
    from prefect.client.schemas.objects import FlowRun

_log = logging.getLogger("flows")
_TOLD_AGAIN = ("prefect.events.clients", "prefect._internal.concurrency")  # every few seconds, of each event that a lost server does not take


def tell_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Log which run of a deployment failed and why; the store keeps what was done, and the next run goes on."""
    if flow_run.deployment_id is None:
        return
    _log.error("%s, run %s: %s. What was done is kept; the next run goes on. %s", flow.name, flow_run.name, state.name, state.message or "")


def ask_named_server() -> None:
    """Ask the server that PREFECT_API_URL names which version it is, where it names one.

    Raises:
        LessonsError: where none answers, or something else than Prefect does.
    """
    url = PREFECT_API_URL.value()
    if not url:
        return
    try:
        with get_client(sync_client=True) as client:
            client.raise_for_api_version_mismatch()
    except (RuntimeError, ValueError, TypeError) as error:
        raise (_lost() if _is_silent(error.__cause__) else _another(url)) from error


@contextmanager
def lost_server_told() -> Iterator[None]:
    """Tell in one sentence that Prefect's server does not answer, or no longer does, while a block runs a flow.

    Raises:
        LessonsError: in the place of what Prefect's client raises then.
    """
    ask_named_server()
    logs = [logging.getLogger(name) for name in ("prefect.flow_runs", *_TOLD_AGAIN)]
    for log in logs:
        log.addFilter(_tells_else)
    try:
        yield
    except (httpx.TransportError, RuntimeError) as error:
        if not _is_lost_server(error):
            raise
        logging.raiseExceptions = False  # Prefect's own log cannot reach the server either: that is said once
        raise _lost() from error
    finally:
        for log in logs:
            log.removeFilter(_tells_else)


def _lost() -> LessonsError:
    return LessonsError(
        en="Prefect: its server must answer as long as a run lasts. Got no answer: it was stopped, or PREFECT_API_URL names another address. "
        "What was read is kept. Run again; start the server first where PREFECT_API_URL names it.",
        th="Prefect: เซิร์ฟเวอร์ต้องตอบตลอดเวลาที่อ่าน แต่ไม่มีคำตอบ เพราะถูกหยุดไป หรือที่อยู่ใน PREFECT_API_URL ไม่ถูกต้อง สิ่งที่อ่านแล้วยังอยู่ครบ "
        "โปรดสั่งใหม่อีกครั้ง ถ้าตั้ง PREFECT_API_URL ไว้ ให้เปิดเซิร์ฟเวอร์นั้นก่อน",
    )


def _another(url: str) -> LessonsError:
    shown = httpx.URL(url).copy_with(userinfo=b"")
    return LessonsError(
        en=f"PREFECT_API_URL: must be the address of a Prefect server of version 3, such as http://127.0.0.1:4200/api. Got {shown}, where something "
        "else answers. Correct it, or leave it out: a server of our own is started then.",
        th=f"PREFECT_API_URL: ต้องเป็นที่อยู่ของเซิร์ฟเวอร์ Prefect รุ่น 3 เช่น http://127.0.0.1:4200/api แต่ที่ {shown} เป็นบริการอย่างอื่น "
        "โปรดแก้ไข หรือไม่ต้องตั้งค่านี้ โปรแกรมจะเปิดเซิร์ฟเวอร์ให้เอง",
    )


def _is_silent(error: BaseException | None) -> bool:
    """Say whether nobody answers, or what stands before a server says that it cannot."""
    failed = isinstance(error, httpx.HTTPStatusError) and error.response.is_server_error
    return failed or isinstance(error, httpx.TransportError)


def _tells_else(record: logging.LogRecord) -> bool:
    """Say whether a line of the log tells of something else than a server that is lost."""
    return record.name not in _TOLD_AGAIN and not (record.exc_info and record.exc_info[1] and _is_lost_server(record.exc_info[1]))


def _is_lost_server(error: BaseException) -> bool:
    """Say whether an error is that of Prefect's client, which does not reach its server."""
    return isinstance(error, httpx.TransportError) or (isinstance(error, RuntimeError) and str(error).startswith("Failed to reach API"))
