"""For whom a digest is cut.

Comes in: nothing. Goes out: a frozen record and the kinds of cuts. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

CutKind = Literal["executive", "facilitator", "host", "agency", "pre-meeting"]


@dataclass(frozen=True, slots=True)
class Cut:
    """Whose view of a digest it is: the kind of cut, and what its reader is in charge of; `since` is the day after which posts count.

    `posts`, `passages` and `unsure` count what the cut holds, once it is made: those of the digest count the whole phase.
    """

    kind: CutKind
    agency: str | None = None
    area: str | None = None
    roles: tuple[str, ...] = ()
    since: date | None = None
    posts: int = 0
    passages: int = 0
    unsure: int = 0
