"""What a page knows of a request, and what a page is.

Comes in: nothing. Goes out: records. Refuses nothing: the gate does, before a page sees the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.links import form_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.responses import Response

    from pipeline.review.site import Site
    from pipeline.reviewers import Reviewer, Role, Session


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages see it; `number` is what the session's cookie holds."""

    site: Site
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    data: Mapping[str, Any]
    lang: str
    caller: str
    by_script: bool
    session: Session | None = None
    number: str = ""

    @property
    def reviewer(self) -> Reviewer:
        """Return who asks; pages that nobody sees without a session may say so."""
        if self.session is None:
            message = "A page without a session has no reviewer."
            raise RuntimeError(message)
        return self.session.reviewer

    @property
    def token(self) -> str:
        """Return what the forms of this session must send back."""
        return form_token(self.site.keys, self.number) if self.number else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where, what answers, and the role that may see it; None is everybody, and must be said."""

    path: str
    answer: Callable[[Asked], Response]
    role: Role | None
    post: bool = False
