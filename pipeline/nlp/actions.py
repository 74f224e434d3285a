"""The action component: what shall be done, in each piece that is an action.

Comes in: a Doc with labelled pieces. Goes out: each action with `ActionFields`. Refuses nothing. Who, when, where, state and strength are
left empty: nothing is guessed from a text that has not been read for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.records import ActionFields

if TYPE_CHECKING:
    from spacy.tokens import Doc


class ActionReader:
    """Give each action its fields."""

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        doc._.passages = [replace(piece, action=ActionFields()) if piece.label == "action" else piece for piece in doc._.passages]
        return doc


@Language.factory("lessons_actions")
def make_action_reader(nlp: Language, name: str) -> ActionReader:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return ActionReader()
