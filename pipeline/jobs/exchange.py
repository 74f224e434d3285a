"""Exchange: labelled posts go out to other tools, and what people marked there comes back as corrections.

Comes in: a store, and a format. Goes out: the bytes of a file; or the corrections that a file makes, kept once however often it is imported. Refuses
by raising nothing: a row that is none of its format, or whose post or words are not here, is set aside with one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.anchoring import SAME, find, shared
from pipeline.correcting.fields import values_of
from pipeline.corrections import Anchor, Correction, anchor_of
from pipeline.desk import Desk
from pipeline.errors import CorrectionRefused, SourceError
from pipeline.exchange import FORMATS
from pipeline.exchange.label_studio import configuration
from pipeline.exchange.pages import Mark, Page, made_mark
from pipeline.labels import OTHER
from pipeline.records import Span, short_hash
from pipeline.render.display import mask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.corrections import CorrectedField
    from pipeline.records import Passage, Post
    from pipeline.store.store import Store


__all__ = ["FORMATS", "Imported", "configuration", "export", "import_from"]

_FIELDS: tuple[CorrectedField, ...] = ("who", "when", "where", "state", "phase", "voice", "speaker")
_NEVER = datetime.min.replace(tzinfo=UTC)  # until somebody signs it


@dataclass(slots=True)
class Imported:
    """What came of a file: decisions that were new, those that were kept before, and rows that were set aside."""

    decisions: int = 0
    known: int = 0
    rejects: list[SourceError] = field(default_factory=list)


def export(store: Store, kind: str, *, corrected_only: bool = False) -> bytes:
    """Return the posts with their passages in a format; network addresses and ID numbers are masked sign for sign, so that every offset stays."""
    return FORMATS[kind].write(_pages(store, corrected_only=corrected_only))


def import_from(store: Store, kind: str, data: bytes, name: str, by: tuple[str, datetime]) -> Imported:
    """Keep what a file says otherwise than what readers see now, `by` whom and when, and return what came of it."""
    imported, desk = Imported(), Desk(store)
    phases = {passage.phase for passage in store.passages() if passage.phase}
    for number, page in enumerate(FORMATS[kind].read(data, name), 1):
        if isinstance(page, SourceError):
            imported.rejects.append(page)
            continue
        post = store.posts_by_id([page.post]).get(page.post)
        if post is None:
            imported.rejects.append(_aside(name, number, f"no post {page.post!r} is here", f"ไม่มีบันทึก {page.post!r} ในฐานข้อมูลนี้"))
            continue
        _import_page(desk, post, page, imported, _Sender(name, number, phases, *by))
    return imported


@dataclass(frozen=True, slots=True)
class _Sender:
    """Whose marks they are, from which row of which file, and the phases that the passages here have."""

    name: str
    number: int
    phases: Collection[str]
    reviewer: str
    now: datetime


def _pages(store: Store, *, corrected_only: bool) -> Iterator[Page]:
    corrected = set(store.corrections.posts())
    for post in store.posts():
        if not corrected_only or post.id in corrected:
            text = mask(post.text)
            marks = tuple(_marked(passage, text) for passage in store.passages_of([post.id])[post.id])
            yield Page(post.id, text, marks, mask(post.title or ""), tuple(mark.id or "" for mark in marks))


def _marked(passage: Passage, text: str) -> Mark:
    return made_mark(text, passage.span.start, passage.span.end, passage.label, id=passage.id, fields=_masked(_told(passage)))


def _told(passage: Passage | None) -> dict[str, Any]:
    """Return what the fields of a passage hold, None where one is empty; of no passage, nothing."""
    values = values_of(passage.action if passage else None)
    if passage:
        values |= {"phase": passage.phase, "voice": passage.voice, "speaker": passage.speaker}
    return {name: values.get(name) or None for name in _FIELDS}


def _masked(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    return [_masked(one) for one in value] if isinstance(value, list) else value


def _import_page(desk: Desk, post: Post, page: Page, imported: Imported, sender: _Sender) -> None:
    shown = desk.store.passages_of([post.id])[post.id]
    for wanted in page.marks:
        span = _place(wanted, page, post)
        if span is None:
            quote = wanted.quote[:40]
            imported.rejects.append(_aside(sender.name, sender.number, f"its words {quote!r} are not in the post", f"ไม่พบถ้อยคำ {quote!r} ในบันทึก"))
            continue
        if sender.phases and (phase := wanted.fields.get("phase")) and phase not in sender.phases:
            said = f"no passage here is in a phase {phase!r}", f"ไม่มีข้อความใดอยู่ในระยะงาน {phase!r}"
            imported.rejects.append(_aside(sender.name, sender.number, *said))
            continue
        near = max(shown, key=lambda passage: shared(passage.span, span), default=None)
        passage = near if near and shared(near.span, span) >= SAME else None
        _keep(desk, _decision(post, passage, wanted, span), imported, sender)
    there = {wanted.id for wanted in page.marks}
    for passage in shown:
        if passage.id in page.known and passage.id not in there and not any(shared(passage.span, wanted.span) >= SAME for wanted in page.marks):
            _keep(desk, _decision(post, passage, Mark(passage.span, OTHER, passage.quote), passage.span), imported, sender)


def _place(wanted: Mark, page: Page, post: Post) -> Span | None:
    """Return where the words of a mark stand in the post as it is now; None where that is not sure."""
    shown = mask(post.text)  # as it went out, sign for sign
    if page.text == shown or (page.text is None and wanted.span.of(shown) == wanted.quote):
        return wanted.span
    anchor = anchor_of(page.text, wanted.span) if page.text is not None else Anchor(wanted.span, wanted.quote, "", "", "")
    found = find(anchor, shown)
    return found.span if found and found.holding == "kept" else None


def _decision(post: Post, passage: Passage | None, wanted: Mark, span: Span) -> list[Correction]:
    """Return what a mark says otherwise than a passage, as corrections that nobody has signed yet."""
    unsigned = partial(Correction, reviewer="", at=_NEVER, key="", post=post.id)
    anchor = anchor_of(post.text, span)
    made: list[Correction] = []
    if passage is None:
        if wanted.label == OTHER:
            return []
        item = short_hash(post.id, str(span.start), str(span.end))
        made.append(unsigned(item, "add", anchor=anchor, after=wanted.label))
    else:
        item, before = passage.id, anchor_of(post.text, passage.span)
        if passage.span != span and wanted.label != OTHER:
            made.append(unsigned(item, "span", anchor=before, further=(anchor,)))
        if passage.label != wanted.label:
            made.append(unsigned(item, "label", anchor=anchor, before=passage.label, after=wanted.label))
    told = _masked(_told(passage))
    changed = [name for name in _FIELDS if name in wanted.fields and wanted.fields[name] != told[name]] if wanted.label != OTHER else []
    made += [unsigned(item, name, anchor=anchor, before=_as_kept(name, told[name]), after=_as_kept(name, wanted.fields[name])) for name in changed]
    return made


def _as_kept(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a field as corrections keep it: lists are empty, not None."""
    return [] if value is None and name in {"who", "when"} else value


def _keep(desk: Desk, decision: list[Correction], imported: Imported, sender: _Sender) -> None:
    if not decision:
        return
    told = [(one.item, one.field, repr(one.after), *(f"{a.span.start}-{a.span.end}-{a.text_hash}" for a in one.further)) for one in decision]
    key = short_hash("import", sender.reviewer, repr(told))
    signed = [replace(one, reviewer=sender.reviewer, at=sender.now, key=f"{key}/{number}") for number, one in enumerate(decision)]
    if desk.store.corrections.keys([one.key for one in signed]):
        imported.known += 1
        return
    try:
        desk.decide(signed, desk.store.corrections.version(signed[0].item))
        imported.decisions += 1
    except CorrectionRefused as refused:
        imported.rejects.append(_aside(sender.name, sender.number, refused.en, refused.th))


def _aside(name: str, number: int, en: str, th: str) -> SourceError:
    return SourceError(
        en=f"{name}, row {number}: a mark must be one on a post that is here. Got another: {en}. It was set aside, and the others were taken.",
        th=f"{name} แถวที่ {number}: {th} พักแถวนี้ไว้ รายการอื่นนำเข้าแล้ว",
        line=number,
    )
