"""The fields of an action: who shall do what, when and where, in what state.

Comes in: nothing. Goes out: frozen records, which `pipeline.records` passes on with its own. Refuses nothing. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

State = Literal["planned", "ongoing", "postponed", "cancelled", "done"]
Strength = Literal["wish", "proposal", "assigned", "resolved", "done"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who shall do it: as written, the name where it is a person's or an agency's, the role (คุณอำนวย …) where it is one."""

    text: str
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A time as written and as dates of the Gregorian calendar; `repeats` is an RFC 5545 RRULE; `basis` says how it was completed.

    `conflict` names what in the text contradicts the days: "weekday" where the weekday that is written is not theirs.
    """

    text: str
    first_day: date | None = None
    last_day: date | None = None
    time: str | None = None
    repeats: str | None = None
    basis: str | None = None
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class ActionFields:
    """Who shall do what, when and where, in what state: empty where the text is silent.

    `decided_by` and `advised_by` are those of a decision, `until` what something that is put off waits for.
    """

    who: tuple[Actor, ...] = ()
    what: str | None = None
    when: tuple[When, ...] = ()
    where: str | None = None
    state: State | None = None
    strength: Strength | None = None
    decided_by: str | None = None
    advised_by: str | None = None
    until: str | None = None
