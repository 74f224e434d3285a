"""A connection to a machine that was looked at first, with one time limit for everything.

Comes in: a name and a port. Goes out: a stream to one of the machines that the name stands for, each looked at before it is asked: the number that
was looked at is the number that is connected to, so that a name server has no second chance. Refuses machines off the public network. The name
goes on standing in the request and in the TLS handshake.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore

from pipeline.errors import FetchError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.collecting.addresses import IpAddress


class TimeLimit:
    """A limit for everything that one fetch does, however slowly the other side drips."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count."""
        self._clock = clock
        self._end = clock() + seconds

    def of(self, timeout: float | None) -> float:
        """Return the seconds that one step may take.

        Raises:
            ReadTimeout: when none are left.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to machines that may be asked, and to no other."""

    def __init__(self, limit: TimeLimit, resolve: Callable[[str, int], Sequence[IpAddress]], may_connect: Callable[[IpAddress], bool]) -> None:
        """Keep how names are resolved and which machines may be asked."""
        self._limit = limit
        self._resolve = resolve
        self._may_connect = may_connect
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to one of the machines of a name.

        Raises:
            FetchError: when the name stands for none, or for any that is not public.
        """
        machines = self._resolve(host, port)
        if not machines:
            raise FetchError(
                en=f"{host}: a name must lead to a machine. Got no answer from the name server. Check the spelling, or try again later.",
                th=f"{host}: ชื่อเครื่องต้องมีอยู่จริง แต่ระบบชื่อไม่ตอบ โปรดตรวจตัวสะกด หรือลองใหม่ภายหลัง",
            )
        if not all(map(self._may_connect, machines)):
            raise FetchError(
                en=f"{host}: a feed must be on the public network. Got an address inside a private one. Save it into the folder of posts by hand.",
                th=f"{host}: ฟีดต้องอยู่บนอินเทอร์เน็ตสาธารณะ แต่ชื่อนี้ชี้ไปในเครือข่ายภายใน โปรดบันทึกฟีดลงโฟลเดอร์บันทึกด้วยตนเอง",
            )
        for machine in machines[:-1]:
            try:
                return self._open(str(machine), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._open(str(machines[-1]), port, timeout, local_address, socket_options)

    def _open(
        self, machine: str, port: int, timeout: float | None, local_address: str | None, socket_options: Iterable[Any] | None
    ) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(machine, port, self._limit.of(timeout), local_address, socket_options)
        return _LimitedStream(stream, self._limit)


class _LimitedStream(httpcore.NetworkStream):
    """A stream each step of which counts towards the one limit."""

    def __init__(self, stream: httpcore.NetworkStream, limit: TimeLimit) -> None:
        self._stream = stream
        self._limit = limit

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._limit.of(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._limit.of(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _LimitedStream(self._stream.start_tls(ssl_context, server_hostname, self._limit.of(timeout)), self._limit)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the library has it
        return self._stream.get_extra_info(info)
