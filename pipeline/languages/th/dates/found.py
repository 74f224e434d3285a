"""What is found of times in a text, before and after it is completed.

Comes in: nothing. Goes out: `Dated`, a stretch of a text with the days that it names. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

WRITTEN, BY_WEEKDAY, BY_POST, BY_TEXT, RELATIVE, RELATIVE_TO_TEXT = "written", "weekday", "post date", "text", "relative", "relative to text"
BY_COLLECTION, SENTENCE_BEFORE = "other posts", "sentence before"
UNKNOWN = "unknown"  # no post date and no other date says which


@dataclass(frozen=True, slots=True)
class Dated:
    """A time in a text: half-open offsets, days of the Gregorian calendar, `time` as HH:MM or HH:MM/HH:MM, `repeats` as an RFC 5545 rule.

    `basis` says how the days were completed; `conflict` names what contradicts them: "weekday" where the weekday is another.
    """

    start: int
    end: int
    first_day: date | None = None
    last_day: date | None = None
    time: str | None = None
    repeats: str | None = None
    basis: str | None = None
    conflict: str | None = None
