"""One line of the check-up.

Comes in: what was found, and what to do about it, in Thai and English. Goes out: `Check`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.notes import Note

CheckState = Literal["ok", "missing", "optional"]
"""ok: as it must be; missing: something must be done first; optional: it works without, or will be made."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, what was found and what to do; `todo` is empty where there is nothing, or where `found` says it."""

    name: str
    state: CheckState
    found: Note
    todo: Note | None = None


def ok(name: str, th: str, en: str) -> Check:
    """Return a line of what is as it must be."""
    return Check(name, "ok", Note(en, th))


def missing(name: str, th: str, en: str, todo_th: str, todo_en: str) -> Check:
    """Return a line of what must be mended."""
    return Check(name, "missing", Note(en, th), Note(todo_en, todo_th) if todo_en else None)


def optional(name: str, th: str, en: str, todo_th: str, todo_en: str) -> Check:
    """Return a line of what may stay as it is."""
    return Check(name, "optional", Note(en, th), Note(todo_en, todo_th) if todo_en else None)
