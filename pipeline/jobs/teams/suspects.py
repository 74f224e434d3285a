"""The decisions of reviewers that may be wrong, as the newest model of the team's own told them, for the queue to ask a second reader.

Comes in: the folder of the team's models and a store. Goes out: the items of the queue in question. Refuses nothing: where no model was learnt,
nothing is suspected, and a decision whose passage the model of now does not find is not asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.anchoring import SAME, shared
from pipeline.jobs.teams.history import team_names
from pipeline.records import Span

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.store.store import Store

FILE = "suspects.jsonl"


def suspected_items(store: Store, team: Path) -> frozenset[str]:
    """Return the items whose decision a model that has not seen it finds unlikely."""
    places: dict[str, list[Span]] = {}
    for post, span in _rows(team):
        places.setdefault(post, []).append(span)
    if not places:
        return frozenset()
    said = (passage for passage in store.said_by_model() if passage.post in places)
    return frozenset(passage.id for passage in said if any(shared(passage.span, span) >= SAME for span in places[passage.post]))


def _rows(team: Path) -> list[tuple[str, Span]]:
    names = team_names(team)
    try:
        lines = (team / names[-1] / FILE).read_text(encoding="utf-8").splitlines() if names else []
        return [(row["post"], Span(row["start"], row["end"])) for row in map(json.loads, lines)]
    except (OSError, ValueError, KeyError, TypeError):  # gone or damaged
        return []
