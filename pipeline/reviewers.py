"""The people who review, and how they entered.

Comes in: nothing. Goes out: frozen records of reviewers and their sessions. Refuses nothing. Standard library only. Times are seconds since
1970, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["reviewer", "adjudicator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a reviewer works: single keys on or off, and which key does what where it is not the usual one."""

    keys_on: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who reviews; `id` is the short name with which they enter, `name` the one that is shown."""

    id: str
    name: str
    role: Role
    email: str | None = None
    lang: Literal["th", "en"] = "th"
    preferences: Preferences = Preferences()
    has_password: bool = False
    revoked: bool = False

    def may(self, role: Role) -> bool:
        """Tell whether the reviewer may do what `role` may.

        >>> Reviewer("somsri", "สมศรี", "adjudicator").may("reviewer"), Reviewer("somsri", "สมศรี", "reviewer").may("admin")
        (True, False)
        """
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser in which a reviewer has entered; `id` is the hash of what its cookie holds."""

    id: str
    reviewer: Reviewer
    by_link: bool
    expires_at: int
