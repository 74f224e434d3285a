"""The outbox: each message once, how it stands, and the addresses that get none.

Comes in: messages, the answers of a server, moments in UTC. Goes out: what waits, how each message stands, what a reader has seen. Refuses, as
`StoreError`, a database that cannot be read or written. A message is handed over by whoever moves it from ``waiting`` to ``sending``, which
only one process can; nothing but the answer of the server, or a person, moves it on from there.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.outgoing import REACHED, STATES, Letter, MailState, Posted, Seen, Standing, StopReason
from pipeline.store.tables import addresses, outbox, secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_POSTED = (
    *(outbox.c.number, outbox.c.key, outbox.c.recipient, outbox.c.phase, outbox.c.message_id, outbox.c.subject, outbox.c.state, outbox.c.tries),
    *(outbox.c.composed_at, outbox.c.next_try, outbox.c.claimed_at, outbox.c.ended_at, outbox.c.said),
)
_NOT_STOPPED = ~exists().where(addresses.c.address == outbox.c.recipient, addresses.c.stopped.is_not(None))


class Outbox:
    """The messages of a store; it borrows the store's connections."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to read and how to write."""
        self._reading = reading
        self._writing = writing

    # Composed

    def put(self, letter: Letter, now: datetime) -> bool:
        """Keep a message unless there is one of its key, or its reader gets none; tell whether it was kept."""
        row = {
            **{name: getattr(letter, name) for name in ("key", "recipient", "phase", "message_id", "subject", "message")},
            "seen": _seen_row(letter.seen),
            "state": "waiting",
            "tries": 0,
            "composed_at": now,
            "next_try": now,
        }
        with self._writing() as connection:
            if connection.scalar(select(addresses.c.stopped).where(addresses.c.address == letter.recipient)):
                return False
            put = _insert(connection, outbox).values(row).on_conflict_do_nothing().returning(outbox.c.number)
            return connection.scalar(put) is not None

    def has(self, key: str) -> bool:
        """Tell whether a message of this key was composed."""
        with self._reading() as connection:
            return bool(connection.scalar(select(exists().where(outbox.c.key == key))))

    def last_seen(self, recipient: str, phase: str) -> Seen | None:
        """Return what a reader knows of a phase from the last message that reached them or will."""
        mine = (outbox.c.recipient == recipient, outbox.c.phase == phase, outbox.c.state.in_(REACHED))
        with self._reading() as connection:
            row = connection.scalar(select(outbox.c.seen).where(*mine).order_by(outbox.c.number.desc()).limit(1))
        return _seen_of(row) if row else None

    # On its way

    def due(self, now: datetime, after: int) -> tuple[Posted, str] | None:
        """Return the first message, by number, that waits, is due and comes after another."""
        wanted = (outbox.c.state == "waiting", outbox.c.next_try <= now, outbox.c.number > after, outbox.c.message.is_not(None), _NOT_STOPPED)
        with self._reading() as connection:
            row = connection.execute(select(*_POSTED, outbox.c.message).where(*wanted).order_by(outbox.c.number).limit(1)).mappings().first()
        return (_posted(row), row["message"]) if row else None

    def claim(self, number: int, owner: str, now: datetime) -> bool:
        """Move a message from waiting to sending; tell whether it was this owner who did."""
        still = (outbox.c.number == number, outbox.c.state == "waiting", _NOT_STOPPED)
        return self._move(still, state="sending", claimed_by=owner, claimed_at=now, said=None)

    def answered(self, number: int, owner: str, state: MailState, said: str, now: datetime) -> bool:
        """Keep what became of a message that this owner handed over."""
        return self._move(_held(number, owner), state=state, said=said, tries=outbox.c.tries + 1, ended_at=now, claimed_by=None)

    def refused(self, number: int, owner: str | None, said: str, next_try: datetime | None, now: datetime) -> bool:
        """Keep that a message was refused: it is tried again at `next_try`, or set aside where there is none.

        It was refused in the hands of its owner, or before anybody had taken it over.
        """
        held = _held(number, owner) if owner else (outbox.c.number == number, outbox.c.state == "waiting")
        then: dict[str, Any] = {"state": "waiting", "next_try": next_try} if next_try else {"state": "aside", "ended_at": now}
        return self._move(held, **then, said=said, tries=outbox.c.tries + 1, claimed_by=None)

    def noted(self, number: int, owner: str, said: str) -> bool:
        """Keep why it is not known whether a message arrived; it stays as it is."""
        return self._move(_held(number, owner), said=said)

    def hold(self, until: datetime) -> None:
        """Let nothing that waits be tried before this moment."""
        self._move((outbox.c.state == "waiting", outbox.c.next_try < until), next_try=until)

    def filed(self, number: int, now: datetime) -> bool:
        """Keep that a waiting message was written as a file."""
        return self._move((outbox.c.number == number, outbox.c.state == "waiting"), state="filed", ended_at=now, said=None)

    # By hand

    def posted(self, states: Collection[MailState] = STATES, limit: int | None = None) -> list[Posted]:
        """Return how messages of these states stand, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(select(*_POSTED).where(outbox.c.state.in_(states)).order_by(outbox.c.number.desc()).limit(limit)).mappings()
            return [_posted(row) for row in rows]

    def message(self, number: int) -> str | None:
        """Return the bytes of a message, None where they were forgotten."""
        with self._reading() as connection:
            found: str | None = connection.scalar(select(outbox.c.message).where(outbox.c.number == number))
        return found

    def counts(self) -> dict[str, int]:
        """Return how many messages there are of each state."""
        with self._reading() as connection:
            found = {row.state: row.many for row in connection.execute(select(outbox.c.state, func.count().label("many")).group_by(outbox.c.state))}
        return {state: found.get(state, 0) for state in STATES}

    def resolve(self, number: int, before: MailState, state: MailState, now: datetime) -> bool:
        """Move a message on as a person says, unless it moved meanwhile."""
        held = (outbox.c.number == number, outbox.c.state == before)
        if state == "waiting":
            return self._move(held, state=state, next_try=now, tries=0, claimed_by=None, ended_at=None)
        return self._move(held, state=state, ended_at=now, claimed_by=None)

    def forget(self, before: datetime) -> None:
        """Forget the bytes of messages that ended before this moment; that they were sent, and what they told, stays known."""
        over = (outbox.c.state.in_(("sent", "filed", "dropped")), outbox.c.ended_at < before, outbox.c.message.is_not(None))
        self._move(over, message=None)

    # Addresses

    def meet(self, address: str, name: str) -> None:
        """Keep the name by which an address is called in links."""
        with self._writing() as connection:
            connection.execute(_insert(connection, addresses).values(address=address, name=name).on_conflict_do_nothing())

    def stop(self, address: str, reason: StopReason, now: datetime) -> int:
        """Send nothing more to an address, not even what waits; return how many waiting messages were dropped.

        Stopping again changes nothing: the first reason and its day stay.
        """
        with self._writing() as connection:
            still = (addresses.c.address == address, addresses.c.stopped.is_(None))
            connection.execute(update(addresses).where(*still).values(stopped=reason, stopped_at=now))
            waiting = (outbox.c.recipient == address, outbox.c.state == "waiting")
            return connection.execute(update(outbox).where(*waiting).values(state="dropped", said=reason, ended_at=now)).rowcount

    def resume(self, address: str) -> bool:
        """Send to an address again; tell whether it was stopped."""
        with self._writing() as connection:
            stopped = (addresses.c.address == address, addresses.c.stopped.is_not(None))
            return connection.execute(update(addresses).where(*stopped).values(stopped=None, stopped_at=None)).rowcount == 1

    def stopped(self) -> dict[str, tuple[StopReason, datetime]]:
        """Return the addresses that get nothing, and why and since when."""
        with self._reading() as connection:
            rows = connection.execute(select(addresses).where(addresses.c.stopped.is_not(None)).order_by(addresses.c.address))
            return {row.address: (row.stopped, row.stopped_at) for row in rows}

    def address_called(self, name: str) -> str | None:
        """Return the address that a link calls by this name."""
        with self._reading() as connection:
            found: str | None = connection.scalar(select(addresses.c.address).where(addresses.c.name == name))
        return found

    def secret(self, purpose: str, fresh: str) -> str:
        """Return the secret of a purpose: the one that is kept, else this fresh one, from now on."""
        with self._writing() as connection:
            connection.execute(_insert(connection, secrets).values(purpose=purpose, secret=fresh).on_conflict_do_nothing())
            kept: str = connection.execute(select(secrets.c.secret).where(secrets.c.purpose == purpose)).scalar_one()
        return kept

    def _move(self, where: Sequence[ColumnElement[bool]], **values: object) -> bool:
        """Change the messages of a condition; tell whether there was one."""
        with self._writing() as connection:
            return connection.execute(update(outbox).where(*where).values(**values)).rowcount > 0


def _held(number: int, owner: str) -> tuple[ColumnElement[bool], ...]:
    return (outbox.c.number == number, outbox.c.state == "sending", outbox.c.claimed_by == owner)


def _insert(connection: Connection, table: Any) -> Any:  # noqa: ANN401 - the two dialects share no type for it
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def _posted(row: Mapping[Any, Any]) -> Posted:
    return Posted(**{column.name: row[column.name] for column in _POSTED})


def _seen_row(seen: Seen) -> dict[str, Any]:
    last = seen.last_post.isoformat() if seen.last_post else None
    lines = {name: list(seen.lines[name]) for name in sorted(seen.lines)}
    return {"model": seen.model, "posts": seen.posts, "last_post": last, "items": sorted(seen.items), "lines": lines}


def _seen_of(row: Mapping[str, Any]) -> Seen:
    last = date.fromisoformat(row["last_post"]) if row["last_post"] else None
    return Seen(row["model"], row["posts"], last, frozenset(row["items"]), {name: Standing(*told) for name, told in row["lines"].items()})
