"""Prefect flows: retries, schedules and run names; no logic.

Importing this package prepares Prefect's environment: nothing is reported to anybody, and the temporary server gets time to start on a slow
machine. What the environment already says is kept. An error of ours is one sentence, told by whoever started the run: Prefect keeps it as the
message of the failed state, and its log does not repeat it with a traceback.
"""

import logging
import os
from pathlib import Path

from pipeline.errors import LessonsError

_STATE = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "thai-lessons"
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_HOME": str(_STATE / "prefect"),
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
Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)  # Prefect makes only the last folder of it


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], LessonsError))


for _name in ("prefect.flow_runs", "prefect.task_runs"):
    logging.getLogger(_name).addFilter(_is_news)
