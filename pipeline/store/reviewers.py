"""Reviewers, their sessions and their links in the store.

Comes in: records, hashes of what cookies and links hold, and the present time. Goes out: the same, as long as it is valid. Refuses nothing: what is
unknown, too old or revoked is None. What a cookie or a link holds is never kept, only its hash.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from pipeline.reviewers import Preferences, Reviewer, Session
from pipeline.store.tables import review_links as links
from pipeline.store.tables import review_sessions as sessions
from pipeline.store.tables import reviewers
from pipeline.store.tallies import Tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

IDLE = 8 * 3600  # seconds without a request after which a session ends
_SEEN_EVERY = 60  # seconds: a request within them does not write again
_SESSION = (
    select(reviewers, sessions.c.by_link, sessions.c.seen_at, sessions.c.expires_at)
    .join(sessions, sessions.c.reviewer == reviewers.c.id)
    .where(
        sessions.c.id == bindparam("session"),
        sessions.c.expires_at > bindparam("now"),
        sessions.c.seen_at > bindparam("idle_since"),
        reviewers.c.revoked_at.is_(None),
    )
)


class Reviewers:
    """The part of a store that knows who may review."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing
        self.tallies = Tallies(reading)

    def add(self, reviewer: Reviewer, password_hash: str | None, now: int) -> bool:
        """Keep a new reviewer; tell whether the id was free."""
        row = {name: getattr(reviewer, name) for name in ("id", "name", "role", "email", "lang")}
        with self._writing() as connection:
            if _known(connection, reviewer.id):
                return False
            kept = {**row, "password": password_hash, "made_at": now, "preferences": asdict(reviewer.preferences)}
            connection.execute(insert(reviewers).values(kept))
        return True

    def all(self) -> list[Reviewer]:
        """Return every reviewer, also revoked ones, in order of their ids."""
        with self._reading() as connection:
            return [_reviewer(row) for row in connection.execute(select(reviewers).order_by(reviewers.c.id)).mappings()]

    def find(self, reviewer_id: str) -> tuple[Reviewer, str | None] | None:
        """Return a reviewer who may enter, and the hash of the password if there is one."""
        with self._reading() as connection:
            row = connection.execute(select(reviewers).where(reviewers.c.id == reviewer_id, reviewers.c.revoked_at.is_(None))).mappings().first()
        return (_reviewer(row), row["password"]) if row else None

    def set_password(self, reviewer_id: str, password_hash: str) -> None:
        """Keep another password; every session and link that was made before ends."""
        with self._writing() as connection:
            connection.execute(update(reviewers).where(reviewers.c.id == reviewer_id).values(password=password_hash))
            connection.execute(delete(sessions).where(sessions.c.reviewer == reviewer_id))

    def set_preferences(self, reviewer_id: str, preferences: Preferences) -> None:
        """Keep how a reviewer works."""
        with self._writing() as connection:
            connection.execute(update(reviewers).where(reviewers.c.id == reviewer_id).values(preferences=asdict(preferences)))

    def set_language(self, reviewer_id: str, lang: str) -> None:
        """Keep in which language a reviewer reads."""
        with self._writing() as connection:
            connection.execute(update(reviewers).where(reviewers.c.id == reviewer_id).values(lang=lang))

    def revoke(self, reviewer_id: str, now: int) -> bool:
        """Let a reviewer enter no more: sessions and links end; tell whether there was one. What they decided stays."""
        with self._writing() as connection:
            if not _known(connection, reviewer_id):
                return False
            connection.execute(update(reviewers).where(reviewers.c.id == reviewer_id).values(revoked_at=now))
            connection.execute(update(links).where(links.c.reviewer == reviewer_id, links.c.revoked_at.is_(None)).values(revoked_at=now))
            connection.execute(delete(sessions).where(sessions.c.reviewer == reviewer_id))
        return True

    # Sessions

    def open_session(self, session: Session, now: int) -> None:
        """Keep a session, and forget those that are over."""
        row = {"id": session.id, "reviewer": session.reviewer.id, "by_link": session.by_link, "seen_at": now, "expires_at": session.expires_at}
        with self._writing() as connection:
            connection.execute(delete(sessions).where(or_(sessions.c.expires_at <= now, sessions.c.seen_at <= now - IDLE)))
            connection.execute(insert(sessions).values(row))

    def session(self, session_id: str, now: int) -> Session | None:
        """Return the session if it is not over and its reviewer may still enter."""
        with self._reading() as connection:
            row = connection.execute(_SESSION, {"session": session_id, "now": now, "idle_since": now - IDLE}).mappings().first()
        if row is None:
            return None
        if row["seen_at"] <= now - _SEEN_EVERY:
            with self._writing() as connection:
                connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))
        return Session(session_id, _reviewer(row), row["by_link"], row["expires_at"])

    def close_session(self, session_id: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == session_id))

    # Links

    def add_link(self, link_id: str, reviewer_id: str, now: int, expires_at: int) -> None:
        """Keep a link that was made for a reviewer."""
        row = {"id": link_id, "reviewer": reviewer_id, "made_at": now, "expires_at": expires_at, "redeemed": 0}
        with self._writing() as connection:
            connection.execute(insert(links).values(row))

    def link(self, link_id: str, now: int) -> Reviewer | None:
        """Return for whom a link is, if it is still valid; nothing is changed."""
        question = (
            select(reviewers)
            .join(links, links.c.reviewer == reviewers.c.id)
            .where(links.c.id == link_id, links.c.expires_at > now, links.c.revoked_at.is_(None), reviewers.c.revoked_at.is_(None))
        )
        with self._reading() as connection:
            row = connection.execute(question).mappings().first()
        return _reviewer(row) if row else None

    def count_redeemed(self, link_id: str) -> None:
        """Count that a link was used."""
        with self._writing() as connection:
            connection.execute(update(links).where(links.c.id == link_id).values(redeemed=links.c.redeemed + 1))

    def revoke_links(self, reviewer_id: str, now: int) -> int:
        """End every link of a reviewer and the sessions that began with one; return how many links there were."""
        with self._writing() as connection:
            mine = (links.c.reviewer == reviewer_id, links.c.revoked_at.is_(None), links.c.expires_at > now)
            count = connection.execute(select(func.count(links.c.id)).where(*mine)).scalar_one()
            connection.execute(update(links).where(*mine).values(revoked_at=now))
            connection.execute(delete(sessions).where(sessions.c.reviewer == reviewer_id, sessions.c.by_link))
        return count


def _known(connection: Connection, reviewer_id: str) -> bool:
    return connection.execute(select(reviewers.c.id).where(reviewers.c.id == reviewer_id)).first() is not None


def _reviewer(row: Mapping[Any, Any]) -> Reviewer:
    return Reviewer(
        **{name: row[name] for name in ("id", "name", "role", "email", "lang")},
        preferences=Preferences(**row["preferences"]),
        has_password=row["password"] is not None,
        revoked=row["revoked_at"] is not None,
    )
