"""A Prefect server on this machine for as long as it is needed.

Comes in: nothing; PREFECT_API_URL may name a running one. Goes out: the time of a block in which a server answers. Refuses a server that does not
answer in time, an address where something else does, and a second server beside another in one folder of Prefect, in one sentence.
"""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.telling import ask_named_server
from pipeline.errors import LessonsError
from pipeline.jobs.turn import process_place, process_state

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_LIMIT = 120.0  # seconds that a server may take to start
_STOP_LIMIT = 20.0  # and to stop
_PORT = 4200


@contextmanager
def running_server() -> Iterator[None]:
    """Start a Prefect server for the time of the block, unless one is named."""
    if PREFECT_API_URL.value():
        ask_named_server()
        yield
        return
    with _alone(), _port() as port:
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter, no shell
        try:
            _record().write_text("\n".join(map(process_place, (os.getpid(), process.pid))), encoding="utf-8")
            _await_server(process, port)
            with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{port}/api"}):  # the environment has been read already
                yield
        finally:
            process.terminate()
            process.wait(timeout=30)
            _record().unlink(missing_ok=True)


def _record() -> Path:
    """Return the file that says which service started which server."""
    return Path(os.environ["PREFECT_HOME"]) / "lessons-server"


def _recorded() -> tuple[str, str] | None:
    """Return the service and its server that the record names."""
    try:
        service, server = _record().read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return service, server


@contextmanager
def _alone() -> Iterator[None]:
    """Have the folder of Prefect for one service: servers of two would plan every run, and each service take the record of the other.

    The system lets go of the lock with the process, however that ends; of two that begin in the same moment one gets it. The server of one that was
    killed is stopped, before a port is looked for: it may have the usual one.
    """
    home = _record().parent
    home.mkdir(parents=True, exist_ok=True)
    with _lock(home / "lessons-service"):
        _stop_left_behind()
        yield


@contextmanager
def _lock(file: Path) -> Iterator[None]:
    try:
        lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise _not_writable(file) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise (_in_use(file.parent) if error.sqlite_errorcode == sqlite3.SQLITE_BUSY else _not_writable(file)) from error
        if not os.access(file, os.W_OK):  # of a file that can only be read the lock is shared: two services would have it
            raise _not_writable(file)
        yield


def _in_use(home: Path) -> LessonsError:
    return LessonsError(
        en=f"PREFECT_HOME: one service at a time must use a folder. Got {home}, which another `lessons serve` uses now. Set PREFECT_HOME to "
        "another folder for this project, or stop that one.",
        th=f"PREFECT_HOME: บริการหนึ่งต้องใช้โฟลเดอร์ของตนเอง แต่ {home} มี `lessons serve` อีกตัวหนึ่งใช้อยู่ "
        "โปรดตั้งค่า PREFECT_HOME เป็นโฟลเดอร์อื่นสำหรับโครงการนี้ หรือหยุดตัวที่เปิดอยู่ก่อน",
    )


def _not_writable(file: Path) -> LessonsError:
    return LessonsError(
        en=f"PREFECT_HOME: the user who starts the service must be able to write its lock. Got {file}, which cannot be written. Set PREFECT_HOME to "
        "a folder of this user, or give that file to the user.",
        th=f"PREFECT_HOME: ผู้สั่งบริการต้องเขียนไฟล์ล็อกได้ แต่ {file} เขียนไม่ได้ โปรดตั้งค่า PREFECT_HOME เป็นโฟลเดอร์ของผู้ใช้คนนี้ หรือให้สิทธิ์เขียนไฟล์นั้น",
    )


def _stop_left_behind() -> None:
    """Stop the server of a service that was killed: two servers on one database would both plan every run."""
    recorded = _recorded()
    if recorded is None:
        return
    service, server = recorded
    if process_state(service) == "gone" and process_state(server) == "alive":
        os.kill(int(server.split()[3]), signal.SIGTERM)
        deadline = time.monotonic() + _STOP_LIMIT
        while process_state(server) == "alive" and time.monotonic() < deadline:
            time.sleep(0.2)


@contextmanager
def _port() -> Iterator[int]:
    """Give Prefect's usual port, or another one where it is taken, by a service too that has only begun to start its server.

    A server binds its port some seconds after it is started. From before that on the service holds the port for datagrams, which no server uses.
    """
    with socket.socket() as tried, socket.socket(type=socket.SOCK_DGRAM) as held:
        try:
            held.bind(("127.0.0.1", _PORT))
            is_free = tried.connect_ex(("127.0.0.1", _PORT)) != 0
        except OSError:
            is_free = False
        yield _PORT if is_free else _free_port()


def _free_port() -> int:
    """Return a port that nobody listens at."""
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
