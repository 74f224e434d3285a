"""What a reader with two minutes finds first in a digest: the things to know, what changed, open questions, lessons used again.

Comes in: a digest, the store and the threads. Goes out: the digest with these parts, and what to remember of it. Refuses nothing. The parts depend on
nothing but the store and on the last digest that was other, so that a run that is repeated, or killed in between, writes the same files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.digest.changes import changes_since, first_of_each, last_other, new_groups, remembered_now
from pipeline.digest.digest import UNSURE_BELOW, make_item
from pipeline.digest.following import followed_lines, in_phase, part_questions
from pipeline.digest.reuse import not_reused, reused_in
from pipeline.digest.top import highlights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.followed import Thread
    from pipeline.records import Digest, DigestItem, Evidence, Passage
    from pipeline.remembered import Remembered
    from pipeline.store.store import Store

QUESTIONS = 20
LESSONS_LOOKED_AT = 30
_LESSON = "lesson"


def brief(  # noqa: PLR0913 - what a digest is made of
    digest: Digest, key: str | None, *, earlier: Sequence[str], store: Store, threads: Sequence[Thread], evidence: Callable[[Passage], Evidence]
) -> tuple[Digest, Remembered]:
    """Return the digest of a phase with its first parts, and what to remember of it; `earlier` are the phases before."""
    groups = store.newest_groups(key)
    now = remembered_now(digest.model, digest.posts, digest.last_post, groups, [one for one in threads if one.opened_by.phase == key])
    before = last_other(store.last_digests(digest.phase.id), now)
    new = new_groups(before, now, groups)
    found = store.groups_by_key(key, first_of_each(new))
    ours = in_phase(threads, key)
    changes = changes_since(before, now, new=new, found=found, threads=ours, evidence=evidence)
    items = {item.evidence[0].passage.id: item for section in (*digest.sections, *changes.new) for item in section.items}
    for thread in ours:  # what is due is told first even if many posts say other things
        items.setdefault(thread.opened_by.id, make_item(thread.opened_by.label, [evidence(thread.opened_by)]))
    asked = part_questions(ours)[0]
    used = reused_in(key, earlier, threads)
    told = replace(
        digest,
        top=highlights(items.values(), {key for _, key in new}, ours, digest.last_post),
        changes=changes,
        questions=followed_lines(asked, evidence, QUESTIONS, digest.last_post),
        questions_total=len(asked),
        lessons_before=sum(store.phase_summary(phase, UNSURE_BELOW).totals.get(_LESSON, 0) for phase in earlier),
        reused=followed_lines(used, evidence, QUESTIONS, digest.last_post),
        unused=not_reused(_lessons_of(earlier[-1:], store), used),
    )
    return told, now


def _lessons_of(phases: Sequence[str], store: Store) -> list[DigestItem]:
    """Return the lessons of some phases that most posts tell."""
    return [make_item(_LESSON, group) for phase in phases for group in store.top_groups(phase, _LESSON, LESSONS_LOOKED_AT)]
