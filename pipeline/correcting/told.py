"""What else the machine read of a passage, as reviewers set it: its phase, whose words it has, and who speaks.

Comes in: a passage and a JSON value. Goes out: the passage with it. Refuses, as a `ValueError`: a voice that is none, a name or a phase without
signs. None is an answer, too: that the text names nobody, that the passage is in no phase.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from pipeline.records import Voice

if TYPE_CHECKING:
    from pipeline.corrections import Value
    from pipeline.records import Passage

TOLD = ("phase", "voice", "speaker")
OF_POST = "post-phase"  # the phase of every passage of a post


def with_told(passage: Passage, field: str, value: Value) -> Passage:
    """Return a passage told as a reviewer set it; one whose post was placed in a phase has not been read itself, so it stays the model's.

    >>> from pipeline.records import Passage, Span
    >>> told = with_told(Passage("1", "1.txt", Span(0, 2), "นา", "issue", 0.9, voice="quoted", speaker="ลุงดำ"), "voice", "commenter")
    >>> told.voice, told.speaker, told.origin
    ('commenter', 'ลุงดำ', 'reviewer')
    """
    read = read_told(field, value)
    if field in {"phase", OF_POST}:
        passage = replace(passage, phase=read, phase_by="reviewer")
    else:
        passage = replace(passage, voice=read) if field == "voice" else replace(passage, speaker=read)
    return passage if field == OF_POST else replace(passage, origin="reviewer")


def read_told(field: str, value: Value) -> Value:
    """Return a value if the field may hold it."""
    if field == "voice" and value in get_args(Voice):
        return value
    if field != "voice" and (value is None or (isinstance(value, str) and value.strip())):
        return value
    message = f"The field {field} must have a value of its kind. Got {value!r} instead."
    raise ValueError(message)
