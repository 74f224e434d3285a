"""Rolling back: the model that read before reads again, at once and on any machine, for it is asked where something is wrong.

Comes in: where a team's database stands, or the folder of its models. Goes out: the same with another pointer, and a line of history. Refuses to roll
back where nothing was promoted. Nothing that learns or reads is loaded.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.jobs.files import write_text
from pipeline.jobs.teams.history import SHIPPED, note, team_models
from pipeline.nlp.shelf import POINTER, Pointer, read_pointer

if TYPE_CHECKING:
    from pathlib import Path


def roll_back_team(database: str, out: Path, by: str, why: str, language: str = "th") -> str:
    """Let the model of before read again, and return which reads now."""
    now = roll_back(team_models(database, out), by=by, at=datetime.now(UTC), why=why).current
    if language == "th":
        return f"{now or 'แบบจำลองที่มากับโปรแกรม'} ใช้อ่านบันทึกตั้งแต่รอบหน้า"
    return f"{now or 'the model that ships with the program'} reads the posts from the next run on"


def roll_back(team: Path, *, by: str, at: datetime, why: str = "") -> Pointer:
    """Let the model read again that read before; both change places, so that a second time undoes the first.

    Raises:
        SettingsError: when nothing was ever promoted.
    """
    pointer = read_pointer(team)
    if pointer == Pointer():
        raise SettingsError(
            en=f"{team / POINTER}: a model must have been promoted before it can be rolled back. Got none; the shipped model reads.",
            th=f"{team / POINTER}: ยังไม่เคยเลื่อนแบบจำลองของทีมขึ้นใช้ จึงไม่มีอะไรให้ย้อนกลับ ขณะนี้ใช้แบบจำลองที่มากับโปรแกรม",
        )
    turned = Pointer(pointer.previous, pointer.current)
    point_to(team, turned)
    note(team, "rolled back", turned.current or SHIPPED, by=by, at=at, before=pointer.current or SHIPPED, why=why)
    return turned


def point_to(team: Path, pointer: Pointer) -> None:
    """Make the pointer name other models, in one step."""
    write_text(team / POINTER, json.dumps(pointer._asdict(), ensure_ascii=False) + "\n")
