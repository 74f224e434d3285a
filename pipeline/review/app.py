"""The app: every page behind the gate, everything behind the guard.

Comes in: a `Site`. Goes out: an ASGI app. Refuses: any address that is not listed here, with the page of a missing page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from pipeline.review import adjudicate, deciding, entry, guideline, health, keys, progress, queue, search
from pipeline.review.gate import routes
from pipeline.review.guard import Guard
from pipeline.review.pages import static_response, told

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.review.site import Site

PAGES = (*entry.PAGES, *queue.PAGES, *deciding.PAGES, *guideline.PAGES, *search.PAGES, *progress.PAGES, *adjudicate.PAGES, *keys.PAGES, *health.PAGES)


def make_app(site: Site) -> Starlette:
    """Return the app."""
    return Starlette(
        routes=[Route("/static/{name}", _static), *routes(site, PAGES)],
        middleware=[Middleware(Guard, site=site)],
        exception_handlers={404: _missing, 405: _missing},
    )


def _static(request: Request) -> Response:
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    return static_response(request.path_params["name"], zipped=zipped) or told("th", 404)


def _missing(_request: Request, _error: Exception) -> Response:
    return told("th", 404)
