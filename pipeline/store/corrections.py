"""The book of corrections: what reviewers decided, kept for ever, and put into what a reader sees in the same transaction.

Comes in: corrections. Goes out: the same, with their numbers. Refuses: a decision on an item on which somebody else has decided since it was shown,
as `AlreadyDecided`. What was sent twice is kept once. There is no way to change or to delete one: taking it back is a new correction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, distinct, func, insert, select
from sqlalchemy.exc import IntegrityError

from pipeline.corrections import ADJUDICATION
from pipeline.errors import AlreadyDecided
from pipeline.store import waiting
from pipeline.store.correction_rows import correction_of, correction_row, utc
from pipeline.store.queries import CORRECTIONS_SO_FAR
from pipeline.store.seen import corrected_posts, corrections_of, names_of_now, show_corrected
from pipeline.store.tables_of_review import corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

    from pipeline.corrections import Correction
    from pipeline.store.seen import Apply

    Connecting = Callable[[], AbstractContextManager[Connection]]

_VERSION = select(func.max(corrections.c.version)).where(corrections.c.item == bindparam("item"), corrections.c.lane == bindparam("lane"))
_OF_ITEM = select(corrections).where(corrections.c.item == bindparam("item")).order_by(corrections.c.number)
_BY_KEYS = select(corrections).where(corrections.c.key.in_(bindparam("keys", expanding=True))).order_by(corrections.c.number)
_ADD = insert(corrections)
_TRIES = 2  # on PostgreSQL another reviewer may be faster between our look and our writing


class CorrectionBook:
    """The corrections of a database."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    # In

    def add(self, made: Sequence[Correction], expected: int, apply: Apply | None = None) -> list[Correction]:
        """Keep the corrections of one decision, all or none, and return them as they are kept.

        `expected` is the version of the item, in its lane, that the reviewer saw: 0 where nobody had decided. `apply` brings the passages of the
        posts concerned up to date in the same transaction. A decision that was kept before is returned as it is.

        Raises:
            AlreadyDecided: when somebody has decided on the item since.
        """
        for left in reversed(range(_TRIES)):
            try:
                with self._writing() as connection:
                    return _add(connection, made, expected, apply)
            except IntegrityError:
                if not left:
                    raise
        raise AssertionError  # the last try has returned or raised

    def show(self, apply: Apply) -> int:
        """Bring the passages of every corrected post up to date, as after an analysis or a change of texts, and return how many posts."""
        with self._reading() as connection:
            posts = corrected_posts(connection)
        for post_id in posts:
            with self._writing() as connection:
                show_corrected(connection, [post_id], apply)
        return len(posts)

    # Out

    def so_far(self) -> tuple[int, int | None]:
        """Return how many corrections there are and the highest number of one: as long as both stand, nobody has decided anything."""
        with self._reading() as connection:
            count, last = connection.execute(CORRECTIONS_SO_FAR).tuples().one()
        return count, last

    def every(self) -> Iterator[Correction]:
        """Yield every correction in the order in which they were made."""
        with self._reading() as connection:
            for row in connection.execute(select(corrections).order_by(corrections.c.number)).mappings():
                yield correction_of(row)

    def posts(self) -> list[str]:
        """Return the posts that somebody has corrected, as they are named now."""
        with self._reading() as connection:
            return corrected_posts(connection)

    def of_post(self, post_id: str) -> list[Correction]:
        """Return every correction of a post, in the order in which they were made."""
        with self._reading() as connection:
            return corrections_of(connection, post_id)

    def of_item(self, item: str) -> list[Correction]:
        """Return every decision on an item, of all lanes, in the order in which they were made."""
        with self._reading() as connection:
            return _of_item(connection, item)

    def read_by_several(self) -> dict[str, list[Correction]]:
        """Return all decisions on the items on which more than one reviewer decided, in the order in which they were made."""
        several = select(corrections.c.item).group_by(corrections.c.item).having(func.count(distinct(corrections.c.reviewer)) > 1)
        found: dict[str, list[Correction]] = {}
        with self._reading() as connection:
            for row in connection.execute(select(corrections).where(corrections.c.item.in_(several)).order_by(corrections.c.number)).mappings():
                found.setdefault(row["item"], []).append(correction_of(row))
        return found

    def adjudicated(self) -> list[Correction]:
        """Return what adjudicators decided, in the order in which they did."""
        with self._reading() as connection:
            asked = select(corrections).where(corrections.c.basis == ADJUDICATION).order_by(corrections.c.number)
            return [correction_of(row) for row in connection.execute(asked).mappings()]

    def by(self, reviewer: str, limit: int = 50) -> list[Correction]:
        """Return the last corrections of a reviewer, the newest first."""
        question = select(corrections).where(corrections.c.reviewer == reviewer).order_by(corrections.c.number.desc()).limit(limit)
        with self._reading() as connection:
            return [correction_of(row) for row in connection.execute(question).mappings()]

    def names_of_now(self, post_ids: Sequence[str]) -> dict[str, str]:
        """Return the id that each post has now: one that is named by its text has another when that changes."""
        with self._reading() as connection:
            return names_of_now(connection, post_ids)

    def version(self, item: str, lane: str = "") -> int:
        """Return how often somebody has decided on an item in its lane."""
        with self._reading() as connection:
            return _version(connection, item, lane)

    def since(self, moment: datetime) -> list[Correction]:
        """Return the corrections made from a moment on, in their order."""
        question = select(corrections).where(corrections.c.at >= utc(moment)).order_by(corrections.c.number)
        with self._reading() as connection:
            return [correction_of(row) for row in connection.execute(question).mappings()]

    def newest(self, field: str, limit: int) -> list[Correction]:
        """Return the last corrections of a field, the newest first."""
        question = select(corrections).where(corrections.c.field == field).order_by(corrections.c.number.desc()).limit(limit)
        with self._reading() as connection:
            return [correction_of(row) for row in connection.execute(question).mappings()]

    def keys(self, asked: Sequence[str]) -> set[str]:
        """Return which of these keys are kept already."""
        with self._reading() as connection:
            return {one.key for start in range(0, len(asked), 500) for one in _by_keys(connection, asked[start : start + 500])}


