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

    from pipeline.nlp.classifier import Classifier

_FILE = "year.json"
_TEAMS = ("free", "gated")
_MODELS = ("reading", "before")


def save_played(played: Played, key: str, folder: Path) -> None:
    """Write how far a year is played; the file that names it comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    teams = {name: getattr(played, name) for name in _TEAMS}
    for name, team in teams.items():
        for kind in _MODELS:
            _save(getattr(team, kind), folder / f"{name}-{kind}.msgpack")
    row = {"key": key, "points": played.points, "without": {name: sorted(team.without) for name, team in teams.items()}}
    (folder / _FILE).write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def load_played(key: str, folder: Path) -> Played | None:
    """Return how far the year of a key is played in a folder; None where nothing is."""
    try:
        row: dict[str, Any] = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if row["key"] != key:
        return None
    free, gated = (_team(folder, name, row["without"][name]) for name in _TEAMS)
    return Played(free, gated, [Point(*point) for point in row["points"]])


def _save(classifier: Classifier | None, file: Path) -> None:
    if classifier is None:
        file.unlink(missing_ok=True)
    else:
        save_classifier(classifier, file)


def _team(folder: Path, name: str, without: list[str]) -> Team:
    reading, before = (folder / f"{name}-{kind}.msgpack" for kind in _MODELS)
    return Team(load_classifier(reading), load_classifier(before) if before.exists() else None, set(without))
