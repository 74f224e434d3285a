"""A year on its way, in a folder: what was played is not played again when the measurement was cut off.

Comes in: a folder and how far a year is played. Goes out: the same, as files, and back. Refuses nothing: a folder without a year of this kind begins
a new one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.nlp.classifier import load_classifier, save_classifier
from pipeline.train.year import Played, Point, Team

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "year.json"
_TEAMS = ("free", "gated")
_MODELS = ("reading", "before")


def save_played(played: Played, key: str, folder: Path) -> None:
    """Write how far a year is played: models under names of their own first, then in one step the file that names them."""
    folder.mkdir(parents=True, exist_ok=True)
    teams = {name: getattr(played, name) for name in _TEAMS}
    kept = {f"{name}-{kind}": getattr(team, kind) for name, team in teams.items() for kind in _MODELS if getattr(team, kind)}
    files = {name: f"{name}-{len(played.points)}.msgpack" for name in kept}
    for name, file in files.items():
        save_classifier(kept[name], folder / file)
    points = [point._asdict() for point in played.points]
    row = {"key": key, "files": files, "points": points, "without": {name: sorted(team.without) for name, team in teams.items()}}
    waiting = folder / f"{_FILE}.new"
    waiting.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    waiting.replace(folder / _FILE)
    for old in set(folder.glob("*.msgpack")) - {folder / file for file in files.values()}:
        old.unlink()


def load_played(key: str, folder: Path) -> Played | None:
    """Return how far the year of a key is played in a folder; None where nothing is."""
    try:
        row: dict[str, Any] = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if row["key"] != key:
        return None
    models = {name: load_classifier(folder / file) for name, file in row["files"].items()}
    free, gated = (Team(models[f"{name}-reading"], models.get(f"{name}-before"), set(row["without"][name])) for name in _TEAMS)
    return Played(free, gated, [Point(**point) for point in row["points"]])
