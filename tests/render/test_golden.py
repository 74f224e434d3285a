"""Every form of the made-up digest, byte for byte.

The goldens change only by this command, and then the difference is read before it is committed:

    UPDATE_GOLDENS=1 python -m pytest tests/render/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.render import FORMATS, index_page, post_page

GOLDEN = Path(__file__).parents[1] / "golden"


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_bytes(text.encode("utf-8"))
    assert path.read_bytes().decode("utf-8") == text, f"{path.name} differs: see the top of test_golden.py"


@pytest.mark.parametrize("form", FORMATS)
def test_the_digest(form, digest):
    name, render = FORMATS[form]
    compare(name, render(digest))


def test_the_index(digest, empty_digest, rejects, notes):
    compare("index.html", index_page(digest.project, [digest, empty_digest], rejects, notes))


def test_the_post(post, passages):
    compare("post.html", post_page(post, passages))
