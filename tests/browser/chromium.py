"""A real Chromium for the tests that look at pages as people meet them, and what axe finds on a page.

Comes in: nothing. Goes out: the browser, and the findings on a page. Refuses, as `NoBrowser` with one line that says what is missing, a machine
without Chromium or its driver.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from contextlib import contextmanager
from pathlib import Path

AXE = Path(__file__).parent / "axe.min.js"
_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"]
_BARS = {"serious", "critical"}


class NoBrowser(Exception):
    """This machine cannot show a page."""


@contextmanager
def started():
    """Yield a running Chromium."""
    if importlib.util.find_spec("playwright") is None:
        raise NoBrowser("playwright is missing: pip install playwright")
    program = next(filter(shutil.which, _BROWSERS), None)
    if program is None:
        raise NoBrowser("chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


def findings(page):
    """Return what axe holds to be serious on a page: the rule, and the first place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in _BARS]


def checksum(file):
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
