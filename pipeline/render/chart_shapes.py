"""The strokes of a chart: text, lines, boxes and hatching, as SVG.

Comes in: places in the units of the picture, and words. Goes out: elements as text. Refuses nothing: words of posts pass `display` and are
escaped. What differs differs in its hatching too, so that it is told apart without colours.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Literal

from pipeline.render.display import on_one_line

WIDTH = 760
SIZE = 13  # of letters
LINE = 20  # from one line of text to the next
_SIGN = 0.58  # of the size: how wide a letter is
Fill = Literal["solid", "slanted", "dotted", "lined", "crossed", "empty", "pale"]
_HATCHES: dict[Fill, str] = {
    "solid": '<rect width="8" height="8" class="full"/>',
    "slanted": '<rect width="8" height="8" class="faint"/><path d="M-2 2l4-4M0 8l8-8M6 10l4-4" class="stroke"/>',
    "dotted": '<rect width="8" height="8" class="faint"/><circle cx="2" cy="2" r="1.3" class="full"/><circle cx="6" cy="6" r="1.3" class="full"/>',
    "lined": '<rect width="8" height="8" class="faint"/><path d="M0 2h8M0 6h8" class="stroke"/>',
    "crossed": '<path d="M0 0l8 8M8 0l-8 8" class="stroke"/>',
    "empty": '<rect width="8" height="8" class="blank"/>',
    "pale": '<rect width="8" height="8" class="faint"/>',
}


def text(x: float, y: float, words: str, *, anchor: str = "start", style: str = "") -> str:
    """Return words whose base line begins, is centred or ends at a place."""
    kind = f' class="{style}"' if style else ""
    turn = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{turn}{kind}>{escape(on_one_line(words))}</text>'


def box(x: float, y: float, wide: float, high: float, fill: str) -> str:
    """Return a box that is filled by a hatching."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="url(#{fill})" class="box"/>'


def stroke(x: float, y: float, to_x: float, to_y: float, style: str = "axis") -> str:
    """Return a straight line."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" class="{style}"/>'


def mark(kind: str, x: float, y: float) -> str:
    """Return the sign of a day: each kind has a shape of its own."""
    shapes = {
        "opened": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" class="full"/>',
        "moved": f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6-6z" class="hollow"/>',
        "due": f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6-6z" class="full"/>',
        "heard": f'<path d="M{x:.1f} {y - 5:.1f}l5.5 10h-11z" class="full"/>',
        "post": f'<path d="M{x:.1f} {y - 7:.1f}v14" class="tick"/>',
    }
    return shapes[kind]


def hatching(name: str, fill: Fill, colour: str | None) -> str:
    """Return a hatching under a name, in the colour of a label or in that of the text."""
    tone = f' class="label" style="--label:{colour}"' if colour else ""
    return f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse"{tone}>{_HATCHES[fill]}</pattern>'


def wide(words: str, size: int = SIZE) -> float:
    """Return about how wide words are: vowels and tone marks over and under a letter take no room."""
    return sum(unicodedata.category(sign) != "Mn" for sign in words) * size * _SIGN


def legend(entries: list[tuple[str, str]], y: float) -> tuple[list[str], float]:
    """Return signs with their meanings in as many lines as they need, and where the next thing may stand."""
    parts, x = list[str](), 0.0
    for sign, words in entries:
        room = 24 + wide(words) + 20
        if x and x + room > WIDTH:
            x, y = 0.0, y + LINE
        parts += [f'<g transform="translate({x:.0f} {y:.0f})">{sign}</g>', text(x + 24, y + SIZE - 1, words)]
        x += room
    return parts, y + LINE + 6


def picture(name: str, high: float, title: str, told: str, parts: list[str]) -> str:
    """Return the whole picture, with its title and its text alternative."""
    head = f'<svg class="chart" viewBox="0 0 {WIDTH} {high:.0f}" role="img" aria-labelledby="{name}-title {name}-told">'
    return f'{head}<title id="{name}-title">{escape(title)}</title><desc id="{name}-told">{escape(on_one_line(told))}</desc>{"".join(parts)}</svg>'
