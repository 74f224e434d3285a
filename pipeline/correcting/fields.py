"""Fields of an action as reviewers set them: JSON values to records and back.

Comes in: a passage and a value, or an action. Goes out: the passage with the field, or values. Refuses, as a `ValueError`: a state that is none, a
day that no calendar has, a value of another shape.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from pipeline.records import ActionFields, Actor, Passage, State, When

if TYPE_CHECKING:
    from pipeline.corrections import Value

FIELDS = ("who", "when", "where", "state")
_REVIEWER = "reviewer"  # the basis of a day that a person has set


def with_field(passage: Passage, field: str, value: Value) -> Passage:
    """Return a passage whose action has this value of a field, as a reviewer set it."""
    action = passage.action or ActionFields()
    read: dict[str, Any] = {field: read_value(field, value)}
    return replace(passage, action=replace(action, **read), origin="reviewer")


def read_value(field: str, value: Value) -> Any:  # noqa: ANN401 - each field has its own type
    """Return the value of a field as records have it.

    >>> read_value("who", [{"text": "คุณลิขิต"}])
    (Actor(text='คุณลิขิต', name=None, role=None),)
    """
    try:
        if field == "who":
            return tuple(Actor(_words(who["text"]), who.get("name"), who.get("role")) for who in value or ())
        if field == "when":
            return tuple(_when(when) for when in value or ())
        if field == "state" and value is not None and value not in get_args(State):
            raise ValueError(value)
        return None if value is None else _words(value)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"The field {field} must have a value of its shape. Got {value!r} instead."
        raise ValueError(message) from error


def values_of(action: ActionFields | None) -> dict[str, Value]:
    """Return the fields of an action as JSON values; of none, empty ones.

    >>> values_of(ActionFields(where="ศาลากลางบ้าน"))
    {'who': [], 'when': [], 'where': 'ศาลากลางบ้าน', 'state': None}
    """
    action = action or ActionFields()
    return {
        "who": [{"text": who.text, "name": who.name, "role": who.role} for who in action.who],
        "when": [_when_json(when) for when in action.when],
        "where": action.where,
        "state": action.state,
    }


def _when(value: dict[str, Any]) -> When:
    first, last = (date.fromisoformat(day) if (day := value.get(name)) else None for name in ("first_day", "last_day"))
    if first and last and last < first:
        raise ValueError(value)
    return When(str(value.get("text") or ""), first, last or first, value.get("time"), value.get("repeats"), value.get("basis") or _REVIEWER)


def _when_json(when: When) -> dict[str, Any]:
    days = {"first_day": when.first_day and when.first_day.isoformat(), "last_day": when.last_day and when.last_day.isoformat()}
    return {"text": when.text, **days, "time": when.time, "repeats": when.repeats, "basis": when.basis}


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value
