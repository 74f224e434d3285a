"""The names of a project and its phases that the team gave none, in the language that is spoken.

Comes in: a name or a phase of the settings, or a digest made in another language. Goes out: the team's own name, else ours. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.render.words import word, words_in
from pipeline.settings import EVERYTHING, UNASSIGNED, UNNAMED

if TYPE_CHECKING:
    from pipeline.records import Digest, Phase

_OURS = {UNASSIGNED: "phase_unplaced", EVERYTHING.id: "phase_everything"}  # by the id of the phase


def project_name(name: str) -> str:
    """Return the name of a project."""
    return word("project_unnamed") if name == UNNAMED else name


def phase_name(phase: Phase) -> str:
    """Return the name of a phase."""
    if phase.id == UNASSIGNED:
        return word("phase_unplaced")
    return word("phase_everything") if phase == EVERYTHING else phase.name


def named_anew(digest: Digest) -> Digest:
    """Return a digest that was made in another language with our names in the one that is spoken; those of the team stay."""
    phase, ours = digest.phase, _OURS.get(digest.phase.id)
    return replace(
        digest, project=_spoken("project_unnamed", digest.project), phase=replace(phase, name=_spoken(ours, phase.name) if ours else phase.name)
    )


def _spoken(ours: str, name: str) -> str:
    return word(ours) if name in {words_in("th")[ours], words_in("en")[ours]} else name
