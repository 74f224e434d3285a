"""The queue page: one item after the other, and the parts that the page fetches while a reviewer reads.

Comes in: filters, and which items the page holds already. Goes out: the page with its first item, or the next item alone. Refuses filters that
are not in the closed list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from starlette.responses import RedirectResponse, Response

from pipeline.corrections import LinkVerdict
from pipeline.languages import find_dates
from pipeline.review.asked import Page
from pipeline.review.asking import find_item, next_item
from pipeline.review.forms import FiltersSent
from pipeline.review.guideline import advice
from pipeline.review.keycaps import LABELS, keymap
from pipeline.review.nearest import nearest_decided
from pipeline.review.pages import page, told
from pipeline.review.suggest import told as told_day
from pipeline.review.today import decided_today
from pipeline.review.words import words

if TYPE_CHECKING:
    from pipeline.review.asked import Asked

_ITEM = re.compile(r"[a-z0-9-]{3,40}")
_MOST_PASSING = 200


def _show(asked: Asked) -> Response:
    sent = FiltersSent.model_validate(dict(asked.query))
    filters = sent.filters()
    wanted = find_item(asked, asked.query["open"], asking=True) if "open" in asked.query else None
    item = wanted or next_item(asked, filters, ())
    return page(
        asked,
        "queue.html",
        item=item,
        filters=sent,
        waiting=asked.site.store.queue.count(asked.reviewer.id, filters),
        now=decided_today(asked),
        places=asked.site.store.reviewers.tallies.places(),
        advice={one.id: one for one in advice()},
        keymap=keymap(asked.reviewer.preferences),
        verdicts=[*zip(get_args(LinkVerdict), LABELS, strict=False)],  # a verdict has the key of a label
        said={name: words()[asked.lang][name] for name in _SAID},
    )


def _next(asked: Asked) -> Response:
    filters = FiltersSent.model_validate(dict(asked.query)).filters()
    passing = _ITEM.findall(asked.query.get("passing", ""))[:_MOST_PASSING]
    item = next_item(asked, filters, passing)
    return page(asked, "_item.html", item=item) if item else Response(status_code=204)


def _one(asked: Asked) -> Response:
    item = find_item(asked, asked.path["item"], asking=True)
    if item is None:
        return told(asked.lang, 404)
    if asked.by_script:
        return page(asked, "_item.html", item=item)
    return RedirectResponse(f"/?open={item.queued.item}", 303)


def _why(asked: Asked) -> Response:
    item = find_item(asked, asked.path["item"], alone=True)
    if item is None or item.passage is None:
        return told(asked.lang, 404)
    return page(asked, "_why.html", item=item, nearest=nearest_decided(asked.site.store, item))


def _when(asked: Asked) -> Response:
    written = asked.query.get("when_more", "")[:200]
    read = next(iter(find_dates(written)), None)
    return page(asked, "_when.html", told=told_day(read) if read else "", written=written.strip())


def _language(asked: Asked) -> Response:
    lang = asked.form.get("lang", "th")
    asked.site.reviewers.set_language(asked.reviewer.id, lang if lang in {"th", "en"} else "th")
    return RedirectResponse("/", 303)


_SAID = (
    *("saved_next", "added", "undone", "undo_none", "skipped", "offline", "offline_end", "already_look", "refused", "enter_again", "all_sent"),
    *("mode_split", "mode_split_touch", "split_first", "mode_add", "mode_add_touch", "no_merge", "today_open", "waiting", "error_403"),
)

PAGES = (
    Page("/", _show, role="reviewer"),
    Page("/next", _next, role="reviewer"),
    Page("/item/{item}", _one, role="reviewer"),
    Page("/why/{item}", _why, role="reviewer"),
    Page("/when", _when, role="reviewer"),
    Page("/language", _language, role="reviewer", post=True),
)
