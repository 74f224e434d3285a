"""How the pages look at three widths, light and dark, beside pictures of before: an eighth of the size, so that letters do not matter.

Who changes a page looks at it, then takes the pictures anew: ``UPDATE_GOLDENS=1 python -m pytest tests/render/test_looks.py``.
"""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.render import FORMATS, index_page, post_page
from pipeline.render.words import speaking
from tests.render.test_charts import CHARTS

GOLDEN = Path(__file__).parents[1] / "golden" / "looks"
WIDTHS = (360, 800, 1280)
SHRUNK = 0.125
MOST = 0.02  # of all light, by which two pictures of the same page may differ, and of their height
DIFFERENCE = """async ([one, other]) => {
  const images = await Promise.all([one, other].map((data) => new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = failed;
    image.src = 'data:image/png;base64,' + data;
  })));
  const [width, height] = [images[0].width, Math.max(images[0].height, images[1].height)];
  const [before, after] = images.map((image) => {
    const canvas = Object.assign(document.createElement('canvas'), {width, height});
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  });
  let apart = 0;
  for (let at = 0; at < before.length; at += 1) apart += Math.abs(before[at] - after[at]);
  return [apart / before.length / 255, Math.abs(images[0].height - images[1].height) / height];
}"""


@pytest.fixture(name="pages")
def _pages(followed_digest, post, passages):
    digest = replace(followed_digest, charts=CHARTS)
    with speaking("en"):
        english = FORMATS["html"][1](digest)
    return {
        "english": english,
        "mail": FORMATS["mail"][1](digest),
        "post": post_page(post, passages),
        "digest": FORMATS["html"][1](digest),
        "sheet": FORMATS["html"][1](cut(digest, Cut("executive"))),
        "index": index_page(digest.project, [digest], [], [], charts=replace(CHARTS, lines=())),
    }


def taken(browser, html, width, scheme="light"):
    page = browser.new_page(viewport={"width": width, "height": 600}, device_scale_factor=SHRUNK, color_scheme=scheme)
    page.set_content(html)
    page.evaluate("() => document.fonts.ready")
    picture = page.screenshot(full_page=True)
    page.close()
    return picture


def apart(browser, one, other):
    page = browser.new_page()
    found = page.evaluate(DIFFERENCE, [base64.b64encode(each).decode("ascii") for each in (one, other)])
    page.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["digest", "english", "sheet", "index", "mail", "post"])
def test_a_page_looks_as_before(chromium, pages, name, width, scheme):
    path, now = GOLDEN / f"{name}-{width}{'-dark' if scheme == 'dark' else ''}.png", taken(chromium, pages[name], width, scheme)
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(now)
    assert max(apart(chromium, path.read_bytes(), now)) < MOST, f"{path.name} looks otherwise: see the top of the file"


def test_a_page_that_looks_otherwise_is_noticed(chromium, pages):
    now = taken(chromium, pages["digest"], WIDTHS[1])
    for other in (pages["digest"].replace("--paper: #fbfaf7", "--paper: #e0e0e0"), pages["digest"].replace("<li", "<li hidden")):
        assert max(apart(chromium, now, taken(chromium, other, WIDTHS[1]))) > MOST
