"""The pages and the mail as people with other eyes and screens meet them.

Axe finds nothing serious, and no word pushes a page wider than its screen.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.privacy import Leaving
from pipeline.render import FORMATS, index_page, post_page
from pipeline.render.words import speaking
from pipeline.settings import Privacy
from tests.browser.chromium import AXE, checksum, findings
from tests.render.test_charts import CHARTS
from tests.render.test_hostile import hostile_forms

PHONE = {"width": 360, "height": 740}
OVERHANGING = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest('.scroll, svg');
}).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5)"""


UNMARKED = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const {data, parentElement} = walk.currentNode;
    if (/[\u0e00-\u0e7f]/.test(data) && !parentElement.closest('style, svg, [lang="th"]')) found.push(data.trim().slice(0, 80));
  }
  return found;
}"""


@pytest.fixture(name="pages", params=["th", "en"])
def _pages(request, followed_digest, post, passages, rejects, notes):
    with speaking(request.param):
        yield request.param, _pages_of(followed_digest, post, passages, rejects, notes)


def _pages_of(followed_digest, post, passages, rejects, notes):
    digest = replace(followed_digest, charts=CHARTS)
    leaving = Leaving([digest], Privacy("mask"))
    return {
        "index": index_page(digest.project, [digest], rejects, notes, charts=replace(CHARTS, lines=())),
        "digest": FORMATS["html"][1](digest),
        "cut": FORMATS["html"][1](cut(digest, Cut("executive"))),
        "cut for an area": FORMATS["html"][1](cut(digest, Cut("facilitator", area="บ้านหนองกุ่ม"))),
        "cut with nothing": FORMATS["html"][1](cut(replace(digest, top=()), Cut("agency", agency="กรมที่ไม่มีใครกล่าวถึง"))),
        "post": post_page(post, passages),
        "outside": FORMATS["html"][1](leaving.digest(digest)),
        "post outside": post_page(leaving.post(post), [leaving.passage(one) for one in passages]),
        "mail": FORMATS["mail"][1](digest),
        "mail of one page": FORMATS["mail"][1](cut(digest, Cut("host"))),
        "cut before a meeting": FORMATS["html"][1](cut(digest, Cut("pre-meeting"))),
    }


def test_axe_is_the_one_that_was_checked():
    known, name = (AXE.parent / "SHA256SUMS").read_text(encoding="ascii").split()
    assert (checksum(AXE), name) == (known, AXE.name)
    assert "Mozilla Public License" in (AXE.parent / "axe.LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium, pages, scheme):
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 800, "height": 900})
    found = {}
    for name, text in pages[1].items():
        page.set_content(text)
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[name] = findings(page)
    page.close()
    assert {name: one for name, one in found.items() if one} == {}


def test_thai_is_marked_as_thai_on_a_page_in_another_language(chromium, pages):
    language, texts = pages
    page, found = chromium.new_page(), {}
    for name, text in texts.items():
        page.set_content(text)
        assert page.evaluate("() => document.documentElement.lang") == language
        found[name] = page.evaluate(UNMARKED) if language != "th" else []
    page.close()
    assert {name: one for name, one in found.items() if one} == {}


def test_axe_is_asked_and_answers(chromium):
    page = chromium.new_page()
    page.set_content('<html lang="th"><title>ก</title><p style="color:#ccc;background:#fff">จาง</p><img src="data:,">')
    assert {name for name, _ in findings(page)} == {"color-contrast", "image-alt"}
    page.close()


def test_no_word_is_wider_than_a_telephone(chromium, followed_digest, post, passages):
    forms = dict(hostile_forms(followed_digest, post, passages, "W" * 20_000))
    page = chromium.new_page(viewport=PHONE)
    wide = {}
    for name in ("html", "mail", "index", "post"):
        page.set_content(forms[name])
        fits = page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        wide[name] = [] if fits else page.evaluate(OVERHANGING)
    page.close()
    assert {name: one for name, one in wide.items() if one} == {}


SCROLLING = "(of) => [...document.querySelectorAll(of)].some((one) => one.scrollWidth > one.clientWidth)"


@pytest.mark.parametrize("width", [577, 600, 680, 720, 768])
def test_tables_fit_a_tablet_and_charts_that_do_not_say_so(chromium, followed_digest, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.set_content(FORMATS["html"][1](replace(followed_digest, charts=CHARTS)))
    page.evaluate("() => document.fonts.ready")
    assert not page.evaluate(SCROLLING, ".register > .scroll, .actions")
    assert page.evaluate(SCROLLING, "figure > .scroll") == page.is_visible(".narrow")
    page.close()
