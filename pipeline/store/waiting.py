"""The queue as the database keeps it: what waits for a reviewer, in its order, who has it before their eyes, and what is still wanted.

Comes in: what waits, and decisions. Goes out: the next items for a reviewer. Refuses nothing. The queue is derived: `refill` makes it anew from what
is there, and what was decided before stays decided.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Select, Text, and_, bindparam, case, cast, delete, exists, func, or_, select, true, update

from pipeline.corrections import ADJUDICATION, live, truth
from pipeline.store.correction_rows import NOBODYS, OF_A_WAITING_ITEM, OF_AN_ITEM_ITSELF, correction_of, item_of, utc, values_of, waiting_row
from pipeline.store.opening import as_json
from pipeline.store.places import placed
from pipeline.store.statements import put, run
from pipeline.store.tables_of_review import corrections, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from pipeline.corrections import Asked, Correction, Filters, QueueItem

    Connecting = Callable[[], AbstractContextManager[Connection]]

_ROWS_AT_ONCE = 1_000  # in memory while they are compared
LEASE = timedelta(minutes=10)  # for which the items of a post are kept for who reads it
_OPEN = (queue.c.open, or_(queue.c.first_reader.is_(None), queue.c.first_reader != bindparam("reviewer")))
_FREE = or_(queue.c.leased_to.is_(None), queue.c.leased_to == bindparam("reviewer"), queue.c.leased_until < bindparam("now"))
_FITS = {
    **{name: queue.c[name] == bindparam(name) for name in ("phase", "label", "place", "kind")},
    "post": queue.c.post_id == bindparam("post"),
    "first_day": queue.c.day >= bindparam("first_day"),
    "last_day": queue.c.day <= bindparam("last_day"),
}
_LEASE = update(queue).where(queue.c.post_id.in_(bindparam("posts", expanding=True)), queue.c.open)
_WANTED = case((queue.c.double, bindparam("if_double", type_=Integer)), else_=bindparam("if_single", type_=Integer))
_SETTLE = (
    update(queue)
    .where(queue.c.item == bindparam("settled"))
    .values(wanted=_WANTED, open=_WANTED > 0, first_reader=bindparam("first"), truth=bindparam("known"))
)
_DECIDED = exists().where(corrections.c.item == queue.c.item, corrections.c.reviewer == bindparam("reviewer"))
_TRIAL = select(queue).where(queue.c.truth.is_not(None), queue.c.kind == "passage", ~_DECIDED).order_by(queue.c.item).limit(1)
_ITEM = select(queue).where(queue.c.item == bindparam("item"))


_UNTOUCHED = and_(queue.c.open, *(queue.c[name].is_(None) for name in NOBODYS))  # as nobody has read it or has it before their eyes
_STANDING = select(queue.c.rank, *(queue.c[name] for name in OF_AN_ITEM_ITSELF), _UNTOUCHED, cast(queue.c.details, Text))


class WaitingQueue:
    """The queue of a database."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def refill(self, items: Iterable[Asked]) -> None:
        """Make the queue of these items, in the order in which they shall be asked; what was decided on them counts."""
        place: dict[str, int] = {}
        asked: list[Asked] = []
        for item in items:
            number = place.setdefault(item.item, len(asked))
            asked[number : number + 1] = [item]
        decided: dict[str, list[Correction]] = {}
        with self._writing() as connection:
            _renew(connection, asked, place)
            for row in connection.execute(select(corrections).order_by(corrections.c.number)).mappings():
                if row["item"] in place:
                    decided.setdefault(row["item"], []).append(correction_of(row))
            for name, decisions in decided.items():
                settle(connection, name, decisions)

    def doubt(self, items: Collection[str]) -> None:
        """Let a second reader decide on items whose decision may be wrong, without seeing it."""
        with self._writing() as connection:
            for item in sorted(items):
                changed = {"double": True, "shown": False, "reason": "suspected"}
                connection.execute(update(queue).where(queue.c.item == item).values(**changed))
                rows = connection.execute(select(corrections).where(corrections.c.item == item).order_by(corrections.c.number)).mappings()
                settle(connection, item, [correction_of(row) for row in rows])

    def next(self, reviewer: str, now: datetime, *, limit: int = 2, filters: Filters | None = None, passing: Collection[str] = ()) -> list[QueueItem]:
        """Return the next items for a reviewer, best first, and keep their posts for them; `passing` are those that they skipped.

        What others have before their eyes comes only when nothing else is left.
        """
        asked = {"reviewer": reviewer, "now": utc(now), "passing": list(passing), "most": limit}
        with self._reading() as connection:
            rows = _best(connection, filters, asked)
        if _ending(rows, reviewer, now):
            with self._writing() as connection:  # another may have taken them since: looked at again
                rows = _best(connection, filters, asked)
                kept = {"leased_to": reviewer, "leased_until": utc(now + LEASE)}
                connection.execute(_LEASE.values(**kept), {"posts": sorted(_ending(rows, reviewer, now))})
        return [_asked(row) for row in rows]

    def trial(self, reviewer: str) -> QueueItem | None:
        """Return a passage whose label is known and on which this reviewer has not decided."""
        with self._reading() as connection:
            row = connection.execute(_TRIAL, {"reviewer": reviewer}).mappings().first()
        return item_of(row) if row else None

    def item(self, item: str) -> QueueItem | None:
        """Return an item of the queue, also one that nobody needs to read any more."""
        with self._reading() as connection:
            row = connection.execute(_ITEM, {"item": item}).mappings().first()
        return item_of(row) if row else None

    def links(self) -> list[QueueItem]:
        """Return the links that wait, decided or not."""
        with self._reading() as connection:
            rows = connection.execute(select(queue).where(queue.c.kind == "thread").order_by(queue.c.rank)).mappings()
            return [item_of(row) for row in rows]

    def count(self, reviewer: str | None, filters: Filters | None = None) -> int:
        """Return how many items wait for a reviewer; None is anybody."""
        fits = _set(filters)
        waiting = _OPEN if reviewer else _OPEN[:1]
        with self._reading() as connection:
            question = select(func.count()).select_from(queue).where(*waiting, *(_FITS[name] for name in fits))
            return connection.scalar(question, {**({"reviewer": reviewer} if reviewer else {}), **fits}) or 0


