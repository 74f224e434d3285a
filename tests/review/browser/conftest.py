"""A real Chromium before a real server; without the browser or its driver these tests skip."""

import asyncio
import socket
import threading
import time
from dataclasses import replace

import pytest
import uvicorn

from pipeline.links import kept_as, new_number
from pipeline.review.app import make_app
from pipeline.review.gate import cookie_name
from pipeline.reviewers import Session


class Served:
    """The app on a port of its own; it can be stopped and started again as a server is that was killed."""

    def __init__(self, site):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.site = replace(site, base_url=f"http://127.0.0.1:{self.port}", clock=time.time)
        self.start()

    def start(self):
        self._server = uvicorn.Server(
            uvicorn.Config(make_app(self.site), port=self.port, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        )
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    async def _serve(self):
        await self._server.serve()
        for connection in list(self._server.server_state.connections):  # a killed process leaves none open
            connection.transport.abort()
        await asyncio.sleep(0)

    def kill(self):
        """Stop without an answer to those who wait for one."""
        self._server.force_exit = True
        self.stop()

    def stop(self):
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def served(site):
    server = Served(site)
    yield server
    server.stop()


@pytest.fixture
def entered(chromium, served, request):
    """Return a function that gives the page of a reviewer who has entered; what the page complains of fails the test."""
    contexts, complaints = [], []

    def open_page(name="somsri", address="/", **options):
        context = chromium.new_context(base_url=served.site.base_url, locale="th-TH", **options)
        contexts.append(context)
        context.set_default_timeout(60_000)  # machines may be busy
        context.add_cookies([{"name": cookie_name(served.site), "value": _session(served.site, name), "url": served.site.base_url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _session(site, name):
    """Return the number of an open session, as the cookie of one who has entered holds it: the page of the entry has tests of its own."""
    number, (reviewer, _) = new_number(), site.reviewers.find(name)
    site.reviewers.open_session(Session(kept_as(number), reviewer, by_link=False, expires_at=site.now() + 3600), site.now())
    return number
