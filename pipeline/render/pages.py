"""The frame of every page: templates, style and font.

Comes in: a template's name and what it shows. Goes out: one self-contained page without script. Refuses: a name that the template
uses and nobody gave. Every value passes `display` and is escaped; only the project's own style sheet goes in as it is.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.assets import asset
from pipeline.labels import label_set
from pipeline.render.borders import with_borders
from pipeline.render.display import display, mask
from pipeline.render.words import authors, day, label_name, label_names, label_question, language, moment, period, word

FOLDER = asset("pipeline/render")
UNICODE_RANGES = {
    "thai": "U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-200B,U+200E-206F,U+20AC,U+2122,U+2191,"
    "U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}

_NOTED = "other"  # the label of what is quoted in a register alone
_MAIL_FONT = "font-family:'TH Sarabun New','Leelawadee UI',Thonburi,'Noto Sans Thai',Tahoma,sans-serif;"  # a mail brings no font
COLOURS = {**{label.id: label.colour for label in label_set()}, _NOTED: "#57534c"}


def page(template: str, *, weights: tuple[int, ...] = (400, 700), **shown: object) -> str:
    """Return a page with the font embedded in the given weights."""
    return with_borders(environment().get_template(template).render(style=_style(weights), **shown))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates' environment: escaping always on, nothing undefined."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(word=word, authors=authors, day=day, moment=moment, period=period, folder=quote, language=language)
    made.globals.update(
        in_thai=_in_thai, font=_MAIL_FONT, colours=COLOURS, label_name=kind_name, label_names=label_names, label_question=label_question
    )
    return made


def _in_thai() -> Markup:
    """Return the mark of a stretch in Thai, on a page that is in another language."""
    return Markup("" if language() == "th" else ' lang="th"')  # noqa: S704 - our own words


def kind_name(label: str) -> str:
    """Return what a marked passage is called."""
    return word("noted") if label == _NOTED else label_name(label)


def web_address(url: str | None) -> str | None:
    """Return the address if a page may link to it: of the web, and without a network address in it.

    >>> web_address("https://www.example.org/posts/7")
    'https://www.example.org/posts/7'
    >>> web_address("javascript:alert(1)")
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc and mask(url or "") == url else None


def _shown(value: object) -> object:
    """Pass every text that a template shows through `display`; markup comes from our own templates and style sheet."""
    return display(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=4)
def _style(weights: tuple[int, ...]) -> Markup:
    """Return the style sheet, with the font in it."""
    faces = "".join(_font_face(subset, weight) for weight in weights for subset in UNICODE_RANGES)
    return Markup(faces + (FOLDER / "templates" / "style.css").read_text(encoding="utf-8"))  # noqa: S704  our own file, no text of a post


def _font_face(subset: str, weight: int) -> str:
    """Return the rule that embeds one file of the font."""
    font = base64.b64encode((FOLDER / "fonts" / f"sarabun-{subset}-{weight}-normal.woff2").read_bytes()).decode("ascii")
    source = f"url(data:font/woff2;base64,{font}) format('woff2')"
    return f"@font-face{{font-family:Sarabun;font-weight:{weight};src:{source};unicode-range:{UNICODE_RANGES[subset]}}}\n"
