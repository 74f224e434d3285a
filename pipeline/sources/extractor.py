"""The words of a page of an unknown blog, without its menus and side columns: trafilatura's reading.

Comes in: the tree of a page. Goes out: its text, in paragraphs. Refuses nothing: where the extractor finds nothing, or gives up on a strange tree,
the whole page is read as a person sees it. The extractor is given a tree, never an address: it fetches nothing.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.sources.markup import parse_html, text_of

if TYPE_CHECKING:
    from configparser import ConfigParser

MOST_ELEMENTS = 20_000  # a larger page is a list or a dump: the extractor's time grows faster than the page
_SHORTEST = "1"  # code points: a post of three lines is a post
_STUMBLES = (etree.LxmlError, AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
_MAIN = etree.XPath("//article | //main | //*[@role='main']")
_AROUND = etree.XPath("//nav | //footer | //aside | //header[not(ancestor::article) and not(ancestor::main)]")


def extract_text(tree: etree._Element, name: str) -> str:
    """Return the text of the post of a page."""
    if sum(1 for _ in tree.iter()) <= MOST_ELEMENTS and (found := _extracted(tree)):
        inner = parse_html(found, name)
        if inner is not None and (text := text_of(inner)):
            return text
    main = _MAIN(tree)
    return text_of(main[0] if len(main) == 1 else tree, set(_AROUND(tree)))


def _extracted(tree: etree._Element) -> str | None:
    """Return what the extractor keeps of a page, as HTML."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is read otherwise here
    try:
        found: str | None = trafilatura.extract(
            etree.tostring(tree, encoding="unicode", method="html"),
            output_format="html",
            include_comments=False,
            include_formatting=False,
            favor_recall=True,
            config=_config(),
        )
    except _STUMBLES:
        return None
    return found


@lru_cache(maxsize=1)
def _config() -> ConfigParser:
    """Return the settings of the extractor for posts that may be short."""
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    for key in ("min_extracted_size", "min_output_size"):
        config.set("DEFAULT", key, _SHORTEST)
    return config
