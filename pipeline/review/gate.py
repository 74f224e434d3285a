"""The way of a request to a page: who asks, whether they may, and what they sent.

Comes in: a request. Goes out: `Asked` to the page, and its answer. Refuses: without a session (to the entry), with too low a role (as if the
page were not there), without the form token of the session, a body that is neither a form nor JSON, and a NUL. Every page names who may see it.
"""

from __future__ import annotations

import hmac
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.errors import StoreError
from pipeline.links import form_token, kept_as
from pipeline.review.asked import Asked
from pipeline.review.guard import caller
from pipeline.review.pages import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from pipeline.review.asked import Page
    from pipeline.review.site import Site
    from pipeline.reviewers import Session

_log = logging.getLogger(__name__)
_LANGUAGES = ("th", "en")


def routes(site: Site, pages: Sequence[Page]) -> list[Route]:
    """Return the routes of the pages, each behind the gate."""
    return [Route(page.path, partial(_pass, site, page), methods=["POST"] if page.post else ["GET"]) for page in pages]


def cookie_name(site: Site) -> str:
    """Return the name of the session's cookie: over TLS one that no other site of the host can set."""
    return "__Host-lessons-review" if site.secure else "lessons-review"


async def _pass(site: Site, page: Page, request: Request) -> Response:
    body = await request.body() if page.post else b""
    is_json = request.headers.get("content-type", "").startswith("application/json")
    form = {} if is_json or not page.post else {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    number = request.cookies.get(cookie_name(site), "")
    return await run_in_threadpool(_answer, site, page, request, number, form, body if is_json else b"")


def _answer(site: Site, page: Page, request: Request, number: str, form: Mapping[str, str], body: bytes) -> Response:  # noqa: PLR0913, PLR0917
    """Answer; what fails is told in one sentence, and logged without a word of what was sent or read."""
    lang = _language(request)
    try:
        session = site.reviewers.session(kept_as(number), site.now()) if number else None
        lang = session.reviewer.lang if session else lang
        refusal = _refusal(site, page, request, session, number, form)
        data = _json(body)
        _refuse_nul([*request.path_params.values(), *request.query_params.values(), *form.values(), data])
        return refusal or page.answer(_asked(site, request, session, number, form, data))
    except StoreError:
        _log.error("store unavailable on %s", page.path)
        return told(lang, 503)
    except ValueError as wrong:
        _log.warning("refused: %s on %s at %s", type(wrong).__name__, page.path, _place_of(wrong))
        return told(lang, 400)
    except Exception as failure:  # noqa: BLE001 - a page must never show a trace, and a log no text of a post
        _log.error("%s on %s at %s", type(failure).__name__, page.path, _place_of(failure))
        return told(lang, 500)


def _refusal(site: Site, page: Page, request: Request, session: Session | None, number: str, form: Mapping[str, str]) -> Response | None:  # noqa: PLR0913, PLR0917
    """Return why the page is not for who asks; None where it is."""
    lang = session.reviewer.lang if session else _language(request)
    if page.role and session is None:
        return _to_entry(by_script=_by_script(request))
    if page.role and session and not session.reviewer.may(page.role):
        return told(lang, 404)
    if page.post and session and not _is_token(site, number, request.headers.get("x-form-token") or form.get("form_token", "")):
        return told(lang, 403)
    return None


def _asked(site: Site, request: Request, session: Session | None, number: str, form: Mapping[str, str], data: dict[str, Any]) -> Asked:  # noqa: PLR0913, PLR0917
    lang = session.reviewer.lang if session else _language(request)
    address = caller(site, request.headers, request.client.host if request.client else "")
    own = number if session else ""
    return Asked(site, request.path_params, request.query_params, form, data, lang, address, _by_script(request), session, own)


def _by_script(request: Request) -> bool:
    return "hx-request" in request.headers or "x-form-token" in request.headers


def _place_of(failure: Exception) -> str:
    """Return the file and the line where something failed, without its words."""
    place = failure.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "nowhere"


def _json(body: bytes) -> dict[str, Any]:
    data = json.loads(body) if body else {}
    if not isinstance(data, dict):
        message = "What a page sends must be a table."
        raise ValueError(message)  # noqa: TRY004 - what is sent is a value
    return data


def _refuse_nul(sent: object) -> None:
    """Refuse a NUL, which no text of a post or of a person holds and PostgreSQL cannot keep."""
    if isinstance(sent, str) and "\x00" in sent:
        message = "What a page sends must hold no NUL."
        raise ValueError(message)
    for value in sent.values() if isinstance(sent, dict) else sent if isinstance(sent, list) else ():
        _refuse_nul(value)


def _language(request: Request) -> str:
    wanted = request.query_params.get("lang", "th")
    return wanted if wanted in _LANGUAGES else "th"


def _to_entry(*, by_script: bool) -> Response:
    if by_script:
        return JSONResponse({"status": "enter"}, 401, headers={"HX-Redirect": "/enter"})
    return RedirectResponse("/enter", 303)


def _is_token(site: Site, number: str, sent: str) -> bool:
    return hmac.compare_digest(form_token(site.keys, number).encode(), sent.encode())
