"""Passages as threads see them, with only what differs from the usual."""

from datetime import date

import pytest

from pipeline.records import ActionFields, Actor, Passage, Span, When
from pipeline.threads.said import Told


def made(quote, post=0, *, label="action", state="planned", days=(), who=(), strength="assigned", **more):
    """Return a passage of a post; post n is of the n-th month of 2009."""
    actors = tuple(Actor(name) for name in who)
    action = ActionFields(actors, quote, tuple(When("", day, day) for day in days), None, state, strength) if label == "action" else None
    start = more.pop("start", 0)
    passage = Passage(f"post-{post}", f"{post}.txt", Span(start, start + len(quote)), quote, label, 0.9, action=action, **more)
    return Told(passage, post, date(2009, 1 + post, 1))


@pytest.fixture
def passage():
    return made
