"""The names of a project and its phases that the team gave none, in the language that is spoken.

Comes in: a name or a phase of the settings. Goes out: the team's own name, else ours. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.words import word
from pipeline.settings import EVERYTHING, UNASSIGNED, UNNAMED

if TYPE_CHECKING:
    from pipeline.records import Phase


def project_name(name: str) -> str:
    """Return the name of a project."""
    return word("project_unnamed") if name == UNNAMED else name


def phase_name(phase: Phase) -> str:
    """Return the name of a phase."""
    if phase.id == UNASSIGNED:
        return word("phase_unplaced")
    return word("phase_everything") if phase == EVERYTHING else phase.name
