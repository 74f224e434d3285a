"""Records to rows and back, without loss.

Comes in: posts and passages, or rows of their tables. Goes out: the other of the two, equal in every field. Refuses: a time with a zone,
because times are local to the page and the databases would each do something else with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from pipeline.records import ActionFields, Actor, ChainLink, Comment, FigureTold, Note, Passage, Post, Remarks, Span, When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row as _Row

    Row = Mapping[Any, Any]
    _Result = _Row[Any]

OF_A_PASSAGE = (  # the columns of its row: what is read of the passage itself, then what other posts and settings decide
    "id", "post_id", "source", "start", "end", "label", "confidence", "second", "second_confidence",
    "voice", "speaker", "model", "origin", "why", "also", "facets", "action", "chain", "remarks", "quote", "phase", "phase_by", "group_id",
)  # fmt: skip
_NO_ACTION = (None, "null")
_NOTHING = "[]"  # an empty list as JSON: most are
_FACTS = ("id", "source", "origin", "title", "author", "posted_at", "edited_at", "url", "blog", "licence")


def post_row(post: Post) -> dict[str, Any]:
    """Return the row of a post; a post that is put is never retired."""
    return {
        "id": post.id,
        "source": post.source,
        "origin": post.origin,
        "retired": False,
        "content_hash": post.content_hash,
        "posted_at": _local(post.posted_at),
        "edited_at": _local(post.edited_at),
        "author": post.author,
        "title": post.title,
        "url": post.url,
        "blog": post.blog,
        "licence": post.licence,
        "sections": {
            "lead": _pair(post.lead) if post.lead else None,
            "body": [_pair(span) for span in post.body],
            "comments": [[*_pair(comment.span), comment.author, _iso(_local(comment.posted_at))] for comment in post.comments],
        },
        "notes": [[note.en, note.th] for note in post.notes],
        "text": post.text,
    }


def post_of(row: Row) -> Post:
    """Return the post of a row."""
    sections = row["sections"]
    return Post(
        **{name: row[name] for name in _FACTS},
        text=row["text"],
        lead=Span(*sections["lead"]) if sections["lead"] else None,
        body=tuple(Span(*pair) for pair in sections["body"]),
        comments=tuple(
            Comment(Span(start, end), author, datetime.fromisoformat(posted_at) if posted_at else None)
            for start, end, author, posted_at in sections["comments"]
        ),
        notes=_notes_of(row),
    )


def outline_of(row: Row) -> Post:
    """Return the post of a row without its text, and without all that points into it."""
    return Post(**{name: row[name] for name in _FACTS}, text="", notes=_notes_of(row))


def _notes_of(row: Row) -> tuple[Note, ...]:
    return tuple(Note(*pair) for pair in row["notes"])


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return the row of a passage."""
    return {
        "id": passage.id,
        "post_id": passage.post,
        "source": passage.source,
        "start": passage.span.start,
        "end": passage.span.end,
        "label": passage.label,
        "confidence": passage.confidence,
        "second": passage.second[0] if passage.second else None,
        "second_confidence": passage.second[1] if passage.second else None,
        "phase": passage.phase,
        "phase_by": passage.phase_by,
        "group_id": passage.group,
        "voice": passage.voice,
        "speaker": passage.speaker,
        "model": passage.model,
        "origin": passage.origin,
        "why": list(passage.why),
        "also": list(passage.also),
        "facets": list(passage.facets),
        "action": _action_json(passage.action) if passage.action else None,
        "chain": [[link.part, *_pair(link.span), link.text] for link in passage.chain],
        "remarks": asdict(passage.remarks),
        "quote": passage.quote,
    }


def passage_of(row: Row) -> Passage:
    """Return the passage of a row, whose JSON may still be text."""
    return passage_told([row[name] for name in OF_A_PASSAGE])


def passage_told(values: Sequence[Any]) -> Passage:
    """Return the passage of a row by its values in the order `OF_A_PASSAGE`: a run reads tens of thousands, and names cost as much as the rest."""
    _, post, source, start, end, label, confidence, second, chance, *told, phase, phase_by, group = values
    voice, speaker, model, origin, why, also, facets, fields, chain, remarks, quote = told
    return Passage(
        intern(post), intern(source), Span(start, end), quote, intern(label), confidence, _listed(why), _once(voice), _once(speaker),
        _once(phase), _once(phase_by), group, _once(model), _once(origin),
        _listed(also), _listed(facets), None if fields in _NO_ACTION else _action_of(_read(fields)),
        tuple(ChainLink(_once(part), Span(*span), text) for part, *span, text in _read(chain)) if chain != _NOTHING else (),
        _remarks_told(remarks) if isinstance(remarks, str) else _remarks_of(remarks), None if second is None else (intern(second), chance),
    )  # fmt: skip


def named(row: _Result) -> Row:
    """Return a row of the database by the names of its columns."""
    return row._mapping  # noqa: SLF001 - the name under which SQLAlchemy offers it to everybody


def _read(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(value) if isinstance(value, str) else value


def _listed(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a list, or its JSON
    return _list_told(value) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=4_096)  # the same words speak for many passages
def _list_told(written: str) -> tuple[Any, ...]:
    return tuple(map(intern, json.loads(written)))


def _once(word: Any) -> Any:  # noqa: ANN401 - a word of a record, or None
    """Return a word that many passages have as the one object for all of them: a run holds tens of thousands."""
    return word if word is None else intern(word)


def _action_json(action: ActionFields) -> dict[str, Any]:
    fields = asdict(action)
    fields["when"] = [{**when, "first_day": _iso(when["first_day"]), "last_day": _iso(when["last_day"])} for when in fields["when"]]
    return fields


def _action_of(fields: Row) -> ActionFields:
    told = {name: value if name == "what" else _once(value) for name, value in fields.items() if name not in {"who", "when"}}
    who = tuple(Actor(**{name: _once(value) for name, value in actor.items()}) for actor in fields["who"])
    return ActionFields(**told, who=who, when=tuple(map(_when_of, fields["when"])))


def _when_of(fields: Row) -> When:
    told = {name: _once(value) for name, value in fields.items() if name not in {"first_day", "last_day"}}
    return When(first_day=_day(fields["first_day"]), last_day=_day(fields["last_day"]), **told)


@lru_cache(maxsize=4_096)  # of most passages nothing is remarked
def _remarks_told(written: str) -> Remarks:
    return _remarks_of(json.loads(written))


def _remarks_of(fields: Row) -> Remarks:
    if not fields:
        return Remarks()
    figures = tuple(FigureTold(**figure) for figure in fields["figures"])
    return Remarks(tuple(fields["hedges"]), figures, fields["item"], fields.get("outsider", False))


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _local(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is not None:
        message = f"A time of a post must be local to its page, without a zone. Got {moment.isoformat()} instead."
        raise ValueError(message)
    return moment


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=4_096)  # many passages name the same
def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
