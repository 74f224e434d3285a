"""The desk of the post: what a person looks at and decides, and the page on which a reader leaves.

Comes in: the order of a run, what a person says of a message or an address, and the moment. Goes out: how the messages stand. Refuses, as
`SettingsError`, a database that no run has made, a message or an address that is not there, a decision that does not fit, and one on a message that
is just on its way.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import uvicorn

from pipeline.errors import SettingsError
from pipeline.jobs.files import is_made, open_made_store
from pipeline.mail.leaving import PURPOSE, fresh_secret, name_of, read_token
from pipeline.mail.page import leaving_page
from pipeline.outgoing import STATES
from pipeline.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from starlette.applications import Starlette

    from pipeline.jobs.run import RunOrder
    from pipeline.outgoing import MailState, Posted, StopReason
    from pipeline.store.store import Store

Decision = Literal["sent", "again", "drop"]
_BECOMES: dict[Decision, MailState] = {"sent": "sent", "again": "waiting", "drop": "dropped"}
_MAY: dict[Decision, frozenset[MailState]] = {
    "sent": frozenset({"sending"}),
    "again": frozenset({"sending", "aside"}),
    "drop": frozenset({"waiting", "sending", "aside"}),
}
_ON_ITS_WAY = timedelta(minutes=10)  # a sender that has not answered for longer than this is gone: a server is waited for 30 seconds at a time


def posted_mails(order: RunOrder, states: Collection[MailState] = STATES) -> list[Posted]:
    """Return the messages of these states, the newest first."""
    with open_made_store(order.database, order.out) as store:
        return store.outbox.posted(states)


def stopped_addresses(order: RunOrder) -> dict[str, tuple[StopReason, datetime]]:
    """Return the addresses that get nothing, and why and since when."""
    with open_made_store(order.database, order.out) as store:
        return store.outbox.stopped()


def resolve_mail(order: RunOrder, number: int, decision: Decision, now: datetime) -> Posted:
    """Settle what the program cannot know or shall not decide: whether a message arrived, and whether it is tried again."""
    with open_made_store(order.database, order.out) as store:
        found = _message(store, number)
        moment = now.astimezone(UTC).replace(tzinfo=None)
        if found.state not in _MAY[decision]:
            raise _unfit(found, decision)
        young = found.state == "sending" and found.claimed_at and timedelta() <= moment - found.claimed_at < _ON_ITS_WAY
        if young or not store.outbox.resolve(number, found.state, _BECOMES[decision], moment):
            raise SettingsError(
                f"Message {number} must not be on its way. A sender took it less than ten minutes ago. Wait until it has answered, and look again.",
                f"จดหมายที่ {number} กำลังส่งอยู่ เริ่มไม่ถึงสิบนาที โปรดรอให้ส่งเสร็จแล้วดูใหม่อีกครั้ง",
            )
        return _message(store, number)


def stop_address(order: RunOrder, address: str, reason: StopReason, now: datetime) -> int:
    """Send nothing more to an address; return how many waiting messages were dropped."""
    written = address.strip().lower()
    if not (_looks_right(written)):
        raise _no_address(address)
    with open_made_store(order.database, order.out) as store:
        store.outbox.meet(written, name_of(_secret(store), written))
        return store.outbox.stop(written, reason, now.astimezone(UTC).replace(tzinfo=None))


def resume_address(order: RunOrder, address: str) -> None:
    """Send to an address again."""
    with open_made_store(order.database, order.out) as store:
        if not store.outbox.resume(address.strip().lower()):
            raise _no_address(address)


def leaving_app(order: RunOrder) -> Starlette:
    """Return the page on which readers leave, over the order's database, which is opened for each request."""

    def name_in(store: Store, token: str) -> str | None:
        name = read_token(_secret(store), token)
        return store.outbox.address_called(name) if name else None

    def knows(token: str) -> bool:
        if not is_made(order.database):  # before the first night nobody has a link
            return False
        with open_made_store(order.database, order.out) as store:
            return name_in(store, token) is not None

    def leave(token: str) -> bool:
        if not is_made(order.database):
            return False
        with open_made_store(order.database, order.out) as store:
            address = name_in(store, token)
            if address:
                store.outbox.stop(address, "unsubscribed", datetime.now(UTC).replace(tzinfo=None))
            return address is not None

    return leaving_page(knows, leave)


def serve_leaving(order: RunOrder) -> None:
    """Serve the page on this machine alone, until stopped; a proxy that knows TLS stands before it."""
    open_made_store(order.database, order.out).close()  # whoever serves it in a wrong folder is told now, not a reader at the first press
    with _listening(order) as listener:
        _server(order).run([listener])


@contextmanager
def leaving_beside(order: RunOrder) -> Iterator[None]:
    """Serve the page beside something else, for the time of the block; where no ``base_url`` is set, serve nothing."""
    if read_settings(order.config).mail.base_url is None:
        yield
        return
    with _listening(order) as listener:
        server = _server(order)
        thread = threading.Thread(target=server.run, args=([listener],), name="leaving", daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(timeout=10)


@contextmanager
def _listening(order: RunOrder) -> Iterator[socket.socket]:
    port = read_settings(order.config).mail.page_port
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as failure:
            raise SettingsError(
                f'[mail], "page_port": 127.0.0.1:{port} must be free. Got "{failure.strerror}" instead. Stop what uses it, or name another port.',
                f'[mail] หัวข้อ "page_port": พอร์ต 127.0.0.1:{port} ต้องว่าง แต่เปิดใช้ไม่ได้ โปรดปิดโปรแกรมที่ใช้อยู่ หรือระบุพอร์ตอื่น',
            ) from failure
        yield listener


def _server(order: RunOrder) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(leaving_app(order), log_config=None, access_log=False, server_header=False, lifespan="off"))


def _secret(store: Store) -> str:
    return store.outbox.secret(PURPOSE, fresh_secret())


def _message(store: Store, number: int) -> Posted:
    found = next((one for one in store.outbox.posted() if one.number == number), None)
    if found is None:
        raise SettingsError(
            f"Message {number} must be in the outbox. Got no message of this number. Look with `lessons mail list`.",
            f"ไม่มีจดหมายหมายเลข {number} โปรดดูหมายเลขด้วย `lessons mail list`",
        )
    return found


def _looks_right(address: str) -> bool:
    name, at, domain = address.rpartition("@")
    return bool(name and at and domain) and not any(sign.isspace() for sign in address)


def _unfit(found: Posted, decision: Decision) -> SettingsError:
    may = " or ".join(sorted(_MAY[decision]))
    return SettingsError(
        f"Message {found.number} must be {may} for --{decision}. It is {found.state}. Look with `lessons mail list`.",
        f"จดหมายที่ {found.number} อยู่ในสถานะ {found.state} จึงใช้ --{decision} ไม่ได้ (ใช้ได้กับ {may}) โปรดดูด้วย `lessons mail list`",
    )


def _no_address(address: str) -> SettingsError:
    return SettingsError(
        f"ADDRESS: must be an e-mail address that the program knows. Got {address!r} instead. Look with `lessons mail list`.",
        f"ADDRESS: ต้องเป็นที่อยู่อีเมลที่โปรแกรมรู้จัก แต่พบ {address!r} โปรดดูด้วย `lessons mail list`",
    )
