"""The pages as people with other eyes and hands meet them: axe without serious findings, text at twice its size not cut off, targets large enough."""

from dataclasses import replace

import pytest

from pipeline.corrections import QueueItem, name_pair
from pipeline.records import ActionFields, Actor
from tests.browser.chromium import findings
from tests.review.conftest import queued

PAGES = ["/", "/?label=action", "/?kind=name", "/search?words=ป้าแดง", "/progress", "/adjudicate", "/keys", "/health", "/nowhere"]
ITEM = "#desk > article"
SIZES = {"phone": {"width": 390, "height": 844}, "small": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture(autouse=True)
def two_names(store, passages):
    """Let two names wait, too, which may be one."""
    first, second = passages[2], passages[3]
    named = [replace(one, action=ActionFields((Actor(name),))) for one, name in ((first, "ป้าแดง"), (replace(second, label="action"), "น้าแดง"))]
    store.put_analysis("m1", "k1", [(store.posts_by_id(["1"])["1"], [*passages[:2], *named])])
    asked = QueueItem(name_pair("ป้าแดง", "น้าแดง"), "name", "1", "uncertain", 0.5, 9, details={"names": ["ป้าแดง", "น้าแดง"]})
    store.queue.refill([*(queued(one, rank=rank) for rank, one in enumerate([*passages[:2], *named])), asked])


# colours do not depend on the size of the window, nor where things stand on the colours: two of the four show all
@pytest.mark.parametrize(("size", "scheme"), [("small", "light"), ("desk", "dark")])
def test_axe_finds_nothing_serious(entered, size, scheme):
    page = entered("wipa", viewport=SIZES[size], color_scheme=scheme, bypass_csp=True)
    found = {}
    for address in PAGES:
        page.goto(address)
        assert address != "/?kind=name" or page.is_visible("article.verdict")
        found[address] = findings(page)
    page.goto("/?label=action")
    page.keyboard.press("3")
    found["fields"] = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    found["split"] = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    found["told"] = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.wait_for_selector(".whys dd")
    page.keyboard.press("g")
    page.wait_for_selector("#guideline-text h3")
    found["guideline"] = findings(page)
    assert {address: one for address, one in found.items() if one} == {}


def test_the_entry_is_fit_too(chromium, served):
    page = chromium.new_context(base_url=served.site.base_url, bypass_csp=True).new_page()
    for address in ("/enter", "/link/x"):
        page.goto(address)
        assert findings(page) == []
    page.context.close()


CUT_OFF = """() => [...document.querySelectorAll('main *, .top *')].filter((one) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const writing = ['INPUT', 'TEXTAREA'].includes(one.tagName);
  if (!box.width || one.closest('.hear, .skip, .tip, select, dialog:not([open])') || style.display === 'inline' || writing) return false;
  const cut = style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1;
  return cut || (box.right > innerWidth + 1 && !one.closest('.scroll'));
}).map((one) => one.outerHTML.slice(0, 120))"""
LEAST_LINE = """() => Math.min(...[...document.querySelectorAll('p, button, h1, h2, li')].map((one) => {
  const style = getComputedStyle(one);
  return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
}))"""
SMALL = """() => [...document.querySelectorAll('button, select, input:not([type=hidden], [type=checkbox], [type=radio]), .button')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.height && (box.height < 44 || box.width < 44);
}).map((one) => one.outerHTML.slice(0, 80))"""


def test_text_of_twice_the_size_is_not_cut_off(entered):
    page = entered("wipa", viewport=SIZES["small"])
    for address in PAGES:
        page.goto(address)
        page.evaluate("() => { document.documentElement.style.fontSize = '212.5%'; dispatchEvent(new Event('resize')); }")
        assert page.evaluate(CUT_OFF) == [], address
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate(LEAST_LINE) >= 1.6, address  # room for a vowel and a tone mark above, and a vowel below


@pytest.mark.parametrize("percent", [106.25, 212.5])
def test_what_is_to_be_read_is_never_covered_by_the_answers(entered, percent):
    page = entered("wipa", viewport=SIZES["small"])
    page.evaluate("size => { document.documentElement.style.fontSize = `${size}%`; dispatchEvent(new Event('resize')); }", percent)
    covered = page.locator(".bar > .answers:visible").bounding_box()
    assert page.evaluate("innerHeight / 2") <= covered["y"]
    assert covered["y"] + covered["height"] <= SIZES["small"]["height"]
    page.keyboard.press("1")
    page.wait_for_function("() => review.waiting().length === 0")
    top, answers = page.locator(f"{ITEM} mark").bounding_box()["y"], page.locator(".bar > .answers:visible").bounding_box()["y"]
    assert 0 <= top < answers


def test_targets_are_large_enough_for_a_thumb(entered):
    page = entered("wipa", viewport=SIZES["phone"])
    for address in PAGES:
        page.goto(address)
        assert page.evaluate(SMALL) == [], address
