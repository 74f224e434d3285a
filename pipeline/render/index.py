"""The first page: all phases of the project, and how the reading went.

Comes in: the digests, what was set aside, and notes about posts. Goes out: the text of ``index.html``. Refuses nothing; long lists
are cut with a line that says so. A sentence does not repeat the source that stands in the column beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.charts import NO_CHARTS
from pipeline.render.chart_svg import chart_svg
from pipeline.render.charts import drawn
from pipeline.render.display import on_one_line
from pipeline.render.pages import page
from pipeline.render.words import language, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.charts import Charts
    from pipeline.records import Digest, Reject

ROWS_SHOWN = 200
_LANGUAGES = {"th": "ไทย", "en": "English"}  # each in itself
_AFTER_SOURCE = re.compile(r"(?:[^:\d]{1,20}\d+)?: ")  # the number of the line, in either language


def index_page(  # noqa: PLR0913 - the page tells of the whole project and of the run
    project_name: str,
    digests: Sequence[Digest],
    rejects: Sequence[Reject],
    notes: Sequence[tuple[str, str]],
    *,
    posts: int | None = None,
    charts: Charts = NO_CHARTS,
    cuts: Mapping[str, Sequence[str]] = MappingProxyType({}),
    whose: Mapping[str, str] = MappingProxyType({}),
    books: Sequence[str] = (),
) -> str:
    """Return the text of ``index.html``; `posts` is how many the digests were made of, by default the sum over the phases.

    `cuts` are the names of the pages that stand beside the digest of a phase, by the phase's id, `whose` what the reader of a cut is in charge of;
    `books` the names of the registers of earlier years.
    """
    return page(
        "index.html",
        project=project_name,
        digests=digests,
        posts=sum(digest.posts for digest in digests) if posts is None else posts,
        rejects=[replace(reject, reason=_without_source(_reason(reject), reject.source)) for reject in rejects],
        notes=[(source, _without_source(sentence, source)) for source, sentence in notes],
        rows=ROWS_SHOWN,
        books=[(book, book.removeprefix("register-").removesuffix(".xlsx")) for book in books],
        charts=[(one, chart_svg(one)) for one in drawn(charts)],
        cuts={phase: [(file, _cut_name(file, whose.get(_stem(file), ""))) for file in sorted(files, key=_in_order)] for phase, files in cuts.items()},
    )


def _stem(file: str) -> str:
    """Return the name of a cut, by that of its page."""
    return file.removeprefix("digest.").removesuffix(".html")


def _cut_name(file: str, whose: str = "") -> str:
    """Return what a page beside a digest is called: for whom it is cut, and its language where that is another.

    >>> _cut_name("digest.executive.html"), _cut_name("digest.agency-2.en.html"), _cut_name("digest.en.html")
    ('ฉบับผู้บริหาร', 'ฉบับหน่วยงานภาคี 2 (English)', 'English')
    >>> _cut_name("digest.agency-2.en.html", "กศน.")
    'ฉบับหน่วยงานภาคี กศน. (English)'
    """
    parts = file.split(".")[1:-1]
    language_name = _LANGUAGES.get(parts[-1], "")
    kind, _, number = (parts[0] if parts[0] not in _LANGUAGES else "").removeprefix("pre-").partition("-")
    key = "pre_meeting" if parts[0].startswith("pre-meeting") else kind
    name = word(f"cut_{key}").partition(":")[0] if key else ""
    tongue = f"({language_name})" if name and language_name else language_name
    return " ".join(filter(None, (name, on_one_line(whose if whose not in name else "") or (number if number.isdecimal() else ""), tongue)))


def _in_order(file: str) -> tuple[bool, str]:
    """Return by what the pages beside a digest are ordered: those in its own language first."""
    return _stem(file).rsplit(".", 1)[-1] in _LANGUAGES, file


def _reason(reject: Reject) -> str:
    """Return why something was set aside, in the language that is spoken as far as it is told in both."""
    if reject.told is None:
        return reject.reason
    return reject.told.th if language() == "th" else reject.told.en


def _without_source(sentence: str, source: str) -> str:
    """Return the sentence without the place that it begins with.

    >>> _without_source("a.jsonl, line 3: must be JSON.", "a.jsonl"), _without_source("must be JSON.", "a.jsonl")
    ('must be JSON.', 'must be JSON.')
    """
    place = _AFTER_SOURCE.match(sentence, len(source)) if sentence.startswith(source) else None
    return sentence[place.end() :] if place else sentence