def _add(connection: Connection, made: Sequence[Correction], expected: int, apply: Apply | None) -> list[Correction]:
    kept = _by_keys(connection, [one.key for one in made])
    if kept or not made:
        return kept
    item, lane = made[0].item, made[0].lane
    if _version(connection, item, lane) != expected:
        last = [one for one in _of_item(connection, item) if one.lane == lane][-1:]
        raise AlreadyDecided(last[0].reviewer if last else "", last[0].at if last else None)
    versions: dict[tuple[str, str], int] = {(item, lane): expected}
    for one in made:
        place = (one.item, one.lane)
        versions[place] = (versions[place] if place in versions else _version(connection, *place)) + 1
        connection.execute(_ADD, [correction_row(one) | {"version": versions[place]}])
    if apply:
        show_corrected(connection, {one.post for one in made if one.post and one.counts}, apply)
    for name in {one.item for one in made}:
        waiting.settle(connection, name, _of_item(connection, name))
    return _by_keys(connection, [one.key for one in made])


def _version(connection: Connection, item: str, lane: str) -> int:
    return connection.scalar(_VERSION, {"item": item, "lane": lane}) or 0


def _of_item(connection: Connection, item: str) -> list[Correction]:
    return [correction_of(row) for row in connection.execute(_OF_ITEM, {"item": item}).mappings()]


def _by_keys(connection: Connection, keys: Sequence[str]) -> list[Correction]:
    return [correction_of(row) for row in connection.execute(_BY_KEYS, {"keys": keys}).mappings()]
