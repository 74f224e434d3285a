"""The page on which a reader leaves the list: a tiny web application, to stand alone or below another.

Comes in: requests for ``…/leave/TOKEN``, and a function that takes the reader of a token off the list. Goes out: a page in Thai and English. Refuses,
as 404, a token that is not ours. Looking at the page changes nothing, since programs look at links before people do; sending its form does, and so
does the one press of a mail program (RFC 8058). The page tells nobody's address, runs no script and asks for nothing from elsewhere.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pipeline.assets import asset

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

_FOLDER = asset("pipeline/mail/pages")


def leaving_page(knows: Callable[[str], bool], leave: Callable[[str], bool]) -> Starlette:
    """Return the application; `knows` tells whether a token is ours, `leave` takes its reader off the list and tells the same."""
    frame, style = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("frame.html", "style.css"))
    headers = _headers(style)

    def page(name: str, status: int = 200) -> Response:
        said = (_FOLDER / f"{name}.html").read_text(encoding="utf-8")
        return HTMLResponse(frame.replace("STYLE", style).replace("SAID", said), status, headers)

    async def look(request: Request) -> Response:
        known = await run_in_threadpool(knows, request.path_params["token"])
        return page("ask") if known else page("unknown", 404)

    async def press(request: Request) -> Response:
        known = await run_in_threadpool(leave, request.path_params["token"])
        return page("done") if known else page("unknown", 404)

    path = "/{before:path}leave/{token}"  # whatever stands before it at the place where the application is reached
    return Starlette(routes=[Route(path, look, methods=["GET"]), Route(path, press, methods=["POST"])])


def _headers(style: str) -> dict[str, str]:
    allowed = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{allowed}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
