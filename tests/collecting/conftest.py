"""A web server on loopback that answers as a test says, and a fetcher to which loopback is the public network: only a test can say so."""

import ipaddress
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pipeline.collecting import Fetcher
from pipeline.collecting.answers import Limits

LOOPBACK = ipaddress.ip_address("127.0.0.1")


class Site:
    """A site: what it answers at each path, and what it was asked."""

    def __init__(self, port):
        self.port = port
        self.pages = {}
        self.asked = []

    def url(self, path="/feed", host="feed.test"):
        return f"http://{host}:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]

    def serve(self, path, body=b"", status=200, **headers):
        """Answer at a path with a body, or with what a function of the handler does."""
        self.pages[path] = body if callable(body) else (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                self.close_connection = True  # the fetcher has gone away

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with serving() as served:
        yield served


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def fetcher(clock):
    """Return a fetcher that takes 127.0.0.1, and nothing else, for public."""

    def make(resolve=lambda _host, _port: [LOOPBACK], size=200_000, seconds=2.0, **moved):
        return Fetcher(
            may_connect=lambda machine: machine == LOOPBACK,
            resolve=resolve,
            limits=Limits(size, seconds, seconds),
            sleep=clock.sleep,
            clock=clock,
            **moved,
        )

    return make
