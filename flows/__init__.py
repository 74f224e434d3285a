"""Prefect flows: retries, schedules and run names; no logic.

Importing this package prepares Prefect's environment: nothing is reported to anybody, and the temporary server gets time to start on a slow
machine. What the environment already says is kept. An error of ours is one sentence, told by whoever started the run: Prefect keeps it as the
message of the failed state, and its log does not repeat it with a traceback.
"""

import errno
import logging
import os
from pathlib import Path

from pipeline.errors import LessonsError, reason_th
from pipeline.jobs.journal import start_log

_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}
for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)


def _home() -> Path:
    """Return Prefect's folder: the one that PREFECT_HOME names, else ours in the home of the user."""
    if named := os.environ.get("PREFECT_HOME"):
        return Path(named).expanduser()
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "thai-lessons" / "prefect"


def _make_writable(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)  # Prefect makes only the last folder of it
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _prepare_home() -> None:
    """Make Prefect's folder and name it to Prefect."""
    place = "~"
    try:
        home = _home()
        place = str(home)
        _make_writable(home)
    except (OSError, RuntimeError) as error:  # the latter where nobody knows the home of the user
        en, th = (error.strerror or str(error), reason_th(error)) if isinstance(error, OSError) else (str(error), "ไม่พบโฟลเดอร์บ้านของผู้ใช้")
        raise LessonsError(
            en=f"PREFECT_HOME: must be a folder that can be written, for the scheduler's own files. Got {place}: {en}. "
            "Set PREFECT_HOME to a folder of your own, such as /var/tmp/prefect.",
            th=f"PREFECT_HOME: ต้องเป็นโฟลเดอร์ที่เขียนได้ สำหรับไฟล์ของตัวตั้งเวลา แต่ใช้ {place} ไม่ได้ ({th}) "
            "โปรดตั้งค่า PREFECT_HOME เป็นโฟลเดอร์ของท่านเอง เช่น /var/tmp/prefect",
        ) from error
    os.environ["PREFECT_HOME"] = place


_prepare_home()


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether nobody else tells it: not an error of ours, nor that a step ended with one, which ends the run."""
    ours = record.exc_info is not None and isinstance(record.exc_info[1], LessonsError)
    return not ours and not (record.levelno >= logging.ERROR and record.getMessage().startswith("Finished in state"))


if _wanted := os.environ.get("LESSONS_LOG"):  # a run that a service starts is a process of its own, which no command has told
    start_log(_wanted)

for _name in ("prefect.flow_runs", "prefect.task_runs"):
    logging.getLogger(_name).addFilter(_is_news)
