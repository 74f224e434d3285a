"""The page on which reviewers set their keys.

Comes in: the form. Goes out: the page, and preferences in the store. Refuses: a place that is no key of ours, and one key for two commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.review.asked import Page
from pipeline.review.keycaps import CODES, USUAL, WORDS, is_key, keymap
from pipeline.review.pages import page
from pipeline.reviewers import Preferences

if TYPE_CHECKING:
    from starlette.responses import Response

    from pipeline.review.asked import Asked


def _show(asked: Asked) -> Response:
    return _page(asked, keymap(asked.reviewer.preferences) or USUAL)


def _save(asked: Asked) -> Response:
    if "usual" in asked.form:
        chosen = Preferences()
    else:
        wanted = {name: asked.form.get(name, code) for name, code in USUAL.items()}
        if not all(map(is_key, wanted.values())):
            message = "Not a key of ours."
            raise ValueError(message)
        twice = next((code for code in wanted.values() if list(wanted.values()).count(code) > 1), None)
        if twice:
            return _page(asked, wanted, status=422, twice=twice)
        chosen = Preferences("keys_on" in asked.form, {name: code for name, code in wanted.items() if code != USUAL[name]})
    asked.site.reviewers.set_preferences(asked.reviewer.id, chosen)
    return _page(asked, USUAL | dict(chosen.keys), saved=chosen)


def _page(asked: Asked, chosen: dict[str, str], *, status: int = 200, twice: str | None = None, saved: Preferences | None = None) -> Response:
    keys_on = (saved or asked.reviewer.preferences).keys_on
    codes = [code for bare in CODES for code in (bare, f"Shift+{bare}")]
    rows = [(name, WORDS.get(name, name), code) for name, code in chosen.items()]
    return page(asked, "keys.html", status, rows=rows, codes=codes, keys_on=keys_on, twice=twice, saved=saved is not None)


PAGES = (Page("/keys", _show, role="reviewer"), Page("/keys", _save, role="reviewer", post=True))
