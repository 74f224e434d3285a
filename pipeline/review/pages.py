"""The frame of the review pages: templates, words, static files.

Comes in: the name of a template and what it shows. Goes out: a response. Refuses: a name that a template uses and nobody gave. Every value is
escaped; the project's own files come from a fixed list.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from pipeline.assets import asset
from pipeline.labels import label_ids, label_set
from pipeline.render.kept_together import kept_together
from pipeline.render.pages import FOLDER as RENDER
from pipeline.render.pages import UNICODE_RANGES
from pipeline.render.words import moment
from pipeline.review.keycaps import cap
from pipeline.review.visible import visible
from pipeline.review.words import word

if TYPE_CHECKING:
    from pipeline.review.asked import Asked

_HERE = asset("pipeline/review")
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of ours as it is served."""

    body: bytes
    zipped: bytes
    type: str
    version: str


def page(asked: Asked, template: str, status: int = 200, **shown: object) -> HTMLResponse:
    """Return a page in the reader's language."""
    reviewer = asked.session.reviewer if asked.session else None
    frame = {
        "w": partial(word, asked.lang),
        "lang": asked.lang,
        "reviewer": reviewer,
        "token": asked.token,
        "project": asked.site.settings.project.name,
        "phases": asked.site.settings.phases,
        "labels": label_ids(),
    }
    return HTMLResponse(environment().get_template(template).render(frame | shown), status)


def told(lang: str, status: int) -> HTMLResponse:
    """Return the page of an error: one sentence, no trace."""
    return HTMLResponse(environment().get_template("error.html").render(w=partial(word, lang), lang=lang, status=status), status)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates' environment: escaping always on, nothing undefined."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    made.globals.update(static=static_address, moment=lambda when: kept_together(moment(when)), cap=cap)
    return made


def static(name: str) -> StaticFile | None:
    """Return one of our files; there are no others."""
    return _files().get(name)


def static_response(name: str, *, zipped: bool) -> Response | None:
    """Return the answer with one of our files; its address changes with its content, so browsers may keep it."""
    file = static(name)
    if file is None:
        return None
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    small = zipped and len(file.zipped) < len(file.body)
    return Response(file.zipped if small else file.body, media_type=file.type, headers=headers | ({"Content-Encoding": "gzip"} if small else {}))


def static_address(name: str) -> str:
    """Return the address of one of our files."""
    return f"/static/{name}?v={_files()[name].version}"


@lru_cache(maxsize=1)
def _files() -> dict[str, StaticFile]:
    files = {file.name: file.read_bytes() for file in sorted((_HERE / "static").iterdir()) if file.suffix in _TYPES}
    fonts = {file.name: file.read_bytes() for file in sorted((RENDER / "fonts").glob("*.woff2"))}
    files["fonts.css"] = _font_faces(fonts).encode()
    files["style.css"] += _label_tones().encode()
    return {name: _static(name, body) for name, body in (files | fonts).items()}


def _static(name: str, body: bytes) -> StaticFile:
    return StaticFile(body, gzip.compress(body, 9, mtime=0), _TYPES[Path(name).suffix], hashlib.sha256(body).hexdigest()[:12])


def _label_tones() -> str:
    """Return the colour of each label, on light pages and, lighter, on dark ones."""
    chosen = {label.colour: ", ".join(f"{part}.{label.id}" for part in (".answers ", ".suggested ", ".tone")) for label in label_set()}
    light = "".join(f"{which} {{ --tone: {colour}; }}\n" for colour, which in chosen.items())
    dark = "".join(f"  {which} {{ --tone: color-mix(in srgb, {colour} 45%, white); }}\n" for colour, which in chosen.items())
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _font_faces(fonts: dict[str, bytes]) -> str:
    faces = []
    for name, body in fonts.items():
        _, subset, weight, _style = name.removesuffix(".woff2").split("-")
        source = f"url({name}?v={_static(name, body).version}) format('woff2')"
        faces.append(
            f"@font-face{{font-family:Sarabun;font-weight:{weight};font-display:swap;src:{source};unicode-range:{UNICODE_RANGES[subset]}}}\n"
        )
    return "".join(faces)


def _shown(value: object) -> object:
    """Show what has no shape in every text of a template; markup comes from our own templates."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
