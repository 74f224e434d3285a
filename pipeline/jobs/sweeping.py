"""How often Python looks through everything in memory for what nobody holds any more.

Comes in: nothing. Goes out: a time in which it looks seldom. Refuses nothing. A run holds hundreds of thousands of records from step to step, hardly
any in circles, and Python would look through all of them again whenever a quarter has come to them.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELDOM = (20_000, 20, 20)  # new records until the youngest are looked through, and how often those before the elder are


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Let Python look seldom, until the end."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def unswept() -> Iterator[None]:
    """Let Python not look while records are made that are held until the end; nor at them afterwards, as long as it looks seldom."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
