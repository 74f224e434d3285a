"""The actions of a digest as a table: who, what, when, where, in what state.

Comes in: the items of a section. Goes out: rows in Thai words, the same for Markdown and HTML. Refuses nothing: a cell is empty where the text is
silent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.render.citation import Citation, citations, how_often
from pipeline.render.fields import action_pairs, chain_pairs
from pipeline.render.words import word

if TYPE_CHECKING:
    from pipeline.records import Section

ACTION = "action"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action; `what` is the quotation, `chain` what the text says of its cause or aim, `others` the further mentions."""

    who: str
    what: Citation
    when: str
    where: str
    state: str
    chain: tuple[tuple[str, str], ...]
    often: str
    others: tuple[Citation, ...]


def action_rows(section: Section, unsure_below: float) -> list[ActionRow]:
    """Return a row for each item, in the order of the section."""
    rows = []
    for item in section.items:
        first, *others = (replace(one, why="") for one in citations(item, unsure_below))  # a cell is narrow
        passage = item.evidence[0].passage
        said = dict(action_pairs(passage))
        who, when, where, state = (said.get(word(name), "") for name in ("who", "when", "where", "state"))
        rows.append(ActionRow(who, first, when, where, state, tuple(chain_pairs(passage)), how_often(item), tuple(others)))
    return rows
