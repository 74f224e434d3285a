"""How the whole system stands, as the app tells it: looked at anew at most twice a minute, however many ask.

Comes in: a function that looks, where the app was given one. Goes out: what it saw last. Refuses nothing: what the look raises goes to who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Row = Mapping[str, Any]
EVERY = 30  # seconds


@dataclass(slots=True)
class Standing:
    """What was seen last, and when."""

    look: Callable[[], Row] | None = None
    _seen: tuple[float, Row] | None = None
    _lock: Lock = field(default_factory=Lock)

    def row(self, now: float) -> Row | None:
        """Return how it stands; None where nobody can tell.

        >>> count = iter(range(9))
        >>> standing = Standing(lambda: {"looks": next(count)})
        >>> [standing.row(moment)["looks"] for moment in (0, EVERY - 1, EVERY + 1)]
        [0, 0, 1]
        """
        if self.look is None:
            return None
        with self._lock:
            if self._seen is None or not 0 <= now - self._seen[0] <= EVERY:
                self._seen = (now, self.look())
            return self._seen[1]