def _renew(connection: Connection, asked: Sequence[Asked], place: Mapping[str, int]) -> None:
    """Write what is other than it stands; of some items that is their place in the order alone. Rows are compared as they come, and none is held."""
    before: list[int | None] = [None] * len(asked)
    stands = bytearray(len(asked))
    gone: list[dict[str, str]] = []
    for row in connection.execute(_STANDING, execution_options={"yield_per": _ROWS_AT_ONCE}):
        number = place.get(row[1])
        if number is None:
            gone.append({"gone": row[1]})
            continue
        before[number] = row[0]
        item = asked[number].whole()
        stands[number] = bool(row[-2] and row[1:-2] == values_of(item) and row[-1] == as_json(item.details))
    ranks = placed(before)
    run(connection, delete(queue).where(queue.c.item == bindparam("gone")), gone)
    put(connection, queue, (_row(rank, item.whole()) for rank, item, same in zip(ranks, asked, stands, strict=True) if not same))
    moved = zip(ranks, before, asked, stands, strict=True)
    moves = ({"moved": item.item, "new_rank": rank} for rank, was, item, same in moved if same and rank != was)
    run(connection, update(queue).where(queue.c.item == bindparam("moved")).values(rank=bindparam("new_rank")), moves)


def _row(rank: int, item: QueueItem) -> dict[str, Any]:
    return dict(zip(OF_A_WAITING_ITEM, waiting_row(rank, item), strict=True))


def settle(connection: Connection, item: str, decisions: Sequence[Correction]) -> None:
    """Keep how many readings of an item are still wanted once these decisions stand (an adjudicated one wants none), and what is known of it."""
    standing = [one for one in live(decisions) if one.counts]
    readers = list(dict.fromkeys(one.reviewer for one in standing))
    done = any(one.basis == ADJUDICATION for one in standing)
    wanted = {name: 0 if done else max(0, most - len(readers)) for name, most in (("if_double", 2), ("if_single", 1))}
    connection.execute(_SETTLE, {"settled": item, "first": readers[0] if readers else None, "known": truth(decisions), **wanted})


def _best(connection: Connection, filters: Filters | None, asked: Mapping[str, Any]) -> Sequence[RowMapping]:
    fits = _set(filters)
    for free in (True, False):
        if rows := connection.execute(_next_of(frozenset(fits), free=free), {**asked, **fits}).mappings().all():
            return rows
    return []


@lru_cache
def _next_of(fits: frozenset[str], *, free: bool) -> Select[tuple[Any, ...]]:
    conditions = [*_OPEN, *(_FITS[name] for name in sorted(fits)), queue.c.item.not_in(bindparam("passing", expanding=True))]
    return select(queue).where(*conditions, _FREE if free else true()).order_by(queue.c.rank).limit(bindparam("most"))


def _set(filters: Filters | None) -> dict[str, Any]:
    """Return the filters that are set."""
    return {name: value for name in _FITS if (value := getattr(filters, name, None)) is not None}


def _ending(rows: Sequence[RowMapping], reviewer: str, now: datetime) -> set[str]:
    """Return the posts of these items that are not kept for the reviewer, or not for long."""
    return {row["post_id"] for row in rows if row["leased_to"] != reviewer or row["leased_until"] < utc(now + LEASE / 2)}


def _asked(row: RowMapping) -> QueueItem:
    """Return an item as it is asked: that somebody has read it already is a reason of its own, unless what they said may be wrong."""
    item = item_of(row)
    return replace(item, reason="second") if row["first_reader"] and item.reason != "suspected" else item
