"""Settling what two reviewers read differently.

Comes in: the disputes of the store, and what an adjudicator chooses. Goes out: the page, and a decision that stands above the others. Refuses:
an item on which nobody differs, and a label that is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from pipeline.desk.trying import disputes
from pipeline.errors import AlreadyDecided
from pipeline.review.asked import Page
from pipeline.review.asking import find_item
from pipeline.review.deciding import corrections_of
from pipeline.review.forms import Decision
from pipeline.review.pages import page, told

if TYPE_CHECKING:
    from pipeline.desk.trying import Dispute
    from pipeline.review.asked import Asked
    from pipeline.review.asking import Item

_SHOWN = 20


class Case(NamedTuple):
    """A dispute with the passage in its post, and the version that the adjudicator sees."""

    dispute: Dispute
    item: Item
    version: int


def _show(asked: Asked) -> Response:
    store = asked.site.store
    open_ones = disputes(store)
    cases = [Case(one, item, store.corrections.version(one.item)) for one in open_ones[:_SHOWN] if (item := find_item(asked, one.item))]
    names = {one.id: one.name for one in asked.site.reviewers.all()}
    return page(asked, "adjudicate.html", cases=cases, total=len(open_ones), names=names, key=lambda: str(uuid4()))


def _settle(asked: Asked) -> Response:
    form = asked.form
    sent = Decision(
        key=form.get("key", ""), item=form.get("item", ""), verb="label", label=form.get("label", ""), note=form.get("note") or None,
        version=int(form.get("version", "0")),
    )  # fmt: skip
    item = find_item(asked, sent.item)
    if item is None or all(one.item != sent.item for one in disputes(asked.site.store)):
        return told(asked.lang, 404)
    made = corrections_of(asked, item, sent, adjudicated=True)
    try:
        asked.site.desk.decide([replace(one, key=f"{sent.key}/{number}") for number, one in enumerate(made)], sent.version)
    except AlreadyDecided:
        return RedirectResponse("/adjudicate", 303)  # what is open is shown anew
    return RedirectResponse("/adjudicate", 303)


PAGES = (Page("/adjudicate", _show, role="adjudicator"), Page("/adjudicate", _settle, role="adjudicator", post=True))
