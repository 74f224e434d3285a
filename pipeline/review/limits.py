"""How often somebody may try to enter.

Comes in: who tries and when. Goes out: whether it is allowed. Refuses nothing. The app is one process, so what is counted stands in memory; no
more than some thousand callers are remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

TRIES = 10
WITHIN = 300  # seconds
_REMEMBERED = 4096


@dataclass(slots=True)
class Limits:
    """The tries of each caller within the last minutes."""

    _tries: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def allow(self, now: float, *callers: str) -> bool:
        """Count a try for each of the callers; tell whether none of them has tried too often.

        >>> limits = Limits()
        >>> [limits.allow(0, "a") for _ in range(TRIES + 1)][-2:], limits.allow(WITHIN + 1, "a")
        ([True, False], True)
        """
        with self._lock:
            allowed = [self._count(now, caller) for caller in callers]  # each is counted, also behind one that is refused
        return all(allowed)

    def forget(self, caller: str) -> None:
        """Forget the tries of a caller who has entered."""
        with self._lock:
            self._tries.pop(caller, None)

    def _count(self, now: float, caller: str) -> bool:
        tries = [moment for moment in self._tries.pop(caller, []) if moment > now - WITHIN]
        allowed = len(tries) < TRIES
        self._tries[caller] = [*tries, now] if allowed else tries
        while len(self._tries) > _REMEMBERED:
            self._tries.popitem(last=False)
        return allowed
