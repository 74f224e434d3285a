"""A press on the page becomes a decision.

Comes in: what the page sends. Goes out: whether it is kept, and what the page shows next. Refuses: an item that is not in the queue, edges that
are none, and what somebody else has decided since it was shown; nothing is lost or kept twice, because the page makes the key.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from pipeline.correcting.fields import values_of
from pipeline.correcting.told import OF_POST
from pipeline.corrections import Correction, anchor_of
from pipeline.desk.deciding import decision_of
from pipeline.errors import AlreadyDecided, CorrectionRefused
from pipeline.labels import OTHER
from pipeline.records import Span, short_hash
from pipeline.review import guideline
from pipeline.review.asked import Page
from pipeline.review.asking import Item, find_item, lane_of
from pipeline.review.forms import Decision, Undo
from pipeline.review.pages import page, told
from pipeline.review.suggest import when_value, who_value
from pipeline.review.telling import changes
from pipeline.review.today import decided_today
from pipeline.review.verdicts import verdict_of
from pipeline.review.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.corrections import Anchor
    from pipeline.records import Post
    from pipeline.review.asked import Asked
    from pipeline.review.forms import Fields


def _decide(asked: Asked) -> Response:
    sent = Decision.model_validate(asked.data)
    item = find_item(asked, sent.item, sent.mark, alone=True)
    if item is None:
        return JSONResponse({"status": "refused", "reason": word(asked.lang, "error_404")}, 404)
    try:
        made = corrections_of(asked, item, sent)
        keyed = [replace(one, key=f"{sent.key}/{number}") for number, one in enumerate(made)]
        asked.site.desk.decide(keyed, 0 if sent.verb == "add" else sent.version, item.post)
    except AlreadyDecided as other:
        return JSONResponse(_already(asked, sent.item, other.by), 409)
    except CorrectionRefused as refused:
        return JSONResponse({"status": "refused", "reason": refused.say(asked.lang)}, 422)
    return JSONResponse({"status": "saved", "today": decided_today(asked), "feedback": _feedback(asked, item, sent)})


def corrections_of(asked: Asked, item: Item, sent: Decision, *, adjudicated: bool = False) -> list[Correction]:
    """Return what a decision keeps, as corrections of its item."""
    common = Correction(
        item=item.queued.item,
        field="undo",  # each kind of decision names its own
        reviewer=asked.reviewer.id,
        at=datetime.fromtimestamp(asked.site.clock(), UTC),
        key=sent.key,
        post=item.post.id if item.post else None,
        anchor=item.anchor,
        basis="adjudicated" if adjudicated else "single",
        queued=item.queued.reason,
        suggestion_shown=item.queued.shown,
        model=item.passage.model if item.passage else None,
        guideline=guideline.version(),
        milliseconds=sent.milliseconds,
        note=sent.note or None,
        lane="" if adjudicated else lane_of(asked, item.queued),
    )
    if sent.verb == "verdict" and item.both and sent.verdict:
        return [verdict_of(common, item.queued, item.both, sent.verdict)]
    if item.post is None or item.passage is None:
        raise CorrectionRefused("This item has no passage to decide on. Choose another.", "รายการนี้ไม่มีข้อความให้ตัดสิน โปรดเลือกรายการอื่น")
    post, parts = item.post, [Span(part.start, part.end) for part in sent.parts if part.start < part.end]
    if sent.verb == "add":
        return [_added(common, post, parts[0], sent.label)] if parts and sent.label else []
    if sent.verb == "split":
        return _split(common, post, parts, [part.label for part in sent.parts])
    if sent.verb == "merge":
        return [replace(common, field="merge", further=(_anchor(post, parts[0]),))] if parts else []
    told = list(changes(item.passage, sent, asked.site.settings.phases))
    return list(_labelled(common, item, sent, parts[0] if parts else None, told))


def _labelled(common: Correction, item: Item, sent: Decision, span: Span | None, told: list[tuple[Any, Any, Any]]) -> Iterator[Correction]:
    """Yield the label, the edges where they moved, and what else was changed."""
    assert item.post
    assert item.passage
    moved = span is not None and span != item.passage.span and sent.label != OTHER
    changed = [*(_fields(item, sent.fields) if sent.label == "action" and sent.fields else ()), *told]
    accepted = sent.label == item.suggested and not moved and not changed and item.queued.shown and common.basis == "single"
    common = replace(common, basis="accepted") if accepted else common
    yield replace(common, field="label", before=item.suggested, after=sent.label)
    if moved and span:
        anchor = _anchor(item.post, span)
        yield replace(common, field="span", further=(anchor,))
        common = replace(common, anchor=anchor)
    for field, before, after in changed:
        yield replace(common, field=field, before=before, after=after, anchor=None if field == OF_POST else common.anchor)


def _fields(item: Item, sent: Fields) -> Iterator[tuple[Any, Any, Any]]:
    assert item.post
    assert item.passage
    before = values_of(item.passage.action)
    known = item.passage.action.when if item.passage.action else ()
    posted = item.post.posted_at.date() if item.post.posted_at else None
    kept = {who["text"]: who for who in before["who"]}
    after = {
        "who": [kept.get(text) or who_value(text) for text in sent.who],
        "when": [when_value(text, posted, known) for text in sent.when],
        "where": sent.where,
        "state": sent.state,
    }
    for field, value in after.items():
        same = [one["text"] for one in value] == [one["text"] for one in before[field]] if isinstance(value, list) else value == before[field]
        if not same:
            yield field, before[field], value


def _split(common: Correction, post: Post, parts: list[Span], labels: list[Any]) -> list[Correction]:
    """Return the split, and the label of each part that was given one."""
    made = [replace(common, field="split", further=tuple(_anchor(post, part) for part in parts))]
    for part, label in zip(parts, labels, strict=True):
        if label:
            made.append(
                replace(common, field="label", item=_id(post, part), anchor=_anchor(post, part), before=common.before, after=label, note=None)
            )
    return made


def _added(common: Correction, post: Post, span: Span, label: str | None) -> Correction:
    return replace(
        common, item=_id(post, span), field="add", anchor=_anchor(post, span), after=label, queued="asked", lane="", suggestion_shown=False
    )


def _id(post: Post, span: Span) -> str:
    return short_hash(post.id, str(span.start), str(span.end))


def _anchor(post: Post, span: Span) -> Anchor:
    return anchor_of(post.text, span)


def _feedback(asked: Asked, item: Item, sent: Decision) -> dict[str, Any] | None:
    """Return what a training item teaches; of a hidden trial nothing is told."""
    truth = (item.queued.details or {}).get("label") if item.queued.reason == "training" else None
    if truth is None or sent.label is None:
        return None
    right = truth == sent.label
    said = word(asked.lang, "feedback_right" if right else "feedback_wrong", label=word(asked.lang, f"label_{truth}"))
    return {"right": right, "said": f"{said} · {item.queued.details['why']}"}


def _already(asked: Asked, item: str, by: str) -> dict[str, Any]:
    mine = by == asked.reviewer.id
    found = asked.site.reviewers.find(by)
    said = word(asked.lang, "already_self") if mine else word(asked.lang, "already", by=found[0].name if found else by)
    return {"status": "already", "said": said, "item": item}


def _undo(asked: Asked) -> Response:
    sent = Undo.model_validate(asked.data)
    taken = asked.site.desk.take_back(asked.reviewer.id, sent.key, datetime.fromtimestamp(asked.site.clock(), UTC), sent.of)
    if not taken:
        return Response(status_code=204)
    about = taken[0].item
    # the version after the taking-back, not the newest: what another window has decided since must not be overwritten unseen
    version = max((one.version for one in asked.site.store.corrections.of_item(about) if decision_of(one) == sent.key), default=0)
    if sent.of:
        return JSONResponse({"item": about, "version": version})
    item = find_item(asked, about)
    if item is None:
        return told(asked.lang, 404)
    return page(asked, "_item.html", item=replace(item, version=version), now=decided_today(asked))


PAGES = (Page("/decide", _decide, role="reviewer", post=True), Page("/undo", _undo, role="reviewer", post=True))
