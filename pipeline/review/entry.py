"""How reviewers enter and leave: by a password, or by a signed link.

Comes in: a name and a password, or a link. Goes out: a session, whose number stands in a cookie and whose hash in the store. Refuses: too many
tries, and with one and the same answer a wrong name, a wrong password and a link that is old, revoked or not ours. A link that is only opened
changes nothing.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from pipeline.links import kept_as, new_number, read
from pipeline.review.asked import Page
from pipeline.review.gate import cookie_name
from pipeline.review.pages import page
from pipeline.review.passwords import is_right
from pipeline.reviewers import Session

if TYPE_CHECKING:
    from pipeline.review.asked import Asked
    from pipeline.reviewers import Reviewer

LASTS = 7 * 24 * 3600  # seconds after which a session ends, however busy
_log = logging.getLogger("pipeline.review.security")


def _show_entry(asked: Asked) -> Response:
    return RedirectResponse("/", 303) if asked.session else page(asked, "entry.html", wrong=None, name="")


def _enter(asked: Asked) -> Response:
    name = asked.form.get("name", "").strip()[:64]
    site = asked.site
    if not site.limits.allow(site.clock(), f"address {asked.caller}", f"name {name}"):
        _log.warning("login refused: too many tries from %s", asked.caller)
        return page(asked, "entry.html", 429, wrong="entry_too_often", name=name)
    found = site.reviewers.find(name)
    if not is_right(asked.form.get("password", ""), found[1] if found else None) or found is None:
        _log.warning("login refused from %s", asked.caller)
        return page(asked, "entry.html", 403, wrong="entry_wrong", name=name)
    site.limits.forget(f"name {name}")
    return _opened(asked, found[0], by_link=False)


def _show_link(asked: Asked) -> Response:
    number = read(asked.site.keys, asked.path["signed"])
    found = asked.site.reviewers.link(kept_as(number), asked.site.now()) if number else None
    return page(asked, "link.html", 200 if found else 404, signed=asked.path["signed"] if found else None, name=found.name if found else "")


def _redeem(asked: Asked) -> Response:
    site = asked.site
    if not site.limits.allow(site.clock(), f"link {asked.caller}"):
        _log.warning("link refused: too many tries from %s", asked.caller)
        return page(asked, "link.html", 429, signed=None, name="")
    number = read(site.keys, asked.form.get("signed", ""))
    found = site.reviewers.link(kept_as(number), site.now()) if number else None
    if number is None or found is None:
        _log.warning("link refused from %s", asked.caller)
        return page(asked, "link.html", 404, signed=None, name="")
    site.reviewers.count_redeemed(kept_as(number))
    return _opened(asked, found, by_link=True)


def _opened(asked: Asked, reviewer: Reviewer, *, by_link: bool) -> Response:
    """Open a session with a number of its own; the one before, if any, ends."""
    site, number = asked.site, new_number()
    if asked.session:
        site.reviewers.close_session(asked.session.id)
    site.reviewers.open_session(Session(kept_as(number), reviewer, by_link, site.now() + LASTS), site.now())
    _log.info("%s entered by %s from %s", reviewer.id, "link" if by_link else "password", asked.caller)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(cookie_name(site), number, max_age=LASTS, path="/", secure=site.secure, httponly=True, samesite="lax")
    return answer


def _leave(asked: Asked) -> Response:
    if asked.session:
        asked.site.reviewers.close_session(asked.session.id)
        _log.info("%s left", asked.session.reviewer.id)
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(cookie_name(asked.site), path="/", secure=asked.site.secure, httponly=True, samesite="lax")
    return answer


PAGES = (
    Page("/enter", _show_entry, role=None),
    Page("/enter", _enter, role=None, post=True),
    Page("/link/{signed}", _show_link, role=None),
    Page("/link", _redeem, role=None, post=True),
    Page("/leave", _leave, role="reviewer", post=True),
)
