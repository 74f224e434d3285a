"""Which key does what: by its place on the keyboard, so that a Thai layout works too; off or otherwise as a reviewer likes.

Comes in: preferences, or the form in which they are set. Goes out: the map of keys. Refuses: a place that is no key of ours, and one key for two commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.review.asked import Page
from pipeline.review.pages import page
from pipeline.reviewers import Preferences

if TYPE_CHECKING:
    from starlette.responses import Response

    from pipeline.review.asked import Asked

USUAL = {
    "lesson": "Digit1",
    "issue": "Digit2",
    "action": "Digit3",
    "other": "Digit4",
    "accept": "Space",
    "skip": "KeyS",
    "undo": "KeyU",
    "note": "KeyN",
    "guideline": "KeyG",
    "why": "KeyW",
    "split": "KeyX",
    "merge": "KeyM",
    "add": "KeyA",
    "edge_start_back": "BracketLeft",
    "edge_start_on": "BracketRight",
    "edge_end_back": "Shift+BracketLeft",
    "edge_end_on": "Shift+BracketRight",
}
WORDS = {"lesson": "label_lesson", "issue": "label_issue", "action": "label_action", "other": "label_other"}
CODES = ("Space", *(f"Digit{n}" for n in range(10)), *(f"Key{chr(sign)}" for sign in range(ord("A"), ord("Z") + 1)),
         "Minus", "Equal", "BracketLeft", "BracketRight", "Semicolon", "Quote", "Comma", "Period", "Slash", "Backquote")  # fmt: skip
_SIGNS = {"Minus": "-", "Equal": "=", "BracketLeft": "[", "BracketRight": "]", "Semicolon": ";", "Quote": "'", "Comma": ",", "Period": ".", "Slash": "/",
          "Backquote": "`"}  # fmt: skip


def keymap(preferences: Preferences) -> dict[str, str]:
    """Return the key of each command; none where they are off."""
    return USUAL | {name: code for name, code in preferences.keys.items() if name in USUAL and _is_key(code)} if preferences.keys_on else {}


def cap(code: str) -> str:
    """Return what stands on a key.

    >>> cap("Digit3"), cap("KeyU"), cap("Shift+BracketLeft"), cap("Space")
    ('3', 'U', '⇧ [', 'Space')
    """
    shift, _, bare = code.rpartition("+")
    sign = _SIGNS.get(bare) or bare.removeprefix("Digit").removeprefix("Key")
    return f"⇧ {sign}" if shift else sign


def _is_key(code: str) -> bool:
    return code.removeprefix("Shift+") in CODES


def _show(asked: Asked) -> Response:
    return _page(asked, keymap(asked.reviewer.preferences) or USUAL)


def _save(asked: Asked) -> Response:
    if "usual" in asked.form:
        chosen = Preferences()
    else:
        wanted = {name: asked.form.get(name, code) for name, code in USUAL.items()}
        if not all(map(_is_key, wanted.values())):
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
    return page(asked, "keys.html", status, rows=rows, codes=codes, cap=cap, keys_on=keys_on, twice=twice, saved=saved is not None)


PAGES = (Page("/keys", _show, role="reviewer"), Page("/keys", _save, role="reviewer", post=True))
