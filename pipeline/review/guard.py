"""What holds for every request and every answer, whichever page it is: one middleware that lets nothing by.

Comes in: a request. Goes out: the app's answer with its headers. Refuses: another host than ours, a peer that is not the proxy where there is
one, plain HTTP behind it, a body over the limit, and a request that changes something unless this site's own page sent it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from pipeline.review.site import Site

MOST_BYTES = 64 * 1024
SAFE = {"GET", "HEAD"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


class Guard:
    """The middleware around the whole app."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Keep the app and where it is found."""
        self._app = app
        self._site = site
        self._host = urlsplit(site.base_url).netloc.lower()
        self._headers = HEADERS | (OVER_TLS if site.secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope), str((scope.get("client") or ("", 0))[0]))
        if refusal:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers, peer: str) -> tuple[int, str] | None:
        if self._site.proxy and (peer != self._site.proxy or headers.get("x-forwarded-proto") != "https"):
            return 403, "only by the proxy"
        if headers.get("host", "").lower() != self._host:
            return 400, "unknown host"
        if method in SAFE:
            return None
        if method != "POST":
            return 405, "only GET and POST"
        if not (headers.get("content-length") or "").isdigit() or int(headers["content-length"]) > MOST_BYTES:
            return 413, "too large"
        return None if self._is_own(headers) else (403, "not from this site")

    def _is_own(self, headers: Headers) -> bool:
        """Tell whether a page of this site sent the request: browsers say so, and what says nothing is refused."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") == self._site.base_url


def caller(site: Site, headers: Headers, peer: str) -> str:
    """Return the network address of who asks: behind the proxy, what the proxy itself added last."""
    return (headers.get("x-forwarded-for") or peer).rpartition(",")[2].strip() if site.proxy else peer
