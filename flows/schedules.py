"""The nightly run on its schedule, served from one machine.

Comes in: the parameters of the run. Goes out: a deployment that Prefect starts every night, never two at once. Refuses nothing: what is
wrong with the parameters has been told before. A Prefect server is started on this machine, on 127.0.0.1, unless PREFECT_API_URL names one.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.nightly import nightly
from pipeline.errors import LessonsError

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR = "30 1 * * *"  # half past one at night, by the clock of the project
_START_LIMIT = 120.0  # seconds that a server may take to start
_PORT = 4200


def serve_nightly(parameters: dict[str, Any], timezone: str) -> None:
    """Serve the nightly run until interrupted, by the clock of `timezone`."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell that starts it in the background makes it deaf, and its server too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with _server():
        nightly.serve(
            name="nightly",
            schedules=[Cron(HOUR, timezone=timezone)],
            parameters=parameters,
            global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            limit=1,
            pause_on_shutdown=False,
        )


@contextmanager
def _server() -> Iterator[None]:
    """Start a Prefect server for the time of the block, unless one is named."""
    if PREFECT_API_URL.value():
        yield
        return
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter, no shell
    try:
        _await_server(process, port)
        with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{port}/api"}):  # the environment has been read already
            yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    """Return Prefect's usual port, or another one where it is taken."""
    with socket.socket() as tried:
        if tried.connect_ex(("127.0.0.1", _PORT)) != 0:
            return _PORT
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _await_server(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise LessonsError(
        en=f"Prefect server on 127.0.0.1:{port}: it must answer within {_START_LIMIT:.0f} seconds. Got no answer. "
        "Look at `prefect server start`, or name a running server in PREFECT_API_URL.",
        th=f"เซิร์ฟเวอร์ Prefect ที่ 127.0.0.1:{port} ไม่ตอบภายใน {_START_LIMIT:.0f} วินาที "
        "ลองสั่ง `prefect server start` เอง หรือระบุเซิร์ฟเวอร์ที่เปิดอยู่ใน PREFECT_API_URL",
    )
