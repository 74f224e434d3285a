"""How the system stands: a page in plain words for people, and two words for a monitor.

Comes in: a request. Goes out: for reviewers the last runs, what waits, and what wants a person; for a monitor, which needs no session, whether all is
well and nothing else. Refuses nothing: a database that does not answer is told as such.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.responses import JSONResponse

from pipeline.errors import LessonsError
from pipeline.review.asked import Page
from pipeline.review.pages import page
from pipeline.review.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.responses import Response

    from pipeline.review.asked import Asked

_MEGA = 1_000_000
_RUNS = 3


def _show(asked: Asked) -> Response:
    row = asked.site.standing.row(asked.site.clock())
    known = words()[asked.lang]
    return page(
        asked,
        "health.html",
        row=row,
        wants=[known.get(f"want_{name}", name) for name in row["wants"]] if row else [],
        runs=[_run(asked, run) for run in row["runs"][:_RUNS]] if row else [],
        figures=list(_figures(asked, row)) if row else [],
    )


def _tell(asked: Asked) -> Response:
    """Tell a monitor whether all is well: 200 as long as the app and its database answer, else 503."""
    try:
        row = asked.site.standing.row(asked.site.clock())
        asked.site.store.count_posts()
    except LessonsError:
        return JSONResponse({"up": False, "well": False}, 503)
    return JSONResponse({"up": True, "well": row is None or bool(row["well"])})


def _run(asked: Asked, run: Mapping[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(asked.site.settings.project.timezone)
    return {"began": datetime.fromisoformat(run["began"]).astimezone(zone), "outcome": run["outcome"], "counts": run["counts"]}


def _figures(asked: Asked, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each figure that the look knows."""
    told = words()[asked.lang]
    yield "health_posts", told["health_of"].format(n=row["posts"], waiting=row["posts_waiting"])
    yield "health_model", f"{row['model'] or '–'} {told['health_own'] if row.get('model_of_team') else ''}".strip()
    yield "health_queue", told["health_items"].format(n=asked.site.store.queue.count(None))
    yield "health_mail", told["health_mail_of"].format(**row["mail"], stopped=row["addresses_stopped"])
    for feed in row.get("feeds_failing", ()):
        yield "health_feed", told["health_feed_of"].format(**feed)
    yield "health_disk", told["health_disk_of"].format(free=row["disk_free"] // _MEGA, size=row["database_size"] / _MEGA)


PAGES = (Page("/health", _show, role="reviewer"), Page("/health.json", _tell, role=None))
