"""What a scraped post can never do to the page that asks about it: make an element or an attribute, run, or hide and turn signs."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.records import Comment, Passage, Post, Span
from pipeline.review.visible import SHOWN
from tests.render.conftest import Page
from tests.render.test_hostile import ATTACKS, HIDDEN
from tests.review.conftest import queued

READ = {name: text for name, text in ATTACKS.items() if name != "half a pair"}  # readers of posts refuse it
OF_WORDS = {"p", "span", "mark", "i"}  # a page wraps each paragraph, each word, and each line of a passage
SAID = "ต้องถามคนในบ้านก่อน"


@pytest.fixture(name="asked_about")
def _asked_about(store, browser):
    """Return a function that gives the pages about a passage of a post with a text in its title, names, quotation and comment."""

    def pages(number, attack):
        if store._engine.dialect.name == "postgresql":
            attack = attack.replace("\x00", "")  # it has none, and readers of posts refuse it
        quote = f"{SAID} {attack.strip()}"
        text = f"บันทึก\n\n{quote}\n\n{attack} จบ"
        start = text.index(quote)
        comment = Comment(Span(start + len(quote) + 2, len(text)), attack)
        post = Post(
            f"h{number}", f"{number}.txt", "", text, title=f"บันทึก {attack}", author=f"ครู {attack}",
            posted_at=datetime(2009, 3, 1), body=(Span(0, start + len(quote)),), comments=(comment,), url="https://e.org/",  # noqa: DTZ001 - local
        )  # fmt: skip
        span = Span(start, start + len(quote))
        passage = Passage(post.id, post.source, span, quote, "lesson", 0.6, why=(attack,), model="m1", second=("other", 0.3), speaker=attack)
        store.put_posts([post])
        store.put_analysis("m1", "k1", [(post, [passage])])
        store.queue.refill([queued(passage, rank=number)])
        return {name: browser.get(f"/{name}/{passage.id}", **{"HX-Request": "true"}).text for name in ("item", "why")}

    return pages


@pytest.mark.parametrize("attack", READ.values(), ids=READ)
def test_no_page_about_an_item_gets_an_element_or_an_attribute(asked_about, attack):
    attacked, harmless = (asked_about(number, said) for number, said in enumerate((attack, "ครับ")))
    for name in attacked:
        pages = Page(attacked[name]), Page(harmless[name])
        shown, tags = "".join(text for _, text in pages[0].texts), [[tag for tag in page.tags if tag not in OF_WORDS] for page in pages]
        assert SAID in shown or name == "why"
        assert tags[0] == tags[1]
        assert {key for _, attributes in pages[0].elements for key in attributes} <= {
            key for _, attributes in pages[1].elements for key in attributes
        }
        assert not set(f"{HIDDEN}\u202d\u2067\u2069") & set(shown)


def test_what_turns_a_line_is_shown_as_a_sign(asked_about):
    assert f"{SHOWN}กลับ{SHOWN}" in "".join(text for _, text in Page(asked_about(0, ATTACKS["turned"])["item"]).texts)
