"""What corrections teach: stretches of a post with the label that reviewers gave them, "other" included, each with its weight.

Comes in: a post, what the model said of it, and the corrections that stand. Goes out: a `TaughtPost`. Refuses nothing: a decision that does not
surely find its words teaches nothing. Of two decisions on one passage the one in effect teaches; where two read it alike without seeing each other,
it teaches as what an adjudicator decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.anchoring import SAME, shared
from pipeline.correcting.apply import corrected, decided, held
from pipeline.correcting.told import OF_POST
from pipeline.corrections import WEIGHTS
from pipeline.labelled import LabelledPost, Taught, TaughtPost
from pipeline.labels import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.corrections import Correction, Held
    from pipeline.records import Passage, Post, Span


def taught_post(post: Post, said: Sequence[Passage], corrections: Sequence[Correction]) -> TaughtPost:
    """Return a post with what reviewers say of it; the writer of a post without a known author is its source."""
    standing = [one for one in held(post, decided(corrections)) if one.holding == "kept" and one.span and one.correction.field != OF_POST]
    labels = [one for one in standing if one.correction.field in {"label", "add"}]
    seen = [passage for passage in corrected(post, said, corrections) if passage.origin == "reviewer"]
    taught = [_taught(passage.span, passage.label, labels, standing) for passage in seen]
    taught += _others(labels, [passage.span for passage in seen])
    return TaughtPost(LabelledPost(post, post.author or post.source, tuple(seen)), tuple(sorted(taught, key=lambda one: (one.span, one.label))))


def _taught(span: Span, label: str, labels: Sequence[Held], standing: Sequence[Held]) -> Taught:
    """Return what a passage teaches by the decision that gave it its label, else by the last that touched it."""
    near = [one.correction for one in labels if one.span and shared(one.span, span) >= SAME and one.correction.after == label]
    touched = near or [one.correction for one in standing if one.span and one.span.overlap(span)] or [standing[-1].correction]
    return Taught(span, label, _weight(near or touched[-1:]), touched[-1].reviewer)


def _others(labels: Sequence[Held], seen: Sequence[Span]) -> Iterator[Taught]:
    """Yield the stretches that reviewers say are none of the labels, each once."""
    done = list(seen)
    for one in reversed(labels):
        span = one.span
        if span and one.correction.after == OTHER and all(shared(span, other) < SAME for other in done):
            done.append(span)
            same = [two.correction for two in labels if two.span and shared(two.span, span) >= SAME and two.correction.after == OTHER]
            yield Taught(span, OTHER, _weight(same), one.correction.reviewer)


def _weight(decisions: Sequence[Correction]) -> float:
    """Return the weight of what was decided alike: two readers who did not see each other weigh as an adjudicator."""
    apart = {one.reviewer for one in decisions if one.lane}
    return 1.0 if len(apart) > 1 else max(WEIGHTS[one.basis] for one in decisions)
