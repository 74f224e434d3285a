"""Digest in, files for people out: JSON, Markdown, HTML, e-mail, Word; and of all phases the register, the calendar and the first page.

To add a form of the digest: one function that takes a `Digest` and returns the file's text, one line in `FORMATS`, one golden; a form that is no text
returns bytes and has its line in `documents`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pipeline.render.calendar_ics import calendar_ics, has_a_day
from pipeline.render.digest_docx import digest_docx
from pipeline.render.digest_json import digest_json
from pipeline.render.digest_mail import digest_mail, digest_mail_text
from pipeline.render.digest_markdown import digest_markdown
from pipeline.render.digest_page import digest_page
from pipeline.render.index import index_page
from pipeline.render.post import page_name, post_page
from pipeline.render.register_xlsx import register_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.records import Digest

FORMATS: dict[str, tuple[str, Callable[[Digest], str]]] = {
    "json": ("digest.json", digest_json),
    "markdown": ("digest.md", digest_markdown),
    "html": ("digest.html", digest_page),
    "mail": ("digest.mail.html", digest_mail),
    "mail text": ("digest.mail.txt", digest_mail_text),
}


def documents(*, thai_digits: bool = True) -> dict[str, tuple[str, Callable[[Digest], bytes]]]:
    """Return the forms that are no text; `thai_digits` says how a document for officers writes numbers."""
    return {"docx": ("digest.docx", partial(digest_docx, thai_digits=thai_digits))}


__all__ = ["FORMATS", "calendar_ics", "documents", "has_a_day", "index_page", "page_name", "post_page", "register_xlsx"]
