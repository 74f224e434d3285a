"""What a reader sees of a post: the model's passages with the corrections that still find their words.

Comes in: a post, the passages that a model found in it, and the corrections that stand. Goes out: passages in the order of the text; whatever a
reviewer touched has the origin "reviewer". Refuses nothing: a correction whose words are gone, or of which it is not sure that they are the same,
changes nothing and is told by `held`. Another model, or another text, loses no correction: what a reviewer saw as a passage is one again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.anchoring import SAME, find, shared
from pipeline.correcting.fields import FIELDS, with_field
from pipeline.correcting.told import OF_POST, with_told
from pipeline.corrections import ADJUDICATION, Held
from pipeline.labels import OTHER
from pipeline.records import ActionFields, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.corrections import Correction
    from pipeline.records import Post, Voice

_SWALLOWED = 0.5  # of a model's passage that lies in one which a reviewer has set


@dataclass(slots=True)
class _Standing:
    """A passage on its way; `placed` says that a reviewer has seen it with these edges."""

    passage: Passage
    placed: bool = False


def held(post: Post, corrections: Iterable[Correction]) -> list[Held]:
    """Return where the corrections of a post find their words now; the first of several anchors speaks for all, the least sure one for how surely."""
    found = []
    for one in corrections:
        if one.field == OF_POST:  # it is about all of the post, whatever its words are now
            found.append(Held(one, Span(0, len(post.text)), 1.0, "kept"))
            continue
        anchors = [one.anchor] if one.field == "thread" else [one.anchor, *one.further]  # the news of a link is in another post
        places = [find(anchor, post.text) for anchor in anchors if anchor]
        sure = [place for place in places if place]
        least = min(sure, key=lambda place: place.score) if places and len(sure) == len(places) else None
        found.append(Held(one, sure[0].span if least else None, least.score if least else 0.0, least.holding if least else "orphan"))
    return found


def corrected(post: Post, said: Sequence[Passage], corrections: Sequence[Correction]) -> list[Passage]:
    """Return the passages of a post as a reader shall see them."""
    standing = [_Standing(passage) for passage in said]
    for one in held(post, decided(corrections)):
        if one.holding == "kept" and one.span and one.correction.field not in {"thread", "same-name"}:
            _apply(post, standing, one)
    kept = {one.passage.id: one.passage for one in standing if one.passage.label != OTHER}
    return sorted((_settled(passage) for passage in kept.values()), key=lambda passage: (passage.span, passage.id))


def decided(corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections that take effect: none that tries a reviewer, none after an adjudicator's on the same field of an item."""
    last = {(one.item, one.field): one.number or 0 for one in corrections if one.basis == ADJUDICATION and one.counts}
    in_time = [one for one in corrections if one.basis == ADJUDICATION or (one.number or 0) <= last.get((one.item, one.field), one.number or 0)]
    return [one for one in in_time if one.counts]


def _apply(post: Post, standing: list[_Standing], one: Held) -> None:
    correction, span = one.correction, one.span
    assert span is not None
    if correction.field == OF_POST:
        for each in standing:
            each.passage = with_told(each.passage, OF_POST, correction.after)
        return
    target = _same(standing, span)
    if correction.field in {"label", "add"}:
        _relabel(post, standing, target, span, str(correction.after))
        return
    spans = [place.span for anchor in correction.further if (place := find(anchor, post.text))]
    if correction.field in {"span", "split", "merge"}:
        if spans:
            _place(post, standing, target, spans)
        return
    if correction.field in FIELDS:
        target = target or _added(post, standing, span, "action")
        target.passage = with_field(target.passage, correction.field, correction.after)
    elif target:
        target.passage = with_told(target.passage, correction.field, correction.after)


def _relabel(post: Post, standing: list[_Standing], target: _Standing | None, span: Span, label: str) -> None:
    if target is None and label == OTHER:
        _swallow(standing, span, None)
        return
    target = target or _added(post, standing, span, label)
    if not target.placed:
        target.passage, target.placed = _at(post, target.passage, span), True
    target.passage = replace(target.passage, label=label, origin="reviewer", confidence=1.0)
    _swallow(standing, target.passage.span, target)


def _place(post: Post, standing: list[_Standing], target: _Standing | None, spans: Sequence[Span]) -> None:
    """Put the passages that a reviewer has set in the place of the one that was shown; the first keeps what was known of it."""
    if target is None:
        return
    whole = target.passage
    for number, span in enumerate(spans):
        part = _at(post, whole, span)
        if number:
            target = _Standing(replace(part, action=ActionFields() if part.action else None))
            standing.append(target)
        else:
            target.passage = part
        target.placed = True
        _swallow(standing, span, target)


def _same(standing: Sequence[_Standing], span: Span) -> _Standing | None:
    """Return the passage that the span is, with other edges perhaps."""
    best = max(standing, key=lambda one: shared(one.passage.span, span), default=None)
    return best if best and shared(best.passage.span, span) >= SAME else None


def _swallow(standing: list[_Standing], span: Span, keeper: _Standing | None) -> None:
    """Drop what lies in a passage that a reviewer has set: all of a merged one's parts, and what a model cut otherwise."""
    standing[:] = [one for one in standing if one is keeper or not _lies_in(one, span)]


def _lies_in(one: _Standing, span: Span) -> bool:
    own = one.passage.span
    share = own.overlap(span) / max(1, own.end - own.start)
    return share == 1.0 if one.placed else share > _SWALLOWED


def _added(post: Post, standing: list[_Standing], span: Span, label: str) -> _Standing:
    """Put a passage there that no model found; its phase is that of the nearest one."""
    nearest = min(standing, key=lambda one: abs(one.passage.span.start - span.start), default=None)
    voice, speaker = _voice(post, span)
    made = Passage(post.id, post.source, span, span.of(post.text), label, 1.0, voice=voice, speaker=speaker, origin="reviewer")
    if nearest:
        made = replace(made, phase=nearest.passage.phase, phase_by=nearest.passage.phase_by)
    standing.append(_Standing(made, placed=True))
    return standing[-1]


def _voice(post: Post, span: Span) -> tuple[Voice, str | None]:
    comment = next((comment for comment in post.comments if comment.span.overlap(span)), None)
    if comment is None:
        return "author", post.author
    own = comment.author is not None and comment.author == post.author
    return ("reply" if own else "commenter"), comment.author


def _at(post: Post, passage: Passage, span: Span) -> Passage:
    """Return a passage with other edges: links of its chain that lie outside are dropped."""
    if passage.span == span:
        return replace(passage, origin="reviewer")
    chain = tuple(link for link in passage.chain if span.start <= link.span.start and link.span.end <= span.end)
    return replace(passage, span=span, quote=span.of(post.text), chain=chain, origin="reviewer", confidence=1.0)


def _settled(passage: Passage) -> Passage:
    """Return a passage with fields of an action if it is one, else without."""
    if passage.label == "action":
        return passage if passage.action else replace(passage, action=ActionFields())
    return replace(passage, action=None) if passage.action else passage
