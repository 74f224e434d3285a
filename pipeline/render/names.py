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

_OURS = ("project_unnamed", "phase_unplaced", "phase_everything")


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
    return replace(digest, project=_spoken(digest.project), phase=replace(digest.phase, name=_spoken(digest.phase.name)))


def _spoken(name: str) -> str:
    return next((word(key) for key in _OURS if name in {words_in("th")[key], words_in("en")[key]}), name)
