"""Further records: rosters, offices and when they were held, skills, documents that live elsewhere, what is urgent or important, and decisions.

Comes in: a part of a post. Goes out: sightings by kind. Refuses nothing: what is not said stays empty, and an issue of which nobody said
that it presses has no line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.languages.th.figures import CHANGE, find_figures
from pipeline.languages.th.offices import find_offices
from pipeline.languages.th.registers import wording
from pipeline.languages.th.remarks import advised_by, waits_until
from pipeline.records import ActionFields
from pipeline.registers.sighting import FURTHER, Sighting

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pipeline.records import Passage
    from pipeline.registers.sighting import Part

ROSTER, OFFICE, HAD, LACKING, DOCUMENT, PRESSING, DECISION = KINDS = ("roster", "office", "had", "lacking", "document", "pressing", "decision")
_PEOPLE = frozenset({"คน", "ราย", "ท่าน"})
_MATTER = 45  # code points before the words in which their matter is named
_PRESSES = {"urgent": ("urgent", "yes"), "not_urgent": ("urgent", "no"), "important": ("important", "yes"), "not_important": ("important", "no")}


def find_further(part: Part) -> Iterator[Sighting]:
    """Yield the further records of a part of a post."""
    yield from _rosters(part)
    yield from _offices(part)
    for kind in (LACKING, HAD, DOCUMENT):
        for found in wording("further", kind).finditer(part.text):
            yield Sighting(FURTHER, kind, "", part.passage(*found.span()))
    yield from _pressing(part)
    for passage in part.passages:
        told = _decided(passage)
        if told:
            yield Sighting(FURTHER, DECISION, "", passage, told)


def _rosters(part: Part) -> Iterator[Sighting]:
    """Yield teams that grew or shrank; numbers of others, patients or pupils, are no roster."""
    for figure in find_figures(part.text):
        told = figure.kind == CHANGE and figure.unit in _PEOPLE and part.text.endswith(figure.unit, 0, figure.end)
        if told and wording("further", "roster").search(part.text, max(0, figure.start - _MATTER), figure.end):
            facts = (("before", f"{figure.first} {figure.unit}"), ("after", f"{figure.second} {figure.unit}"))
            yield Sighting(FURTHER, ROSTER, "", part.passage(figure.start, figure.end), facts)


def _offices(part: Part) -> Iterator[Sighting]:
    """Yield the passages that tell of offices and when or how they are held, with the words that say so; whose they are stands in the quotation."""
    told: dict[Passage, list[str]] = {}
    for held in sorted(find_offices(part.text)):
        told.setdefault(part.passage(*held), []).append(part.raw(*held))
    for passage, offices in told.items():
        yield Sighting(FURTHER, OFFICE, "", passage, (("office", ", ".join(offices)),))


def _pressing(part: Part) -> Iterator[Sighting]:
    """Yield what presses: issues of which it is said, and matters that are called urgent."""
    passages = [one for one in part.passages if one.label == "issue"]
    passages += [part.passage(*found.span()) for found in wording("further", "urgent").finditer(part.text) if _names_its_matter(part.text, found)]
    for passage in {one.id: one for one in passages}.values():
        said = [_PRESSES[name] for name in _PRESSES if wording("further", name).search(passage.quote)]
        if said:
            facts = [(name, value) for name, value in said if sum(name == other for other, _ in said) == 1]  # both ways is no answer
            yield Sighting(FURTHER, PRESSING, "", passage, tuple(facts))


def _names_its_matter(text: str, found: re.Match[str]) -> bool:
    return bool(wording("further", "matter").search(text[max(0, found.start() - _MATTER) : found.start()]))


def _decided(passage: Passage) -> tuple[tuple[str, str], ...]:
    """Return who decided, on whose advice, and what is waited for, as far as a passage says so."""
    action, quote = passage.action or ActionFields(), passage.quote
    waits = waits_until(quote) if wording("further", "deferred").search(quote) else None
    told = (("decided_by", action.decided_by), ("advised_by", action.advised_by or advised_by(quote)), ("until", action.until or waits))
    return tuple((name, words) for name, words in told if words)
