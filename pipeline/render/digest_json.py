"""The digest as JSON, for other programs.

Comes in: a `Digest`. Goes out: the text of ``digest.json``; ``digest.schema.json`` beside this file says what each field means.
Refuses nothing. Quotes keep their length, sign for sign: only addresses in a network and ID numbers read ▮.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipeline.followed import MATTERS
from pipeline.labels import label_set
from pipeline.render.citation import passage_link
from pipeline.render.display import mask
from pipeline.render.fields import field_pairs
from pipeline.render.waiting import waiting

if TYPE_CHECKING:
    from datetime import date

    from pipeline.charts import Bars, Timeline
    from pipeline.cuts import Cut
    from pipeline.records import Changes, Digest, DigestItem, Evidence, Followed, Highlight, Section

FORMAT = 1
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def digest_json(digest: Digest) -> str:
    """Return the text of ``digest.json``."""
    phase = digest.phase
    rows = {
        "format": FORMAT,
        "project": digest.project,
        "phase": {"id": phase.id, "name": phase.name, "first_day": _iso(phase.first_day), "last_day": _iso(phase.last_day)},
        "posts": digest.posts,
        "authors": digest.authors,
        "passages": digest.passages,
        "unsure": digest.unsure,
        "unsure_below": digest.unsure_below,
        "first_post": _iso(digest.first_post),
        "last_post": _iso(digest.last_post),
        "model": digest.model,
        "followed_total": digest.followed_total,
        "followed_open": waiting(digest).count,
        "followed": [_followed(one) for one in digest.followed[:MATTERS]],
        "sections": [_section(section) for section in digest.sections],
        "registers": [_register(section) for section in digest.registers],
        "cut": _cut(digest.cut),
        "top": [_highlight(one) for one in digest.top],
        "changes": _changes(digest.changes),
        "questions_total": digest.questions_total,
        "questions": [_followed(one) for one in digest.questions],
        "lessons_before": digest.lessons_before,
        "reused": [_followed(one) for one in digest.reused],
        "unused": [_item(item) for item in digest.unused],
        "charts": [*map(_line_of_time, digest.charts.lines), *map(_bars, digest.charts.bars)],
        "short_forms": [{"form": form, "full": full} for form, full in digest.short_forms],
    }
    text = json.dumps(_masked(rows), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return _HALF_PAIR.sub(lambda half: f"\\u{ord(half.group()):04x}", text)  # half a surrogate pair has no UTF-8


def _cut(cut: Cut | None) -> dict[str, object] | None:
    """Return for whom the digest is cut."""
    return {**asdict(cut), "roles": list(cut.roles), "since": _iso(cut.since)} if cut else None


def _highlight(one: Highlight) -> dict[str, object]:
    """Return one of the things to know first."""
    return {
        "label": one.item.label,
        "new": one.new,
        "due": _iso(one.due),
        "moved": one.moved,
        "may_end": one.may_end and one.may_end[1],
        **_item(one.item),
    }


def _changes(changes: Changes) -> dict[str, object]:
    """Return what changed since the last digest."""
    totals = dict(changes.followed_totals)
    kinds = dict.fromkeys(kind for kind, _ in changes.followed)
    own = {kind: [_followed(line) for one, line in changes.followed if one == kind] for kind in kinds}
    return {
        "basis": changes.basis,
        "posts": changes.posts,
        "last_post": _iso(changes.last_post),
        "new": [{"label": section.label, "total": section.total, "items": [_item(item) for item in section.items]} for section in changes.new],
        "followed": [{"change": kind, "total": totals.get(kind, len(lines)), "lines": lines} for kind, lines in own.items()],
    }


def _followed(one: Followed) -> dict[str, object]:
    """Return one line of what goes on from post to post."""
    return {
        "kind": one.kind,
        "state": one.state,
        "owners": list(one.owners),
        "due": _iso(one.due),
        "moved": [{"from": before, "to": after} for before, after in one.moved],
        "opener": _mention(one.opener),
        "last": _mention(one.last) if one.last else None,
        "relation": one.relation,
        "title": one.title,
        "asks": [{"question": question, "answers": [_mention(each) for each in answers]} for question, answers in one.asks],
        "disputes": [_mention(each) for each in one.disputes],
        "kept": one.kept,
        "unheard_since": _iso(one.unheard_since),
        "after": list(one.after),
        "due_in_doubt": one.doubted,
        "may_be": _iso(one.may_be),
        "may_end": {"relation": one.may_end[0], "by": _mention(one.may_end[1])} if one.may_end else None,
    }


def _section(section: Section) -> dict[str, object]:
    """Return one label's items with the label's names."""
    label = next(label for label in label_set() if label.id == section.label)
    return {
        "label": label.id,
        "thai": label.thai,
        "english": label.english,
        "question": label.question,
        "total": section.total,
        "items": [_item(item) for item in section.items],
    }


def _item(item: DigestItem) -> dict[str, object]:
    """Return one item with all its mentions."""
    return {
        "group": item.evidence[0].passage.group,
        "posts": item.posts,
        "sources": item.sources,
        "mentions": [_mention(mention) for mention in item.evidence],
    }


def _register(section: Section) -> dict[str, object]:
    """Return a register with its lines."""
    return {"register": section.label, "total": section.total, "lines": [_line(item) for item in section.items]}


def _line(item: DigestItem) -> dict[str, object]:
    """Return a line of a register: what it is about, what the text says of it, and the newest of the passages that say so."""
    return {
        "kind": item.label,
        "name": item.name or None,
        "facts": [{"name": name, "text": said} for name, said in item.facts],
        "count": item.mentions,
        "mentions": [_mention(mention) for mention in item.evidence],
    }


def _mention(mention: Evidence) -> dict[str, object]:
    """Return one passage and where it is found."""
    passage = mention.passage
    return {
        "id": passage.id,
        "quote": passage.quote,
        "start": passage.span.start,
        "end": passage.span.end,
        "post": passage.post,
        "source": passage.source,
        "title": mention.title,
        "author": mention.author,
        "posted_at": _iso(mention.posted_at),
        "voice": passage.voice,
        "speaker": passage.speaker,
        "outsider": passage.remarks.outsider,
        "confidence": passage.confidence,
        "why": list(passage.why),
        "fields": [{"name": name, "text": said} for name, said in field_pairs(passage)],
        "phase_by": passage.phase_by,
        "url": mention.url,
        "page": passage_link(mention),
    }


def _bars(bars: Bars) -> dict[str, object]:
    """Return a chart of bars."""
    bins = [{"name": one.name or None, "first_day": _iso(one.first), "values": list(one.values)} for one in bars.bins]
    return {"chart": bars.id, "step": bars.step, "series": list(bars.series), "bars": bins, "more": bars.more}


def _line_of_time(line: Timeline) -> dict[str, object]:
    """Return a chart of days."""
    lanes = [
        {"number": one.count, "state": one.state, "days": [{"kind": kind, "day": day.isoformat()} for kind, day in one.marks]} for one in line.lanes
    ]
    return {"chart": line.id, "first_day": _iso(line.first), "last_day": _iso(line.last), "lanes": lanes, "more": line.more}


def _iso(when: date | None) -> str | None:
    """Return a day or a moment as ISO 8601 writes it."""
    return when.isoformat() if when else None


def _masked(value: object) -> object:
    """Return the value with every text in it masked, but not the id by which other files know the post."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: inner if key == "post" else _masked(inner) for key, inner in value.items()}
    return [_masked(inner) for inner in value] if isinstance(value, list) else value
