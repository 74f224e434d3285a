"""How far the reviewers are, and what came of their work.

Comes in: the corrections that stand. Goes out: figures of today, of the week and of all time, agreement by label, and for those who look after
the team the figures of each reviewer. Refuses nothing. Where too few items were read by two, no agreement is told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.corrections import live, readings
from pipeline.desk.deciding import decision_of
from pipeline.desk.progress import figures
from pipeline.evaluate.reviewers import agreement_of, pull_of_suggestions, readings_of
from pipeline.evaluate.scores import ANY
from pipeline.labels import OTHER, label_ids
from pipeline.review.asked import Page
from pipeline.review.pages import page
from pipeline.review.today import midnight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from pipeline.corrections import Correction
    from pipeline.evaluate.reviewers import Reading
    from pipeline.review.asked import Asked
    from pipeline.store.store import Store

FEWEST = 10  # items read by two, below which agreement is not told
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kinds:
    """How many decisions were of each kind."""

    accepted: int
    label: int
    edges: int
    fields: int
    added: int


def _show(asked: Asked) -> Response:
    store, mine = asked.site.store, asked.reviewer.id
    today = midnight(asked.site)
    spans = (("progress_today", today), ("progress_week", today - timedelta(days=6)), ("progress_all", _EVER))
    looks_after = asked.reviewer.may("admin") and asked.session is not None and not asked.session.by_link
    people = asked.site.reviewers.all() if looks_after else []
    standing = live(store.corrections.since(_EVER))
    read = _readings(store)
    return page(
        asked,
        "progress.html",
        spans=[(name, figures(standing, since, mine), figures(standing, since)) for name, since in spans],
        kinds=kinds(one for one in standing if one.reviewer == mine and one.counts),
        agreement=agreement_of(read) if read else {},
        pull=pull_of_suggestions(read),
        labels=(ANY, *label_ids(), OTHER),
        fewest=FEWEST,
        effect=asked.site.effect(asked.lang),
        people=[(one, figures(standing, _EVER, one.id)) for one in people],
    )


def kinds(standing: Iterable[Correction]) -> Kinds:
    """Count the decisions of each kind; one decision may be of several."""
    by_decision: dict[str, list[Correction]] = {}
    for one in standing:
        by_decision.setdefault(decision_of(one), []).append(one)
    counted: Counter[str] = Counter()
    for made in by_decision.values():
        counted["accepted"] += all(one.basis == "accepted" for one in made)
        counted["label"] += any(one.field == "label" and one.before is not None and one.before != one.after for one in made)
        counted["edges"] += any(one.field in {"span", "split", "merge"} for one in made)
        counted["fields"] += any(one.field in {"who", "when", "where", "state", "phase", "post-phase", "voice", "speaker"} for one in made)
        counted["added"] += any(one.field == "add" for one in made)
    return Kinds(**{name: counted[name] for name in ("accepted", "label", "edges", "fields", "added")})


def _readings(store: Store) -> list[Reading]:
    """Return the items that two or more have read without seeing each other; nothing where they are too few."""
    several = {item: [one for one in made if one.basis != "adjudicated"] for item, made in store.corrections.read_by_several().items()}
    labels = {item: given for item, made in several.items() if len(given := readings(made)) > 1}
    if len(labels) < FEWEST:
        return []
    firsts = {item: several[item][0] for item in labels}
    posts = {item: str(one.post) for item, one in firsts.items()}
    suggested = {item: one.before for item, one in firsts.items() if isinstance(one.before, str)}
    return readings_of(labels, posts, {item: one.suggestion_shown for item, one in firsts.items()}, suggested)


PAGES = (Page("/progress", _show, role="reviewer"),)
