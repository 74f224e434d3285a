"""Which key does what: by its place on the keyboard, so that a Thai layout works too; off or otherwise as a reviewer likes.

Comes in: preferences. Goes out: the map of keys, and what stands on them. Refuses nothing: what is no key of ours is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from pipeline.reviewers import Preferences

LABELS = (*label_ids(), OTHER)
USUAL = {
    **{label: f"Digit{number}" for number, label in enumerate(LABELS, 1)},
    "accept": "Space",
    "skip": "KeyS",
    "undo": "KeyU",
    "note": "KeyN",
    "guideline": "KeyG",
    "why": "KeyW",
    "told": "KeyE",
    "split": "KeyX",
    "merge": "KeyM",
    "add": "KeyA",
    "edge_start_back": "BracketLeft",
    "edge_start_on": "BracketRight",
    "edge_end_back": "Shift+BracketLeft",
    "edge_end_on": "Shift+BracketRight",
}
WORDS = {**{label: f"label_{label}" for label in LABELS}, "told": "told_edit"}
_NAMED = "Minus Equal BracketLeft BracketRight Semicolon Quote Comma Period Slash Backquote"
_SIGNS = dict(zip(_NAMED.split(), "-=[];',./`", strict=True))
CODES = ("Space", *(f"Digit{n}" for n in range(10)), *(f"Key{chr(sign)}" for sign in range(ord("A"), ord("Z") + 1)), *_SIGNS)


def keymap(preferences: Preferences) -> dict[str, str]:
    """Return the key of each command; none where they are off."""
    return USUAL | {name: code for name, code in preferences.keys.items() if name in USUAL and is_key(code)} if preferences.keys_on else {}


def cap(code: str) -> str:
    """Return what stands on a key.

    >>> cap("Digit3"), cap("KeyU"), cap("Shift+BracketLeft"), cap("Space")
    ('3', 'U', '⇧ [', 'Space')
    """
    shift, _, bare = code.rpartition("+")
    sign = _SIGNS.get(bare) or bare.removeprefix("Digit").removeprefix("Key")
    return f"⇧ {sign}" if shift else sign


def is_key(code: str) -> bool:
    """Tell whether a place on the keyboard may be a key of ours."""
    return code.removeprefix("Shift+") in CODES
