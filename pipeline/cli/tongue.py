"""The language of messages: asked of the environment in one place.

Comes in: the environment. Goes out: `th` or `en`, and sentences in it. Refuses nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.settings import Language


def spoken() -> Language:
    """Return the language of messages, as the environment says it."""
    from pipeline.settings import language

    return language(os.environ)


def is_thai() -> bool:
    """Tell whether messages are in Thai."""
    return spoken() == "th"


def say_either(thai: str, english: str) -> None:
    """Print one of two sentences that say the same."""
    from pipeline.cli.terminal import say

    say(thai if is_thai() else english)
