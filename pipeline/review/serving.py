"""Where the app may be served, and serving it.

Comes in: the settings, a host, a port and the folder of the last run. Goes out: a running server, until it is stopped. Refuses, as
`SettingsError`: a host other than this machine's own without a TLS proxy in front, https without naming that proxy, a port that is taken, and to
start without a secret.
"""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from pipeline.correcting.edges import word_borders
from pipeline.errors import SettingsError
from pipeline.languages import find_cues
from pipeline.review.app import make_app
from pipeline.review.pages import environment
from pipeline.review.site import Site
from pipeline.settings import read_settings
from pipeline.settings.review import LOOPBACK
from pipeline.settings.secret import review_keys
from pipeline.store.opening import read_url
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.settings import Settings

GUIDE = "docs/review-server.md"


def base_url(settings: Settings, host: str, port: int) -> str:
    """Return where browsers find the app; refuse what would send sessions over the net in clear."""
    review, shown = settings.review, f"[{host}]" if ":" in host else host
    if host not in LOOPBACK and not (review.base_url and review.base_url.startswith("https://") and review.proxy):
        raise SettingsError(
            f"--host {host}: the review app serves plain HTTP on this machine alone. For colleagues and phones put a TLS proxy in front, and set "
            f'[review] base_url = "https://…" and proxy = "ADDRESS" in lessons.toml ({GUIDE}).',
            f"--host {host}: หน้าตรวจทานเปิด http ได้เฉพาะเครื่องนี้เครื่องเดียว ถ้าให้เพื่อนร่วมงานหรือโทรศัพท์ใช้ด้วย โปรดตั้ง TLS proxy ไว้ด้านหน้า "
            f'แล้วตั้ง [review] base_url = "https://…" และ proxy = "หมายเลขเครือข่าย" ใน lessons.toml ({GUIDE})',
        )
    if review.base_url is None:
        return f"http://{shown}:{port}"
    if review.base_url.startswith("https://") and not review.proxy:
        raise SettingsError(
            f"[review] base_url is {review.base_url}: the app itself speaks no TLS. Name the address of the TLS proxy in front of it in "
            f'[review] proxy, such as "127.0.0.1" ({GUIDE}).',
            f"[review] base_url คือ {review.base_url} แต่โปรแกรมนี้ไม่ได้เข้ารหัส TLS เอง โปรดระบุหมายเลขเครือข่ายของ TLS proxy ใน "
            f'[review] proxy เช่น "127.0.0.1" ({GUIDE})',
        )
    if review.base_url.startswith("http://") and (urlsplit(review.base_url).port or 80) != port:
        raise SettingsError(
            f"[review] base_url is {review.base_url}, but --port is {port}. Make them the same.",
            f"[review] base_url คือ {review.base_url} แต่ --port คือ {port} โปรดตั้งให้ตรงกัน",
        )
    return review.base_url


def open_site(database: str, out: Path, config: Path | None, address: tuple[str, int], environment: Mapping[str, str]) -> Site:
    """Return the site with its store open, its keys read and its address allowed, ready to answer as soon as people are told where it is."""
    settings = read_settings(config)
    where = base_url(settings, *address)
    keys = review_keys(environment, secret_folder(database))
    _warm_up()
    return Site(Store.open(database), settings, keys, where, out, settings.review.proxy)


def refuse_taken(host: str, port: int) -> None:
    """Refuse a port on which another program answers already."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"--port {port}: the port must be free. Another program answers there, perhaps this app. Stop it, or name another --port.",
                f"--port {port}: พอร์ตนี้มีโปรแกรมอื่นใช้อยู่ อาจเป็นหน้าตรวจทานที่เปิดไว้แล้ว โปรดปิดโปรแกรมนั้น หรือระบุ --port อื่น",
            ) from failure


def _warm_up() -> None:
    """Load what the first page would wait for: the dictionary, the cues, the templates."""
    word_borders("เริ่ม")
    find_cues("เริ่ม")
    environment().get_template("queue.html")


def secret_folder(database: str) -> Path | None:
    """Return the folder in which the secret stands: that of the database, where it is a file."""
    url = read_url(database)
    return Path(str(url.database)).absolute().parent if url.get_backend_name() == "sqlite" else None


def serve(site: Site, host: str, port: int) -> None:
    """Serve until stopped, in one process; the proxy's headers are read by the app itself, and addresses with links in them are not logged."""
    with site.store:
        uvicorn.run(make_app(site), host=host, port=port, access_log=False, server_header=False, proxy_headers=False, log_level="warning")
