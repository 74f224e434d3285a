"""What was done with the team's own models: what was learnt, what the gate said, who promoted it, and how often a test was looked at.

Comes in: where a team's database stands, or the folder of its models. Goes out: that folder, its history, oldest first, and what the gate said of
each model. Refuses a model that the team does not have. It is light to load: pages that tell of models need no more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError
from pipeline.nlp.shelf import CARD_FILE, GATE_FILE
from pipeline.store.opening import read_url

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = "models"
HISTORY_FILE = "history.jsonl"
SHIPPED = "shipped"  # how people name the model that ships
_SAID = {CARD_FILE: {"data", "test"}, GATE_FILE: {"decision", "before", "after", "bound", "checks"}}  # of what is no longer whole nothing is told
_LINE = {"at", "what", "model", "by"}
DECISIONS = {"allowed": "ผ่านด่าน", "refused": "ไม่ผ่านด่าน", "undecidable": "ตัดสินไม่ได้"}


def team_models(database: str, out: Path) -> Path:
    """Return the folder of a team's own models: beside its database, or in its output folder where that is on a server."""
    url = read_url(database)
    return (Path(str(url.database)).parent if url.get_backend_name() == "sqlite" else out) / FOLDER


def read_gate(team: Path, model: str) -> dict[str, Any]:
    """Return what the gate said of a team's model.

    Raises:
        SettingsError: when there is no such model of the team's own.
    """
    if (found := _object(team / model / GATE_FILE)) is None:
        there = ", ".join(team_names(team))
        raise SettingsError(
            en=f'{team}: must hold the model "{model}" with what the gate said of it. Got none that can be read. There are: {there or "none"}.',
            th=f'{team}: ไม่พบแบบจำลอง "{model}" ของทีม หรืออ่านผลของด่านไม่ได้ ที่มีคือ: {there or "ยังไม่มี"}',
        )
    return found


def read_card(folder: Path) -> dict[str, Any]:
    """Return the card of the model in a folder.

    Raises:
        SettingsError: when it cannot be read.
    """
    if (found := _object(folder / CARD_FILE)) is None:
        raise SettingsError(
            en=f"{folder / CARD_FILE}: a model must have a card that can be read. Got none. Restore the file from a backup, or learn the model anew.",
            th=f"{folder / CARD_FILE}: อ่านการ์ดของแบบจำลองไม่ได้ กู้ไฟล์คืนจากไฟล์สำรอง หรือสอนแบบจำลองใหม่",
        )
    return found


def team_names(team: Path) -> list[str]:
    """Return the ids of the team's own models, the oldest first; one whose card or verdict cannot be read is none."""
    order = {row["model"]: number for number, row in reversed(list(enumerate(history(team)))) if row["what"] == "learnt"}
    names = [name for name in _folders(team) if all(_object(team / name / file) is not None for file in (CARD_FILE, GATE_FILE))]
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def damaged_names(team: Path) -> list[str]:
    """Return the ids under which models of the team stood whose card or verdict cannot be read any more."""
    return sorted(_folders(team) - set(team_names(team)))


def _folders(team: Path) -> set[str]:
    return {file.parent.name for name in (CARD_FILE, GATE_FILE) for file in team.glob(f"*/{name}") if not file.parent.name.startswith(".")}


def _object(file: Path) -> dict[str, Any] | None:
    """Return a card or a verdict; None where there is none."""
    try:
        return _row(file.read_text(encoding="utf-8"), _SAID[file.name])
    except (OSError, ValueError):
        return None


def note(team: Path, what: str, model: str, *, by: str, at: datetime, **more: object) -> None:
    """Add a line to the history of a team's models, also behind one that a crash has cut short."""
    team.mkdir(parents=True, exist_ok=True)
    file = team / HISTORY_FILE
    before = file.read_bytes() if file.is_file() else b""
    cut_short = bool(before) and not before.endswith(b"\n")
    row = {"at": at.isoformat(timespec="seconds"), "what": what, "model": model, "by": by, **{name: value for name, value in more.items() if value}}
    with file.open("a", encoding="utf-8") as opened:
        opened.write("\n" * cut_short + json.dumps(row, ensure_ascii=False) + "\n")


def history(team: Path) -> list[dict[str, Any]]:
    """Return everything that was done with a team's models, the oldest first; a line that is damaged or cut short by a crash is passed over."""
    try:
        lines = (team / HISTORY_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [row for line in lines if (row := _row(line, _LINE)) and (row["what"] != "looked" or "test" in row)]


def _row(text: str, said: set[str]) -> dict[str, Any] | None:
    """Return an object that says at least this; None where there is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.keys() >= said else None


def looks(team: Path, test: str) -> int:
    """Return how often a version of the test was looked at to judge a model of the team; what two noted at once is one look."""
    looked = (row for row in history(team) if row["what"] == "looked" and row["test"] == test)
    return len({(row["model"], row.get("reader"), row.get("beside")) for row in looked})
