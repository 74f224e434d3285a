"""The team's own models, beside its database: which one reads, which read before, who promoted it, and how often a test was looked at.

Comes in: the folder of the team's models. Goes out: the same with another pointer, and a line of history. Refuses to promote a model that the gate
did not allow, and to roll back where nothing was promoted. Files, not tables: the folder can be copied, read and mended without the program, and the
pointer changes in one step. Nothing here ever writes into the folder of the models that ship.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError
from pipeline.jobs.files import write_text
from pipeline.nlp.shelf import CARD_FILE, POINTER, Pointer, fits, read_pointer
from pipeline.store.opening import read_url
from pipeline.train.team_card import GATE_FILE, save_team_card

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = "models"
HISTORY_FILE = "history.jsonl"
SHIPPED = "shipped"  # how people name the model that ships
MOST_LOOKS = 30  # at one version of a test: after so many the best of many tries passes by luck


def team_models(database: str, out: Path) -> Path:
    """Return the folder of a team's own models: beside its database, or in its output folder where that is on a server."""
    url = read_url(database)
    return (Path(str(url.database)).parent if url.get_backend_name() == "sqlite" else out) / FOLDER


def promote(team: Path, model: str, *, by: str, at: datetime) -> Pointer:
    """Make a model the one that reads; the one that reads now is kept as the one before.

    Raises:
        SettingsError: when there is no such model, the gate did not allow it, or it does not fit the program.
    """
    gate = read_gate(team, model)
    if gate["decision"] != "allowed":
        told = "; ".join(check["en"] for check in gate["checks"] if not check["holds"])
        told_th = "; ".join(check["th"] for check in gate["checks"] if not check["holds"])
        raise SettingsError(
            en=f"{model}: only a model that the gate allows may be promoted. Got {gate['decision']}: {told}. Correct more, and learn anew.",
            th=f"{model}: เลื่อนขึ้นใช้งานได้เฉพาะแบบจำลองที่ผ่านด่าน แต่ผลคือ {DECISIONS[gate['decision']]} ({told_th}) ตรวจแก้เพิ่มแล้วสอนใหม่",
        )
    if not fits(team / model):
        raise SettingsError(
            en=f"{model}: a model must have been learnt with the cue words that the program has now. Got others. Learn anew with --corrections.",
            th=f"{model}: แบบจำลองนี้สอนด้วยคำบ่งชี้รุ่นก่อน ใช้กับโปรแกรมรุ่นนี้ไม่ได้ สอนใหม่ด้วย --corrections",
        )
    before = read_pointer(team).current
    pointer = Pointer(model, before) if before != model else read_pointer(team)
    _point(team, pointer)
    card = json.loads((team / model / CARD_FILE).read_text(encoding="utf-8"))
    save_team_card(team / model, {**card, "promoted": {"by": by, "at": at.isoformat(timespec="minutes")}})
    note(team, "promoted", model, by=by, at=at, before=before or SHIPPED)
    return pointer


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
    _point(team, turned)
    note(team, "rolled back", turned.current or SHIPPED, by=by, at=at, before=pointer.current or SHIPPED, why=why)
    return turned


def _point(team: Path, pointer: Pointer) -> None:
    write_text(team / POINTER, json.dumps(pointer._asdict(), ensure_ascii=False) + "\n")


DECISIONS = {"allowed": "ผ่านด่าน", "refused": "ไม่ผ่านด่าน", "undecidable": "ตัดสินไม่ได้"}


def read_gate(team: Path, model: str) -> dict[str, Any]:
    """Return what the gate said of a team's model.

    Raises:
        SettingsError: when there is no such model of the team's own.
    """
    try:
        found: dict[str, Any] = json.loads((team / model / GATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        there = ", ".join(team_names(team))
        raise SettingsError(
            en=f'{team}: must hold the model "{model}" with what the gate said of it. Got {type(error).__name__}. There are: {there or "none"}.',
            th=f'{team}: ไม่พบแบบจำลอง "{model}" ของทีม ที่มีคือ: {there or "ยังไม่มี"}',
        ) from error
    return found


def team_names(team: Path) -> list[str]:
    """Return the ids of the team's own models, the oldest first."""
    order = {row["model"]: number for number, row in reversed(list(enumerate(history(team)))) if row["what"] == "learnt"}
    names = [card.parent.name for card in team.glob(f"*/{CARD_FILE}")]
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def note(team: Path, what: str, model: str, *, by: str, at: datetime, **more: object) -> None:
    """Add a line to the history of a team's models."""
    team.mkdir(parents=True, exist_ok=True)
    row = {"at": at.isoformat(timespec="seconds"), "what": what, "model": model, "by": by, **{name: value for name, value in more.items() if value}}
    with (team / HISTORY_FILE).open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(row, ensure_ascii=False) + "\n")


def history(team: Path) -> list[dict[str, Any]]:
    """Return everything that was done with a team's models, the oldest first; a line cut short by a crash is passed over."""
    try:
        lines = (team / HISTORY_FILE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [row for line in lines if (row := _row(line))]


def _row(line: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return found


def looks(team: Path, test: str) -> int:
    """Return how often a version of the test was looked at to judge a model of the team."""
    return sum(row["what"] == "looked" and row.get("test") == test for row in history(team))
