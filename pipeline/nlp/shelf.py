"""Where models stand: those that ship, read-only, and a team's own beside its database, of which the promoted one reads.

Comes in: both folders. Goes out: the folder of a model, and which one was promoted. Refuses nothing: a promoted model that is gone, or was learnt
with other cue words than the program has now, is passed over with a warning, so that the shipped model reads rather than none.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pipeline.languages.th.rules import rules_hash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POINTER = "PROMOTED.json"
CARD_FILE = "card.json"
_SHARED = ("words-", "deep-")  # folders of what several models read with
GATE_FILE = "gate.json"  # beside the card of a team's model: what the gate said of it

_log = logging.getLogger(__name__)


class Pointer(NamedTuple):
    """The team's model that reads and the one that read before it; None is the model that ships."""

    current: str | None = None
    previous: str | None = None


class Judged(NamedTuple):
    """By what the gate judged a team's model: a version of the test, the kind of reader that read it, and the model that read the posts then."""

    version: str
    reader: str
    beside: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return what a row says of it; before rows told it, the full reader judged."""
        return cls(row["version"], row.get("reader", "full"), row.get("beside", ""))


def read_pointer(team: Path | None) -> Pointer:
    """Return which of a team's models was promoted; none where nobody promoted any."""
    try:
        row = json.loads((team / POINTER).read_text(encoding="utf-8")) if team else {}
        return Pointer(*(name if isinstance(name := row.get(which), str) else None for which in Pointer._fields))
    except (OSError, ValueError, AttributeError):
        return Pointer()


def promoted(models: Path, team: Path | None) -> str | None:
    """Return the id of the team's model that reads; None where the shipped one does."""
    name = read_pointer(team).current
    if team is None or name is None or fits(models, team / name):
        return name
    _log.warning("%s: learnt for another version, or gone; the shipped model reads. Learn anew with `lessons train --corrections`.", team / name)
    return None


def fits(models: Path, folder: Path) -> bool:
    """Say whether a model was learnt with the cue words that the program has, and whether what it reads with still stands below `models`."""
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        shared = [card[part]["id"] for part in ("words", "deep") if card.get(part)]
        return bool(card["rules"] == rules_hash()) and all((models / str(name) / CARD_FILE).exists() for name in shared)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def folder_of(models: Path, team: Path | None, name: str) -> Path:
    """Return where a model stands: with the team's own, else with those that ship."""
    return team / name if team and (team / name / CARD_FILE).exists() else models / name


def names_of(models: Path, team: Path | None = None) -> list[str]:
    """Return the ids of all models: those that ship, then the team's own."""
    folders = [models, *([team] if team else [])]
    return [card.parent.name for folder in folders for card in sorted(folder.glob(f"*/{CARD_FILE}")) if not card.parent.name.startswith(_SHARED)]
